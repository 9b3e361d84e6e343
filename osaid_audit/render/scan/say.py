"""What is said about a scan: plain text that each format escapes in its own way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.scan.asked import acceptance, asked_line, left_out_line, with_evidence
from osaid_audit.render.scan.model import Model, Place, State
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.testimony import signer
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Outcome, Text
from osaid_audit.schema.report import FrameworkResult
from osaid_audit.schema.scan import Alert, Reference, Skipped, Unaudited, Unresolved
from osaid_audit.schema.waivers import ReportedWaiver

COUNTED: tuple[State, ...] = ("fails", "unaudited", "accepted", "passes")
COMMIT_SHOWN = 8
"""Characters of a commit where people read it."""


@dataclass(frozen=True)
class Charge:
    """What is held against one model, and every place where that is so."""

    alert: Alert
    places: tuple[Place, ...]


class Say:
    """Everything that is said about one scan in one language."""

    def __init__(self, overview: Overview, words: Words) -> None:
        self.overview = overview
        self.scan = overview.scan
        self.words = words

    def text(self, text: Text) -> str:
        """A text of the record, harmless and on one line."""
        return prose(self.words.say(text))

    @property
    def verdict(self) -> str:
        """The one line that answers the question: how many models, and how they stand."""
        if not self.scan.audited:
            return self._listed()
        judged = self.overview.judged
        if not judged:
            return self._nothing()
        head = self.models(len(judged))
        if self.overview.files:
            head = self.words("scan.in", what=head, where=self.files(self.overview.files))
        return f"{self.words.pair(head, self.counts)}."

    def _listed(self) -> str:
        references = self.scan.references
        if not references:
            return self._nothing()
        where = self.files(len({each.file for each in references}))
        kinds = [self.models(len({r.id for r in references if r.kind == "model"}))]
        if datasets := {r.id for r in references if r.kind == "dataset"}:
            kinds.append(self.words.count("scan.datasets", len(datasets)))
        return self.words("scan.listed", what=", ".join(kinds), where=where)

    def _nothing(self) -> str:
        """No model: which may still leave findings, about the lock say."""
        loose = self.overview.loose if self.scan.audited else 0
        said = [self.words("scan.none", where=self.files(self.scan.files))]
        said += [f"{self.words.count('scan.count.loose', loose)}."] if loose else []
        return " ".join(said)

    @property
    def counts(self) -> str:
        """How many fail, could not be audited, pass; what is nought is not said."""
        states = Counter(model.state for model in self.overview.judged)
        said = [self._how_many(key, states[key]) for key in COUNTED if states[key]]
        if self.overview.loose:
            said.append(self.words.count("scan.count.loose", self.overview.loose))
        return ", ".join(said)

    def _how_many(self, state: State, n: int) -> str:
        """To pass means nothing where nothing is asked, so that is said instead."""
        unasked = state == "passes" and self.nothing_asked
        return self.words.count(f"scan.count.{'unasked' if unasked else state}", n)

    @property
    def nothing_asked(self) -> bool:
        """Whether no audited model could fail."""
        return self.scan.demanded is not None and self.scan.demanded.nothing

    @property
    def asked(self) -> str:
        """What was asked of the models; empty without an audit."""
        return asked_line(self.words, self.scan.demanded)

    @property
    def basis(self) -> list[str]:
        """What the verdict rests on: what was asked, and what was left out."""
        return [*filter(None, [self.asked, left_out_line(self.words, self.scan)])]

    @property
    def asides(self) -> list[str]:
        """What the verdict does not count, so that nobody takes it for passed."""
        scan, count = self.scan, self.words.count
        pairs = (
            ("scan.aside.failed", len(self.overview.failed)),
            ("scan.aside.unresolved", len(scan.unresolved)),
            ("scan.aside.skipped", len(scan.skipped) - len(self.overview.failed)),
            ("scan.aside.unasked", self.overview.unasked),
            ("scan.aside.waived", sum(a.waived for a in scan.alerts)),
            ("scan.aside.known", sum(a.known and not a.waived for a in scan.alerts)),
        )
        said = [count(key, n) for key, n in pairs if n]
        if scan.allow_unaudited and self.overview.how_many("unaudited"):
            said.append(self.words("scan.aside.allowed"))
        return said

    def models(self, n: int) -> str:
        """A number of models."""
        return self.words.count("scan.models", n)

    def files(self, n: int) -> str:
        """A number of files."""
        return self.words.count("scan.files", n)

    def commit(self, model: Model) -> str:
        """The start of the audited commit, or the revision as written; empty when there is none."""
        revision = model.revision or ""
        return plain(revision[:COMMIT_SHOWN] if model.report else revision)

    def model(self, model: Model) -> str:
        """The id, and the commit that was audited."""
        commit = self.commit(model)
        name = f"{plain(model.name)} @{commit}" if commit else plain(model.name)
        return name if model.name == model.id else self.words("scan.asked", name=name, id=plain(model.id))

    def state(self, model: Model) -> str:
        """How a model stands, in a word or three; empty for a remark."""
        if model.state == "remark":
            return ""
        if model.state == "unaudited" and self.scan.allow_unaudited:
            return self.words("scan.state.allowed")
        if model.state == "passes" and self.nothing_asked:
            return self.words("scan.state.unasked")
        return self.words(f"scan.state.{model.state}")

    def heading(self, model: Model) -> str:
        """The model, and how it stands."""
        state = self.state(model)
        return self.words.pair(self.model(model), state) if state else self.model(model)

    def label(self, model: Model) -> str:
        """The rung of the G7 ladder, if it was asked, and on whose word."""
        label = model.report.label if model.report else None
        said = [self.text(label.title) if label else "", self.word_of(model)]
        return self.words("semicolon").join(filter(None, said))

    def word_of(self, model: Model) -> str:
        """On whose word an answer rests; empty when on nobody's."""
        results = model.report.frameworks if model.report else ()
        names = dict.fromkeys(
            r.on_the_word_of for r in results if r.kind != "informative" and r.on_the_word_of
        )
        said = [self.words("label.stated", names=signer(self.words, name)) for name in names]
        return self.words("semicolon").join(said)

    def label_line(self, model: Model) -> str:
        """The rung, the highest that is not excluded, and on whose word; empty when it was not asked."""
        label = model.report.label if model.report else None
        if label is None:
            return self.word_of(model)
        value, most = self.text(label.title), self.text(label.at_most_title)
        said = value if label.value == label.at_most else self.words("label.line", value=value, at_most=most)
        line = self.words.pair(self.words("label.title"), said)
        return self.words("semicolon").join(filter(None, [line, self.word_of(model)]))

    def freedoms(self, model: Model) -> list[Outcome | None]:
        """The status of each freedom by the first binary norm; None where nothing was asked."""
        main = self._main(model)
        groups = [main.freedoms.get(freedom) if main else None for freedom in FREEDOMS]
        return [group.status if group else None for group in groups]

    @staticmethod
    def _main(model: Model) -> FrameworkResult | None:
        results = model.report.frameworks if model.report else ()
        return next((result for result in results if result.kind == "binary"), None)

    def charges(self, model: Model) -> list[Charge]:
        """The alerts of a model, those that say the same together with all their places."""
        groups: dict[tuple[object, ...], list[Alert]] = {}
        for alert in model.alerts:
            key = (alert.check, alert.level, alert.message.en, alert.waived, alert.known)
            groups.setdefault(key, []).append(alert)
        return [Charge(held[0], self._places(held)) for held in groups.values()]

    def _places(self, alerts: Sequence[Alert]) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(self.overview.place(a) for a in alerts if a.file is not None))

    def title(self, alert: Alert) -> str:
        """The check in words and, in brackets, its id."""
        return f"{self.text(alert.title)} [{plain(alert.check)}]"

    def standing(self, alert: Alert) -> str:
        """Why an alert does not gate; empty when it does."""
        if alert.waived:
            return self.words("scan.alert.waived")
        if alert.known:
            return self.words("scan.alert.known")
        return "" if alert.level == "error" else self.words(f"scan.alert.{alert.level}")

    def acceptance(self, alert: Alert) -> str:
        """Who accepted it, until when and why, that it was there before or was let through; else empty."""
        return acceptance(self.words, self.scan, alert)

    def next(self, alert: Alert) -> str:
        """What to do; empty when nothing is said."""
        return self.words("problem.next", next=self.text(alert.next)) if alert.next else ""

    def sentence(self, alert: Alert) -> str:
        """The model, what is wrong and what to do, on one line."""
        said = self.words.pair(plain(alert.model), self.text(alert.message))
        return " ".join(filter(None, [said, self.next(alert)]))

    def told(self, alert: Alert) -> str:
        """The sentence, and before it who accepted what it says."""
        return " ".join(filter(None, [self.acceptance(alert), self.sentence(alert)]))

    def link(self, alert: Alert) -> str | None:
        """Where the clause, the page or the card can be read, if a link may lead there."""
        return http_url(alert.url)

    def reference(self, each: Reference) -> str:
        """What is named, at which revision, and how that is known."""
        name = f"{plain(each.id)} @{plain(each.revision)}" if each.revision else plain(each.id)
        kind = f"{self.words('scan.kind.dataset')} " if each.kind == "dataset" else ""
        unsure = self.words("semicolon") + self.words("scan.unsure") if each.confidence == "low" else ""
        return f"{kind}{name} ({plain(each.how)}{unsure})"

    def unresolved(self, each: Unresolved) -> str:
        """Why no id can be told, and what stands there."""
        why = self.words.name("scan.why", each.why.replace(" ", "-"))
        return self.words.pair(why, plain(each.text)) if each.text else why

    def skipped(self, each: Skipped) -> str:
        """The file, and why it was not read."""
        file = plain(self.overview.spot(each.file).file)
        return self.words.pair(file, self.words.name("scan.why", each.why.replace(" ", "-")))

    def unaudited(self, each: Unaudited) -> list[str]:
        """Why a model could not be audited, and what to do."""
        why = self.text(each.why) if each.why else self.words("scan.unaudited.unsaid")
        return [why, self.words("problem.next", next=self.text(each.next))] if each.next else [why]

    def waiver(self, each: ReportedWaiver) -> str:
        """A waiver: what is accepted, until when, by whom and why."""
        what = f"{plain(each.rule)} · {plain(each.model)}"
        what += f" @{plain(each.revision)}" if each.revision else ""
        told = self.words(
            "scan.waiver",
            what=what,
            state=self.words(f"scan.waiver.{each.state}"),
            expires=plain(each.expires),
            reviewer=plain(each.reviewer),
            reason=plain(each.reason),
            statement=prose(each.statement),
        )
        why = f" {self.text(each.why)}" if each.why else ""
        return f"{with_evidence(self.words, told, each)}{why}"

    @property
    def idle(self) -> list[ReportedWaiver]:
        """The waivers that accept nothing: expired, or without effect."""
        return [each for each in self.scan.waivers if each.state != "used"]

    @property
    def limits(self) -> list[str]:
        """What the audits did not gather, each once."""
        return list(dict.fromkeys(self.text(limit) for r in self.scan.reports for limit in r.limits))

    @property
    def made_by(self) -> str:
        """The program, the rules, the policy, the day, and how much was read."""
        scan = self.scan
        parts = [plain(f"{scan.tool.name} {scan.tool.version}")]
        if scan.rules:
            parts.append(self.words("scan.rules", version=plain(scan.rules.version)))
        if scan.policy:
            parts.append(self.words("scan.policy", file=plain(scan.policy)))
        if scan.as_of:
            parts.append(self.words("scan.as_of", day=plain(scan.as_of)))
        parts.append(self.words.count("scan.read", scan.files))
        return self.words("semicolon").join(parts)

    @property
    def notice(self) -> str:
        """The standing line: whose reading this is."""
        return self.words("scan.notice")
