"""Where facts come from: asking the Hub, and reading what it answered.

fetch         a model id -> Gathered: every reply and file, or why there is none (opens sockets)
assemble      Gathered -> Dossier: facts with their sources (pure)
read_dossier  a saved dossier -> Dossier
dossier_json  Dossier -> its one canonical form
Settings      what limits gathering: endpoint, token, offline, links, ...

fetching/ opens sockets and judges nothing; reading/ is pure. They meet at raw.py, so that a recorded
copy is read by the very code that reads a live one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from osaid_audit.gather.fetching.rounds import fetch
    from osaid_audit.gather.raw import Gathered
    from osaid_audit.gather.reading.assembly import assemble
    from osaid_audit.gather.reading.records import dossier_json, read_dossier
    from osaid_audit.gather.reading.subject import parse_subject
    from osaid_audit.gather.settings import Settings

__all__ = ["Gathered", "Settings", "assemble", "dossier_json", "fetch", "parse_subject", "read_dossier"]

_HOMES = {
    "Gathered": "raw",
    "Settings": "settings",
    "assemble": "reading.assembly",
    "dossier_json": "reading.records",
    "fetch": "fetching.rounds",
    "parse_subject": "reading.subject",
    "read_dossier": "reading.records",
}


def __getattr__(name: str) -> Any:
    """Import a part only when it is asked for: judging a saved dossier needs no client."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
