"""What was worked out of a record is not worked out again: many models stand on a few bases.

A record is known by being that very object, and is held meanwhile: no two are taken for one another.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

_T = TypeVar("_T")


class Again:
    """Answers about the records last asked about; each is held with all that it holds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[int, tuple[object, dict[str, object]]] = OrderedDict()
        self._lock = Lock()

    def once(self, record: object, what: str, work: Callable[[], _T]) -> _T:
        """What the work gave for this record before, else now; `what` names the work."""
        answers = self._of(record)
        if what not in answers:
            answers[what] = work()
        return cast("_T", answers[what])  # one name, one kind of answer

    def _of(self, record: object) -> dict[str, object]:
        with self._lock:
            _, answers = self._known.setdefault(id(record), (record, {}))
            self._known.move_to_end(id(record))
            if len(self._known) > self._most:
                self._known.popitem(last=False)
            return answers


BASES = Again(32)
"""About repositories behind the subject."""
CARDS = Again(64)
"""About cards: one is asked the same from several rooms."""
