"""What is said about a verdict and its findings: plain text that each format escapes in its own way."""

from collections.abc import Sequence

from osaid_audit.render.places import called, value
from osaid_audit.render.remaining import Part, Remaining, broken_terms, remaining
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.terms import Terms
from osaid_audit.render.testimony import Testimony, signer, testimony
from osaid_audit.render.view import View
from osaid_audit.render.waivers import waiver
from osaid_audit.render.words import Words
from osaid_audit.schema.base import ELEMENTS, Freedom, Outcome, Problem, Text
from osaid_audit.schema.report import Finding, FrameworkResult, Group, Label, Opinion, Report
from osaid_audit.schema.waivers import ReportedWaiver


class Phrases:
    """Everything that is said about one report in one language."""

    def __init__(self, view: View, words: Words) -> None:
        self.view = view
        self.report: Report = view.report
        self.words = words
        self.terms = Terms(words)

    def say(self, text: Text) -> str:
        """A text of the report, harmless."""
        return prose(self.words.say(text))

    @property
    def subject(self) -> str:
        """The audited id as the Hub answers to it."""
        return plain(self.report.subject.canonical_id)

    @property
    def verdict(self) -> str:
        """The verdict in words; a conformity is always on somebody's word.

        Without a binary framework the rung of a ladder, else the names of what was asked.
        """
        if self.leading is None and self.view.informed:
            return ", ".join(self.say(result.title) for result in self.view.informed)
        return self.verdict_of(self.leading)

    @property
    def leading(self) -> FrameworkResult | None:
        """The framework whose verdict stands at the top: the binary one, else the first ladder."""
        ladder = next((result for result, _ in self.view.others if result.verdict), None)
        return self.view.main or ladder

    @property
    def norm(self) -> str:
        """The name of the leading framework and which reading of it."""
        if self.leading is None:
            return ""
        title, version = self.say(self.leading.title), plain(self.leading.version)
        return self.words("meta.reading", title=title, version=version)

    @property
    def others(self) -> str:
        """The heading over the norms that have no part in the leading verdict, or lead themselves."""
        return self.words("section.others" if self.view.main else "section.standing")

    @property
    def judged_at_all(self) -> bool:
        """Whether anything was asked that has a verdict."""
        return self.view.main is not None or bool(self.view.others)

    def verdict_of(self, result: FrameworkResult | None) -> str:
        """The verdict of one framework in words."""
        if result is None or result.verdict is None:
            return self.words("verdict.none")
        if result.kind == "ladder":
            return self._rung(result)
        if result.verdict != "conforms":
            return self.words.name("verdict", result.verdict)
        if not result.on_the_word_of:
            return self.words("verdict.conforms_unsigned")
        return self.words("verdict.conforms", name=signer(self.words, result.on_the_word_of))

    def _rung(self, result: FrameworkResult) -> str:
        value = self.say(result.verdict_title) if result.verdict_title else plain(result.verdict or "")
        if result.at_most:
            at_most = self.say(result.at_most_title) if result.at_most_title else plain(result.at_most)
            value = self.words("label.line", value=value, at_most=at_most)
        stated = self._stated(result)
        return f"{value}{self.words('semicolon')}{stated}" if stated else value

    @property
    def sentence(self) -> str:
        """The verdict as a sentence about the subject."""
        decided = self.view.main is not None and self.view.main.verdict in {"conforms", "does_not_conform"}
        key = "sentence.verdict" if decided else "sentence.undetermined"
        return self.words(key, subject=self.subject, verdict=self.verdict)

    @property
    def reason(self) -> str:
        """Why, in a sentence or two."""
        main = self.view.main
        if main is None:
            return ""
        if not self.view.blockers:
            return self.grounds
        taken = self.words("reason.taken", freedoms=self.freedoms(self.view.taken))
        return f"{taken} {self.grounds}".rstrip()

    @property
    def grounds(self) -> str:
        """`reason` without the freedoms that are taken, for where those stand already."""
        main = self.view.main
        if main is None:
            return ""
        if main.verdict == "conforms":
            return self.words("reason.signed")
        parts = [] if self.view.blockers else [self.words("reason.none_failed")]
        if self.view.blockers and main.only_proven_breach == "license":
            whose = broken_terms(self.view.blockers)
            what = self.words.list("reason.terms", whose)
            parts.append(self.words.count("reason.only_license", len(whose), what=what))
        if main.open_items:
            parts.append(self.words.count("reason.open", main.open_items))
        return " ".join(parts)

    def label(self, label: Label) -> str:
        """The G7 rung and the highest that is not excluded; and whose statements were used for it."""
        said = self.words("label.line", value=self.say(label.title), at_most=self.say(label.at_most_title))
        return f"{said}{self.words('semicolon')}{self.label_names}" if self.label_names else said

    @property
    def label_names(self) -> str:
        """Whose statements the ladder used; empty when nobody's."""
        return self._stated(self.view.labelled) if self.view.labelled else ""

    def _stated(self, result: FrameworkResult) -> str:
        names = result.on_the_word_of
        return self.words("label.stated", names=signer(self.words, names)) if names else ""

    def freedoms(self, freedoms: tuple[Freedom, ...]) -> str:
        """The names of the freedoms."""
        return self.words.list("freedom", freedoms)

    @property
    def day(self) -> str:
        """The day on which everything was read, as YYYY-MM-DD."""
        return plain(self.report.gathered_at.partition("T")[0])

    @property
    def provenance(self) -> tuple[str, str] | None:
        """The warning, in bold and plain words, when the subject was not read live."""
        source = self.report.subject.source
        if source == "hub":
            return None
        return self.words(f"{source}.title"), self.words(f"{source}.body", date=self.day)

    @property
    def steps(self) -> list[tuple[str, list[str]]]:
        """What to do next: to whom it is said, and what."""
        steps = [
            (self.words(f"next.{who}"), [self.say(text) for text in texts])
            for who, texts in self.view.steps.items()
            if texts
        ]
        if self.view.reviews and not self.view.blockers:
            judge = self.words.count("next.judge", len(self.view.reviews))
            steps.insert(0, (self.words("next.reviewer"), [judge]))
        return steps

    def answer(self, finding: Finding, result: FrameworkResult | None = None) -> str:
        """The title of a finding, which is what ought to be so or a question, and the answer."""
        title, outcome = self.say(finding.title), self.outcome(finding.outcome, result, finding.rule)
        if title.endswith("?"):
            return f"{title} {outcome[:1].upper()}{outcome[1:]}"
        return self.words.pair(title, outcome)

    def outcome(self, outcome: Outcome, result: FrameworkResult | None = None, rule: str = "") -> str:
        """The word for an outcome: that of the question's group, else the framework's own, if it has one."""
        groups = [
            each.words for each in (result.requirements if result else None) or () if rule in each.rules
        ]
        words = (*filter(None, groups), result.words if result and result.words else {})
        own = next((each[outcome] for each in words if outcome in each), None)
        return self.say(own) if own else self.words(f"outcome.{outcome}")

    def next_rung(self, result: FrameworkResult) -> str:
        """What the next rung of a ladder is called, and that it waits for what follows."""
        return self.words("label.next", rung=self.say(result.next_rung.title)) if result.next_rung else ""

    def marks(self, finding: Finding, *, asked: bool = True) -> list[str]:
        """What sets a finding apart from the others: not required, waived, attested, a user's own rule.

        Where nothing is required of anybody (`asked` is false) that goes without saying.
        """
        marks = [] if finding.required or not asked else [self.words("finding.optional")]
        marks += [self.words("finding.waived")] if finding.waived else []
        marks += [self.words("finding.attested")] if finding.attested else []
        if finding.origin != "shipped":
            marks.append(self.words("finding.origin", origin=plain(finding.origin)))
        return marks

    def scope(self, finding: Finding) -> str:
        """The freedoms that a finding takes away or is about; empty when it is about none."""
        if not finding.freedoms:
            return ""
        key = "finding.takes" if finding.outcome is Outcome.NOT_MET else "finding.concerns"
        return self.words(key, freedoms=self.freedoms(finding.freedoms))

    def clauses(self, finding: Finding) -> tuple[str, ...]:
        """The clauses behind a breach, when the finding stands on the subject's own license."""
        concluded = self.report.license.concluded
        own = any(item.fact.startswith("license.") for item in finding.evidence)
        if finding.outcome is not Outcome.NOT_MET or concluded is None or not own:
            return ()
        return self.terms.clauses(concluded)

    def notes(self, finding: Finding) -> list[str]:
        """What there is to a finding besides its message, its clauses and its sources."""
        notes = [*filter(None, [self.scope(finding)]), *self.marks(finding)]
        if finding.missing:
            notes.append(self.words("finding.missing", facts=plain(", ".join(finding.missing))))
        return notes

    def problem(self, group: Sequence[Problem]) -> str:
        """What could not be read, for problems that share their state, their reason and their next step."""
        state = self.words.name("state", group[0].state)
        return self.words("problem.title", what=", ".join(map(self._unread, group)), state=state)

    def _unread(self, problem: Problem) -> str:
        what = called(self.words, problem.what)
        return what if problem.line is None else self.words("place.line", path=what, line=problem.line)

    def elements(self, *, short: bool = False) -> list[str]:
        """The heads of the three columns of the matrix."""
        family = "element.short" if short else "element"
        return [self.words(f"{family}.{element}") for element in ELEMENTS]

    def coverage(self, group: Group | None) -> str:
        """How many required rules are met: a count of evidence, never a percentage."""
        return f"{group.met} / {group.required}" if group else "-"

    def other(self, result: FrameworkResult) -> str:
        """A framework beside the leading one and its answer."""
        title = self.words("meta.reading", title=self.say(result.title), version=plain(result.version))
        return title if result.verdict is None else self.words.pair(title, self.verdict_of(result))

    def opinion(self, opinion: Opinion) -> str:
        """Somebody else's judgement with its date."""
        return self.words.pair(f"{plain(opinion.by)} ({plain(opinion.date)})", plain(opinion.judgement))

    @property
    def judged(self) -> tuple[tuple[str, str], ...]:
        """How the answer was reached: names and values."""
        report = self.report
        return (
            (self.words("meta.rules"), plain(report.rules.version)),
            (self.words("meta.rules_sha256"), plain(report.rules.sha256)),
            (self.words("meta.dossier_sha256"), plain(report.dossier_sha256)),
            (self.words("meta.gathered"), plain(report.gathered_at)),
            (self.words("meta.as_of"), plain(report.as_of)),
            (self.words("meta.endpoint"), plain(report.endpoint)),
            (self.words("meta.token"), value(self.words, report.token_used)),
            (self.words("meta.spdx"), plain(report.spdx_list_version)),
            (self.words("meta.tool"), plain(f"{report.tool.name} {report.tool.version}")),
        )

    def record(self, record: ReportedWaiver) -> str:
        """A waiver, all of it."""
        return waiver(self.words, record)

    @property
    def testimonies(self) -> tuple[Testimony, ...]:
        """Every attestation, used or not."""
        return tuple(testimony(self.words, record) for record in self.report.attestations)

    @property
    def remaining(self) -> Remaining | None:
        """What stands between the model and conformity."""
        return remaining(self.view.main)

    @property
    def remaining_lead(self) -> str:
        """The one sentence that can be said of all that is left; empty when nothing is left."""
        left, main = self.remaining, self.view.main
        if left is None or main is None:
            return ""
        if left.other_terms:
            names = signer(self.words, main.on_the_word_of or "")
            return self.words("takes.other_terms", names=names)
        if left.only_license and left.open_items:
            return self.words.count("takes.only_license", left.open_items)
        return "" if self.view.blockers else self.words("takes.sign")

    def remaining_part(self, part: Part) -> str:
        """One part of the model: the names of the rules that are broken, then of those still open."""
        told = [
            self.words(key, items=plain(", ".join(finding.rule for finding in findings)))
            for key, findings in (("takes.broken", part.broken), ("takes.open", part.open))
            if findings
        ]
        return self.words.pair(self.words(f"element.{part.element}"), self.words("semicolon").join(told))

    @property
    def notice(self) -> str:
        """The standing line: whose reading this is, and by which rules."""
        said = self.say(self.report.notice)
        version = plain(self.report.rules.version)
        return said if version in said else f"{said} {self.words('notice.rules', version=version)}"
