"""Odd reports: hostile text wherever a card or a reply can put it, and hardly anything known at all."""

from sample_parts import fact, src, t
from samples import undecided

from osaid_audit.schema.attestation import Contradicted, Proof, Reviewer
from osaid_audit.schema.base import (
    Outcome,
    Problem,
)
from osaid_audit.schema.dossier import CodeRepository, Dataset, Hop, Subject
from osaid_audit.schema.licenses import Component, Concluded, Conflict, Declared, LicenseBlock, LicenseFile
from osaid_audit.schema.report import (
    Evidence,
    Opinion,
    Report,
    ReportedAttestation,
    ReportedStatement,
)
from osaid_audit.schema.rules import Reference
from osaid_audit.schema.waivers import ReportedWaiver

EVIL = (
    "</script><script>alert(1)</script>]]><!--\x1b[31mred\x9b0m\u202eevil\u2066\x00"
    "`|@all #1 [x](javascript:alert(1)) www.evil.example https://evil.example"
)


def evil_attestation(evil: str = EVIL) -> ReportedAttestation:
    """A reviewer who writes what a page would not be allowed to say."""
    stated = ReportedStatement(
        fact=evil,
        value=evil,
        evidence=(Proof(url='https://evil.example/"><img/src=x>|`(a)', quote=evil),),
        comment=evil,
        contradicts=Contradicted(path=evil),
        why=t(evil, evil),
    )
    return ReportedAttestation(
        reviewer=Reviewer(name=evil, organization=evil, contact=evil),
        date=evil,
        expires=evil,
        subject=evil,
        sha256=evil,
        statements=(stated,),
        ignored="contradicts",
        why=t(evil, evil),
    )


def hostile(evil: str = EVIL) -> Report:
    """The undecided sample with `evil` in every place that a card or a reply can fill."""
    base = undecided()
    long = "a" * 10_000 + evil
    there = Evidence(
        fact="license.class",
        value=evil,
        url="javascript:alert(1)",
        path=evil,
        line=7,
        pointer=evil,
        quote=long,
    )
    more = there.model_copy(
        update={"url": "https://user:word@evil.example/\u202e", "path": None, "line": None}
    )
    html = there.model_copy(update={"url": 'https://evil.example/"><img src=x>|`(a)', "quote": None})
    main = base.frameworks[0]
    bad = main.findings[1].model_copy(
        update={
            "outcome": Outcome.NOT_MET,
            "message": t(f"Card says {evil}", f"La fiche dit {evil}"),
            "evidence": (there, more, html),
            "missing": (evil,),
            "origin": evil,
            "waived": True,
            "references": (Reference(text=evil, url="javascript:alert(2)"),),
        }
    )
    reading = main.model_copy(update={"verdict": "does_not_conform", "findings": (bad, *main.findings[2:])})
    declared = Declared(value=long, role="declared", id=evil, source=src(there))
    block = LicenseBlock(
        declared=(declared,),
        concluded=Concluded(id=long, name=evil, cls="use-restricted", basis="stated", breaks=("use",)),
        files=(LicenseFile(path=evil, match="near", id=evil, similarity=0.5, leads=("personal",)),),
        components=(Component(path=evil, id=long),),
        conflicts=(Conflict(left=declared, right=declared),),
    )
    return base.model_copy(
        update={
            "subject": Subject(id=evil, canonical_id=long, url="javascript:alert(3)", source="recorded"),
            "frameworks": (reading, base.frameworks[1]),
            "license": block,
            "lineage": (Hop(id=long, relation="finetune", depth=1, license=evil, problem=evil),),
            "datasets": (Dataset(id=evil, license=evil, gated=evil),),
            "code": (CodeRepository(url="javascript:alert(4)", license=evil),),
            "facts": {
                "license.class": fact(evil, "stated", there),
                "license.ids": fact((evil, long), "lead"),
            },
            "opinions": (Opinion(by=evil, date=evil, judgement=long, url="data:text/html,x"),),
            "problems": (
                Problem(
                    what=evil,
                    state="malformed",
                    why=t(evil, evil),
                    next=t(evil, evil),
                    blocks=(evil,),
                    line=3,
                ),
            ),
            "limits": (t(evil, evil),),
            "waivers": (
                ReportedWaiver(
                    rule=evil,
                    model=evil,
                    reason="tool-error",
                    statement=evil,
                    reviewer=evil,
                    evidence=evil,
                    expires=evil,
                    state="used",
                ),
            ),
            "attestations": (evil_attestation(evil),),
        }
    )


def sparse() -> Report:
    """A rule in error, nothing else known: no license, no revision, a source without a place."""
    base = undecided()
    nowhere = Evidence(fact="license.ids", value=())
    broken = (
        base.frameworks[0]
        .findings[1]
        .model_copy(
            update={
                "outcome": Outcome.ERROR,
                "evidence": (nowhere,),
                "message": t("It threw.", "Elle a échoué."),
            }
        )
    )
    known = base.frameworks[0].model_copy(update={"findings": (broken,), "elements": {}, "freedoms": {}})
    unread = Problem(
        what="LICENSE",
        state="unreachable",
        why=t("The server did not answer.", "Le serveur n'a pas répondu."),
        next=t("Try again later.", "Réessayez plus tard."),
    )
    return base.model_copy(
        update={
            "notice": t("A reading.", "Une lecture."),
            "subject": Subject(id="a/b", canonical_id="a/b", url="https://hub.example/a/b", source="file"),
            "label": None,
            "frameworks": (known,),
            "license": LicenseBlock(),
            "lineage": (Hop(id="a/base", relation="unknown", depth=1),),
            "datasets": (),
            "code": (),
            "facts": {"license.ids": fact((), "lead", nowhere)},
            "problems": (unread,),
        }
    )
