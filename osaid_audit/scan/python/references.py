"""What a module names: by calls that take an id, by names that hold one, by addresses in its texts."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.scan.hits import SHOWN, Doubt, Hit, Malformed, Neighbours
from osaid_audit.scan.ids import REGISTRY, VARIABLE, Elsewhere, Named, parse_reference, urls
from osaid_audit.scan.python.calls import NameKind, Row, has_sign, is_card, is_hub_class, name_kind, rows
from osaid_audit.scan.python.commands import Run, of_command
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.doubts import is_no_doubt, local
from osaid_audit.scan.python.filesystem import of_file_system
from osaid_audit.scan.python.handing import handed_on
from osaid_audit.scan.python.modules import Beside
from osaid_audit.scan.python.names import argument
from osaid_audit.scan.python.options import Default, environment, options
from osaid_audit.scan.python.places import Source
from osaid_audit.scan.python.scopes import Binding, Spot, Survey
from osaid_audit.scan.python.texts import Texts, Value
from osaid_audit.scan.python.unpacking import entry_of, of_steps, unpacked
from osaid_audit.scan.python.values import Resolver
from osaid_audit.scan.tables import words
from osaid_audit.schema.base import Kind

if TYPE_CHECKING:
    from osaid_audit.schema.scan import Confidence


class _Take(NamedTuple):
    """A call that takes an id: its row, what is named and pinned, its name, the package it is from."""

    row: Row
    kind: Kind
    revision: str | None
    how: str
    root: str


class References:
    """One module, asked for what it names."""

    def __init__(
        self,
        found: Survey,
        lines: list[str],
        run: Run,
        neighbours: Neighbours | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._found, self._run, self._neighbours = found, run, neighbours
        self._source = Source(lines)
        self._resolver = Resolver(found, beside)
        self._claimed: set[int] = set()
        self._spoken_for: set[int] = set()
        """Loaders inside `partial(...)` whose calls speak for them."""
        self._own_folders: set[str] = set()

    def __iter__(self) -> Iterator[Hit | Doubt]:
        """Each place once."""
        seen: set[Hit | Doubt] = set()
        for place in self._places():
            if place not in seen:
                seen.add(place)
                yield place

    def _places(self) -> Iterator[Hit | Doubt]:
        """Calls first: what a call takes is not reported a second time for its name."""
        names = [*self._options(), *environment(self._found)]
        for call, spot in self._found.calls:
            self._note_outputs(call, spot)
        for call, spot in self._found.calls:
            yield from self._call(call, spot)
        for call, spot in self._found.calls:
            yield from self._handed_on(call, spot)
            yield from of_file_system(call, spot, self._resolver)
            yield from of_command(call, spot, self._resolver, self._run)
        for name, node, spot in names:
            yield from self._held(name, node, spot, "default")
        for name, binding in self._found.bound:
            if binding.expr is not None and binding.pick is None:
                yield from self._held(name, binding.expr, binding.spot, binding.how)
        for call, spot in self._found.calls:
            yield from self._keywords(call, spot)
        for node, spot in self._found.dicts:
            yield from self._keys(node, spot)
        yield from self._addresses()
        if self._resolver.is_worn_out:
            raise Malformed

    # Calls.

    def _call(self, call: ast.Call, spot: Spot, depth: int = 3) -> Iterator[Hit | Doubt]:
        """What a call takes that is in the table, also when it goes by another name."""
        written = dotted(call.func)
        last = written.rpartition(".")[2]
        origin = self._resolver.origin(written, spot)
        _, dot, rest = written.partition(".")
        name = f"{origin}{dot}{rest}" if origin not in {"", "here"} else written
        known = dict.fromkeys((*rows().get(last, ()), *rows().get(name.rpartition(".")[2], ())))
        fitting = [row for row in known if row.fits(name) and self._comes_from(row, name, origin)]
        for row in fitting:
            yield from self._taken(row, call, spot, name, origin)
        if not fitting and depth and origin != "here":
            for behind, place in self._resolver.behind_call(call, spot):
                self._spoken_for.add(id(behind.func))
                yield from self._call(behind, place, depth - 1)

    def _handed_on(self, call: ast.Call, spot: Spot) -> Iterator[Hit | Doubt]:
        """`partial(AutoModel.from_pretrained, "org/name")`, `pool.submit(load, "org/name")`."""
        inner = handed_on(call)
        if inner is not None and id(inner.func) not in self._spoken_for:
            yield from self._call(inner, spot)

    def _comes_from(self, row: Row, name: str, origin: str) -> bool:
        """Whether a call is of a package of the row's, as far as the module's imports tell."""
        if origin == "here":
            return "." in name and not row.packages
        if not row.packages:
            return True
        root = origin.lstrip(".").partition(".")[0]
        if root:
            return any(root.startswith(package) for package in row.packages)
        return any(each.startswith(package) for each in self._found.imports for package in row.packages)

    def _taken(self, row: Row, call: ast.Call, spot: Spot, name: str, origin: str) -> Iterator[Hit | Doubt]:
        kind = self._kind(row, call, spot)
        if kind is None:
            return
        how = name.rpartition(".")[2] if row.name[0].islower() and "." not in row.name else row.name
        take = _Take(row, kind, self._revision(row, call, spot), how, origin.partition(".")[0])
        for node, place in self._arguments(row, call, spot):
            texts = self._resolver.texts(node, place)
            if not texts.values:
                listed = self._resolver.members(node, place)
                texts = Texts(tuple(value for each in listed for value in each.values), texts.open)
            for value in texts.values:
                if not value.number and (found := self._named(take, value)) is not None:
                    yield found
            is_path = not texts.values and not texts.open and of_steps(node, place, self._resolver)
            if is_path or (texts.open and not texts.values and not is_no_doubt(row, node)):
                yield Doubt(node.lineno, VARIABLE, self._source.written(node))

    def _arguments(self, row: Row, call: ast.Call, spot: Spot) -> Iterator[tuple[ast.expr, Spot]]:
        """Every argument that holds an id."""
        by_place = argument(call, row.at, ())
        found = [] if by_place is None else [(by_place, spot)]
        found += [(keyword.value, spot) for keyword in call.keywords if keyword.arg in row.keys]
        yield from found or unpacked(call, spot, row, self._resolver)

    def _kind(self, row: Row, call: ast.Call, spot: Spot) -> Kind | None:
        """What is named: a keyword may say that it is a dataset; None for a Space."""
        node = argument(call, None, (row.repo_type,)) if row.repo_type else None
        said = [value.text for value in self._resolver.texts(node, spot).values] if node is not None else []
        if not said:
            return row.kind
        return "dataset" if said[0] == "dataset" else row.kind if said[0] == "model" else None

    def _revision(self, row: Row, call: ast.Call, spot: Spot) -> str | None:
        """What pins it, as written; None when floating, or when it may be one or another."""
        node = argument(call, None, (row.revision,))
        if node is None:
            place = entry_of(call, spot, row.revision, self._resolver)
            if place is None:
                return None
            node, spot = place
        found = self._resolver.texts(node, spot)
        texts = {value.text for value in found.values}
        return texts.pop().strip() or None if len(texts) == 1 else None

    def _named(self, take: "_Take", value: Value) -> Hit | Doubt | None:
        """What one text names in a call."""
        row = take.row
        found = parse_reference(value.text, kind=take.kind, bare=True, services=row.services, tag=row.tag)
        self._claimed.add(id(value.node))
        if isinstance(found, Elsewhere):
            return Doubt(value.node.lineno, found.why, value.text[:SHOWN])
        if found is None:
            return None
        if not row.remote and self._is_own(found.id):
            return local(value, found)
        is_plain = found.form in {"id", "bare"} and ":" not in value.text.partition("/")[0]
        foreign = take.root in words("calls", "other_registries") or (row.elsewhere and found.form == "id")
        if found.form == "id" and take.root in words("calls", "slash_is_hub"):
            foreign = False
        if is_plain and foreign:
            return Doubt(value.node.lineno, REGISTRY, value.text[:SHOWN])
        if found.form == "bare":
            return self._bare(take, value, found)
        return self._source.hit(value, found, take.revision, take.how, "low" if found.doubtful else "high")

    def _bare(self, take: "_Take", value: Value, found: Named) -> Hit | Doubt | None:
        """A name without owner: whose it is depends on the library."""
        row = take.row
        if row.bare == "no" or (take.kind == "dataset" and found.id in words("calls", "dataset_builders")):
            return None
        if row.bare == "elsewhere":
            return Doubt(value.node.lineno, REGISTRY, value.text[:SHOWN])
        if row.bare != "hub":
            found = found._replace(id=f"{row.bare}/{found.id}")
        known = words("calls", "hub_packages")
        sure = take.root in known or (not take.root and any(each in known for each in self._found.imports))
        # a class that puts an owner in front is known by its name
        sure = sure or row.bare != "hub" or is_hub_class(row.name.partition(".")[0])
        return self._source.hit(
            value, found, take.revision, take.how, "high" if sure or row.packages else "low"
        )

    # What the program writes itself.

    def _note_outputs(self, call: ast.Call, spot: Spot) -> None:
        """Remember what calls and keywords name that is written, so that it is not taken for a reference."""
        last = dotted(call.func).rpartition(".")[2]
        if last in words("calls", "outputs"):
            for node in [*call.args[:2], *(keyword.value for keyword in call.keywords)]:
                self._note(node, spot, saved=last in {"save_pretrained", "save_model", "mkdir", "makedirs"})
        for keyword in call.keywords:
            if keyword.arg in words("calls", "output_names"):
                self._note(keyword.value, spot, saved=keyword.arg in {"output_dir", "save_dir", "save_path"})

    def _note(self, node: ast.expr, spot: Spot, *, saved: bool) -> None:
        for value in self._resolver.texts(node, spot).values:
            self._claimed.add(id(value.node))
            if saved:
                self._own_folders.add(value.text.strip("/"))

    def _is_own(self, model: str) -> bool:
        """Whether the program saves to a folder of that name, or the code base has one."""
        return model in self._own_folders or bool(self._neighbours and self._neighbours.is_folder(model))

    # Names that hold an id.

    def _options(self) -> Iterator[Default]:
        """The options with their defaults; who asks for `args.model` finds them."""
        for name, node, spot in options(self._found):
            self._resolver.options.setdefault(name, []).append(Binding(node, spot, spot.path, "option"))
            yield name, node, spot

    def _keywords(self, call: ast.Call, spot: Spot) -> Iterator[Hit | Doubt]:
        last = dotted(call.func).rpartition(".")[2]
        if last in words("calls", "outputs"):
            return
        own = words("calls", "card_names") if is_card(last) else frozenset()
        for keyword in call.keywords:
            if keyword.arg is not None and keyword.arg not in own:
                sure = is_hub_class(last) or (keyword.arg == "repo_id" and self._loads_from_hub(call))
                yield from self._held(keyword.arg, keyword.value, spot, "", sure=sure)

    def _loads_from_hub(self, call: ast.Call) -> bool:
        """Whether `repo_id=` can only be a model of the Hub here."""
        known = words("calls", "hub_packages")
        plain = argument(call, None, ("repo_type",)) is None
        return plain and any(each in known for each in self._found.imports)

    def _keys(self, node: ast.Dict, spot: Spot) -> Iterator[Hit | Doubt]:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield from self._held(key.value, value, spot, "")

    def _held(
        self, name: str, node: ast.expr, spot: Spot, how: str, *, sure: bool = False
    ) -> Iterator[Hit | Doubt]:
        """What a name such as `model_id` holds."""
        known = name_kind(name)
        known = known._replace(sure=True) if known and sure else known
        if known is None or (isinstance(node, ast.Constant) and not isinstance(node.value, str)):
            return
        texts = self._resolver.texts(node, spot).values
        if not texts and isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            texts = tuple(value for each in self._resolver.members(node, spot) for value in each.values)
        for value in texts:
            if id(value.node) not in self._claimed and value.beside is None:
                yield from self._of_name(name, known, value, how)

    def _of_name(self, name: str, known: NameKind, value: Value, how: str) -> Iterator[Hit | Doubt]:
        found = parse_reference(value.text, kind=known.kind, services=True)
        if isinstance(found, Elsewhere) and not self._found.imports & words("calls", "service_packages"):
            plain = parse_reference(value.text, kind=known.kind)
            if isinstance(plain, Named):
                found = plain._replace(doubtful=not self._is_of_hub(name))
        if isinstance(found, Elsewhere) and known.sure and "/" in value.text:
            self._claimed.add(id(value.node))
            yield Doubt(value.node.lineno, found.why, value.text[:SHOWN])
        if not isinstance(found, Named):
            return
        if found.doubtful and not known.sure and name.lower().endswith(("path", "dir", "folder")):
            return
        if self._is_own(found.id):
            doubt = local(value, found) if known.sure else None
            yield from [doubt] if doubt else []
            return
        self._claimed.add(id(value.node))
        sure = known.sure or found.form in {"address", "file"} or has_sign(found.id)
        confidence: Confidence = "high" if sure and not found.doubtful else "low"
        come_by = how if how not in {"", "constant"} else value.how
        yield self._source.hit(value._replace(how=come_by), found, None, name, confidence)._replace(held=True)

    def _is_of_hub(self, name: str) -> bool:
        """Whether an owner that is a service, too, is meant as the Hub's: by the name, or by the imports."""
        by_name = name.lower().endswith(("_or_path", "_repo", "repo_id")) or "hf" in name.lower()
        return by_name or bool(self._found.imports & words("calls", "hub_packages"))

    # Addresses.

    def _addresses(self) -> Iterator[Hit | Doubt]:
        """Addresses on the Hub in texts that are no docstring."""
        for node in self._found.texts:
            if id(node) in self._claimed or not isinstance(node.value, str):
                continue
            text = node.value
            whole = text.strip()
            if whole.startswith(("hf://", "huggingface://")):
                found = parse_reference(whole)
                if isinstance(found, Named):
                    yield self._source.hit(
                        Value(text, node), found, None, "url", "low" if found.doubtful else "high"
                    )
                continue
            for at, found in urls(text):
                sure = found.form in {"file", "address"} or text[:at].endswith("git+")
                hit = self._source.hit(Value(text, node), found, None, "url", "high" if sure else "low")
                yield hit._replace(line=self._source.line(node, text[:at]))
        for made in self._found.made:
            yield from self._put_together(made.node, made.spot)

    def _put_together(self, node: ast.expr, spot: Spot) -> Iterator[Hit | Doubt]:
        """An address with parts that are put in: `f"https://huggingface.co/{MODEL}/resolve/main/x"`."""
        found = self._resolver.texts(node, spot)
        for value in found.values:
            for at, named in urls(value.text):
                if at == 0:
                    sure = named.form == "file"
                    yield self._source.hit(value, named, None, "url", "high" if sure else "low")
            whole = parse_reference(value.text) if value.text.startswith("hf://") else None
            if isinstance(whole, Named):
                yield self._source.hit(value, whole, None, "url", "low" if whole.doubtful else "high")
        said = self._source.written(node)
        if not found.values and ("/resolve/" in said or said.lstrip("fF\"'").startswith("hf://")):
            yield Doubt(node.lineno, VARIABLE, said)
