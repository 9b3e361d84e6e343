"""The report inside a page: JSON in which what occurs again is written once, and back.

`$defs` lists the texts and tables that occur more than once; where one belongs stands `{"$ref": 3}`, its
place in that list, counted from 0. The rest is the report as the JSON format has it; several reports stand
under `reports`. The words of a rule and the places behind a fact are most of a report and come
back two or three times, so that the page is much smaller; forty models share nearly all of it.
"""

import json
from collections import Counter
from typing import Any

from osaid_audit.errors import UnreadableInput
from osaid_audit.render.safe import escape_unseen

_DEFS, _REF, _REPORTS = "$defs", "$ref", "reports"
_SHORTEST = 24
"""Characters from which on a reference is shorter than what it stands for."""
_ALWAYS_PLAIN = frozenset({"subject", "label", "tool", "rules", "notice"})
"""What others may look for in the page: written out, however often it occurs."""
_MOST_VALUES = 4_000_000
"""Values that a page may unfold to: the largest report that is read has fewer."""
_HINT = "Give a page that osaid-audit wrote, or the JSON report."


def pack(documents: list[dict[str, Any]], *, many: bool) -> str:
    """The reports as one line of JSON that cannot end its script element."""
    folding = _Folding(documents)
    reports = [folding.report(each) for each in documents]
    whole = {_REPORTS: reports} if many else reports[0]
    written = json.dumps({_DEFS: folding.defs} | whole, ensure_ascii=False, separators=(",", ":"))
    escaped = written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return escape_unseen(escaped)


class _Folding:
    """Counts what occurs, then writes a reference wherever something occurs more than once."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        self.defs: list[Any] = []
        self._number: dict[str, int] = {}
        self._times: Counter[str] = Counter()
        for document in documents:
            for key, value in document.items():
                if key not in _ALWAYS_PLAIN:
                    self._count(value)

    def report(self, document: dict[str, Any]) -> dict[str, Any]:
        return {
            key: value if key in _ALWAYS_PLAIN else self._fold(value)
            for key, value in sorted(document.items())
        }

    def _count(self, value: Any) -> None:
        name = _name(value)
        if name:
            self._times[name] += 1
            if self._times[name] > 1:
                return
        for each in _parts(value):
            self._count(each)

    def _fold(self, value: Any) -> Any:
        name = _name(value)
        if not name or self._times[name] < 2:  # noqa: PLR2004 - twice is more than once
            return self._inside(value)
        if name not in self._number:
            inside = self._inside(value)
            self._number[name] = len(self.defs)
            self.defs.append(inside)
        return {_REF: self._number[name]}

    def _inside(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._fold(value[key]) for key in sorted(value)}
        return [self._fold(each) for each in value] if isinstance(value, list) else value


def _name(value: Any) -> str:
    """What two equal values share; empty for what is not worth a reference."""
    if isinstance(value, str):
        return value if len(value) >= _SHORTEST else ""
    if not isinstance(value, dict):
        return ""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return written if len(written) >= _SHORTEST else ""


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def unpack(text: str) -> Any:
    """The report, or the list of reports, that was packed; JSON without `$defs` as it stands.

    Raises UnreadableInput for what is not JSON, for a reference to what does not stand before it, and for
    references to references that would fill the memory.
    """
    try:
        document = json.loads(text)
    except ValueError:
        raise UnreadableInput("The report in this page is not JSON.", _HINT) from None
    if not isinstance(document, dict) or not isinstance(document.get(_DEFS), list):
        return document
    unfolding = _Unfolding(document.pop(_DEFS))
    whole = unfolding.value(document)
    return whole[_REPORTS] if whole.keys() == {_REPORTS} else whole


class _Unfolding:
    """Puts the values in the place of their references; one may refer to those before it alone."""

    def __init__(self, defs: list[Any]) -> None:
        self.defs: list[tuple[Any, int]] = []
        self.used = 0
        for each in defs:
            self.used, before = 0, self.used
            known = self.value(each)
            self.defs.append((known, self.used))
            self.used += before

    def value(self, value: Any) -> Any:
        self._use(1)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if not isinstance(value, dict):
            return value
        target = value.get(_REF)
        if len(value) == 1 and isinstance(target, int):
            return self._target(target)
        return {key: self.value(each) for key, each in value.items()}

    def _target(self, number: int) -> Any:
        if not 0 <= number < len(self.defs):
            raise UnreadableInput("The report in this page refers to a place it does not have.", _HINT)
        known, size = self.defs[number]
        self._use(size)
        return known

    def _use(self, values: int) -> None:
        self.used += values
        if self.used > _MOST_VALUES:
            raise UnreadableInput("The report in this page unfolds without end.", _HINT)
