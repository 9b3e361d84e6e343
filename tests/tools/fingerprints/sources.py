"""Where the texts come from: the labelled set, the corpus, SPDX templates and texts of installed packages."""

import csv
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from osaid_audit.licenses import entry

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
    "CAL-1.0-Combined-Work-Exception": "CAL-1.0",
    "OFL-1.1-RFN": "OFL-1.1",
    "OFL-1.1-no-RFN": "OFL-1.1",
    "OFL-1.0-RFN": "OFL-1.0",
    "OFL-1.0-no-RFN": "OFL-1.0",
}
"""Ids of one text whose difference lies in a notice elsewhere; each group is approved as a whole or not at all."""

_SYSTEM = Path("/usr/share/common-licenses")
_SYSTEM_TEXTS = {
    "GFDL-1.2": "GFDL-1.2",
    "GFDL-1.3": "GFDL-1.3",
    "GPL-1": "GPL-1.0",
    "GPL-2": "GPL-2.0",
    "LGPL-2": "LGPL-2.0",
    "LGPL-2.1": "LGPL-2.1",
    "MPL-1.1": "MPL-1.1",
}
"""The texts that Debian installs: the publishers' own, in newer editions than the templates."""


class Text(NamedTuple):
    """A literal text, the id in the table of its license, and where it was read."""

    id: str
    text: str
    source: str


def known_id(label: str) -> str | None:
    """The id in the table of a label of the set or of an SPDX id; GNU texts lose -only and -or-later."""
    name = _NAMES.get(label, label)
    gnu = re.fullmatch(r"((?:A|L)?GPL-[0-9.]+)(?:-only|-or-later|\+)", name)
    folded = gnu[1] if gnu else _SAME_TEXT.get(name, name)
    found = entry(folded) or entry(name)
    return found.id if found else None


def labelled(shared: Path, groups: set[str]) -> Iterator[Text]:
    """Texts of the labelled set."""
    folder = shared / "licenses-set"
    with (folder / "labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = known_id(row["expected_id"])
            if row["group"] in groups and name:
                text = (folder / row["path"]).read_text(encoding="utf-8", errors="replace")
                yield Text(name, text, row["source"].split(" licensedcode/")[0])


def corpus(shared: Path) -> Iterator[Text]:
    """License texts of the corpus."""
    folder = shared / "corpus"
    with (folder / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = known_id(_CORPUS.get(row["hf_id"].rsplit("/", 1)[-1], "none at all"))
            if row["kind"] == "license_text" and name:
                text = (folder / row["file"]).read_text(encoding="utf-8", errors="replace")
                yield Text(name, text, row["source"])


def packaged() -> Iterator[Text]:
    """SPDX texts that a package installed for the build carries; none when it is not there."""
    spec = importlib.util.find_spec("osslili")
    if spec is None or spec.origin is None:
        print("osslili is not installed: no SPDX texts beside the templates")
        return
    data = json.loads((Path(spec.origin).parent / "data" / "spdx_licenses.json").read_text(encoding="utf-8"))
    for spdx_id, row in sorted(data["licenses"].items()):
        name = known_id(spdx_id)
        if name and row.get("text"):
            yield Text(name, row["text"], f"SPDX License List {data['version']} (osslili)")


def system() -> Iterator[Text]:
    """The texts of the system the build runs on; none when it has none."""
    if not _SYSTEM.is_dir():
        print("no common-licenses on this system: its editions of the GNU and Mozilla texts are left out")
        return
    for name, label in sorted(_SYSTEM_TEXTS.items()):
        license_id = known_id(label) or known_id(f"{label}-only")
        file = _SYSTEM / name
        if license_id and file.is_file():
            yield Text(license_id, file.read_text(encoding="utf-8", errors="replace"), "Debian base-files")
