"""Finder for JavaScript and TypeScript: calls, objects, constants of the same file, addresses."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from osaid_audit.scan.finders.javascript_tokens import Token, scripts, tokens
from osaid_audit.scan.finders.javascript_values import Value, Values, split
from osaid_audit.scan.finders.keys import plain, sort_of, sort_of_variable
from osaid_audit.scan.finders.position import Position, tidy
from osaid_audit.scan.finders.settings import MENTIONS
from osaid_audit.scan.hits import SHOWN, Doubt, Hit, Malformed, Own
from osaid_audit.scan.ids import HOSTED, VARIABLE, Named, parse_reference, urls
from osaid_audit.scan.tables import table

if TYPE_CHECKING:
    from osaid_audit.schema.base import Kind

_BUNDLE = 50_000
_LONG_ROWS = 1_000
"""Letters of a file, and of its rows on average: longer ones were made by a program from others."""
_OWN = 'id="osaid-audit-report"'
"""A page that this tool wrote holds its report under this name."""
_LONGEST_CHAIN = 12
"""Tokens of `process.env.NAME`."""
_LONGEST = 4_000
"""Tokens of one argument list; a longer one is data."""


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a program names. Raises Malformed for what a bundler made."""
    if not (MENTIONS.search(text) or "pipeline" in text):
        return []
    if len(text) > _BUNDLE and len(text) > _LONG_ROWS * (text.count("\n") + 1):
        raise Malformed("made by a bundler")
    return tidy(_Program(list(tokens(text))).found())


def find_in_scripts(text: str) -> list[Hit | Doubt]:
    """The same for the scripts of a page or component (.vue, .svelte, .html)."""
    if _OWN in text:
        raise Own
    return find(scripts(text))


@cache
def _names(which: str, of: str = "javascript") -> frozenset[str]:
    return frozenset(str(table(of)[which]).split())


class _Program:
    """The tokens of a file, its constants and what it imports."""

    def __init__(self, said: Sequence[Token]) -> None:
        self.said = said
        self.values = Values(said)
        self._mark = self.values.text_at
        packages = [
            token.text for at, token in enumerate(said) if token.sort == "text" and self._imported(at)
        ]
        self.hub = any(name.startswith(tuple(_names("hub_packages"))) for name in packages) or any(
            "@huggingface/transformers" in token.text or "@xenova/transformers" in token.text
            for token in said
            if token.sort == "text"
        )
        self.hosted = any(name.startswith(tuple(_names("npm_hosted", "services"))) for name in packages)

    def found(self) -> Iterator[Hit | Doubt]:
        """Constants first: a call may stand above the constant that it uses."""
        assigned = []
        for sort in ("text", "mixed"):  # templates are made of the constants
            for at, token in enumerate(self.said):
                if token.sort == sort:
                    for name, value, named in self._assignment(at):
                        assigned.append((name, value))
                        if named:
                            self.values.constants.setdefault(name, value)
        for name, value in (*assigned, *self._listed()):
            yield from self._named(name, value)
        for at, token in enumerate(self.said):
            if token.sort in {"text", "mixed"}:
                yield from self._address(token)
            elif token.sort == "word" and self._mark(at + 1) == "(":
                yield from self._call(at)

    def _imported(self, at: int) -> bool:
        before = self._mark(at - 1)
        return before in {"from", "import"} or (before == "(" and self._mark(at - 2) in {"require", "import"})

    def _assignment(self, at: int) -> Iterator[tuple[str, Value, bool]]:
        """`NAME = 'text'`, `name: 'text'`, `env.NAME ?? 'text'`: name, text, whether it is fixed."""
        token = self.said[at]
        if token.sort == "mixed":
            value, end = self.values.filled(at)
            if value is not None and self._mark(at - 1) == "=" and self._mark(end + 1) not in {"+", "?", "."}:
                yield from ((name, value, True) for name in self._targets(at - 2))
            return
        before = self._mark(at - 1)
        if before in {"=", "??=", "||="}:
            yield from ((name, Value(token.text, token), self._fixed(at)) for name in self._targets(at - 2))
        elif (
            before == ":" and self.said[at - 2].sort in {"word", "text"} and self._mark(at - 3) in {"{", ","}
        ):
            yield self.said[at - 2].text, Value(token.text, token), False
        elif before in {"??", "||"}:
            default = at - 2
            if self.said[default].sort == "word":
                yield self.said[default].text, Value(token.text, token), False
            yield from self._chosen(at, token)

    def _chosen(self, at: int, token: Token) -> Iterator[tuple[str, Value, bool]]:
        """`const NAME = env.X ?? 'text'`."""
        back = at - 2
        while back > at - _LONGEST_CHAIN and (self._mark(back) in {".", "?."} or self.values.is_word(back)):
            back -= 1
        if self._mark(back) == "=" and (name := self._target(back - 1)):
            yield name, Value(token.text, token), True

    def _target(self, at: int) -> str:
        """What stands on the left of `=`: a name, its type behind it left out."""
        if at < 0 or self.said[at].sort != "word":
            return ""
        if self._mark(at - 1) == ":" and self.said[at - 2].sort == "word":
            return self.said[at - 2].text
        return self.said[at].text

    def _targets(self, at: int) -> set[str]:
        """The same; of `{model: name = ...}` both the key and the name."""
        names = {self._target(at)}
        if self._mark(at - 1) == ":" and self._mark(at - 3) in {"{", ","}:
            names.add(self.said[at].text)
        return names - {""}

    def _listed(self) -> Iterator[tuple[str, Value]]:
        """What the lists and tables hold whose name says that they hold models."""
        for name, listed in self.values.tables.items():
            if {"model", "models"} & set(plain(name).split("_")):
                for row in self.values.members(listed):
                    rows = [row]
                    if row[0].text == "{":
                        rows = [self.values.property(row, key) for key in ("id", "model", "repo", "modelId")]
                    for each in rows:
                        if len(each) == 1 and each[0].sort == "text":
                            yield "model", Value(each[0].text, each[0])

    def _fixed(self, at: int) -> bool:
        """Whether the text is all that is assigned: not the first part of a sum."""
        return self._mark(at + 1) not in {"+", "?", "."}

    def _named(self, name: str, value: Value) -> Iterator[Hit | Doubt]:
        """A text under a name that says that it holds a model."""
        variable = name.isupper()
        sort = sort_of_variable(name) if variable else sort_of(name)
        if sort is None and plain(name).endswith(("_model", "_model_id", "_model_name")):
            sort = "likely"
        if sort is None or plain(name) in {"encoder", "adapter", "checkpoint"}:
            return
        kind: Kind = "dataset" if sort == "dataset" else "model"
        sure = (sort == "sure" and not self.hosted) or self.hub
        position = Position(name, sure=sure, kind=kind, services=self.hosted and not self.hub, tag=self.hub)
        yield from position.tell(value.text, value.token.line, value.token.column)

    def _call(self, at: int) -> Iterator[Hit | Doubt]:
        name = self.values.aliases.get(self.said[at].text, self.said[at].text)
        first, second, objects = _names("first"), _names("second"), _names("objects")
        if (
            name not in first | second | objects | _names("calls_hosted", "services")
            or self._mark(at - 1) == "function"
        ):
            return
        arguments = self._arguments(at + 1)
        if name in first and arguments and (self.hub or name == "from_pretrained"):
            yield from self._argument(name, arguments[0], self._option(arguments[1:], "revision"))
        elif name in second and len(arguments) > 1 and (self.hub or arguments[0][0].sort == "text"):
            yield from self._argument(name, arguments[1], self._option(arguments[2:], "revision"))
        elif (name in second and self.hub and len(arguments) == 1) or (name in objects and arguments):
            yield from self._object(name, arguments[0])
        elif name in _names("calls_hosted", "services") and arguments and arguments[0][0].sort == "text":
            yield from self._hosted(arguments[0][0])

    def _hosted(self, token: Token) -> Iterator[Hit | Doubt]:
        if parse_reference(token.text) is not None:
            yield Doubt(token.line, HOSTED, token.text[:SHOWN])

    def _argument(self, how: str, argument: Sequence[Token], revision: str | None) -> Iterator[Hit | Doubt]:
        values = list(self.values.of(argument))
        for value in values:
            said = f"{how}:constant" if value.constant else how
            position = Position(said, bare="high" if self.hub else "low", tag=True)
            yield from position.tell(value.text, value.token.line, value.token.column, revision)
        if not values and argument and argument[0].text not in {"{", "[", "null", "undefined"}:
            text = "".join(token.text for token in argument[:20])
            yield Doubt(argument[0].line, VARIABLE, text[:SHOWN])

    def _object(self, how: str, argument: Sequence[Token]) -> Iterator[Hit | Doubt]:
        """`{model: 'org/name'}`, `{repo: {type: 'dataset', name: 'org/name'}, revision: 'v1'}`."""
        revision = self._option([argument], "revision")
        kind: Kind | None = "dataset" if how == "datasetInfo" else "model"
        for key in ("model", "modelName", "modelId", "repo", "name"):
            inner = self.values.property(argument, key)
            if inner and inner[0].text == "{":
                said = self._option([inner], "type")
                kind = "dataset" if said == "dataset" else None if said == "space" else kind
                inner = self.values.property(inner, "name")
            for value in self.values.of(inner):
                if kind is not None:
                    position = Position(f"{how} {key}", sure=how != "conversational", kind=kind, tag=True)
                    text = value.text
                    if text.startswith(("datasets/", "spaces/", "models/")):
                        position = position._replace(kind="dataset" if text[0] == "d" else "model")
                        text = "" if text[0] == "s" else text.partition("/")[2]
                    yield from position.tell(text, value.token.line, value.token.column, revision)

    def _arguments(self, at: int) -> list[Sequence[Token]]:
        """The arguments of the call whose `(` stands at this place; the empty ones left out."""
        end = self.values.ends.get(at, at)
        return split(self.said[at + 1 : end]) if end - at <= _LONGEST else []

    def _option(self, arguments: Sequence[Sequence[Token]], key: str) -> str | None:
        """What an option among the arguments is, when it is one text."""
        for argument in arguments:
            known = self.values.of(self.values.property(argument, key))
            if len(known) == 1:
                return known[0].text
        return None

    def _address(self, token: Token) -> Iterator[Hit | Doubt]:
        """An address of the Hub inside a text."""
        if "hf" not in token.text and "huggingface" not in token.text.lower():
            return
        for place, named in urls(token.text):
            line = token.line + token.text.count("\n", 0, place)
            hit = Hit(named.id, line, "url", named.kind, None, named.revision)
            yield hit if named.form == "file" else hit._replace(confidence="low")
        found = parse_reference(token.text) if token.sort == "text" else None
        if isinstance(found, Named) and found.form == "address":
            how = token.text.partition("/")[0]
            yield Hit(found.id, token.line, how, found.kind, token.column, found.revision)
