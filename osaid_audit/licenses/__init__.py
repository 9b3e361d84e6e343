"""Tells which license a text, id or expression is, and what it allows.

resolve, resolve_link    a declared string or a URL
identify                 a text
read_license, decode     a file as bytes; prose as bytes
find_clauses, find_mentions    hints in prose and unknown texts
conclude                 everything said, added up
pairs                    both sides of conflicts, named by their places
code_license             the license of the code, from files about it alone
terms_digest, keys_written, file_digest    what a publisher wrote, to be compared
entry, entries, clauses  the table itself
"""

from osaid_audit.licenses.classes import worst
from osaid_audit.licenses.clauses import ClauseHit, find_clauses
from osaid_audit.licenses.code import code_license
from osaid_audit.licenses.conclude import conclude
from osaid_audit.licenses.entry import Clause, ClauseUse, Entry, KnownEntry
from osaid_audit.licenses.identify import identify
from osaid_audit.licenses.limits import limit_clauses, limits_of, mof_open
from osaid_audit.licenses.mentions import Mention, find_mentions
from osaid_audit.licenses.places import pairs
from osaid_audit.licenses.reading import MAX_BYTES, Reading, decode, read_license
from osaid_audit.licenses.resolution import Resolution
from osaid_audit.licenses.resolve import resolve, resolve_link
from osaid_audit.licenses.spdx import approved_names
from osaid_audit.licenses.table import clauses, entries, entry, lookup
from osaid_audit.licenses.written import file_digest, keys_written, terms_digest
from osaid_audit.resources import spdx_list_version

__all__ = [
    "MAX_BYTES",
    "Clause",
    "ClauseHit",
    "ClauseUse",
    "Entry",
    "KnownEntry",
    "Mention",
    "Reading",
    "Resolution",
    "approved_names",
    "clauses",
    "code_license",
    "conclude",
    "decode",
    "entries",
    "entry",
    "file_digest",
    "find_clauses",
    "find_mentions",
    "identify",
    "keys_written",
    "limit_clauses",
    "limits_of",
    "lookup",
    "mof_open",
    "pairs",
    "read_license",
    "resolve",
    "resolve_link",
    "spdx_list_version",
    "terms_digest",
    "worst",
]
