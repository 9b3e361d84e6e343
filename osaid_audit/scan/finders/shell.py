"""Finder for shell scripts and for command lines inside other files.

find(text)                     a whole script
lines(text, line, variables)   a part of a file that a shell is given
words_of(words, variables)     a command line that is already split, as in a list of arguments
run(given, line)               one or the other, of a program in Python
"""

import re
from collections.abc import Iterator, Sequence

from osaid_audit.scan.finders import inline
from osaid_audit.scan.finders.pins import pinned
from osaid_audit.scan.finders.position import Position, tidy
from osaid_audit.scan.finders.programs import is_called, known_commands
from osaid_audit.scan.finders.variables import (
    Variables,
    behind,
    every,
    expanded,
    is_assignment,
    set_by,
    texts,
)
from osaid_audit.scan.finders.words import Command, Word, commands
from osaid_audit.scan.hits import SHOWN, Doubt, Hit
from osaid_audit.scan.ids import REGISTRY, VARIABLE, Named, hub_id, is_variable, parse_reference, urls
from osaid_audit.scan.tables import words
from osaid_audit.schema.base import Kind

_INNER_MODEL = re.compile(r'"(?:model|path|base_model_name)"\s{0,9}:\s{0,9}"([^"]{1,200})"')
_GIT = re.compile(r"git@(?:hf\.co|huggingface\.co):(\S+)")
_MENTIONS = re.compile(
    r"hf|hugging|model|repo|vllm|serve|ollama|llama|litgpt|tune|pretrained|data|lora|embed"
    r"|adapter|peft|token|vae|checkpoint|llm|speculative",
    re.IGNORECASE,
)
_DEEPEST = 3
_BRANCH = frozenset({"-b", "--branch", "--revision"})


def mentions(text: str) -> bool:
    """A cheap first look: false where no command line names a model."""
    return _MENTIONS.search(text) is not None or is_called(text)


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a shell script names."""
    if not mentions(text):
        return []
    variables: Variables = {}
    return tidy(pinned(list(lines(text, 1, variables)), texts(variables)))


def lines(
    text: str, line: int, variables: Variables, column: int = 1, depth: int = 0
) -> Iterator[Hit | Doubt]:
    """The same of a part of a file; variables that it sets are added to those known."""
    for command in commands(text, line, column):
        yield from _command(command, variables, depth)


def words_of(said: Sequence[Word], variables: Variables, depth: int = 0) -> Iterator[Hit | Doubt]:
    """What one command line names: behind options, behind known commands, as addresses."""
    said = list(_unwrapped(said))
    if not said or said[0].text.lower() in words("flags", "quiet"):
        return
    revision, kind = _beside(said, variables)
    if kind is None:
        return
    yield from _options(said, variables, revision)
    yield from _listed(said, variables)
    yield from inline.programs(said, run)
    yield from _positional(said, variables, revision, kind)
    yield from _addresses(said, variables)
    if depth < _DEEPEST:
        for at in _run_by_shells(said):
            word = said[at]
            if re.search(r"\s", word.text.strip()):
                yield from lines(word.text, word.line, variables, word.column, depth + 1)


def run(given: str | list[Word], line: int) -> Iterator[Hit | Doubt]:
    """What a command line names that a program runs: one text that stands on this line, or its words."""
    return lines(given, line, {}) if isinstance(given, str) else words_of(given, {})


def _command(command: Command, variables: Variables, depth: int) -> Iterator[Hit | Doubt]:
    yield from words_of(command.words, variables, depth)
    yield from set_by(command.words, variables)
    for given in command.given:
        if depth < _DEEPEST and any(word.text in words("flags", "shells") for word in command.words):
            yield from lines(given.text, given.line, variables, depth=depth + 1)
        elif any(inline.is_python(word) for word in command.words):
            yield from inline.python(given.text, given.line, run)


def _unwrapped(said: Sequence[Word]) -> Iterator[Word]:
    """The words from the command itself on."""
    started = False
    for word in said:
        if started or not (word.text in words("flags", "wrappers") or is_assignment(word)):
            started = True
            yield word


def _beside(said: Sequence[Word], variables: Variables) -> tuple[str | None, Kind | None]:
    """The revision and the kind that a command line says; no kind for a Space."""
    revision = _value_of(said, words("flags", "revisions"), variables)
    repo_type = _value_of(said, words("flags", "repo_types"), variables)
    if repo_type == "space":
        return revision, None
    return revision, "dataset" if repo_type == "dataset" else "model"


def _value_of(said: Sequence[Word], options: frozenset[str], variables: Variables) -> str | None:
    for option, value in _pairs(said):
        if option in options:
            return expanded(value, variables)[0]
    return None


def _pairs(said: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """Options with their values: `--a b`, `--a=b`."""
    for at, word in enumerate(said):
        if not word.text.startswith("-"):
            continue
        option, sign, value = word.text.partition("=")
        if sign:
            yield option.lower(), word._replace(text=value.strip("\"'"), column=word.column + len(option) + 1)
        elif at + 1 < len(said) and not said[at + 1].text.startswith("-"):
            yield option.lower(), said[at + 1]


def _options(said: Sequence[Word], variables: Variables, revision: str | None) -> Iterator[Hit | Doubt]:
    program = _name(said[0])
    for option, value in _pairs(said):
        if option in words("flags", "pairs"):
            yield from _inner_pairs(option, value, variables)
            continue
        position = _position(option, program)
        if position is not None:
            yield from _told(position, value, variables, revision if position.kind == "model" else None)


def _listed(said: Sequence[Word], variables: Variables) -> Iterator[Hit | Doubt]:
    """`--lora-modules one=org/name two=org/other`, `--lora-adapters org/name,org/other`."""
    option = ""
    for word in said[1:]:
        value = word
        if word.text.startswith("-"):
            option, _, behind = word.text.partition("=")
            value = word._replace(text=behind)
        if option.lower() in words("flags", "many") and value.text:
            position = Position(option.lower())
            if '"' in value.text and (hit := _INNER_MODEL.search(value.text)):
                yield from _told(position, value._replace(text=hit[1]), variables)
                continue
            for part in value.text.split(",")[:50]:
                yield from _told(position, value._replace(text=part.rpartition("=")[2]), variables)
        elif re.match(r"(?:pretrained|model_name)=[^,=]+,", word.text):
            yield from _inner_pairs(word.text.partition("=")[0], word, variables)


def _position(option: str, program: str) -> Position | None:
    """What stands behind an option of this program."""
    tag = option in words("flags", "tagged")
    if option in words("flags", "sure"):
        return Position(option, bare="high" if option not in _MIXED else "low", tag=tag)
    if option in words("flags", "likely"):
        served = program in words("services", "programs")
        bare = program in words("flags", "loaders")
        return Position(option, sure=not served, bare="low" if bare else "nothing", services=served)
    if option in words("flags", "datasets"):
        return Position(option, kind="dataset", bare="low" if option.endswith(("name", "id")) else "nothing")
    return Position("-m") if option == "-m" and program in words("flags", "short_model") else None


_MIXED = frozenset({"--repo-id", "--base-model", "--base_model", "--model-id", "--model_id", "--model-repo"})
"""After these a bare name is as often a name of one's own."""


def _inner_pairs(option: str, value: Word, variables: Variables) -> Iterator[Hit | Doubt]:
    """`--model_args pretrained=org/name,revision=main`."""
    pairs = dict(each.partition("=")[::2] for each in value.text.split(",")[:50])
    for key in ("pretrained", "model", "peft", "tokenizer", "model_name"):
        if pairs.get(key):
            position = Position(option, bare="high" if key == "pretrained" else "nothing")
            said = value._replace(text=pairs[key])
            yield from _told(position, said, variables, pairs.get("revision") if key != "peft" else None)


def _positional(
    said: Sequence[Word], variables: Variables, revision: str | None, kind: Kind
) -> Iterator[Hit | Doubt]:
    """What stands right behind `hf download`, `vllm serve`, `ollama run`."""
    for start in range(len(said)):
        for place, steps in known_commands().get(_name(said[start]), ()):
            end = start + len(steps)
            if [_name(said[start]), *(word.text for word in said[start + 1 : end])] != steps:
                continue
            argument = _first_argument(said[end:])
            if argument is not None:
                how = " ".join(steps)
                position = Position(how, kind=kind, bare="high" if place == "hub" else "nothing")
                tell = _told if place == "hub" else _told_of_registry
                yield from tell(position, argument, variables, revision)
            return


def _first_argument(rest: Sequence[Word]) -> Word | None:
    """The first word that is neither an option nor the value of one."""
    skip = False
    for word in rest:
        if word.text in {"<", ">"}:
            return None
        if word.text.startswith("-") and not skip:
            skip = "=" not in word.text and word.text not in words("flags", "switches")
            continue
        if not skip:
            return word
        skip = False
    return None


def _told(
    position: Position, word: Word, variables: Variables, revision: str | None = None
) -> Iterator[Hit | Doubt]:
    """What a word comes to, at the place of the literal that holds it."""
    known = behind(word, variables)
    constant = position._replace(how=f"{position.how}:constant")
    if known is not None and (known.others or "[" in word.text):
        for each in every(known):
            yield from constant.tell(each.text, each.line, each.column, revision)
        return
    text, place, used = expanded(word, variables)
    yield from (constant if used else position).tell(text, place.line, place.column, revision)


def _told_of_registry(
    position: Position, word: Word, variables: Variables, revision: str | None
) -> Iterator[Hit | Doubt]:
    """The same behind a command whose names are another registry's unless they say otherwise."""
    text, place, _ = expanded(word, variables)
    found = parse_reference(text, tag=True)
    if (isinstance(found, Named) and found.form == "address") or is_variable(text):
        yield from _told(position, word, variables, revision)
    elif not text.startswith((".", "/", "-")):
        yield Doubt(place.line, REGISTRY, text[:SHOWN])


def _addresses(said: Sequence[Word], variables: Variables) -> Iterator[Hit | Doubt]:
    """Addresses of the Hub among the words: a file to download, a repository to clone."""
    cloned = _name(said[0]) == "git"
    branch = _value_of(said, _BRANCH, variables) if cloned else None
    branch = None if branch is None or is_variable(branch) else branch
    for word in said:
        if "://" not in word.text and "git@" not in word.text:
            continue
        text, place, _ = expanded(word, variables)
        if (hit := _GIT.search(text)) and hub_id(hit[1].removesuffix(".git")):
            yield Hit(hit[1].removesuffix(".git"), place.line, "git", column=place.column, revision=branch)
        for _, found in urls(text):
            sure = cloned or found.form == "file" or "git+http" in text
            yield Hit(
                found.id,
                place.line,
                "url",
                found.kind,
                place.column,
                found.revision or branch,
                "high" if sure else "low",
            )
        if "huggingface.co/" in text and is_variable(text) and "/resolve/" in text and not any(urls(text)):
            yield Doubt(place.line, VARIABLE, text[:SHOWN])


def _run_by_shells(said: Sequence[Word]) -> list[int]:
    """Where the words stand that are text for a shell: `bash -c TEXT`."""
    switches = words("flags", "shell_switches")
    places = [at for at in range(1, len(said)) if said[at - 1].text.lower() in switches]
    return places if places and any(_name(word) in words("flags", "shells") for word in said) else []


def _name(word: Word) -> str:
    """The program without its folder."""
    return word.text.rpartition("/")[2].removesuffix(".exe")
