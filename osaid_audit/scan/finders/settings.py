"""A tree of settings -> the models and datasets that it names, whatever the form of the file."""

import re
from collections.abc import Iterator
from functools import cached_property

from osaid_audit.scan.finders import inline, shell
from osaid_audit.scan.finders.keys import plain, sort_of, sort_of_variable
from osaid_audit.scan.finders.position import Position
from osaid_audit.scan.finders.programs import is_called
from osaid_audit.scan.finders.tree import Leaf, List, Node, Table, leaves
from osaid_audit.scan.finders.variables import Value, Variables
from osaid_audit.scan.finders.words import Word
from osaid_audit.scan.hits import SHOWN, Doubt, Hit
from osaid_audit.scan.ids import HOSTED, REGISTRY, Named, parse_reference
from osaid_audit.scan.python.calls import has_sign
from osaid_audit.scan.tables import table, words
from osaid_audit.schema.base import Kind

MENTIONS = re.compile(
    r"model|hf[ :_./-]|-hf|vllm|sglang|hugging|repo.?id|llm|dataset|checkpoint|tokenizer|ollama|pretrained"
    r"|lora|adapter|storage.?uri|embed|rerank|encoder|name_or_path|whisper|peft|vae|speculative|tts|stt|asr",
    re.IGNORECASE,
)
"""Without any of these a file of settings names none, unless by a program that it runs."""

DEFAULT = re.compile(r"\$\{\w+:?-([^{}]*)\}")
"""`${NAME:-default}`."""
_PATH = re.compile(r"\.{0,2}/|~|[A-Za-z]:\\")
_NOTHING = frozenset({"", "null", "none", "~", "undefined"})
"""How files of settings write that there is no value."""


def mentions(text: str) -> bool:
    """A cheap first look: false for a file of settings that names no model."""
    return MENTIONS.search(text) is not None or is_called(text)


class Scene:
    """What stands around a key: the keys above it, and the texts beside it."""

    def __init__(self, above: tuple[str, ...], beside: dict[str, str]) -> None:
        self.above, self.beside = above, beside

    @cached_property
    def revision(self) -> str | None:
        """The revision that stands beside."""
        return self._first("revisions")

    @cached_property
    def kind(self) -> Kind | None:
        """What `repo_type` says; None for a Space."""
        said = (self._first("repo_types") or "model").lower()
        return None if said == "space" else "dataset" if said == "dataset" else "model"

    @cached_property
    def provider(self) -> str:
        """Who serves the model: hub, registry, hosted, or nobody said."""
        for key in words("keys", "providers"):
            said = self.beside.get(key, "").lower()
            for sort in ("hub", "registry", "hosted"):
                if said in words("services", f"said_{sort}"):
                    return sort
        return ""

    def supported(self, name: str) -> bool:
        """Whether the surroundings say that a program loads this model itself."""
        listed = bool(set(self.above[-2:]) & words("keys", "lists"))
        return listed or self.has("support", but=name)

    def has(self, which: str, *, but: str = "") -> bool:
        """Whether a key of a list stands beside."""
        return any(key in self.beside and key != but for key in words("keys", which))

    def _first(self, which: str) -> str | None:
        said = (self.beside.get(key, "") for key in sorted(words("keys", which)))
        return next((text for text in said if text.lower() not in _NOTHING), None)


def found_in(
    node: Node, above: tuple[str, ...] = (), known: Variables | None = None
) -> Iterator[Hit | Doubt]:
    """What a tree names; `above` are the keys that lead to it, `known` the variables that are set there."""
    if isinstance(node, Table):
        yield from _table(node, above, known or {})
    elif isinstance(node, List):
        for entry in node.entries:
            yield from found_in(entry, above, known)
    else:
        yield from _address(node)


def _table(
    node: Table, above: tuple[str, ...], known: Variables, *, variables: bool = False
) -> Iterator[Hit | Doubt]:
    known = known | _set(node)
    beside = {plain(key.text): value.text if isinstance(value, Leaf) else "" for key, value in node.rows}
    scene = Scene(above, beside)
    for key, value in node.rows:
        name = plain(key.text)
        if not variables and name == "run" and beside.get("shell", "").startswith("python"):
            yield from _python(value)
        elif not variables and (said := _command(name, value, known)) is not None:
            yield from _without_served(said, beside)
        elif not variables and name in words("keys", "environments"):
            yield from _table(_environment(value), (*above, name), known, variables=True)
        else:
            yield from _under(key.text, value, scene, variables=variables)
            yield from found_in(value, (*above, name), known)


def _set(node: Table) -> Variables:
    """The variables that a table sets for the commands in it."""
    found: Variables = {}
    for key, value in node.rows:
        if plain(key.text) in words("keys", "environments"):
            for name, said in _environment(value).rows:
                if isinstance(said, Leaf):
                    found[name.text] = Value(_resolved(said.text)[:400], said.line, said.column)
    return found


def _without_served(found: Iterator[Hit | Doubt], beside: dict[str, str]) -> Iterator[Hit | Doubt]:
    """Where the model stands in `storageUri`, `--model_name` is what it is called when served."""
    stored = "storage_uri" in beside or "model_uri" in beside
    for each in found:
        if not (stored and isinstance(each, Hit) and each.how in {"--model_name", "--model-name"}):
            yield each


def _command(name: str, value: Node, known: Variables) -> Iterator[Hit | Doubt] | None:
    """A command line or text for a shell; None when the key holds neither."""
    said = list(leaves(value))
    if name == "scripts" and isinstance(value, Table):
        return (
            found for _, each in value.rows if isinstance(each, Leaf) for found in _script(each, dict(known))
        )
    if not said or not (name in words("keys", "commands") or name in words("keys", "scripts")):
        return None
    if isinstance(value, Leaf) or name in words("keys", "scripts"):
        variables = dict(known)
        return (found for each in said for found in _script(each, variables))
    return _arguments(said, dict(known))


def _python(value: Node) -> Iterator[Hit | Doubt]:
    """A step of a pipeline that is a program in Python."""
    for leaf in leaves(value):
        text, line = (leaf.script, leaf.script_line) if leaf.script is not None else (leaf.text, leaf.line)
        yield from inline.python(text, line or leaf.line, shell.run)


def _arguments(said: list[Leaf], known: Variables) -> Iterator[Hit | Doubt]:
    """A list of arguments. An entry with blanks is a command line of its own, or what `sh -c` is given."""
    yield from shell.words_of(
        [Word(_resolved(each.text), each.line, each.column or 1) for each in said], known
    )
    for each in said:
        if re.search(r"\s", each.text.strip()):
            yield from _script(each, known)
            if "import " in each.text and each is not said[0]:  # what `python -c` is given
                yield from _python(each)


def _script(leaf: Leaf, variables: Variables) -> Iterator[Hit | Doubt]:
    text, line = (leaf.script, leaf.script_line) if leaf.script is not None else (leaf.text, leaf.line)
    column = 1 if leaf.script is not None else leaf.column or 1
    yield from shell.lines(text, line or leaf.line, variables, column)


def _environment(value: Node) -> Table:
    """Variables as a table: `{A: b}`, `[A=b]`, `[{name: A, value: b}]`."""
    if isinstance(value, Table):
        return value
    rows: list[tuple[Leaf, Node]] = []
    for entry in value.entries if isinstance(value, List) else ():
        if isinstance(entry, Table):
            pair = {plain(key.text): each for key, each in entry.rows if isinstance(each, Leaf)}
            if "name" in pair and "value" in pair:
                rows.append((pair["name"], pair["value"]))
        elif isinstance(entry, Leaf):
            name, _, text = entry.text.partition("=")
            column = (entry.column or 1) + len(name) + 1
            rows.append((entry._replace(text=name), entry._replace(text=text, column=column)))
    return Table(rows)


def _under(key: str, value: Node, scene: Scene, *, variables: bool) -> Iterator[Hit | Doubt]:
    """What one key holds."""
    name = plain(key)
    kind = scene.kind
    sort = sort_of_variable(key) if variables or key.isupper() else sort_of(key)
    if kind is None:
        return
    if sort == "dataset":
        yield from _datasets(key, value, scene)
        return
    if name == "git":
        yield from _each(Position(key), value, scene)
        return
    if name in words("keys", "lists") or (
        scene.above[-1:] in {("models",), ("model",)} and name in {"name", "id"}
    ):
        yield from _each(Position(key, sure=False), value, scene)
    elif name in words("keys", "lineage") and (name.startswith("_") or scene.has("lineage_beside")):
        yield from _each(Position(key, sure=False, bare="low"), value, scene)
    elif sort is not None:
        position = _position(key, scene, sure=sort == "sure" or variables or key.isupper())
        if sort != "sure":
            position = position._replace(bare="nothing")
        yield from _each(position._replace(kind=kind), value, scene)


def _position(key: str, scene: Scene, *, sure: bool) -> Position:
    """What stands under a key that holds a model."""
    provider = scene.provider
    routed = "litellm_params" in scene.above[-1:]
    supported = sure or routed or provider in {"hub", "registry"} or scene.supported(plain(key))
    position = Position(key, sure=supported, services=routed, tag=provider == "hub")
    return position._replace(bare="low") if supported and not routed and provider != "registry" else position


def _each(position: Position, value: Node, scene: Scene) -> Iterator[Hit | Doubt]:
    for leaf in leaves(value):
        text = _resolved(leaf.text)
        served = _served(position.how, text, scene)
        if served is not None:
            if not _PATH.match(text) and "://" not in text:
                yield Doubt(leaf.line, served, text[:SHOWN])
            continue
        own = position._replace(sure=False) if _vague(text, position, scene) else position
        for part in text.split("+") if text.count("/") > 1 and "+" in text else [text]:
            for each in own.tell(part, leaf.line, leaf.column, scene.revision):
                yield _surer(each, position.how, part, scene)


def _surer(each: Hit | Doubt, key: str, text: str, scene: Scene) -> Hit | Doubt:
    """A low hit as a high one where key and id both say that it is a model: `asr_model: org/name-small`."""
    if not isinstance(each, Hit) or each.confidence == "high" or scene.provider == "hosted":
        return each
    name = plain(key)
    speaks = name in words("keys", "lists") or ("_" in name and name.endswith(("_model", "_model_id")))
    found = parse_reference(text)
    plain_id = isinstance(found, Named) and found.form == "id" and not found.doubtful
    served = scene.has("own_services") or "litellm_params" in scene.above
    if speaks and plain_id and not served and each.kind == "model" and has_sign(each.id):
        return each._replace(confidence="high")
    return each


def _vague(text: str, position: Position, scene: Scene) -> bool:
    """Whether a service may be meant: one's own by its address, or one behind an unknown router."""
    if not position.services:
        return scene.provider == "hosted"
    routed = isinstance(parse_reference(text, services=True), Named)
    return routed and text.partition("/")[0].lower() not in words("services", "hub")


def _served(key: str, text: str, scene: Scene) -> str | None:
    """Who else has the model of that name: said beside it, or by the key itself."""
    found = parse_reference(text, tag=True)
    if not text or (isinstance(found, Named) and found.form in {"address", "file"}):
        return None
    if scene.provider == "registry":
        return REGISTRY
    if set(plain(key).split("_")) & words("services", "said_hosted"):
        return HOSTED
    return HOSTED if scene.provider == "hosted" and not scene.has("own_services") else None


def _datasets(key: str, value: Node, scene: Scene) -> Iterator[Hit | Doubt]:
    """A dataset under a key, or the entries of a list of them."""
    sure = scene.supported(plain(key)) or plain(key) != "dataset"
    yield from _each(Position(key, sure=sure, kind="dataset"), value, Scene(scene.above, {}))
    for entry in value.entries if isinstance(value, List) else ():
        if isinstance(entry, Table):
            rows = {plain(name.text): each for name, each in entry.rows if isinstance(each, Leaf)}
            order = str(table("keys")["dataset_entries"]).split()
            first = next((rows[name] for name in order if name in rows), None)
            if first is not None:
                beside = {name: each.text for name, each in rows.items()}
                yield from _each(Position(key, kind="dataset"), first, Scene((), beside))


_REQUIREMENT = re.compile(r"\A(?:[\w.-]{1,100}(?:\[[\w., -]{0,100}\])? ?@ ?)?(git\+)?(?=https?://)", re.ASCII)
"""What stands before the address of a package: `name[extra] @ https://...`."""


def _address(leaf: Leaf) -> Iterator[Hit | Doubt]:
    """A value that says by itself that it is the Hub's: `hf://`, `huggingface://`, a file's address."""
    text = _resolved(leaf.text)
    cloned = (hit := _REQUIREMENT.match(text)) is not None and hit[1] is not None
    text = _REQUIREMENT.sub("", text)
    if "hf" not in text and "huggingface" not in text.lower():
        return
    found = parse_reference(text)
    if isinstance(found, Named) and found.form in {"address", "file", "page"}:
        how = "url" if text.startswith("http") else text.partition("/")[0]
        yield from Position(how, sure=cloned or found.form != "page").tell(text, leaf.line, leaf.column)


def _resolved(text: str) -> str:
    """The text with the default of `${NAME:-default}` put in."""
    return DEFAULT.sub(lambda hit: hit[1], text[:2000]) if "${" in text else text
