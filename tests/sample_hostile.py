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


def evil_attestation() -> ReportedAttestation:
    """A reviewer who writes what a page would not be allowed to say."""
    stated = ReportedStatement(
        fact=EVIL,
        value=EVIL,
        evidence=(Proof(url='https://evil.example/"><img/src=x>|`(a)', quote=EVIL),),
        comment=EVIL,
        contradicts=Contradicted(path=EVIL),
        why=t(EVIL, EVIL),
    )
    return ReportedAttestation(
        reviewer=Reviewer(name=EVIL, organization=EVIL, contact=EVIL),
        date=EVIL,
        expires=EVIL,
        subject=EVIL,
        sha256=EVIL,
        statements=(stated,),
        ignored="contradicts",
        why=t(EVIL, EVIL),
    )


def hostile() -> Report:
    """The undecided sample with a hostile value in every place that a card or a reply can fill."""
    base = undecided()
    long = "a" * 10_000 + EVIL
    evil = Evidence(
        fact="license.class",
        value=EVIL,
        url="javascript:alert(1)",
        path=EVIL,
        line=7,
        pointer=EVIL,
        quote=long,
    )
    more = evil.model_copy(
        update={"url": "https://user:word@evil.example/\u202e", "path": None, "line": None}
    )
    html = evil.model_copy(update={"url": 'https://evil.example/"><img src=x>|`(a)', "quote": None})
    main = base.frameworks[0]
    bad = main.findings[1].model_copy(
        update={
            "outcome": Outcome.NOT_MET,
            "message": t(f"Card says {EVIL}", f"La fiche dit {EVIL}"),
            "evidence": (evil, more, html),
            "missing": (EVIL,),
            "origin": EVIL,
            "waived": True,
            "references": (Reference(text=EVIL, url="javascript:alert(2)"),),
        }
    )
    reading = main.model_copy(update={"verdict": "does_not_conform", "findings": (bad, *main.findings[2:])})
    declared = Declared(value=long, role="declared", id=EVIL, source=src(evil))
    block = LicenseBlock(
        declared=(declared,),
        concluded=Concluded(id=long, name=EVIL, cls="use-restricted", basis="stated", breaks=("use",)),
        files=(LicenseFile(path=EVIL, match="near", id=EVIL, similarity=0.5, leads=("personal",)),),
        components=(Component(path=EVIL, id=long),),
        conflicts=(Conflict(left=declared, right=declared),),
    )
    return base.model_copy(
        update={
            "subject": Subject(id=EVIL, canonical_id=long, url="javascript:alert(3)", source="recorded"),
            "frameworks": (reading, base.frameworks[1]),
            "license": block,
            "lineage": (Hop(id=long, relation="finetune", depth=1, license=EVIL, problem=EVIL),),
            "datasets": (Dataset(id=EVIL, license=EVIL, gated=EVIL),),
            "code": (CodeRepository(url="javascript:alert(4)", license=EVIL),),
            "facts": {"license.class": fact(EVIL, "stated", evil), "license.ids": fact((EVIL, long), "lead")},
            "opinions": (Opinion(by=EVIL, date=EVIL, judgement=long, url="data:text/html,x"),),
            "problems": (
                Problem(
                    what=EVIL,
                    state="malformed",
                    why=t(EVIL, EVIL),
                    next=t(EVIL, EVIL),
                    blocks=(EVIL,),
                    line=3,
                ),
            ),
            "limits": (t(EVIL, EVIL),),
            "waivers": (
                ReportedWaiver(
                    rule=EVIL,
                    model=EVIL,
                    reason="tool-error",
                    statement=EVIL,
                    reviewer=EVIL,
                    evidence=EVIL,
                    expires=EVIL,
                    state="used",
                ),
            ),
            "attestations": (evil_attestation(),),
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
