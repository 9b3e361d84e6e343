"""Which lines and phrases are a mere notice of year and holder.

A restriction may hide on a copyright line or in the place a template leaves for a name. So nothing is
skipped because of where it stands: only because each of its words has the shape of a year or a name.
"""

import re

from osaid_audit.licenses.texts.holders import is_holder

MAX_LINE = 400
"""Characters; longer lines are no notice."""

_YEAR = r"(?:(?:19|20)\d\d)"
_SPAN = rf"{_YEAR}(?:\s*(?:[-\u2010-\u2015,/&;]|to|and|through)+\s*(?:{_YEAR}|\d\d(?!\d)|present|now))*"
_YEARS = (
    rf"(?:{_SPAN}|[\[<{{(]?(?:yyyy|yy|19yy|20xx|xxxx)[\]>}})]?"
    rf"|[\[<{{(]\s*years?(?:\(s\))?\s*[\]>}})]|<dates?>)"
)
_SIGN = r"(?:copyright|copr\.|\(c\)|©|\u24b8)"
_HEAD = re.compile(
    rf"^[\s>#*_|/;%!.\"'-]*(?:spdx-filecopyrighttext\s*:\s*)?"
    rf"(?P<signs>{_SIGN}(?:\s*[:,])?(?:\s*{_SIGN})*|(?<=:\s))\s*[,:]?\s*(?P<years>{_YEARS})?[\s,:.]*(?:(?:by|holder:)\s+)?",
    re.IGNORECASE,
)
MAY_BE_NOTICE = re.compile(r"^.{0,40}(?:copyright|copr\.|\(c\)|©|\u24b8).*$", re.IGNORECASE | re.MULTILINE)
"""Lines worth a closer look."""
_RESERVED = re.compile(r"[.,;]*\s*\(?all rights? (?:are )?reserved\)?[.\s]*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^[\[<{(]*\s*(?:insert\s+)?(?:(?:full\s*)?names?"
    r"|name(?:\(s\))? of (?:the )?(?:copyright )?(?:owner|author|holder)s?(?:\(s\))?"
    r"|(?:the )?copyright (?:holders?|owners?)|owners?(?: organization)?|(?:the )?authors?|organization"
    r"|your name|year|holders?"
    r"|full name or name of organization|company|developer)"
    r"(?:\s*\([^()]{0,40}\))?\s*[\]>})]*[.,]?$",
    re.IGNORECASE,
)


_ASIDE = re.compile(
    r"[\s,]*(?:\(?see (?:the )?(?:AUTHORS|CONTRIBUTORS|CREDITS|COPYRIGHT|NOTICE)"
    r"(?:\.(?:txt|md|rst))?(?: files?)?\)?"
    r"|(?:and/or|or|and) its (?:affiliates|subsidiaries|contributors))\.?$",
    re.IGNORECASE,
)
"""Phrases that may follow a holder and say nothing of the terms."""


def is_notice(line: str) -> bool:
    """Whether a line is a copyright sign, years, holders, at most "All rights reserved", and nothing else."""
    hit = _HEAD.match(line)
    if hit is None:
        return False
    rest = _RESERVED.sub("", line[hit.end() :].rstrip()).strip(" \t*_\"'|#;/-")
    rest = _ASIDE.sub("", rest)
    signs = hit["signs"] or ""
    if not hit["years"] and not rest:
        return False
    if (
        not hit["years"]
        and not re.search(r"\(c\)|©|\u24b8", signs, re.IGNORECASE)
        and rest[:1] not in {"<", "[", "{"}
    ):
        return False
    return not rest or _PLACEHOLDER.match(rest) is not None or is_holder(_without_later_years(rest))


def _without_later_years(rest: str) -> str:
    """A holder after which the years stand: "Acme Inc. 2020"."""
    return re.sub(rf"[\s,(]+{_SPAN}\)?\.?$", "", rest)
