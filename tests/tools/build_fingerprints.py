"""Build rules/licenses/fingerprints.json from labelled texts that stay outside the repository.

    python tests/tools/build_fingerprints.py SHARED_FOLDER

Reads `licenses-set/labels.csv`, the license texts of `corpus/index.csv` and the SPDX templates of
`spdx-xml`, and writes digests of normalised words with id, variant, word count and source: no text.
"""

import csv
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from osaid_audit.licenses import entries, entry, fingerprint
from osaid_audit.licenses.identify import is_title_of
from osaid_audit.licenses.normalise import lines

OUT = Path(__file__).parents[2] / "rules" / "licenses" / fingerprint.FILE
_GROUPS = {"spdx", "real-open", "real-ai", "sc-ai"}
_NAMES = {
    "moonshot-modified-mit": "LicenseRef-moonshot-modified-mit",
    "tongyi-research": "LicenseRef-tongyi-qianwen-research",
    "stability-ai-nc": "LicenseRef-stability-ai-nc-research",
    "stability-community": "LicenseRef-stability-ai-community",
    "falcon-2-11b": "LicenseRef-falcon-2-11b-1.0",
    "minimax-model": "LicenseRef-minimax-model",
    "rail-s-1.1": "LicenseRef-responsible-ai-source-1.1",
    "playground-v2": "LicenseRef-playground-v2-community",
    "fair-ai-public": "LicenseRef-fair-ai-public-1.0",
    "gemma-pup": "LicenseRef-gemma-prohibited-use-policy",
    "apple-sample-code": "LicenseRef-apple-ascl",
    "nvidia-source-nc": "LicenseRef-nvidia-source-code-nc",
    "nvidia-open-model": "LicenseRef-nvidia-open-model",
    "tencent-hunyuan": "LicenseRef-tencent-hunyuan",
    "tencent-hunyuan-3d": "LicenseRef-tencent-hunyuan-3d-2.0",
}
"""Labels of the set whose license goes by another id in the table."""
_CORPUS = {
    "Llama-2-7b": "llama2",
    "Meta-Llama-3-8B": "llama3",
    "Llama-3.1-8B": "llama3.1",
    "Llama-3.2-3B": "llama3.2",
    "Llama-3.3-70B-Instruct": "llama3.3",
    "Llama-4-Scout-17B-16E": "llama4",
    "Llama-Guard-3-8B": "llama3.2",
    "Llama-Guard-4-12B": "llama4",
    "Llama-Prompt-Guard-2-86M": "llama4",
    "stable-diffusion-xl-base-0.9": "LicenseRef-sdxl-0.9-research",
    "sdxl-turbo": "LicenseRef-stability-ai-nc-research",
    "sd-turbo": "LicenseRef-stability-ai-nc-research",
    "sv3d": "LicenseRef-stability-ai-nc-research",
    "stable-video-diffusion-img2vid": "LicenseRef-stability-ai-nc-research",
    "stable-diffusion-v1-4": "creativeml-openrail-m",
    "stable-diffusion-2": "openrail++",
}
"""Texts of the corpus by the last part of their id, each looked at by a person."""
_SAME_TEXT = {
    "MPL-2.0-no-copyleft-exception": "MPL-2.0",
    "OFL-1.1-RFN": "OFL-1.1",
    "OFL-1.1-no-RFN": "OFL-1.1",
}
"""Ids of one text whose difference lies in a notice elsewhere; all of them are OSI-approved."""
_BLOCK = {"p", "item", "list", "br", "titleText", "copyrightText", "standardLicenseHeader", "bullet"}
_SKIP = {"crossRefs", "notes", "obsoletedBys"}


class Row(NamedTuple):
    """One fingerprint to write."""

    digest: str
    id: str
    variant: str
    words: int
    source: str


def main(shared: Path) -> None:
    """Write the file and say how many fingerprints it holds."""
    found: dict[tuple[str, str], Row] = {}
    for text, name, variant, source in [*_labelled(shared), *_corpus(shared), *_templates(shared)]:
        for row in _rows(text, name, variant, source):
            found.setdefault((row.digest, row.id), row)
    rows = _without_clashes(sorted(found.values()))
    sources = sorted({row.source for row in rows})
    document = {
        "about": "Digests of normalised words of license texts; made by tests/tools/build_fingerprints.py.",
        "date": "2026-11-21",
        "sources": sources,
        "variants": [[row.digest, row.id, row.variant, row.words, sources.index(row.source)] for row in rows],
    }
    head = {key: value for key, value in document.items() if key != "variants"}
    body = ",\n".join(f"  {json.dumps(row)}" for row in document["variants"])
    OUT.write_text(json.dumps(head, indent=1)[:-2] + f',\n "variants": [\n{body}\n ]\n}}\n', encoding="utf-8")
    print(f"{len(rows)} fingerprints of {len({row.id for row in rows})} licenses, {OUT.stat().st_size} bytes")


def _rows(text: str, name: str, variant: str, source: str) -> Iterator[Row]:
    """The text as it is, and without its title lines."""
    known = entry(known_id(name) or "")
    if known is None:
        print(f"no entry for {name}", file=sys.stderr)
        return
    own = lines(text)
    for count in range(min(4, len(own)) + 1):
        if count and not identify_title(own[:count], known.id):
            return
        body = tuple(word for line in own[count:] for word in line)
        if len(body) >= 12:
            kind = variant if not count else f"{variant}, without title"
            yield Row(fingerprint.digest(body), known.id, kind, len(body), source)


def identify_title(title: tuple[tuple[str, ...], ...], license_id: str) -> bool:
    """Whether these lines are but the name of the license, as `identify` sees it."""
    return all(len(line) <= 12 for line in title) and is_title_of(title, license_id)


def known_id(label: str) -> str | None:
    """The id in the table of a label of the set."""
    found = entry(_family_id(_NAMES.get(label, label)))
    return found.id if found else None


def _family_id(name: str) -> str:
    """GNU texts are the same for -only and -or-later: the id says neither."""
    gnu = re.fullmatch(r"((?:A|L)?GPL-[0-9.]+)(?:-only|-or-later|\+)", name)
    return gnu[1] if gnu else _SAME_TEXT.get(name, name)


def _labelled(shared: Path) -> Iterator[tuple[str, str, str, str]]:
    folder = shared / "licenses-set"
    with (folder / "labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["group"] in _GROUPS:
                text = (folder / row["path"]).read_text(encoding="utf-8", errors="replace")
                yield from _forms(text, row["expected_id"], row["source"])


def _corpus(shared: Path) -> Iterator[tuple[str, str, str, str]]:
    folder = shared / "corpus"
    with (folder / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = _CORPUS.get(row["hf_id"].rsplit("/", 1)[-1])
            if row["kind"] == "license_text" and name:
                text = (folder / row["file"]).read_text(encoding="utf-8", errors="replace")
                yield from _forms(text, name, row["source"])


def _forms(text: str, name: str, source: str) -> Iterator[tuple[str, str, str, str]]:
    """The text, and of Apache-2.0 also what people leave off its end."""
    yield text, name, "full", source
    if name == "Apache-2.0" and "APPENDIX:" in text:
        terms = text[: text.index("APPENDIX:")]
        yield terms, name, "without appendix", source
        yield terms.replace("END OF TERMS AND CONDITIONS", ""), name, "terms only", source


def _templates(shared: Path) -> Iterator[tuple[str, str, str, str]]:
    """SPDX templates of approved licenses and of every other license of the table, options in and out."""
    wanted = {row.id for row in entries()}
    for path in sorted((shared / "spdx-xml").glob("*.xml")):
        known = entry(path.stem)
        if known is None or (known.id not in wanted and not known.osi_approved):
            continue
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        body = next(node for node in root.iter() if _tag(node) == "text")
        for options in (True, False):
            text = "".join(_render(body, options))
            variant = "template" if options else "template without options"
            yield text, path.stem, variant, f"spdx/license-list-XML {path.name}"


def _tag(node: ET.Element) -> str:
    return node.tag.rsplit("}", 1)[-1]


def _render(node: ET.Element, options: bool) -> Iterator[str]:
    tag = _tag(node)
    if tag in _SKIP or (tag == "optional" and not options):
        yield re.sub(r"\s+", " ", node.tail or "")
        return
    if tag in _BLOCK and tag != "bullet":
        yield "\n"
    yield re.sub(r"\s+", " ", node.text or "")
    for child in node:
        yield from _render(child, options)
    yield " " if tag == "bullet" else "\n" if tag in _BLOCK else ""
    yield re.sub(r"\s+", " ", node.tail or "")


def _without_clashes(rows: list[Row]) -> list[Row]:
    """A text that two licenses share identifies neither, unless their ids were folded before."""
    owners: dict[str, set[str]] = {}
    for row in rows:
        owners.setdefault(row.digest, set()).add(row.id)
    for clash in {tuple(sorted(ids)) for ids in owners.values() if len(ids) > 1}:
        print(f"same text: {', '.join(clash)}", file=sys.stderr)
    return [row for row in rows if len(owners[row.digest]) == 1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
