"""Figures of many models: numbers as a language writes them, and bars of them that need no script."""

from collections.abc import Iterable
from dataclasses import dataclass

from osaid_audit.schema.base import Lang

_MARKS: dict[Lang, tuple[str, str, str]] = {"en": (",", ".", ""), "fr": ("\u202f", ",", "\u00a0")}
"""Between thousands, before decimals, before the sign of percent."""
_ROUND = 10
"""Seconds from which on tenths tell nothing."""
_ALMOST_ALL = 999
"""Thousandths: what is more, and not all, is told as more than this."""
_LEAST = 0.4
"""Percent of the width that the smallest part of a bar has: what exists can be seen."""


class Numbers:
    """Numbers in one language."""

    def __init__(self, lang: Lang) -> None:
        self._thousands, self._decimal, self._space = _MARKS[lang]

    def whole(self, n: int) -> str:
        """A count with its thousands apart."""
        return f"{n:,}".replace(",", self._thousands)

    def seconds(self, seconds: float) -> str:
        """A duration, with a decimal where it tells something."""
        return (
            self.whole(round(seconds)) if seconds >= _ROUND else f"{seconds:.1f}".replace(".", self._decimal)
        )

    def percent(self, n: int, of: int) -> str:
        """A share with one decimal; what is not all or nothing never looks like it."""
        if not 0 < n < of:
            return f"{100 if n and of else 0}{self._space}%"
        tenths = round(1000 * n / of)
        sign = "<" if tenths < 1 else ">" if tenths > _ALMOST_ALL else ""
        told = f"{min(_ALMOST_ALL, max(1, tenths)) / 10:.1f}".replace(".", self._decimal)
        return f"{sign}{told}{self._space}%"


@dataclass(frozen=True)
class Piece:
    """A part of a bar: whose it is, where it begins and how wide it is, in percent of the width."""

    key: str
    x: float
    width: float


def pieces(parts: Iterable[tuple[str, int]], full: int) -> tuple[Piece, ...]:
    """The parts of one bar one after another, where `full` models take the whole width.

    A part that would be too narrow to be seen is widened, and the widest of the bar gives way.
    """
    there = [(key, n) for key, n in parts if n > 0]
    if not there or full <= 0:
        return ()
    widths = [max(_LEAST, 100 * n / full) for _, n in there]
    widest = widths.index(max(widths))
    widths[widest] -= max(0.0, sum(widths) - max(_LEAST, 100 * sum(n for _, n in there) / full))
    starts = [sum(widths[:at]) for at in range(len(widths))]
    return tuple(
        Piece(key, round(x, 2), round(width, 2))
        for (key, _), x, width in zip(there, starts, widths, strict=True)
    )
