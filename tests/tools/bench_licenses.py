"""Measure license recognition beside two packages on the same texts, and write docs/licenses-accuracy.md.

    PYTHONPATH=tests:. python -m tools.bench_licenses [SHARED_FOLDER] [--strict]

`pip install licenseclassifier pyaskalono` for the comparison; what is not installed is left out and said.
The limits are those for an idle machine; a figure past its limit is marked and ends the run with 1 only
under --strict.
"""

import argparse
import csv
import importlib.util
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from osaid_audit.licenses import entry, identify, spdx_list_version
from osaid_audit.licenses.texts import store
from tools.fingerprints.sources import known_id

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "licenses-accuracy.md"
ROUNDS = 3
ASKALONO_SCORE = 0.8
"""Below this score askalono's own program says nothing either."""
_LOAD = """
import resource, sys, time
from osaid_audit.licenses.texts import recognise, store
unit = 1 if sys.platform == "darwin" else 1024
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
store.load()
print((time.perf_counter() - start) * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit / 1e6)
"""


def texts(shared: Path) -> list[tuple[dict, str]]:
    folder = shared / "licenses-set"
    with (folder / "labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [(row, (folder / row["path"]).read_text(encoding="utf-8", errors="replace")) for row in rows]


def ours(text: str) -> tuple[set[str], bool]:
    """The ids, and whether the answer is that the text is approved."""
    found = identify(text)
    return {found.base or found.id or "NONE"}, bool(found.osi_approved)


def ask_licenseclassifier(text: str) -> tuple[set[str], bool]:
    from licenseclassifier import identify_license

    return _packaged({each.id for each in identify_license(text)})


def ask_askalono(text: str) -> tuple[set[str], bool]:
    import askalono

    found = askalono.identify(text)
    return _packaged({found.name} if found is not None and found.score >= ASKALONO_SCORE else set())


def _packaged(ids: set[str]) -> tuple[set[str], bool]:
    """A package's ids as those of our table; approved when all of them are."""
    rows = [entry(known_id(each) or each) for each in ids]
    return {row.id for row in rows if row}, bool(rows) and all(
        row is not None and row.osi_approved for row in rows
    )


def tools() -> dict[str, tuple[str, object]]:
    found = {"osaid-audit": (version_of_ours(), ours)}
    for module, package, ask in (
        ("licenseclassifier", "licenseclassifier", ask_licenseclassifier),
        ("askalono", "pyaskalono", ask_askalono),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{package} is not installed: left out of the comparison")
        else:
            found[package] = (version(package), ask)
    return found


def version_of_ours() -> str:
    from osaid_audit.version import __version__

    return __version__


def accuracy(ask, material) -> dict[str, int]:
    """Counts over the set; plain approved texts are those nothing was added to or changed in."""
    count = {
        "texts": 0,
        "false": 0,
        "plain": 0,
        "missed": 0,
        "ai": 0,
        "ai_right": 0,
        "mentions": 0,
        "mentions_taken": 0,
        "pert": 0,
        "pert_right": 0,
    }
    for row, text in material:
        ids, approved = ask(text)
        right = known_id(row["expected_id"]) in ids
        count["texts"] += 1
        count["false"] += row["osi_approved"] == "no" and approved
        if row["osi_approved"] == "yes" and not row["path"].endswith((".header.txt", "internlm-code.txt")):
            count["plain"] += 1
            count["missed"] += not (approved and right)
        if row["group"] in {"real-ai", "sc-ai"}:
            count["ai"] += 1
            count["ai_right"] += right
        if row["group"] == "pert":
            count["pert"] += 1
            count["pert_right"] += right
        if row["group"] == "fp":
            count["mentions"] += 1
            count["mentions_taken"] += bool(approved or (ask is not ours and ids)) or (
                ask is ours and identify(text).match not in {"mention", "unknown"}
            )
    return count


def speed(ask, material) -> list[float]:
    """Milliseconds of processor time per text, the best of three rounds, after one to warm up."""
    for _, text in material[:5]:
        ask(text)
    best = [float("inf")] * len(material)
    for _ in range(ROUNDS):
        for at, (_, text) in enumerate(material):
            start = time.process_time()
            ask(text)
            best[at] = min(best[at], (time.process_time() - start) * 1000)
    return best


def page(found: dict[str, dict], load: tuple[float, float], command: str) -> str:
    size = sum((ROOT / "rules" / "licenses" / name).stat().st_size for name in (store.HEAD, store.BODY))
    data = store.load()
    lines = [
        "# How well license texts are recognised",
        "",
        "<!-- generated by tests/tools/bench_licenses.py; do not edit -->",
        "",
        f"Measured on {datetime.now(UTC):%d %B %Y} with Python {platform.python_version()} on {platform.system()}"
        f" {platform.machine()}, by `{command}`. All figures come from one run over the same"
        f" {next(iter(found.values()))['texts']} labelled texts (not part of this repository).",
        "",
        "| | " + " | ".join(f"{name} {row['version']}" for name, row in found.items()) + " |",
        "|---|" + "---|" * len(found),
        *(
            f"| {title} | " + " | ".join(str(show(row)) for row in found.values()) + " |"
            for title, show in (
                ("restricted or changed texts called OSI-approved", lambda r: r["false"]),
                ("plain approved texts missed", lambda r: f"{r['missed']} of {r['plain']}"),
                ("AI license named rightly", lambda r: f"{r['ai_right']} of {r['ai']}"),
                (
                    "right license after reflow, Markdown, header, renamed company",
                    lambda r: f"{r['pert_right']} of {r['pert']}",
                ),
                ("READMEs taken for a license", lambda r: f"{r['mentions_taken']} of {r['mentions']}"),
                ("median, ms", lambda r: f"{r['median']:.1f}"),
                ("95th percentile, ms", lambda r: f"{r['p95']:.1f}"),
                ("slowest text, ms", lambda r: f"{r['max']:.1f}"),
                ("whole set, ms", lambda r: f"{r['total']:.0f}"),
            )
        ),
        "",
        f"Fingerprints: {len(data.known)} texts of {len({each for known in data.known for each in known.same})} licenses"
        f" (SPDX list {data.spdx_list}), {size / 1e6:.2f} MB, loaded in {load[0]:.0f} ms and {load[1]:.0f} MB.",
        f"SPDX license list of this run: {spdx_list_version()}. Times are processor time per text, the best of {ROUNDS} rounds.",
        "",
        "The fingerprints of the AI licenses were built from the labelled texts themselves, so that row shows that known",
        "texts are known again, not how unknown ones fare. A text that is not word for word a known one is never called",
        "approved; its nearest license and what differs are shown instead, and count as the right license above.",
        f"askalono's answers below a score of {ASKALONO_SCORE} count as none. The packages know no AI license but OpenMDW.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    ask = argparse.ArgumentParser()
    ask.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    ask.add_argument("--strict", action="store_true")
    args = ask.parse_args()
    if not (args.shared / "licenses-set").is_dir():
        print("the labelled license texts are not there: nothing to measure")
        return 0
    load = tuple(
        map(
            float,
            subprocess.run(
                [sys.executable, "-c", _LOAD], check=True, capture_output=True, text=True, cwd=ROOT
            ).stdout.split(),
        )
    )
    material = texts(args.shared)
    found = {}
    for name, (number, tool) in tools().items():
        times = sorted(speed(tool, material))
        found[name] = {
            "version": number,
            **accuracy(tool, material),
            "median": statistics.median(times),
            "p95": times[int(len(times) * 0.95)],
            "max": times[-1],
            "total": sum(times),
        }
    PAGE.write_text(page(found, load, "python -m tools.bench_licenses"), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    slow = [text for wrong, text in limits(found, load) if wrong]
    for text in slow:
        print("past its limit:", text)
    return int(bool(slow) and args.strict)


def limits(found: dict[str, dict], load: tuple[float, ...]) -> list[tuple[bool, str]]:
    own, others = found["osaid-audit"], found
    checks = [
        (own["false"] > 0, "a restricted text is called approved"),
        (own["missed"] > 0, "a plain approved text is missed"),
        (own["ai_right"] < own["ai"], "an AI license is not named"),
        (own["mentions_taken"] > 0, "a README is taken for a license"),
        (own["p95"] > 15, f"95th percentile {own['p95']:.1f} ms > 15"),
        (own["max"] > 40, f"slowest text {own['max']:.1f} ms > 40"),
        (load[0] > 60, f"loading {load[0]:.0f} ms > 60"),
        (load[1] > 40, f"loading {load[1]:.0f} MB > 40"),
    ]
    if "pyaskalono" in others:
        checks.append(
            (own["total"] * 10 > others["pyaskalono"]["total"], "less than ten times faster than pyaskalono")
        )
    if "licenseclassifier" in others:
        checks.append(
            (own["total"] > 1.1 * others["licenseclassifier"]["total"], "slower than licenseclassifier")
        )
    return checks


if __name__ == "__main__":
    sys.exit(main())
