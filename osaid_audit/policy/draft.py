"""A report -> the draft of an attestation: every open question with what was found, for a person to answer.

The text is YAML that reads back as an `Attestation`. What comes from outside stands in it as JSON strings or
in comments of one printable line each, so that no model page can write a statement of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from osaid_audit.errors import UsageError
from osaid_audit.evaluate.correct import FOLLOWING, standing_against
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.render.places import place
from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.words import Words
from osaid_audit.schema.attestation import UNANSWERED
from osaid_audit.schema.base import Lang, Outcome, Source
from osaid_audit.schema.report import Evidence, Finding, Report
from osaid_audit.schema.rules import Rule
from osaid_audit.schema.vocabulary import VOCABULARY

_OPEN = (Outcome.NEEDS_REVIEW, Outcome.INSUFFICIENT_EVIDENCE)
_MOST_PLACES = 3
_LONGEST_ADDRESS = 400
_LONGEST_QUOTE = 200
_WIDTH = 96
_COMMIT = re.compile(r"[0-9a-f]{40}")


def draft(report: Report, ruleset: RuleSet, lang: Lang) -> str:
    """The draft, unsigned. Raises UsageError when the subject has no commit that it could be bound to."""
    if not _COMMIT.fullmatch(report.subject.revision or ""):
        raise UsageError(
            "The audit names no full commit, so there is nothing an attestation could be bound to.",
            "Audit the model itself.",
        )
    return "\n".join(_Draft(report, ruleset, Words(lang)).lines()) + "\n"


class _Draft:
    """One draft from top to bottom."""

    def __init__(self, report: Report, ruleset: RuleSet, words: Words) -> None:
        self.report = report
        self.ruleset = ruleset
        self.words = words

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._bound()
        yield from self._signature()
        yield ""
        yield from self._statements()
        yield from self._breaches()

    def _head(self) -> Iterator[str]:
        report = self.report
        subject, tool = plain(report.subject.canonical_id), f"{report.tool.name} {report.tool.version}"
        revision = plain(report.subject.revision or "")
        title = self.words("draft.title", subject=subject, tool=tool, rules=plain(report.rules.version))
        yield from _comment(title)
        for number in range(1, 6):
            yield from _comment(self.words(f"draft.how{number}", subject=f"{subject}@{revision}"))
        yield ""
        yield 'schema_version: "1"'
        yield f"subject: {_text(report.subject.canonical_id)}"

    def _bound(self) -> Iterator[str]:
        subject = self.report.subject
        yield from _comment(self.words("draft.revisions"))
        yield "revisions:"
        yield f"  - {_text(subject.revision or '')}"
        if subject.digests is None:
            yield from _comment(self.words("draft.no_digests"))
            return
        yield from _comment(self.words("draft.digests"))
        yield "# digests:"
        for name in ("license", "weights"):
            yield f"#   {name}:"
            yield from (f"#     - {_text(each)}" for each in getattr(subject.digests, name))

    def _signature(self) -> Iterator[str]:
        optional = self.words("draft.optional")
        yield "reviewer:"
        yield '  name: ""'
        yield f'  # organization: ""  # {optional}'
        yield f'  # contact: ""  # {optional}'
        yield f'date: ""  # {self.words("draft.date")}'
        yield f'# expires: ""  # {self.words("draft.expires")}'
        yield f"signed: false  # {self.words('draft.signed')}"

    # Questions

    def _statements(self) -> Iterator[str]:
        asked = self._asked()
        if not asked:
            yield from _comment(self.words("draft.nothing"))
            yield "statements: []"
            return
        yield "statements:"
        written: set[str] = set()
        for finding, framework in asked:
            rule = self.ruleset.rule(finding.rule)
            facts = [name for name in self._facts(rule) if name not in written]
            written.update(facts)
            if facts:
                yield ""
                yield from self._question(finding, framework, several=len(facts) > 1)
            for name in facts:
                yield from self._statement(name, finding)

    def _asked(self) -> list[tuple[Finding, str]]:
        """The open findings that a reviewer can settle, each once: what is required first."""
        found: dict[str, tuple[Finding, str]] = {}
        for result in self.report.frameworks:
            for finding in result.findings:
                if finding.outcome in _OPEN and self._facts(self.ruleset.rule(finding.rule)):
                    known = found.get(finding.rule)
                    if known is None or (finding.required and not known[0].required):
                        found[finding.rule] = (finding, result.id)
        return sorted(found.values(), key=lambda pair: not pair[0].required)

    def _facts(self, rule: Rule) -> list[str]:
        """The facts a reviewer may give here: nobody is asked what the evidence rules out."""
        return [name for name in rule.attest if standing_against(name, self.report.facts) is None]

    def _question(self, finding: Finding, framework: str, *, several: bool) -> Iterator[str]:
        scope = self.words("draft.required", framework=framework)
        if not finding.required:
            scope = self.words("draft.not_required")
        yield from _comment(f"--- {self.words.say(finding.title)} [{plain(finding.rule)}, {scope}]", "  ")
        yield from _comment(self.words.say(finding.why), "  ")
        yield from _comment(self.words("draft.found", message=prose(self.words.say(finding.message))), "  ")
        for item in _places(finding.evidence):
            yield from _comment(self._place(item), "  ", "  - ")
        if several:
            yield from _comment(self.words("draft.alternatives"), "  ")

    def _place(self, source: Source) -> str:
        quoted = f" {self.words('quote', quote=plain(source.quote, _LONGEST_QUOTE))}" if source.quote else ""
        address = _address(source)
        return f"{place(self.words, source)}{quoted}{' ' if address else ''}{address}"

    def _statement(self, name: str, finding: Finding) -> Iterator[str]:
        spec = VOCABULARY[name]
        meaning = spec.doc_fr if self.words.lang == "fr" else spec.doc
        yield from _comment(self.words("draft.would", outcome=meaning), "  ")
        yield f"  - fact: {name}"
        yield f"    value: {_text(UNANSWERED)}"
        yield "    evidence:"
        yield from _proofs(finding.evidence)
        yield '    comment: ""'

    # Breaches

    def _breaches(self) -> Iterator[str]:
        broken = {
            finding.rule: finding
            for result in self.report.frameworks
            if result.kind == "binary"
            for finding in result.findings
            if finding.required and finding.outcome is Outcome.NOT_MET
        }
        known = {item.fact: item for finding in broken.values() for item in reversed(finding.evidence)}
        followers = {follower for name in known for follower in FOLLOWING.get(name, ())}
        known = {name: item for name, item in known.items() if name not in followers}
        if not known:
            return
        yield ""
        yield from _comment(self.words("draft.broken"))
        for name, item in known.items():
            value = ", ".join(item.value) if isinstance(item.value, tuple) else str(item.value).lower()
            yield from _comment(self.words("draft.known", fact=plain(name), value=plain(value)))
            yield from (f"#{line}" for line in _correction(name, item))


def _correction(name: str, item: Evidence) -> Iterator[str]:
    spec = VOCABULARY.get(name)
    allowed = f"  # {' | '.join(spec.values)}" if spec and spec.values else ""
    yield f"  - fact: {plain(name)}"
    yield f"    value: {_text(UNANSWERED)}{allowed}"
    yield "    contradicts:"
    for key in ("path", "line", "pointer", "url"):
        value = getattr(item, key)
        if value is not None:
            yield f"      {key}: {_text(value) if isinstance(value, str) else value}"
    yield "    evidence:"
    yield from _proofs(())


def _places(evidence: Iterable[Evidence]) -> list[Source]:
    """The first places of a finding, each once."""
    sources = [Source(**item.model_dump(include=set(Source.model_fields))) for item in evidence]
    return [source for source in dict.fromkeys(sources) if source != Source()][:_MOST_PLACES]


def _proofs(evidence: Sequence[Evidence]) -> Iterator[str]:
    """The places found as evidence to check, or an empty one to fill in."""
    usable = [source for source in _places(evidence) if _address(source) and (source.quote or source.sha256)]
    for source in usable or [Source()]:
        yield f"      - url: {_text(_address(source))}"
        if source.sha256 and not source.quote:
            yield f"        sha256: {_text(source.sha256)}"
        else:
            yield f"        quote: {_text(plain(source.quote or '', _LONGEST_QUOTE))}"


def _address(source: Source) -> str:
    url = http_url(source.url) or ""
    return url if len(url) <= _LONGEST_ADDRESS else ""


def _text(value: str) -> str:
    """A YAML scalar in double quotes that reads back as it is, as far as it is printable."""
    return json.dumps(_printable(value), ensure_ascii=False)


def _comment(text: str, indent: str = "", first: str = "") -> Iterator[str]:
    """Comment lines of a readable width; an address is never broken."""
    line = first
    for word in _printable(text).split():
        if len(line) > len(first) and len(indent) + len(line) + len(word) > _WIDTH:
            yield f"{indent}# {line.rstrip()}"
            line = " " * len(first)
        line += f"{word} "
    yield f"{indent}# {line.rstrip()}"


def _printable(text: str) -> str:
    """What YAML and a terminal can show: no control character, no private or unassigned one."""
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "?" for letter in text)
