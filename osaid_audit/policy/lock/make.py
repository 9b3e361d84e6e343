"""Answers -> lock. Nothing that changes by itself enters: no date, no text, no name of a reviewer."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from osaid_audit import licenses
from osaid_audit.errors import OsaidError
from osaid_audit.schema.base import Record
from osaid_audit.schema.lock import (
    MAX_WORD,
    Lock,
    LockedBase,
    LockedFile,
    LockedLicense,
    LockedModel,
    LockedPart,
    LockedRules,
    LockedTerms,
    LockedVerdict,
)
from osaid_audit.schema.report import Report


class Named(NamedTuple):
    """A model as it is referred to: its id, and the revision written there, if any."""

    id: str
    revision: str | None = None


Answer = Report | OsaidError
Answers = Iterable[tuple[Named, Answer]]
"""What was asked and what came of it; the same model may be asked for several times."""


def lock_of(answers: Answers, before: Lock | None = None) -> Lock:
    """The lock of what was audited: exactly that, in the order of ids and revisions.

    A model that could not be audited keeps what the lock `before` says of it; if it says nothing, there is
    no entry, so that the next check calls the model new.
    """
    kept = {Named(each.id, each.revision): each for each in (before.models if before else ())}
    found: dict[Named, LockedModel] = {}
    for named, answer in answers:
        if isinstance(answer, Report):
            found[named] = locked(named, answer)
        elif named in kept:
            found.setdefault(named, kept[named])
    return Lock(models=tuple(found[named] for named in sorted(found, key=order)))


def order(named: Named) -> tuple[str, str]:
    """What models are sorted by: their id, a floating revision first."""
    return named.id, named.revision or ""


def locked(named: Named, report: Report) -> LockedModel:
    """The entry of one model."""
    subject = report.subject
    return LockedModel(
        id=_word(named.id),
        revision=_maybe(named.revision),
        canonical_id=_word(subject.canonical_id),
        commit=_maybe(subject.revision),
        card_sha256=subject.card_sha256,
        license=_license(report),
        rules=LockedRules(
            sha256=report.rules.sha256, version=_word(report.rules.version), tool=_word(report.tool.version)
        ),
        verdict=_verdict(report),
    )


def digest_of(record: Record) -> str:
    """The sha256 over a record's canonical JSON, its own `sha256` left out."""
    data = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    data.pop("sha256", None)
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _license(report: Report) -> LockedLicense:
    block = report.license
    concluded = block.concluded
    parts = {each.path: each for each in block.components}
    terms = LockedTerms(
        files=tuple(_files(report)),
        declared=tuple(dict.fromkeys(_word(each) for each in licenses.keys_written(block))),
        said=tuple(sorted({_word(f"{e.role}: {e.id}") for e in block.declared if _is_said(e.role) and e.id})),
        license=_maybe(concluded.id) if concluded else None,
        cls=concluded.cls if concluded else None,
        attested=True if concluded and concluded.on_the_word_of else None,
        components=tuple(
            LockedPart(path=_word(path), license=_maybe(part.id), cls=part.cls)
            for path, part in sorted(parts.items())
            if path
        ),
    )
    made = LockedLicense(sha256="0" * 64, terms=terms, lineage=tuple(_bases(report)))
    return made.model_copy(update={"sha256": digest_of(made)})


def _is_said(role: str) -> bool:
    return role in {"prose", "gate"}


def _files(report: Report) -> Iterator[LockedFile]:
    """Each file once: a file that speaks of several components stands there several times."""
    files = {_word(file.path): licenses.file_digest(file) for file in report.license.files}
    for path, sha256 in sorted(files.items()):
        yield LockedFile(path=path, sha256=sha256)


def _bases(report: Report) -> Iterator[LockedBase]:
    """The declared bases. One that is only hinted at decides nothing by its terms; it has not been read."""
    declared = {(hop.via or "", hop.id): hop for hop in report.lineage if hop.hint is None}
    for (via, name), hop in sorted(declared.items()):
        yield LockedBase(
            id=_word(name),
            via=_maybe(via),
            relation=hop.relation,
            commit=_maybe(hop.revision),
            terms=hop.terms_sha256,
            license=_maybe(hop.license),
            cls=hop.cls,
            problem=_maybe(hop.problem),
        )


def _verdict(report: Report) -> LockedVerdict:
    """Of binary norms and ladders; an informative one has no verdict, and nothing hangs on its findings."""
    judged = [each for each in report.frameworks if each.kind != "informative"]
    made = LockedVerdict(
        sha256="0" * 64,
        label=report.label.value if report.label else None,
        at_most=report.label.at_most if report.label else None,
        frameworks={each.id: each.verdict for each in judged if each.verdict},
        findings={found.rule: found.outcome for each in judged for found in each.findings if found.required},
    )
    return made.model_copy(update={"sha256": digest_of(made)})


def _word(text: str) -> str:
    return text[:MAX_WORD]


def _maybe(text: str | None) -> str | None:
    return _word(text) if text else None
