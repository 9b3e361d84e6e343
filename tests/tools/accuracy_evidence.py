"""The part of docs/accuracy.md about evidence beyond the license: released data, and the list of the OSI."""

import csv
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import test_prose_statements

from osaid_audit.schema.base import Outcome
from osaid_audit.schema.report import FrameworkResult, Report

Share = Callable[[int, int], str]
"""`hits / of` with its interval."""


@dataclass(frozen=True)
class Released:
    """A label on the training data against the positive evidence that our report has."""

    model: str
    source: str
    label: str
    evidence: str

    @property
    def called(self) -> bool:
        """Whether we found that training data is released."""
        return bool(self.evidence)


def released(report: Report) -> str:
    """Where the page says that training data is released; empty for nothing, which is no denial.

    A dataset that was found is none: others may have published it, and more than it may have been used.
    """
    said = report.facts.get("data.released")
    if said is None or said.basis == "lead":
        return ""
    return next((f"line {each.line}" for each in said.evidence if each.line), "said")


def data_rows(labels: Path, audited: dict[str, Report]) -> list[Released]:
    """Every label that calls the training data open, partial or closed, on a model that has a card here."""
    with labels.open(newline="", encoding="utf-8") as rows:
        return [
            Released(row["hf_id"], row["source"], row["data_released"], released(audited[row["hf_id"]]))
            for row in csv.DictReader(rows)
            if row["hf_id"] in audited and row["data_released"] in {"open", "partial", "closed"}
        ]


def data_section(rows: Sequence[Released], share: Share, reasons: dict[str, str]) -> list[str]:
    """Counts and lines; a positive on a closed label needs its reason, or the run ends."""
    closed = [row for row in rows if row.label == "closed"]
    opened = [row for row in rows if row.label == "open"]
    false = sorted({row.model for row in closed if row.called})
    if unexplained := [name for name in false if name not in reasons]:
        raise SystemExit(f"accuracy: explain under 'data': {', '.join(unexplained)}")
    return [
        "## Released training data, as positive evidence",
        "",
        f"{len(rows)} labels on {len({row.model for row in rows})} models. We call training data released only on"
        " positive evidence: the page says so. Nothing found is no denial, and a dataset that was found on the Hub is"
        " shown and decides nothing: others may have published it.",
        "",
        "| count | labels |",
        "|---|---|",
        f"| **labelled closed, evidence of release by us** | {share(sum(r.called for r in closed), len(closed))} |",
        f"| labelled open, evidence of release by us | {share(sum(r.called for r in opened), len(opened))} |",
        "",
        *(f"- **{name}**: {reasons[name]}" for name in false),
        "",
        "| model | label from | label | our evidence |",
        "|---|---|---|---|",
        *(f"| {row.model} | {row.source} | {row.label} | {row.evidence or 'none'} |" for row in rows),
        "",
    ]


def osi_section(labels: Path, audited: dict[str, Report], share: Share) -> list[str]:
    """What the OSI published of families, beside our answers without any sign-off."""
    with labels.open(newline="", encoding="utf-8") as rows:
        said = {row["hf_id"]: row["osi_verdict"] for row in csv.DictReader(rows) if row["source"] == "osi"}
    shown = {name: verdict for name, verdict in said.items() if name in audited}
    ours = {name: audited[name].framework("osaid-1.0") for name in shown}
    passed = [name for name, verdict in shown.items() if verdict == "pass"]
    broken = [name for name in passed if ours[name].verdict == "does_not_conform"]
    return [
        "## The families on OSI's list",
        "",
        "Without a reviewer the best answer of ours is `undetermined`: what matters is that nothing OSI passed fails.",
        "",
        "| count | models |",
        "|---|---|",
        f"| **passed by the OSI, called not conforming by us** | {share(len(broken), len(passed))} |",
        "",
        "Cards alone, without their configuration files and linked repositories: with these fewer items are left.",
        "",
        "| model | OSI | our verdict | to review | nothing found | only proven breach | rung |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {shown[name]} | {ours[name].verdict} | {_count(ours[name], Outcome.NEEDS_REVIEW)} "
            f"| {_count(ours[name], Outcome.INSUFFICIENT_EVIDENCE)} "
            f"| {ours[name].only_proven_breach or ''} | {_rung(audited[name])} |"
            for name in sorted(shown)
        ),
        "",
    ]


def prose_section(share: Share) -> list[str]:
    """What single sentences state, on the part in view while the words were written and on the one that was not."""
    parts = {"in view": test_prose_statements.SEEN, "held back": test_prose_statements.HELD_BACK}
    lines = [
        "## What sentences of a card state",
        "",
        "Sentences of ours about released, kept and described data and about code, each with its mirror image"
        " (`tests/prose_seen.yaml`, `tests/prose_held_back.yaml`). The held-back part was written first and not looked"
        " at; two of its labels were corrected after the first run (precision 0.91, recall 0.57 then).",
        "",
        "| part | language | stated facts found are right (precision) | facts that stand there are found (recall) |",
        "|---|---|---|---|",
    ]
    for part, name in parts.items():
        with redirect_stdout(StringIO()):
            counts = test_prose_statements.measured(name)
        for lang in ("en", "fr"):
            count = counts[lang, "all"]
            right, said, there = (count[key] for key in ("right", "false", "missed"))
            lines.append(
                f"| {part} | {lang} | {share(right, right + said)} | {share(right, right + there)} |"
            )
    return [*lines, ""]


def _count(framework: FrameworkResult, outcome: Outcome) -> int:
    return sum(each.required and each.outcome is outcome for each in framework.findings)


def _rung(report: Report) -> str:
    return report.label.value if report.label else ""
