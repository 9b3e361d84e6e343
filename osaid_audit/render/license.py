"""An identified license text -> JSON (design §5.2), or an answer for people."""

import json
from collections.abc import Iterator, Sequence

from osaid_audit import licenses
from osaid_audit.licenses import ClauseHit, Reading
from osaid_audit.render import layout
from osaid_audit.render.license_terms import Section, terms_of
from osaid_audit.render.places import quote
from osaid_audit.render.safe import escape_unseen, plain
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Problem
from osaid_audit.schema.licenses import RESTRICTED, Identification, Residual

_OF_A_KNOWN_CLASS = ("clauses", "breaks")
_WHEN_ANY = ("ids", "alike")
_SHOWN = 240
"""Characters of a passage that are shown; the JSON answer has up to 600."""
_NEARLY = 0.99
"""A text that differs in one word is not shown as 1.00 alike."""
_ALIKE = 5
"""Licenses that a text may as well come from that are named; the JSON answer has all of them."""
_CUT_OFF = 20
"""More words than these and than three for each that is there are cut off rather than replaced."""
_MOST = 40
"""Passages that are shown; the JSON answer has all of them."""


def license_json(reading: Reading) -> str:
    """The contract of `license --format json`: sorted keys, unknown values left out.

    `clauses` and `breaks` are left out where no class is known: an empty list would say "takes nothing".
    Beside the contract: `leads`, `base`, `ids`, `alike`, `problems`, `language`, and `seen`, the places that
    hint at a clause.
    """
    found = reading.identification
    document = found.model_dump(mode="json", by_alias=True, exclude_none=True)
    if found.cls is None or (found.ids and found.cls == "custom-unknown"):
        document = {key: each for key, each in document.items() if key not in _OF_A_KNOWN_CLASS}
    for key in _WHEN_ANY:
        if not document[key]:
            document.pop(key)
    if reading.problems:
        document["problems"] = [each.model_dump(mode="json", exclude_none=True) for each in reading.problems]
    if reading.language:
        document["language"] = reading.language
    if reading.hits:
        document["seen"] = [{"clause": hit.id, "line": hit.line, "quote": hit.quote} for hit in reading.hits]
    return escape_unseen(json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2)) + "\n"


def license_text(reading: Reading, lang: Lang, width: int, rules_version: str) -> str:
    """The answer for people in lines of at most `width` columns, links excepted."""
    words = Words(lang)
    account = _Account(reading, words)
    lines = layout.wrap(account.headline, width)
    for section in account.sections():
        lines += ["", section.heading.upper()]
        for line in section.lines:
            lines += layout.wrap(line, width, "  - ", "    ")
    lines += ["", *layout.wrap(words("license.notice", version=rules_version), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Account:
    """What is said about one text, from top to bottom."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading = reading
        self.found: Identification = reading.identification
        self.words = words

    @property
    def headline(self) -> str:
        """What the text is, in a sentence."""
        found, words = self.found, self.words
        if found.ids:
            return words("license.is.several", names=", ".join(map(self._name, found.ids)))
        if found.match in {"near", "modified"}:
            if self._undecided():
                names = self._names((found.base or "", *found.alike))
                return " ".join([words("license.is.one_of", names=names), *self._holds()])
            name = self._name(found.base or found.id or "")
            return " ".join([self._changed(name), *self._beside()])
        if found.match == "unknown" and self.reading.problems:
            return words("license.is.unread")
        if found.match == "unknown" and self.reading.language:
            return words("license.is.foreign", language=words.name("language", self.reading.language))
        return words(f"license.is.{found.match}", name=self._name(found.id or ""))

    def _changed(self, name: str) -> str:
        """How a text stands to the known one; of a file that is not read whole only how it begins."""
        if any(problem.state == "too_large" for problem in self.reading.problems):
            return self.words("license.is.begins", name=name)
        similarity = f"{min(self.found.similarity or 0, _NEARLY):.2f}"
        return self.words(f"license.is.{self.found.match}", name=name, similarity=similarity)

    def _undecided(self) -> bool:
        """Whether a text comes as well from a restricted license as from one that is not."""
        base = licenses.entry(self.found.base or "")
        others = map(licenses.entry, self.found.alike)
        return bool(base and base.cls in RESTRICTED) and any(
            row is None or row.cls not in RESTRICTED for row in others
        )

    def _beside(self) -> Iterator[str]:
        """Other licenses the text may as well come from, and those it holds beside."""
        if self.found.alike:
            yield self.words("license.is.alike", names=self._names(self.found.alike))
        yield from self._holds()

    def _holds(self) -> Iterator[str]:
        held = dict.fromkeys(each for item in self.found.residual for each in item.holds)
        if held:
            yield self.words("license.is.beside", names=", ".join(map(self._name, held)))

    def _names(self, ids: tuple[str, ...]) -> str:
        """The first few licenses by name, and how many more there are."""
        left = len(ids) - _ALIKE
        more = [self.words.count("license.more", left)] if left > 0 else []
        return ", ".join([*map(self._name, ids[:_ALIKE]), *more])

    def sections(self) -> Iterator[Section]:
        """Every section that has something to say."""
        every = (
            self._section("section.problems", map(self._problem, self.reading.problems)),
            self._section("license.differs", self._residual()),
            self._section("license.hints", self._hits()),
            *self._terms(),
            self._section("section.next", self._next()),
        )
        return (section for section in every if section.lines)

    def _section(self, key: str, lines: Iterator[str]) -> Section:
        return Section(self.words(key), tuple(lines))

    def _name(self, license_id: str) -> str:
        row = licenses.entry(license_id)
        return f"{self.words.license(row.id, row.title)} ({plain(row.id)})" if row else plain(license_id)

    def _terms(self) -> Iterator[Section]:
        """The account of each license the text is; of a changed text that of the base, if it takes anything.

        What an open base grants is not told of a changed text: in a hurry one would take it for the answer.
        """
        found = self.found
        if found.match in {"near", "modified"}:
            yield Section(self.words("terms.allows"), (self.words("terms.changed"),))
            base = licenses.entry(found.base or "")
            if base is None or not base.clauses or self._undecided():
                return
        elif found.match != "exact":
            return
        ids = found.ids or tuple(filter(None, [found.base or found.id]))
        for license_id in ids:
            row = licenses.entry(license_id)
            sections = terms_of(row, self.words) if row else ()
            for heading, lines in sections:
                yield Section(self._headed(heading, license_id), lines)

    def _headed(self, heading: str, license_id: str) -> str:
        """Of a changed text the account is that of the unchanged one, and of several each its own."""
        if self.found.base:
            return self.words("terms.of_base", heading=heading, id=plain(license_id))
        if self.found.ids:
            return self.words("terms.of", heading=heading, id=plain(license_id))
        return heading

    def _problem(self, problem: Problem) -> str:
        words = self.words
        why = words.say(problem.why)
        return why if problem.line is None else words("license.from_line", what=why, line=problem.line)

    def _residual(self) -> Iterator[str]:
        for each in self.found.residual[:_MOST]:
            if each.words:
                yield self._passage(each)
            if each.missing and not _instead(each):
                yield self.words.count("license.missing", each.missing, line=each.first_line)
        left = len(self.found.residual) - _MOST
        if left > 0:
            yield self.words.count("license.more", left)

    def _passage(self, each: Residual) -> str:
        key = "license.line" if each.first_line == each.last_line else "license.lines"
        place = self.words(key, line=each.first_line, last=each.last_line)
        said = [self.words.pair(place, quote(self.words, plain(each.words, _SHOWN)))]
        if each.missing and _instead(each):
            said.append(self.words.count("license.instead", each.missing))
        if each.holds:
            said.append(self.words("license.holds", names=", ".join(map(self._name, each.holds))))
        if each.clauses:
            clauses = self.words.list("clause", each.clauses)
            said.append(self.words("license.passage_hints", clauses=clauses))
        return " ".join(said)

    def _hits(self) -> Iterator[str]:
        by_line: dict[int, list[ClauseHit]] = {}
        for hit in self.reading.hits:
            by_line.setdefault(hit.line, []).append(hit)
        for hits in list(by_line.values())[:_MOST]:
            yield self._hit(hits)
        left = len(by_line) - _MOST
        if left > 0:
            yield self.words.count("license.more", left)

    def _hit(self, hits: Sequence[ClauseHit]) -> str:
        """One line of the text: its clauses, and the words that hint at them, the same words once."""
        words, line = self.words, hits[0].line
        said = dict.fromkeys(hit.quote for hit in hits)
        own = [each for each in said if not any(each in other and each != other for other in said)]
        clauses = words.list("clause", tuple(hit.id for hit in hits))
        quotes = ", ".join(quote(words, each) for each in own)
        return words.pair(words("license.line", line=line, last=line), f"{clauses}, {quotes}")

    def _next(self) -> Iterator[str]:
        for problem in self.reading.problems:
            yield self.words.say(problem.next)
        if not self.reading.problems:
            yield self.words(f"license.next.{_case(self.found)}", names=self._publish())

    def _publish(self) -> str:
        """How a model page declares this license."""
        row = licenses.entry(self.found.base or self.found.id or "")
        return row.hub_ids[0] if row and row.hub_ids else "other"


def _instead(each: Residual) -> bool:
    """Whether words stand in place of others, and not where most of a text is cut off."""
    return bool(each.words) and each.missing <= _CUT_OFF + 3 * len(each.words.split())


def _case(found: Identification) -> str:
    """Which advice fits."""
    if found.ids:
        return "several"
    if found.match != "exact":
        return "changed" if found.match in {"near", "modified"} else found.match
    if found.cls in RESTRICTED:
        return "restricted"
    return "osi" if found.osi_approved else "open" if found.cls == "open-not-osi" else "unsure"
