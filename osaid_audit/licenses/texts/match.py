"""Whether a text is one of the known ones, word for word, from its first word to its last."""

from collections.abc import Iterable
from typing import NamedTuple

from osaid_audit.licenses.texts import titles
from osaid_audit.licenses.texts.store import Fingerprints, Known
from osaid_audit.licenses.texts.template import Walker
from osaid_audit.licenses.texts.words import Words

_MAX_PARTS = 4


class Part(NamedTuple):
    """A stretch of a text that is a known text: where its title, its body and its end are."""

    known: Known
    title: int
    start: int
    end: int


def exact(fingerprints: Fingerprints, text: Words, among: Iterable[int]) -> tuple[Part, ...]:
    """The known texts that make up the whole text, in order; none unless every word is explained."""
    if not len(text):
        return ()
    search = _Search(fingerprints, text, tuple(among))
    return search.parts(0, _MAX_PARTS)


class _Search:
    def __init__(self, fingerprints: Fingerprints, text: Words, among: tuple[int, ...]) -> None:
        self._data = fingerprints
        self._text = text
        self._among = among
        self._dead: set[int] = set()

    def parts(self, start: int, left: int) -> tuple[Part, ...]:
        """Known texts from here to the end: one if any will do, the one with the shortest title."""
        whole, partial = self._here(start)
        if whole:
            return (_best(whole),)
        if left > 1:
            for part in sorted(partial, key=lambda each: -each.end):
                if part.end in self._dead:
                    continue
                rest = self.parts(part.end, left - 1)
                if rest:
                    return (part, *rest)
                self._dead.add(part.end)
        return ()

    def _here(self, start: int) -> tuple[list[Part], list[Part]]:
        whole: list[Part] = []
        partial: list[Part] = []
        for at in self._among:
            for part in self._of(self._data.known[at], start):
                (whole if part.end == len(self._text) else partial).append(part)
        return whole, partial

    def _of(self, known: Known, start: int) -> list[Part]:
        found: list[Part] = []
        bodies = sorted(titles.ends(self._text, start, known.id))
        for automaton in known.automata:
            walker = Walker(automaton, self._data.runs, self._text)
            for body in bodies:
                ends = walker.ends(body)
                found += [Part(known, start, body, end) for end in ends if end > body]
        return found


def _best(whole: list[Part]) -> Part:
    """The match with the shortest title; equals of another id are remembered as ids of the same words."""
    best = min(whole, key=_preference)
    equals = [part.known.same for part in whole if _preference(part)[0] == _preference(best)[0]]
    same = tuple(dict.fromkeys((*best.known.same, *sorted({each for ids in equals for each in ids}))))
    return best._replace(known=best.known._replace(same=same))


def _preference(part: Part) -> tuple[int, str]:
    return part.start - part.title, part.known.id
