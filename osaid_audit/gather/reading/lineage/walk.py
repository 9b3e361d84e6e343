"""Which models of a lineage are asked for, level by level and within limits. Pure: it only names them."""

from collections.abc import Iterable

from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.files.plan import MAX_BASES, MAX_DEPTH
from osaid_audit.gather.reading.repository.details import CYCLE, TOO_DEEP, TOO_MANY


class Walk:
    """The bases of a model, then theirs: each name once, at most MAX_DEPTH levels and MAX_BASES models.

    What lies beyond is kept in `refused` with the reason, so that the chain stays undecided there.
    """

    def __init__(self, asked: str, canonical: str) -> None:
        self._own = {asked.lower(), canonical.lower()}
        self._named: set[str] = set()
        self._asked = 0
        self._depth = 0
        self.refused: dict[str, Missed] = {}

    def level(self, declared: Iterable[str]) -> tuple[str, ...]:
        """The names to ask for next, of those that the last level declares."""
        self._depth += 1
        return tuple(name for name in declared if self._is_new(name))

    def met(self, canonical: Iterable[str]) -> None:
        """Models were read under these ids: they are not asked for again under them."""
        self._named.update(name.lower() for name in canonical)

    def _is_new(self, name: str) -> bool:
        if name.lower() in self._named:
            return False
        self._named.add(name.lower())
        if name.lower() in self._own:
            self.refused[name] = Missed(name, "", "malformed", CYCLE)
        elif self._depth > MAX_DEPTH:
            self.refused[name] = Missed(name, "", "too_large", TOO_DEEP)
        elif self._asked >= MAX_BASES:
            self.refused[name] = Missed(name, "", "too_large", TOO_MANY)
        else:
            self._asked += 1
            return True
        return False
