"""What was read in a base is not worked out again for the next model on it: many stand on a few bases."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from osaid_audit.gather.raw import Repository

MOST = 32
"""Repositories that are remembered; each is held with all that was read of it."""

_T = TypeVar("_T")


class Again:
    """Answers about the repositories last asked about, by the record itself: another record is read anew."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[Repository, dict[str, object]]] = OrderedDict()
        self._lock = Lock()

    def once(self, repository: Repository, what: str, work: Callable[[], _T]) -> _T:
        """What the work gave for this record before, else now; `what` names the work."""
        answers = self._of(repository)
        if what not in answers:
            answers[what] = work()
        found: _T = answers[what]  # type: ignore[assignment]  # one name, one kind of answer
        return found

    def _of(self, repository: Repository) -> dict[str, object]:
        with self._lock:
            key = id(repository)
            _, answers = self._known.setdefault(key, (repository, {}))
            self._known.move_to_end(key)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
            return answers


AGAIN = Again()
