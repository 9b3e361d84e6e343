"""The page: one sheet a model, in one HTML file without script."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from osaid_audit.errors import UsageError
from osaid_audit.render.fiche.around import Around
from osaid_audit.render.fiche.case import LONGEST, QUESTIONS, Case
from osaid_audit.render.fiche.freedoms import Answer, Freedoms
from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.sheets import fill
from osaid_audit.render.testimony import signer
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Lang
from osaid_audit.schema.report import Report

_LONGEST_TITLE = 96
"""Characters of an id: the longest that the Hub allows."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_ITEM = 20
"""Letters that the end of a line and the space between two items cost, about."""
_ROOMY, _DENSE = 2500, 3400
"""Letters below which the print is larger, and above which it is smaller; measured with Chromium."""


def fiche(reports: Sequence[Report], lang: Lang) -> str:
    """One page with one sheet a report.

    Raises UsageError for a report without the practical questions: half a fiche would be handed on as one.
    """
    for report in reports:
        if QUESTIONS not in {result.id for result in report.frameworks}:
            raise UsageError(
                "The report on {model} lacks the practical questions that a fiche is made from.",
                "Audit the model again with '--format fiche', or with '--framework practical'.",
                model=plain(report.subject.canonical_id),
            )
    words = Words(lang)
    sheets = [Sheet(Case(report, words), f"r{n}") for n, report in enumerate(reports, 1)]
    many = len(sheets) != 1
    title = (
        words.count("fiche.many", len(sheets)) if many else words("fiche.title", subject=sheets[0].subject)
    )
    return fill("fiche.html", "fiche.css", lang, sheets=sheets, many=many, title=title)


def _letters(told: Iterable[str]) -> int:
    """About how much room sentences take, in letters."""
    return sum(len(each) + _ITEM for each in told)


class Sheet:
    """One fiche as the template sees it."""

    def __init__(self, case: Case, anchor: str) -> None:
        self._case = case
        self._words = case.words
        self._freedoms = Freedoms(case)
        self.around = Around(case)
        self.anchor = anchor

    @property
    def subject(self) -> str:
        """The model."""
        return plain(self._case.report.subject.canonical_id, _LONGEST_TITLE)

    @property
    def url(self) -> str | None:
        """Its page, when a link may lead there."""
        return http_url(self._case.report.subject.url)

    @property
    def here(self) -> Answer:
        """May I use it here."""
        return self._freedoms.here

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """What that means for one kind of place and another."""
        return self._freedoms.places

    @property
    def freedoms(self) -> list[tuple[str, Answer]]:
        """The four freedoms and their answers."""
        return [(freedom, self._freedoms.answer(freedom)) for freedom in FREEDOMS]

    @property
    def size(self) -> str:
        """How large the print is, so that one sheet of A4 holds it."""
        return "roomy" if self.letters < _ROOMY else "dense" if self.letters > _DENSE else ""

    @property
    def letters(self) -> int:
        """About how much room all that is said takes: the top, and twice the longer of the two columns."""
        around = self.around
        top = [*self.here.said, *chain(*(answer.said for _, answer in self.freedoms)), *chain(*self.places)]
        left = [*around.data, *around.start, around.later[0], *around.later[1]]
        right = [*around.respect, *around.unknown]
        return _letters(top) + 2 * (max(map(_letters, (left, right))) + len(self.subject))

    @property
    def open(self) -> str:
        """Whether all four are given, by the verdict."""
        main = self._case.main
        if main is None or main.verdict is None:
            return self._words("fiche.open.none")
        if main.verdict != "conforms":
            return self._words.name("fiche.open", main.verdict)
        if not main.on_the_word_of:
            return self._words("fiche.open.conforms_unsigned")
        return self._words("fiche.open.conforms", names=self._signer(main.on_the_word_of))

    @property
    def read(self) -> str:
        """When the model was read, and from where when not from its page."""
        source = self._case.report.subject.source
        return self._words(
            "fiche.read" if source == "hub" else f"fiche.{source}", date=self._date(self._case.say.day)
        )

    @property
    def signed(self) -> str:
        """Whose statements were used; empty when nobody's."""
        names = dict.fromkeys(
            result.on_the_word_of for result in self._case.report.frameworks if result.on_the_word_of
        )
        return self._words("fiche.signed", names=self._signer(", ".join(names))) if names else ""

    @property
    def made(self) -> str:
        """What made the fiche, and which version of the model it speaks of."""
        report = self._case.report
        values = {"tool": plain(f"{report.tool.name} {report.tool.version}", LONGEST)}
        values["rules"] = plain(report.rules.version, LONGEST)
        if not report.subject.revision:
            return self._words("fiche.made_without", **values)
        return self._words("fiche.made", revision=plain(report.subject.revision, LONGEST), **values)

    def _signer(self, names: str) -> str:
        return signer(self._words, plain(names, 2 * LONGEST))

    def _date(self, day: str) -> str:
        """A day as people write it; what is no day stays as it is."""
        found = _DAY.fullmatch(day)
        months = self._words("fiche.months").split()
        if found is None or not 1 <= int(found[2]) <= len(months):
            return plain(day, LONGEST)
        named = {"month": months[int(found[2]) - 1], "year": found[1]}
        if int(found[3]) == 1:
            return self._words("fiche.date.first", **named)
        return self._words("fiche.date", day=int(found[3]), **named)
