"""The figures of a sweep as bars, each with the same figures in a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from osaid_audit.render.figures import Numbers, Piece, pieces
from osaid_audit.render.page import RUNGS
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.words import Words
from osaid_audit.schema.sweep import LabelShare, RuleCount, Share, Summary

LONGEST = 80
"""Characters of a name from the dump."""
LABELS = (*reversed(RUNGS), "undetermined")
"""The labels from the top down."""
_LICENSES = ("own", "inherited", "undetermined", "rest")
_RULES = 15
"""Rules that a picture shows; a table of all would say less."""


@dataclass(frozen=True)
class Bar:
    """One line of a plot: `n` models, of which `counts` belong to the keys of the plot, in their order."""

    name: str
    n: str
    share: str
    pieces: tuple[Piece, ...]
    counts: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True)
class Plot:
    """Bars with their heading and what they mean; `keys` names their parts, for bars of more than one."""

    id: str
    title: str
    caption: str
    head: str
    keys: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]


class Plots:
    """The plots of one summary in one language."""

    def __init__(self, found: Summary, words: Words) -> None:
        self._found = found
        self._words = words
        self._numbers = Numbers(words.lang)

    def every(self) -> list[Plot]:
        """All plots that have something to show, in the order of the page."""
        found = self._found
        made = [
            self._single("labels", self._named_labels(found.labels), found.models),
            self._labelled("years", found.years, even=False),
            self._labelled("libraries", found.libraries, even=True),
            self._licenses(),
            self._rules("not_met", found.not_met, found.models),
        ]
        return [plot for plot in made if plot.bars]

    def undetermined(self) -> list[Plot]:
        """What the undetermined wait for, and how far they could still go."""
        found = self._found
        facts = [(plain(each.fact, LONGEST), "", each.n) for each in found.open_facts[:_RULES]]
        made = [
            self._single("at_most", self._named_labels(found.at_most, "undetermined"), found.undetermined),
            self._rules("open_rules", found.open_rules, found.undetermined),
            self._single("open_facts", [("undetermined", *each) for each in facts], found.undetermined),
        ]
        return [plot for plot in made if plot.bars]

    def _named_labels(self, counts: Mapping[str, int], key: str = "") -> list[tuple[str, str, str, int]]:
        """The labels from the top down, then those of which we know no word; `key` instead of their own.

        A label that is only not excluded has not the colour of one that is reached.
        """
        there = [name for name in dict.fromkeys((*LABELS, *counts)) if counts.get(name)]
        return [(key or _key(name), self._label(name), "", counts[name]) for name in there]

    def _label(self, name: str) -> str:
        return plain(self._words.name("rung", name), LONGEST)

    def _rules(self, name: str, counts: Sequence[RuleCount], whole: int) -> Plot:
        key = "undetermined" if name == "open_rules" else "own"
        told = [
            (key, prose(self._words.say(each.title)), plain(each.rule), each.n) for each in counts if each.n
        ]
        return self._single(name, told[:_RULES], whole)

    def _single(self, name: str, told: Iterable[tuple[str, str, str, int]], whole: int) -> Plot:
        """Bars of one part each, as wide as their share of the whole: key, name, code and count."""
        bars = [self._bar(said, [(key, n)], whole, whole, code) for key, said, code, n in told]
        return self._plot(name, (), bars)

    def _labelled(self, name: str, shares: Sequence[LabelShare], *, even: bool) -> Plot:
        """Bars of labels: `even` ones are all as wide as the page, others as wide as there are models."""
        order = dict.fromkeys((*LABELS, *(label for each in shares for label in each.labels)))
        there = [label for label in order if any(each.labels.get(label) for each in shares)]
        keys = tuple((_key(label), self._label(label)) for label in there)
        told = [(each, [each.labels.get(label, 0) for label in there]) for each in shares]
        return self._stacked(name, keys, told, even=even)

    def _licenses(self) -> Plot:
        shares = self._found.licenses
        there = [key for key in _LICENSES if any(getattr(each, key) for each in shares)]
        keys = tuple((key, self._words(f"sweep.key.{key}")) for key in there)
        return self._stacked(
            "licenses", keys, [(each, [getattr(each, key) for key in there]) for each in shares], even=True
        )

    def _stacked(
        self,
        name: str,
        keys: tuple[tuple[str, str], ...],
        told: Sequence[tuple[Share, list[int]]],
        *,
        even: bool,
    ) -> Plot:
        if all(share.name is None and not share.others for share, _ in told):  # nothing is known of any
            return self._plot(name, (), ())
        longest = max((sum(counts) for _, counts in told), default=0)
        bars = []
        for share, counts in told:
            n = sum(counts)
            parts = [(key, count) for (key, _), count in zip(keys, counts, strict=True)]
            bars.append(self._bar(self._name(name, share), parts, n if even else longest, self._found.models))
        return self._plot(name, keys, bars)

    def _name(self, plot: str, share: Share) -> str:
        if share.others:
            return self._words.count("sweep.others", share.others)
        return plain(share.name, LONGEST) if share.name is not None else self._words(f"sweep.{plot}.unknown")

    def _bar(self, name: str, parts: Sequence[tuple[str, int]], full: int, whole: int, code: str = "") -> Bar:
        """A bar that would take the whole width with `full` models; its share is that of `whole`."""
        numbers, n = self._numbers, sum(count for _, count in parts)
        counts = tuple(numbers.whole(count) for _, count in parts)
        return Bar(name, numbers.whole(n), numbers.percent(n, whole), pieces(parts, full), counts, code)

    def _plot(self, name: str, keys: tuple[tuple[str, str], ...], bars: Sequence[Bar]) -> Plot:
        words = self._words
        caption = f"{words(f'sweep.{name}.caption')} {words('sweep.never')}"
        return Plot(name, words(f"sweep.{name}"), caption, words(f"sweep.{name}.head"), keys, tuple(bars))


def _key(label: str) -> str:
    """The name of a label in the style sheet."""
    return label if label in LABELS else "other"
