"""Comparison -> one HTML page that reads and prints without scripts and asks nobody for anything."""

from osaid_audit.render.compare.spoken import Spoken
from osaid_audit.render.sheets import fill
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang
from osaid_audit.schema.compare import Comparison


def html(found: Comparison, lang: Lang) -> str:
    """The comparison as a page."""
    return fill("compare.html", "compare.css", lang, say=Spoken(found, Words(lang)), found=found)
