"""Summary -> a few lines for a terminal: the labels, what is restricted, what is not known."""

from collections.abc import Iterator

from osaid_audit.render.choice import language
from osaid_audit.render.figures import Numbers
from osaid_audit.render.safe import prose
from osaid_audit.render.sweep.plots import LABELS
from osaid_audit.render.words import Words
from osaid_audit.schema.sweep import Summary

_MOST = 5


def summary_text(summary: Summary, lang: str) -> str:
    """The figures of a sweep in a few lines. Raises UsageError for an unknown language."""
    words = Words(language(lang))
    return "\n".join(_Lines(summary, words).every()) + "\n"


class _Lines:
    def __init__(self, found: Summary, words: Words) -> None:
        self._found, self._words, self._numbers = found, words, Numbers(words.lang)

    def every(self) -> Iterator[str]:
        found, words = self._found, self._words
        yield words.count("sweep.title", found.models, told=self._numbers.whole(found.models))
        if found.models:
            yield ""
            yield from self._labels()
        if found.open_rules:
            yield ""
            yield words("sweep.undetermined")
            told = [(prose(words.say(each.title)), each.n) for each in found.open_rules[:_MOST]]
            yield from self._table(told, found.undetermined)
        yield ""
        yield words("sweep.never") if found.models else words("sweep.empty")

    def _labels(self) -> Iterator[str]:
        found, words = self._found, self._words
        there = [name for name in dict.fromkeys((*LABELS, *found.labels)) if found.labels.get(name)]
        told = [(words.name("rung", name), found.labels[name]) for name in there]
        if found.inherited:
            told.append((words("sweep.tile.inherited"), found.inherited))
        return self._table(told, found.models)

    def _table(self, told: list[tuple[str, int]], whole: int) -> Iterator[str]:
        """Count, share and name in columns."""
        counts = [self._numbers.whole(n) for _, n in told]
        width = max(map(len, counts), default=0)
        for (said, n), count in zip(told, counts, strict=True):
            yield f"  {count:>{width}}  {self._numbers.percent(n, whole):>6}  {said}"
