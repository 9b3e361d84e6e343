"""`make bench`, second half: what the audit says of real cards, beside published labels. Writes docs/accuracy.md.

Needs ../shared (real cards and labels); without it, says so and leaves the page as it is.
Cards are real, of the dates in the corpus index; listings, sizes, gating and commits that nobody recorded are
synthetic (tests/hub/corpus.py), so `weights-present` is no measurement here and is left out.
"""

import csv
import math
import platform
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from hub.server import LocalHub

from osaid_audit import evaluate as evaluation
from osaid_audit.pipeline import audit_many
from osaid_audit.schema.base import Outcome
from osaid_audit.schema.report import Finding, Report
from tools.accuracy_evidence import data_rows, data_section, osi_section, prose_section
from tools.accuracy_scan import section_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
NOTES = Path(__file__).with_name("accuracy_notes.yaml")
"""One sentence per disagreement, written by hand after reading both sides."""
DATA_NOTES = Path(__file__).with_name("accuracy_data_notes.yaml")
"""The same for labels on training data."""
LABELS = SHARED / "truth" / "dev.csv"
LINEAGE = Path(__file__).with_name("lineage_labels.yaml")
"""Models that their own card derives from a restricted base: ours, by reading."""


@dataclass(frozen=True)
class Row:
    """One label against our answer. `label` is yes, no or unknown: are the weights' terms OSI-approved?"""

    model: str
    source: str
    label: str
    written: str
    finding: Finding
    rung: str

    @property
    def answer(self) -> str:
        """Our answer in the words of the labels; a review or missing evidence is undecided."""
        return {Outcome.MET: "yes", Outcome.NOT_MET: "no"}.get(self.finding.outcome, "undecided")


def wilson(hits: int, of: int) -> str:
    """`hits / of (share, 95 % Wilson interval)`."""
    if not of:
        return "0 / 0"
    z, share = 1.96, hits / of
    middle, spread = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (100 * (middle + sign * spread) / (1 + z * z / of) for sign in (-1, 1))
    return f"{hits} / {of} ({100 * share:.0f} %, 95 % interval {max(low, 0):.0f} to {min(high, 100):.0f} %)"


def cards() -> list[str]:
    """The ids of every real or rebuilt Hub card of the corpus."""
    with (SHARED / "corpus" / "index.csv").open(newline="", encoding="utf-8") as rows:
        return sorted({row["hf_id"] for row in csv.DictReader(rows) if row["kind"].startswith("hf_card")})


def reports(ids: Sequence[str]) -> dict[str, Report]:
    """Each id audited through the local Hub; an id that cannot be audited ends the run."""
    with LocalHub.from_corpus(SHARED / "corpus") as hub, tempfile.TemporaryDirectory() as cache:
        made = audit_many(ids, endpoint=hub.url, cache_dir=Path(cache), links=False)
    failed = [
        f"{name}: {report}" for name, report in zip(ids, made, strict=True) if isinstance(report, Exception)
    ]
    if failed:
        raise SystemExit("accuracy: could not audit\n" + "\n".join(failed))
    return {name: report for name, report in zip(ids, made, strict=True) if isinstance(report, Report)}


def weights_license(report: Report) -> Finding:
    """The finding that the labels speak of."""
    return next(one for one in report.framework("osaid-1.0").findings if one.rule == "weights-license")


def rung(report: Report) -> str:
    """The G7 rung, which the terms of base models bear on as well."""
    return report.label.value if report.label else "not evaluated"


def published(audited: dict[str, Report]) -> list[Row]:
    """Every published row on a model that has a card here; its label may be unknown."""
    with LABELS.open(newline="", encoding="utf-8") as rows:
        return [
            Row(
                row["hf_id"],
                row["source"],
                row["weights_license_osi"] or "unknown",
                row["weights_license_label"] or "(blank)",
                weights_license(audited[row["hf_id"]]),
                rung(audited[row["hf_id"]]),
            )
            for row in csv.DictReader(rows)
            if row["hf_id"] in audited
        ]


def written(file: Path) -> dict[str, str]:
    """A hand-written table, by model id."""
    found = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {str(name): str(reason) for name, reason in found.items()}


def derived(audited: dict[str, Report]) -> list[str]:
    """How the models stand that were made from a restricted one: none may be called open weights."""
    bases = written(LINEAGE)
    opened = [name for name in bases if rung(audited[name]).startswith("open")]
    broken = [name for name in bases if rung(audited[name]) in {"weights-available", "no-license"}]
    return [
        "| count | models |",
        "|---|---|",
        f"| **rung of ours open-weights or above** | {wilson(len(opened), len(bases))} |",
        f"| a restriction or a missing license established | {wilson(len(broken), len(bases))} |",
        f"| left undetermined | {wilson(len(bases) - len(opened) - len(broken), len(bases))} |",
        "",
        *(f"- {name} ({bases[name]}): {rung(audited[name])}" for name in opened),
    ]


def score(rows: Sequence[Row]) -> list[str]:
    """The counts that matter, worst error first."""
    restricted = [row for row in rows if row.label == "no"]
    opened = [row for row in rows if row.label == "yes"]
    decided = [row for row in rows if row.answer != "undecided"]
    agree = [row for row in decided if row.answer == row.label]
    return [
        "| count | labels |",
        "|---|---|",
        f"| **labelled restricted, called open by us** | {wilson(sum(r.answer == 'yes' for r in restricted), len(restricted))} |",
        f"| **labelled restricted, rung of ours open-weights or above** | {wilson(sum(r.rung.startswith('open') for r in restricted), len(restricted))} |",
        f"| labelled open, called restricted by us | {wilson(sum(r.answer == 'no' for r in opened), len(opened))} |",
        f"| decided by us (met or not met) | {wilson(len(decided), len(rows))} |",
        f"| of the decided, as labelled | {wilson(len(agree), len(decided))} |",
    ]


def table(rows: Iterable[Row]) -> list[str]:
    """Label against answer, one line each."""
    lines = [
        "| model | label from | label | OSI? | our weights-license | our rung |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        written = row.written if len(row.written) < 60 else row.written[:57] + "..."
        lines.append(
            f"| {row.model} | {row.source} | {written} | {row.label} | {row.finding.outcome.value} | {row.rung} |"
        )
    return lines


def disagreements(rows: Sequence[Row]) -> list[str]:
    """Each model whose answer is not the label, with the reason. A missing reason ends the run."""
    reasons = written(NOTES)
    names = sorted({row.model for row in rows if row.answer != row.label})
    unexplained = [name for name in names if name not in reasons]
    if unexplained:
        raise SystemExit(f"accuracy: explain in {NOTES.name}: {', '.join(unexplained)}")
    return [f"- **{name}**: {reasons[name]}" for name in names] or ["None."]


def spread(audited: dict[str, Report]) -> list[str]:
    """What all cards gave: outcomes of weights-license and verdicts."""
    outcomes = Counter(weights_license(report).outcome.value for report in audited.values())
    labels = Counter(report.label.value for report in audited.values() if report.label)
    verdicts = Counter(str(report.framework("osaid-1.0").verdict) for report in audited.values())
    lines = ["| question | answers |", "|---|---|"]
    for name, counter in (("weights-license", outcomes), ("osaid-1.0", verdicts), ("G7 label", labels)):
        lines.append(
            f"| {name} | " + ", ".join(f"{key} {count}" for key, count in counter.most_common()) + " |"
        )
    return lines


def machine() -> str:
    """What it was measured on; accuracy does not depend on it, the line is for the record."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, after commit {commit or 'unknown'}"


def head() -> list[str]:
    """What was measured, when, on what and from whose labels."""
    return [
        "<!-- made by `make bench`; the reasons stand in tests/tools/accuracy_notes.yaml -->",
        "",
        "# Accuracy",
        "",
        f"Made {datetime.now(UTC):%Y-%m-%d} by `make bench` on {machine()}; rules {evaluation.load().version}.",
        "Cards are real, of 2020 to 2026 (some with rebuilt front matter); listings, sizes, gating and commits that"
        " nobody recorded are synthetic, and off-Hub links were not followed. Labels are other people's, published"
        " under the sources' names: MOT, the European Open Source AI Index (CC-BY-4.0), opening-up-chatgpt"
        " (CC-BY-4.0), open-llms, a mirror of the Hub's license field.",
        "",
    ]


def page(audited: dict[str, Report]) -> str:
    """The whole page."""
    found = published(audited)
    rows = [row for row in found if row.label != "unknown"]
    lines = [
        *head(),
        "## The license of the weights, against published labels",
        "",
        f"{len(found)} published rows speak of {len({row.model for row in found})} models that have a card here;"
        f" {len(found) - len(rows)} of them leave the license of the weights blank or call it unclear, which leaves"
        f" {len(rows)} labels on {len({row.model for row in rows})} models. These cards were in view while the"
        " patterns were written: it is the development set, not an unseen one. In its first run four cards of"
        " Llama 2 were undecided, because they name no license id but link Meta's download page; that address then"
        " became part of the license's entry.",
        "",
        *score(rows),
        "",
        *table(rows),
        "",
        "### Where we and a label differ",
        "",
        *disagreements(rows),
        "",
        *osi_section(LABELS, audited, wilson),
        *data_section(data_rows(LABELS, audited), wilson, written(DATA_NOTES)),
        *prose_section(wilson),
        "## Models made from a restricted one",
        "",
        "Cards that say themselves which restricted model they come from (our reading, tests/tools/lineage_labels.yaml)."
        " Many name a base that is not in the corpus, so only a hint can be seen here; live, the base is read.",
        "",
        *derived(audited),
        "",
        "## All cards",
        "",
        f"{len(audited)} cards audited, none crashed. No label exists for most, so this shows the spread, not the truth.",
        "",
        *spread(audited),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and write the page, or say why not."""
    if not (SHARED / "corpus").is_dir():
        print("accuracy: skipped, the folder ../shared (real cards, labels) is not beside this checkout")
        return
    scans = section_of(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page(reports(cards())) + scans, encoding="utf-8")
    print(f"accuracy: wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
