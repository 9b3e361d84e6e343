"""A place where a model is expected, and what a text that stands there comes to."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from osaid_audit.scan.hits import SHOWN, Doubt, Hit
from osaid_audit.scan.ids import (
    HOSTED,
    VARIABLE,
    Elsewhere,
    Named,
    is_file_name,
    is_variable,
    parse_reference,
)
from osaid_audit.schema.base import Kind


class Position(NamedTuple):
    """A call, key, flag or address that takes a model.

    how       as in `schema.scan.Reference`
    sure      nothing but a model or a folder stands there; without it a hit is low
    bare      what a name without owner is worth there
    services  a provider may stand in front of the name
    tag       `:TAG` is a quantization or a provider of the Hub
    """

    how: str
    sure: bool = True
    kind: Kind = "model"
    bare: Literal["high", "low", "nothing"] = "nothing"
    services: bool = False
    tag: bool = False

    def tell(
        self, text: str, line: int, column: int | None = None, revision: str | None = None
    ) -> Iterator[Hit | Doubt]:
        """What the text comes to: one hit, one doubt, or nothing."""
        found = parse_reference(
            text, kind=self.kind, bare=self.bare != "nothing", services=self.services, tag=self.tag
        )
        if isinstance(found, Named):
            high = self._is_high(found)
            yield Hit(
                found.id,
                line,
                self.how,
                found.kind,
                column,
                found.revision or _fixed(revision),
                "high" if high else "low",
            )
        elif isinstance(found, Elsewhere):
            if self.kind == "model" and (self.sure or found.why == HOSTED):
                yield Doubt(line, found.why, text.strip()[:SHOWN])
        elif self.sure and self.kind == "model" and is_variable(text) and not _is_path(text):
            yield Doubt(line, VARIABLE, " ".join(text.split())[:SHOWN])

    def _is_high(self, found: Named) -> bool:
        if found.form in {"address", "file"}:
            return True
        if found.form == "bare":
            return self.sure and self.bare == "high"
        return self.sure and not found.doubtful


def tidy(found: Iterable[Hit | Doubt]) -> list[Hit | Doubt]:
    """Each id once a line, the surer and fuller hit kept; a doubt once a line; sorted by place."""
    hits: dict[tuple[int, str, str], Hit] = {}
    doubts: dict[tuple[int, str], Doubt] = {}
    for each in found:
        if isinstance(each, Doubt):
            doubts.setdefault((each.line, each.why), each)
            continue
        key = (each.line, each.id, each.kind)
        before = hits.get(key)
        if before is None or _worth(each) > _worth(before):
            hits[key] = each
    return sorted((*hits.values(), *doubts.values()), key=_place)


def _place(each: Hit | Doubt) -> tuple[int, int]:
    return each.line, (each.column or 0) if isinstance(each, Hit) else 0


def _worth(hit: Hit) -> tuple[bool, bool]:
    return hit.confidence == "high", hit.revision is not None


def _fixed(revision: str | None) -> str | None:
    """A revision that is written out; a variable tells none."""
    return None if not revision or is_variable(revision) else revision


def _is_path(text: str) -> bool:
    text = text.strip()
    return text.startswith(("/", "./", "../", "~")) or is_file_name(text)
