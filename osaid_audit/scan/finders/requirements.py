"""Finder for lists of packages: a wheel or archive that is fetched from the Hub."""

import re
from collections.abc import Iterator

from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.ids import urls


def find(text: str) -> list[Hit | Doubt]:
    """The repositories of the Hub that packages come from."""
    found: list[Hit | Doubt] = []
    if "hf.co" not in text and "huggingface.co" not in text:
        return found
    for number, row in enumerate(text.split("\n"), 1):
        found += fetched(row, number)
    return tidy(found)


def fetched(row: str, number: int) -> Iterator[Hit]:
    """What one row fetches from the Hub: `name @ https://...`, `git+https://...@rev`."""
    said = re.split(r"(?:\A|[ \t])#", row, maxsplit=1)[0]
    for place, named in urls(said):
        sure = named.form == "file" or said[max(place - 4, 0) : place] == "git+"
        hit = Hit(named.id, number, "url", named.kind, place + 1, named.revision)
        yield hit if sure else hit._replace(confidence="low")
