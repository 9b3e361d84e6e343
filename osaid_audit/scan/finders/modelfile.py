"""Finder for the Modelfiles of Ollama: `FROM` and `ADAPTER`."""

import re

from osaid_audit.scan.finders.position import Position, tidy
from osaid_audit.scan.hits import SHOWN, Doubt, Hit
from osaid_audit.scan.ids import REGISTRY, Elsewhere, Named, is_file_name, is_variable, parse_reference

_INSTRUCTION = re.compile(r"[ \t]*(FROM|ADAPTER)[ \t]+(\S+)[ \t\r]*\Z", re.IGNORECASE)


def find(text: str) -> list[Hit | Doubt]:
    """The models that a Modelfile stands on; a name that is no address of the Hub is Ollama's own."""
    found: list[Hit | Doubt] = []
    quoted = False
    for number, row in enumerate(text.split("\n"), 1):
        hit = None if quoted else _INSTRUCTION.match(row[:1000])
        quoted ^= row.count('"""') % 2 == 1
        if hit is not None:
            found += _told(hit[1].upper(), hit[2].strip("\"'"), number, hit.start(2) + 1)
    return tidy(found)


def _told(how: str, text: str, line: int, column: int) -> list[Hit | Doubt]:
    named = parse_reference(text, tag=True)
    if (isinstance(named, Named) and named.form in {"address", "file"}) or is_variable(text):
        return list(Position(how).tell(text, line, column))
    path = text.startswith((".", "/", "~", "\\")) or is_file_name(text) or text[1:3] in {":\\", ":/"}
    if path or how == "ADAPTER" or (named is None and "://" in text):
        return []
    why = named.why if isinstance(named, Elsewhere) else REGISTRY
    return [Doubt(line, why, text[:SHOWN])]
