"""YAML as rule files and attestations use it: small, no anchors, no tags, every value with its place.

Only `true`, `false` and whole numbers are anything but text, so that `no`, `on` and `1.10` stay what
was written. These files are untrusted: size, depth and number of nodes are bounded before anything is built.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from osaid_audit.errors import RuleFileError
from osaid_audit.messages import Message

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 12
_MAX_NODES = 5000
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_QUOTED = ("'", '"', "|", ">")
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Written:
    """A mapping as written in a file.

    `places` gives line and column (from 1) of every value, behind its quote.
    """

    shown: str
    data: Mapping[str, Any]
    places: Mapping[KeyPath, tuple[int, int]] = field(repr=False)

    def place(self, path: KeyPath = ()) -> str:
        """`file:line:column` of the value at that path, or of the nearest value above it."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return f"{self.shown}:{line}:{column}"


def read(raw: bytes, shown: str, most: int = MAX_BYTES) -> Written:
    """The mapping in a file of at most so many bytes. Raises RuleFileError with the place."""
    if len(raw) > most:
        raise RuleFileError(shown, Message("the file is larger than {most} kB", most=most // 1024))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RuleFileError(f"{shown}:{line}", Message("the file is not UTF-8 text")) from None
    try:
        _check_events(text, shown)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{shown}:{mark.line + 1}:{mark.column + 1}" if mark else shown
        raise RuleFileError(place, _not_yaml(error.problem)) from None
    except yaml.YAMLError as error:
        raise RuleFileError(shown, _not_yaml(str(error).splitlines()[0])) from None
    if not isinstance(node, yaml.MappingNode):
        raise RuleFileError(shown, Message("the file must hold a mapping (key: value)"))
    builder = _Builder(shown)
    return Written(shown, builder.mapping(node, ()), builder.places)


def _not_yaml(said: str | None) -> Message:
    """That a text is no YAML, with the words of the parser, which are English, quoted as such."""
    return Message("this is not YAML (the parser says '{said}')", said=said or "?")


def _check_events(text: str, shown: str) -> None:
    """Refuse bombs before a tree exists: the event stream is flat, whatever it describes."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        mark = event.start_mark
        place = f"{shown}:{mark.line + 1}:{mark.column + 1}" if mark else shown
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RuleFileError(place, Message("anchors and aliases are not allowed"))
        if getattr(event, "tag", None):
            raise RuleFileError(place, Message("YAML tags are not allowed"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise RuleFileError(place, Message("the file is nested too deeply"))
        if count > _MAX_NODES:
            raise RuleFileError(place, Message("the file has too many parts"))


class _Builder:
    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.places: dict[KeyPath, tuple[int, int]] = {}

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        self._note(node, path)
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise RuleFileError(self._where(key_node), Message("a key must be a plain word"))
            if key in built:
                raise RuleFileError(
                    self._where(key_node), Message("the key '{key}' stands here twice", key=key)
                )
            built[key] = self._value(value_node, (*path, key))
        return built

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        self._note(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, place)) for place, item in enumerate(node.value)]
        return self._scalar(node)

    def _scalar(self, node: yaml.Node) -> bool | int | str:
        text = str(node.value)
        if getattr(node, "style", None) in _QUOTED:
            return text
        if text in ("", "~", "null"):
            raise RuleFileError(self._where(node), Message("a value is missing; leave the key out instead"))
        if text in ("true", "false"):
            return text == "true"
        return int(text) if _INTEGER.fullmatch(text) else text

    def _note(self, node: yaml.Node, path: KeyPath) -> None:
        quote = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1 + quote)

    def _where(self, node: yaml.Node) -> str:
        return f"{self.shown}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
