"""Scans made by hand for the tests of what shows them; the models in them do not exist."""

import hashlib
import json
from itertools import cycle
from typing import Any

from junitparser import JUnitXml
from sample_parts import t
from samples import restricted, signed, undecided

from osaid_audit.render.scan import SCAN_FORMATS, render_scan
from osaid_audit.schema.asked import Asked
from osaid_audit.schema.base import Level, Text
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.report import RulesVersion
from osaid_audit.schema.scan import (
    Alert,
    LeftOut,
    Reference,
    ScanReport,
    Skipped,
    Unaudited,
    Unresolved,
)
from osaid_audit.schema.waivers import ReportedWaiver

CIDER, PEAR, PLUM = restricted().subject, signed().subject, undecided().subject
GONE = "orchard/withered-7b"


def alert(
    check: str, model: str, file: str | None, line: int | None, level: Level = "error", **more: Any
) -> Alert:
    text = "\n".join((check, model, file or ""))
    fields: dict[str, Any] = {
        "check": check,
        "level": level,
        "model": model,
        "file": file,
        "line": line,
        "title": t(f"Check {check}", f"Contrôle {check}"),
        "message": t(f"{model} breaks {check}.", f"{model} enfreint {check}."),
        "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Alert(**fields | more)


def named(model: str, file: str, line: int, **more: Any) -> Reference:
    fields: dict[str, Any] = {
        "id": model,
        "kind": "model",
        "file": file,
        "line": line,
        "how": "from_pretrained",
        "confidence": "high",
    }
    return Reference(**fields | more)


def scan(**more: Any) -> ScanReport:
    fields: dict[str, Any] = {
        "tool": Tool(name="osaid-audit", version="0.1.0"),
        "rules": RulesVersion(version="1.0.0", sha256="5e" * 32),
        "as_of": "2026-11-20",
        "files": 12,
    }
    return ScanReport(**fields | more)


def asked(**more: Any) -> Asked:
    """The defaults, in a policy file."""
    fields: dict[str, Any] = {
        "require": "open-weights",
        "label": t("Open Weights AI", "IA à poids ouverts"),
        "fail_on": "not-met",
        "frameworks": ("osaid-1.0", "g7-2026"),
        "norms": ("osaid-1.0",),
        "pins": "none",
        "gating": "allow",
        "undetermined": "error",
        "policy": "osaid-audit.toml",
    }
    return Asked(**fields | more)


NOTHING: dict[str, Any] = {"require": "none", "label": None, "fail_on": "never", "nothing": True}


LICENSE = {
    "revision": CIDER.revision,
    "title": t("Terms on the weights", "Conditions attachées aux poids"),
    "message": t(
        "The license Orchard Community License 2 restricts what the weights may be used for.",
        "La licence Orchard Community License 2 restreint les usages des poids.",
    ),
    "next": t(
        "Choose a model under an open source license.", "Choisissez un modèle sous licence open source."
    ),
    "url": f"https://hub.example/{CIDER.id}/blob/{CIDER.revision}/LICENSE",
}


def mixed() -> ScanReport:
    """One fails at two places, one rests on a person's word, one is gone, one is undetermined; and asides."""
    return scan(
        policy="osaid-audit.toml",
        demanded=asked(overrides=1, findings={"access-gating": "never"}, pins="revision"),
        left_out=(LeftOut(path="node_modules", why="vendored"), LeftOut(path="out", why="ignored")),
        left_out_count=2,
        references=(
            named("press/benchmark-set", "src/eval.py", 8, kind="dataset", how="load_dataset"),
            named(CIDER.id, "deploy/values.yaml", 31, column=14, how="storageUri"),
            named(CIDER.id, "src/app.py", 12, column=40),
            named(GONE, "src/app.py", 30, column=9),
            named(PEAR.id, "src/app.py", 44, column=9, revision=PEAR.revision),
            named(PLUM.id, "src/eval.py", 3, column=21),
            named("maybe/a-path", "Makefile", 9, how="word", confidence="low"),
        ),
        unresolved=(
            Unresolved(file="src/app.py", line=51, why="variable", text="AutoModel.from_pretrained(name)"),
            Unresolved(file="litellm.yaml", line=4, why="hosted service", text="hosted/large-1"),
        ),
        skipped=(Skipped(file="data/huge.json", why="too large"),),
        reports=(restricted(), signed(), undecided()),
        unaudited=(
            Unaudited(
                id=GONE,
                why=Text(
                    en="There is no such repository, or it is private.",
                    fr="Ce dépôt n'existe pas, ou il est privé.",
                ),
                next=Text(
                    en="Check the id, or give a token that can read it.",
                    fr="Vérifiez l'identifiant, ou donnez un jeton qui y donne accès.",
                ),
                file="src/app.py",
                line=30,
            ),
        ),
        alerts=(
            alert("weights-license", CIDER.id, "deploy/values.yaml", 31, column=14, **LICENSE),
            alert("weights-license", CIDER.id, "src/app.py", 12, column=40, **LICENSE),
            alert("pinned-revision", PLUM.id, "src/eval.py", 3, level="warning", column=21),
            alert("gating", CIDER.id, "src/app.py", 12, level="note", column=40),
        ),
    )


def passing() -> ScanReport:
    """A model that passes, and nothing else."""
    here = named(PEAR.id, "src/app.py", 44, revision=PEAR.revision)
    return scan(references=(here,), reports=(signed(),))


def unasked() -> ScanReport:
    """The restricted model, where nothing is asked of any."""
    here = named(CIDER.id, "src/app.py", 12)
    return scan(references=(here,), reports=(restricted(),), demanded=asked(policy=None, **NOTHING))


def demanding(**more: Any) -> ScanReport:
    """A model that passes where everything is asked that can be."""
    fields: dict[str, Any] = {
        "fail_on": "undetermined",
        "verdicts": {"osaid-1.0": "conforms", "mof-1.1": "any"},
        "findings": {f"rule-{n}": "not-met" for n in range(7)},
        "licenses": ("osi",),
        "pins": "commit",
        "gating": "warning",
        "undetermined": "note",
        "overrides": 2,
        "lock": True,
        "baseline": True,
        "allow_unaudited": True,
    }
    return passing().model_copy(update={"demanded": asked(**fields | more)})


def empty() -> ScanReport:
    """No model anywhere."""
    return scan(files=0)


def unresolved_only() -> ScanReport:
    """A model is named, and nobody can tell which."""
    return scan(unresolved=(Unresolved(file="app.py", line=1, why="variable", text="load(x)"),))


def unaudited_only(*, allowed: bool = False) -> ScanReport:
    """The network was down."""
    here = named(GONE, "app.py", 2)
    down = Unaudited(
        id=GONE,
        why=Text(en="The Hub could not be reached.", fr="Le Hub est injoignable."),
        file="app.py",
        line=2,
    )
    return scan(references=(here,), unaudited=(down,), allow_unaudited=allowed)


def let_through() -> ScanReport:
    return unaudited_only(allowed=True)


def waived() -> ScanReport:
    """The restricted model, its finding accepted until a day; another waiver has run out."""
    fields = {
        "rule": "weights-license",
        "model": CIDER.id,
        "reason": "accepted-risk",
        "statement": "For a demonstration only.",
        "reviewer": "Ada Exemple",
        "expires": "2027-01-31",
        "state": "used",
    }
    old = fields | {"model": "orchard/*", "expires": "2026-01-31", "state": "expired"}
    fields["evidence"] = "https://tickets.example/7"
    return scan(
        demanded=asked(baseline=True),
        references=(named(CIDER.id, "src/app.py", 12),),
        reports=(restricted(),),
        alerts=(
            alert("weights-license", CIDER.id, "src/app.py", 12, waived=True, accepted_by=(0,), **LICENSE),
            alert("expired-waiver", "orchard/*", None, None, level="warning"),
        ),
        waivers=(ReportedWaiver(**fields), ReportedWaiver(**old)),
    )


def known() -> ScanReport:
    """The restricted model, which was there before the check was."""
    return scan(
        references=(named(CIDER.id, "src/app.py", 12),),
        reports=(restricted(),),
        alerts=(alert("weights-license", CIDER.id, "src/app.py", 12, known=True, **LICENSE),),
    )


def references_only() -> ScanReport:
    """--no-audit."""
    full = mixed()
    keep = {"references", "unresolved", "skipped", "files"}
    return scan(audited=False, rules=None, as_of=None, **{k: getattr(full, k) for k in keep})


def forgotten() -> ScanReport:
    """A model is surely named, and the record says nothing of it; forty more were not looked at."""
    lost = tuple(named(f"orchard/lost-{i:02}", "app.py", 10 + i, confidence="low") for i in range(40))
    return scan(references=(named(GONE, "app.py", 2), *lost))


SCANS = {
    "mixed": mixed,
    "passing": passing,
    "unasked": unasked,
    "empty": empty,
    "unresolved": unresolved_only,
    "unaudited": unaudited_only,
    "let_through": let_through,
    "waived": waived,
    "known": known,
    "references": references_only,
    "forgotten": forgotten,
}


EVIL = (
    "x\n::error file=a,line=1::pwned\r##[add-mask]y%0A: , \"quote' ]]></failure></details><img src=x>"
    "\u202eevil\u2066\x00\x1b[31m\ufffe\x9b{0}[a](javascript:alert(1))|`code`|\\|@all #1 https://evil.example"
)
LONG = "word " * 2_000 + EVIL


def hostile() -> ScanReport:
    """A hostile text in every place that a scanned file, a card or a reply can fill."""
    base = mixed()
    title = t(EVIL, EVIL)
    bad = {"title": title, "message": t(LONG, LONG), "next": title, "url": "javascript:alert(1)"}
    file = f"../../{EVIL}/a b.py"
    cider, *others = base.reports
    subject = cider.subject.model_copy(update={"canonical_id": EVIL, "url": "javascript:alert(2)"})
    return base.model_copy(
        update={
            "root": "../elsewhere",
            "policy": EVIL,
            "demanded": asked(
                require=EVIL,
                label=title,
                norms=(EVIL,),
                verdicts={EVIL: EVIL},
                findings={EVIL: "never"},
                licenses=(EVIL,),
                policy=EVIL,
            ),
            "left_out": (LeftOut(path=EVIL, why=EVIL),),
            "references": (named(CIDER.id, file, 3, how=EVIL), named(EVIL, EVIL, 0, revision=EVIL)),
            "unresolved": (Unresolved(file=EVIL, line=1, why=EVIL, text=LONG),),
            "skipped": (Skipped(file=EVIL, why=EVIL),),
            "reports": (cider.model_copy(update={"subject": subject}), *others),
            "unaudited": (
                Unaudited(
                    id=EVIL,
                    revision=EVIL,
                    why=Text(en=LONG, fr=LONG),
                    next=Text(en=EVIL, fr=EVIL),
                    file=EVIL,
                    line=-4,
                ),
            ),
            "alerts": (
                alert(EVIL, CIDER.id, file, 3, revision=CIDER.revision, **bad),
                alert("weights-license", CIDER.id, "/etc/passwd", None, "warning", **bad),
                alert("weights-license", EVIL, "::error::x", 7, "note", **bad),
                alert("weights-license", EVIL, EVIL, 7, waived=True, accepted_by=(-1, 0, 9), **bad),
            ),
            "waivers": (
                ReportedWaiver(
                    rule=EVIL,
                    model=EVIL,
                    revision=EVIL,
                    reason="tool-error",
                    statement=LONG,
                    reviewer=EVIL,
                    expires=EVIL,
                    state="unused",
                    why=title,
                ),
            ),
        }
    )


def many(n: int) -> ScanReport:
    """One model with `n` findings in a hundred files."""
    alerts = tuple(
        alert(f"check-{i % 40}", CIDER.id, f"src/f{i % 100}.py", i + 1, level, **LICENSE)
        for i, level in zip(range(n), cycle(("error", "warning", "warning")), strict=False)
    )
    return scan(reports=(restricted(),), alerts=alerts)


def many_models(n: int) -> ScanReport:
    """`n` models, each with a finding of its own."""
    one = restricted()
    reports, alerts, references = [], [], []
    for i in range(n):
        name = f"orchard/sort-{i}"
        subject = CIDER.model_copy(update={"id": name, "canonical_id": name})
        reports.append(one.model_copy(update={"subject": subject}))
        alerts.append(alert("weights-license", name, "src/app.py", i + 1, **LICENSE))
        references.append(named(name, "src/app.py", i + 1))
    return scan(reports=tuple(reports), alerts=tuple(alerts), references=tuple(references))


def results(made: ScanReport, **more: str) -> list[dict[str, Any]]:
    """The results of the SARIF of a scan."""
    return json.loads(render_scan(made, "sarif", **more))["runs"][0]["results"]


def cases(made: ScanReport) -> dict[str, object]:
    """How every test of a JUnit file ended, as junitparser reads it."""
    read = JUnitXml.fromstring(render_scan(made, "junit").encode())
    ended = {}
    for suite in read:
        for case in suite:
            key = f"{case.classname} {case.name}"
            assert key not in ended, "GitLab drops the second test of the same name"
            ended[key] = case.result[0] if case.result else None
    return ended


def _demanding() -> tuple[ScanReport, ...]:
    """What the other samples do not ask for, accept or leave out."""
    reasons = ("excluded", "link", "own")
    findings = {"rule-1": "undetermined", "rule-2": "never"}
    bare = alert("label", CIDER.id, "a.py", 1, waived=True)
    return (
        demanding(gating="error", undetermined="warning", overrides=1, unasked=1),
        demanding(pins="revision", findings=findings, licenses=(), unasked=2),
        scan(
            reports=(restricted(),),
            alerts=(bare,),
            left_out=tuple(LeftOut(path=each, why=each) for each in reasons),
            unresolved=(Unresolved(file="a.py", line=1, why="local folder"),),
        ),
        scan(left_out=(LeftOut(path="a", why="own"),)),
    )


def show_all() -> None:
    """Say everything once that a scan can say."""
    for make in (*SCANS.values(), hostile):
        for form in SCAN_FORMATS:
            render_scan(make(), form, "fr")
    render_scan(mixed(), "markdown", "fr", limit=3_000)
    for made in _demanding():
        for form in SCAN_FORMATS:
            render_scan(made, form, "fr")
    for form in SCAN_FORMATS:
        render_scan(many(5_100), form, "fr")
        render_scan(many_models(200), form, "fr")
