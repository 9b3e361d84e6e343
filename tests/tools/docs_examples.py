"""`make examples`: the reports of recorded models, and the page that lists them."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.docs_pages import table

FOLDER = "reports/examples"
BUNDLED, CARDS = "reports/dossiers", f"{FOLDER}/dossiers"
FORMS = {BUNDLED: ("html", "json", "md", "spdx", "txt"), CARDS: ("html", "json", "txt")}
"""Suffixes of the English reports, by folder of dossiers: those of the package in every format."""
FICHES = {BUNDLED: ("en", "fr"), CARDS: ("fr",)}
WHOLE_IN_FRENCH = "meta-llama--Llama-3.2-3B"
"""The one whose whole page is made in French too."""
HEAD = """\
# Example reports

What the tool says of models that everybody speaks of. Each was made by `make examples` from a recording, so it speaks of that copy and that day; a live audit may read more. **Not established** means that the recording does not answer, neither yes nor no.

"""


def reports(root: Path, run: Callable[..., str]) -> dict[str, str]:
    """Every example by its path; `run` is the command line."""
    made: dict[str, str] = {}
    for folder in FORMS:
        for dossier in sorted((root / folder).glob("*.json")):
            for lang, suffixes in _calls(folder, dossier.stem):
                made |= _written(run, dossier.relative_to(root).as_posix(), lang, suffixes)
    return made


def _calls(folder: str, name: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Language and outputs of each call: the suffix to ask for, and that of the example.

    A fiche asks further questions, so it is made apart.
    """
    yield "en", [(f".{suffix}", f".{suffix}") for suffix in FORMS[folder]]
    if name == WHOLE_IN_FRENCH:
        yield "fr", [(".html", ".fr.html")]
    for lang in FICHES[folder]:
        yield lang, [(".fiche.html", f".fiche.{lang}.html")]


def _written(
    run: Callable[..., str], place: str, lang: str, suffixes: list[tuple[str, str]]
) -> dict[str, str]:
    """One call writes all formats of one language."""
    name = Path(place).stem
    with tempfile.TemporaryDirectory() as folder:
        outputs = [part for asked, _ in suffixes for part in ("-o", f"{folder}/{name}{asked}")]
        run("audit", place, "--quiet", "--lang", lang, *outputs, codes=(0, 1))
        return {
            f"{FOLDER}/{name}{shown}": Path(f"{folder}/{name}{asked}").read_text(encoding="utf-8")
            for asked, shown in suffixes
        }


def index(made: Mapping[str, str]) -> str:
    """The page that lists the examples: verdict, label, what blocks, and where to read on."""
    known = {path: json.loads(text) for path, text in made.items() if path.endswith(".json")}
    rows = [_row(path, report, made) for path, report in sorted(known.items(), key=_order)]
    told = {report["limits"][0]["en"] for report in known.values() if report.get("limits")}
    limits = "".join(f"- {one}\n" for one in sorted(told))
    head = ["model", "OSAID 1.0", "G7 label", "license", "what blocks", "to read"]
    return f"{HEAD}{table(head, rows)}\nWhat was recorded:\n\n{limits}"


def _order(entry: tuple[str, Any]) -> tuple[bool, str]:
    """Proven breaches first, then by name."""
    return _verdict(entry[1]) != "does_not_conform", entry[0].lower()


def _verdict(report: Any) -> str:
    return str(next(each["verdict"] for each in report["frameworks"] if each["id"] == "osaid-1.0"))


def _row(path: str, report: Any, made: Mapping[str, str]) -> list[str]:
    framework = next(each for each in report["frameworks"] if each["id"] == "osaid-1.0")
    blocking = [
        f"[{each['rule']}](../../docs/rules/{each['rule']}.md): {each['title']['en']}"
        for each in framework["findings"]
        if each["required"] and each["outcome"] == "not_met"
    ]
    label = report["label"]
    said = label["title"]["en"]
    if label["at_most"] != label["value"]:
        said += f"<br>at most: {label['at_most_title']['en']}"
    return [
        f"**{report['subject']['id']}**",
        _verdict(report).replace("_", " "),
        said,
        _license(report["license"]),
        "<br>".join(blocking) or "nothing proven",
        "<br>".join(_links(Path(path).stem, made)),
    ]


def _license(block: Any) -> str:
    """What was concluded; else what is declared, which is then not established."""
    if concluded := block.get("concluded"):
        return str(concluded.get("name") or concluded["id"])
    declared = dict.fromkeys(f"`{each['value']}`" for each in block.get("declared", ()))
    return f"declared: {', '.join(declared)}; not established" if declared else "not established"


def _links(name: str, made: Mapping[str, str]) -> Iterator[str]:
    shown = {
        ".html": "page",
        ".fr.html": "page en français",
        ".fiche.en.html": "fiche",
        ".fiche.fr.html": "fiche en français",
        ".txt": "text",
        ".md": "Markdown",
        ".spdx": "SPDX",
        ".json": "JSON",
    }
    for suffix, words in shown.items():
        if f"{FOLDER}/{name}{suffix}" in made:
            yield f"[{words}]({name}{suffix})"
