"""Write rules/opinions/*.csv from published labels: `python -m tools.make_opinions LABELS.csv`.

Only what a source itself judged is kept, in its words; nothing of it enters a verdict. What the Open Source
Initiative said of a family stands at the ids that bear the family's name, and each row says so.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "rules" / "opinions"
Row = dict[str, str]
_COLUMNS = ("id", "date", "judgement", "url")
_OSI = {
    "pass": "passes",
    "fail": "does not pass",
    "would-pass-with-licence": "would pass under other terms",
}
_ALSO_OSI = {
    "pass": (
        "allenai/OLMo-1B",
        "allenai/OLMo-7B",
        "LLM360/CrystalCoder",
        "google-t5/t5-small",
        "google-t5/t5-base",
        "google-t5/t5-large",
        "google-t5/t5-3b",
        "google-t5/t5-11b",
    ),
    "would-pass-with-licence": (
        "bigscience/bloom",
        "bigcode/starcoder2-3b",
        "bigcode/starcoder2-7b",
        "bigcode/starcoder2-15b",
    ),
    "fail": ("xai-org/grok-1", "microsoft/phi-2"),
}
"""Ids bearing the name of a family on OSI's list that the labels have no row for."""
_OSI_DATE = "2024-10"
_CLASSES = {"1": "Class I", "2": "Class II", "3": "Class III", "0": "no class"}
_SURE = {"given", "fixed", "renamed"}
"""How an id was found: named by the source, or the same repository under its right or newer name."""
_MOT_RECORD = "https://github.com/lfai/model_openness_tool/blob/8b5d30e/models/"
_OSAI = "https://github.com/Language-Technology-Assessment/main-database/tree/5a388e8"
_OSI_LIST = "https://hackmd.io/@opensourceinitiative/osaid-faq"
_CRITERIA = (
    ("weights_released", "weights"),
    ("data_released", "training data"),
    ("code_released", "training code"),
    ("project_license_criterion", "licenses"),
)


def main(labels: Path) -> None:
    """Rewrite the three tables."""
    with labels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, read in _SOURCES.items():
        opinions = {tuple(each) for row in rows if row["source"] == name for each in read(row)}
        opinions |= set(_also_osi()) if name == "osi" else set()
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_COLUMNS)
            writer.writerows(sorted(opinions))


def _osi(row: Row) -> Iterator[tuple[str, ...]]:
    yield _osi_row(row["hf_id"], row["label_date"], row["osi_verdict"])


def _also_osi() -> Iterator[tuple[str, ...]]:
    for verdict, ids in _ALSO_OSI.items():
        yield from (_osi_row(each, _OSI_DATE, verdict) for each in ids)


def _osi_row(name: str, date: str, verdict: str) -> tuple[str, ...]:
    said = f"{_OSI[verdict]} (said of the family; the size reviewed is not stated)"
    return name, date, said, _OSI_LIST


def _mot(row: Row) -> Iterator[tuple[str, ...]]:
    if row["id_basis"] not in _SURE:
        return
    record = row["notes"].partition("mot:")[2].split()[0] if "mot:" in row["notes"] else ""
    words = f"{_CLASSES[row['mof_class']]} (its published algorithm, run again on its record)"
    yield row["hf_id"], row["label_date"], words, f"{_MOT_RECORD}{record}" if record else _MOT_RECORD


def _osai(row: Row) -> Iterator[tuple[str, ...]]:
    said = [f"{words} {row[column]}" for column, words in _CRITERIA if row[column] not in {"", "unknown"}]
    if row["id_basis"] in _SURE and said:
        yield row["hf_id"], row["label_date"], ", ".join(said), _OSAI


_SOURCES: dict[str, Callable[[Row], Iterator[tuple[str, ...]]]] = {"osi": _osi, "mot": _mot, "osai": _osai}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
