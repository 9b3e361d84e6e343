# ruff: noqa: PLC0415 - spdx-tools takes half a second to import and serves this format alone
"""Report -> SPDX 2.3, as tag-value or JSON: the model, its parts and its bases as packages, with their terms.

In English, like every SPDX document. What a report knows and SPDX 2.3 has no place for stands in comments and
annotations; the JSON report remains the whole record.
"""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any

from osaid_audit.errors import InternalError, UnreadableInput
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import place, quote
from osaid_audit.render.safe import escape_unseen
from osaid_audit.render.spdx_licenses import SpdxLicenses, address, no_assertion
from osaid_audit.render.spdx_text import harmless, harmless_line
from osaid_audit.render.testimony import Testimony
from osaid_audit.render.to_json import report_json
from osaid_audit.render.view import places, view
from osaid_audit.render.words import Words
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import Component, Declared, Role
from osaid_audit.schema.report import Finding, Report
from osaid_audit.schema.waivers import ReportedWaiver

if TYPE_CHECKING:
    from spdx_tools.spdx.model import Annotation, CreationInfo, Document, Package, Relationship

_MODEL, _DOCUMENT = "SPDXRef-Model", "SPDXRef-DOCUMENT"
_NAMESPACE = "https://spdx.org/spdxdocs/osaid-audit/{}-{}"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_HUB_ID = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*", re.ASCII)
_HUB = "https://huggingface.co"
_MOST_PLACES = 3
_FIELDS: tuple[tuple[Role, ...], ...] = (("declared",), ("name", "link"), ("tag",))
"""Where a license is declared: the field itself, else what stands beside it, else the tag made of it."""
_VAGUE = frozenset({"LicenseRef-other", "LicenseRef-unknown"})
_RELATIONS = {
    "finetune": "DESCENDANT_OF",
    "adapter": "DEPENDS_ON",
    "merge": "GENERATED_FROM",
    "quantized": "GENERATED_FROM",
    "unknown": "DESCENDANT_OF",
}


def spdx_tag_value(report: Report) -> str:
    """One report as an SPDX 2.3 document in tag-value notation; the same report gives the same bytes."""
    from spdx_tools.spdx.writer.tagvalue.tagvalue_writer import write_document

    stream = StringIO()
    write_document(_document(report), stream)
    return stream.getvalue().rstrip("\n") + "\n"


def spdx_json(report: Report) -> str:
    """One report as an SPDX 2.3 document in JSON, keys sorted; the same report gives the same bytes."""
    from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter

    tree = DocumentConverter().convert(_document(report))
    return escape_unseen(json.dumps(tree, sort_keys=True, ensure_ascii=False, indent=2)) + "\n"


def _document(report: Report) -> "Document":
    """The document, valid by the validator of spdx-tools."""
    from spdx_tools.spdx.model import Document
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    export = _Export(report)
    packages = export.packages()
    document = Document(
        creation_info=export.creation_info(),
        packages=packages,
        annotations=export.annotations(),
        relationships=export.relationships(),
        extracted_licensing_info=export.licenses.extracted(),
    )
    wrong = validate_full_spdx_document(document, "SPDX-2.3")
    if wrong:
        raise InternalError(f"The SPDX document is not valid: {wrong[0].validation_message[:300]}")
    return document


class _Export:
    """One report on its way to SPDX."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.phrases = Phrases(view(report), Words("en"))
        self.words = self.phrases.words
        self.licenses = SpdxLicenses(self.words, report.license.files)
        self.created = _moment(report.gathered_at)

    # The document

    def creation_info(self) -> "CreationInfo":
        """Who made it, when, by which rules: the time is that of gathering, so no clock is read."""
        from spdx_tools.spdx.model import CreationInfo, Version

        report = self.report
        mark = sha256(report_json(report).encode()).hexdigest()[:16]
        listed = re.match(r"(\d{1,4})\.(\d{1,4})", report.spdx_list_version)
        judged = "\n".join(self.words.pair(name, said) for name, said in self.phrases.judged)
        return CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id=_DOCUMENT,
            name=harmless_line(report.subject.canonical_id),
            document_namespace=_NAMESPACE.format(re.sub(r"[^0-9a-f]", "", report.dossier_sha256), mark),
            creators=[self._tool()],
            created=self.created,
            creator_comment=harmless(judged),
            license_list_version=Version(int(listed[1]), int(listed[2])) if listed else None,
            document_comment=harmless("\n".join(self._standing())),
        )

    def _tool(self) -> Any:
        from spdx_tools.spdx.model import Actor, ActorType

        tool = self.report.tool
        return Actor(
            ActorType.TOOL, harmless_line(f"{tool.name}-{tool.version}").replace("(", "").replace(")", "")
        )

    def _standing(self) -> list[str]:
        """What every format says: whose reading it is, from what it was made, what was left out."""
        provenance = self.phrases.provenance
        limits = [self.phrases.say(limit) for limit in self.report.limits]
        return [self.phrases.notice, *(provenance[1:] if provenance else ()), *limits]

    # Packages

    def packages(self) -> list["Package"]:
        """The model, its components, its bases."""
        block = self.report.license
        parts = [self._component(at, part) for at, part in enumerate(block.components, start=1)]
        bases = [self._base(at, hop) for at, hop in self._first().values()]
        return [self._model(), *parts, *bases]

    def _model(self) -> "Package":
        from spdx_tools.spdx.model import Package, SpdxNoAssertion

        subject, block = self.report.subject, self.report.license
        url, concluded = address(subject.url), block.concluded
        rows = self.phrases.terms.rows(block)
        firm = concluded if concluded is not None and concluded.basis != "lead" else None
        return Package(
            spdx_id=_MODEL,
            name=harmless_line(subject.canonical_id),
            version=harmless_line(subject.revision) if subject.revision else None,
            download_location=self._download(),
            homepage=url,
            files_analyzed=False,
            license_declared=self._declared(block.declared, ""),
            license_concluded=self._none()
            or (self.licenses.as_stated if firm and firm.on_the_word_of else self.licenses.concluded)(
                firm.id if firm else None, firm.cls if firm else None
            ),
            license_comment=harmless("\n".join(self.words.pair(name, said) for name, said in rows)),
            copyright_text=SpdxNoAssertion(),
            comment=harmless("\n".join(self._verdict())),
            external_references=self._purl(subject.canonical_id, subject.revision),
        )

    def _verdict(self) -> list[str]:
        label = self.report.label
        said = [self.phrases.sentence, self.phrases.reason]
        if label is not None:
            said.append(self.words.pair(self.words("label.title"), self.phrases.label(label)))
        return [each for each in said if each]

    def _component(self, at: int, part: Component) -> "Package":
        from spdx_tools.spdx.model import Package, SpdxNoAssertion

        return Package(
            spdx_id=f"SPDXRef-Component-{at}",
            name=harmless_line(f"{self.report.subject.canonical_id}/{part.path}"),
            version=harmless_line(self.report.subject.revision) if self.report.subject.revision else None,
            download_location=self._download(),
            files_analyzed=False,
            license_declared=self._declared(self.report.license.declared, part.path),
            license_concluded=self.licenses.concluded(part.id, part.cls),
            copyright_text=SpdxNoAssertion(),
            comment=harmless_line(self.phrases.terms.component(part)),
        )

    def _first(self) -> dict[str, tuple[int, Hop]]:
        """Every base once, by its id, with its number: the hop where it was met first."""
        found: dict[str, tuple[int, Hop]] = {}
        for hop in self.report.lineage:
            found.setdefault(hop.id, (len(found) + 1, hop))
        return found

    def _base(self, at: int, hop: Hop) -> "Package":
        """A base at a commit that nobody has named, so its download location is not asserted."""
        from spdx_tools.spdx.model import Package, SpdxNoAssertion

        return Package(
            spdx_id=f"SPDXRef-Base-{at}",
            name=harmless_line(hop.id),
            download_location=SpdxNoAssertion(),
            files_analyzed=False,
            license_declared=SpdxNoAssertion(),
            license_concluded=self.licenses.concluded(hop.license, hop.cls),
            copyright_text=SpdxNoAssertion(),
            comment=harmless_line(self.phrases.terms.hop(hop)),
            external_references=self._purl(hop.id, None),
        )

    def _declared(self, declared: tuple[Declared, ...], path: str) -> Any:
        """What the publisher declares for a part, the whole being ""; several are joined by AND.

        AND is the careful reading of a list; a choice that was written as `A OR B` stays one.
        """
        own = [each for each in declared if self._part_of(each) == path]
        by_field = [[each.id or each.value for each in own if each.role in roles] for roles in _FIELDS]
        telling = ([name for name in names if name not in _VAGUE] for names in by_field)
        told = next(filter(None, (*telling, *by_field)), None)
        return self.licenses.joined(told) if told else (self._none() or no_assertion())

    def _part_of(self, declared: Declared) -> str:
        """The component in whose folder the declaration stands."""
        where = (declared.source.path if declared.source else None) or ""
        paths = (part.path for part in self.report.license.components)
        found = (path for path in paths if where.startswith(f"{path.rstrip('/')}/"))
        return max(found, key=len, default="")

    def _none(self) -> Any:
        """SPDX's NONE, when the absence of any terms was observed; else nothing."""
        from spdx_tools.spdx.model import SpdxNone

        found = self.report.facts.get("license.grant_found")
        return SpdxNone() if found is not None and found.value is False else None

    def _download(self) -> Any:
        """The repository at the commit, in the form SPDX has for version control.

        spdx-tools takes that form for top-level domains of at most five letters only; else the page at that
        commit is named.
        """
        from spdx_tools.spdx.validation.uri_validators import validate_download_location

        subject = self.report.subject
        url = address(subject.url)
        if url is None or subject.source == "file":
            return no_assertion()
        revision = subject.revision or ""
        if not _COMMIT.fullmatch(revision):
            return url
        location = f"git+{url}@{revision}"
        return f"{url}/tree/{revision}" if validate_download_location(location) else location

    def _purl(self, name: str, revision: str | None) -> list[Any]:
        """The package URL of a model of the public Hub."""
        from spdx_tools.spdx.model import ExternalPackageRef, ExternalPackageRefCategory

        if self.report.endpoint.rstrip("/") != _HUB or not _HUB_ID.fullmatch(name):
            return []
        at = f"@{revision}" if revision and _COMMIT.fullmatch(revision) else ""
        locator = f"pkg:huggingface/{name}{at}"
        return [ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", locator)]

    # What connects and what supports them

    def relationships(self) -> list["Relationship"]:
        """The document describes the model, the model contains its components and stems from its bases."""
        from spdx_tools.spdx.model import Relationship, RelationshipType

        hops, first = self.report.lineage, self._first()
        return [
            Relationship(_DOCUMENT, RelationshipType.DESCRIBES, _MODEL),
            *(
                Relationship(_MODEL, RelationshipType.CONTAINS, f"SPDXRef-Component-{at}")
                for at in range(1, len(self.report.license.components) + 1)
            ),
            *(
                Relationship(
                    self._descendant(hop, first),
                    RelationshipType["OTHER" if hop.hint else _RELATIONS[hop.relation]],
                    f"SPDXRef-Base-{first[hop.id][0]}",
                    harmless_line(
                        self.phrases.terms.hop(hop)
                        if hop.hint
                        else f"{self.words.name('relation', hop.relation)} {hop.id}"
                    ),
                )
                for hop in hops
            ),
        ]

    def _descendant(self, hop: Hop, first: dict[str, tuple[int, Hop]]) -> str:
        """Who stems from this base: the hop it names, or the one hop a step nearer; else the model."""
        if hop.via is not None and hop.via in first:
            return f"SPDXRef-Base-{first[hop.via][0]}"
        nearer = [at for at, each in first.values() if each.depth == hop.depth - 1]
        return f"SPDXRef-Base-{nearer[0]}" if len(nearer) == 1 else _MODEL

    def annotations(self) -> list["Annotation"]:
        """Every verdict, and every required finding that is decided, with where it was read."""
        from spdx_tools.spdx.model import Annotation, AnnotationType

        said = [self.phrases.other(result) for result in self.report.frameworks]
        shown = self.phrases.view
        said += [self._finding(finding) for finding in (*shown.blockers, *shown.passed) if finding.required]
        said += [self._testimony(each) for each in self.phrases.testimonies]
        said += [self._waiver(each) for each in self.report.waivers]
        return [
            Annotation(_MODEL, AnnotationType.OTHER, self._tool(), self.created, harmless(each))
            for each in dict.fromkeys(said)
        ]

    def _testimony(self, told: Testimony) -> str:
        heading = self.words("section.attestations")
        lines = [self.words.pair(heading, told.head), self.words("lead.attestations")]
        for statement in told.statements:
            lines.append(statement.said)
            lines += [proof.said for proof in statement.proofs]
        return "\n".join(lines)

    def _waiver(self, record: ReportedWaiver) -> str:
        heading = self.words.pair(self.words("section.waivers"), self.phrases.record(record))
        return f"{heading}\n{self.words('lead.waivers')}"

    def _finding(self, finding: Finding) -> str:
        found = places(finding.evidence)
        lines = [self.phrases.answer(finding), self.phrases.say(finding.message)]
        for each in found[:_MOST_PLACES]:
            source = each.source
            told = [place(self.words, source), source.url or "", source.sha256 or ""]
            told += [quote(self.words, source.quote)] if source.quote else []
            lines.append(self.words.pair(self.words("finding.evidence"), " ".join(filter(None, told))))
        return "\n".join(lines)


def _moment(text: str) -> datetime:
    """The moment of gathering in UTC. Raises UnreadableInput when a saved report names none."""
    try:
        read = datetime.fromisoformat(text)
        moment = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # also the first hour of all years, as told east of Greenwich
        raise UnreadableInput(
            "This report does not say when it was gathered, which SPDX asks.", "Audit the model again."
        ) from None
    return moment.replace(microsecond=0, tzinfo=None)
