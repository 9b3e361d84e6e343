"""Finder for modules in Python."""

from collections.abc import Iterator

from osaid_audit.scan.finders import shell
from osaid_audit.scan.hits import Doubt, Hit, Neighbours
from osaid_audit.scan.python import finding


def find(text: str, neighbours: Neighbours | None = None) -> Iterator[Hit | Doubt]:
    """What a module names. Raises Malformed behind what could be read, as `finding.find` does."""
    return finding.find(text, shell.run, neighbours)
