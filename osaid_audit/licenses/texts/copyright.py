"""Which lines and phrases are a mere notice of year and holder.

A restriction may hide on a copyright line or in the place a template leaves for a name. So nothing is
skipped because of where it stands: only because each of its words has the shape of a year or a name.
"""

import re

from osaid_audit.licenses.texts import contacts
from osaid_audit.licenses.texts.holders import certain, is_holder

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
    rf"(?P<signs>{_SIGN}(?:\s*[:,])?(?:\s*{_SIGN})*|(?<=:\s))\s*[,:]?\s*(?P<years>{_YEARS})?[\s,:.]*"
    rf"(?:(?:\(c\)|\u00a9)[\s,]+)?(?:(?:by|holder:)\s+)?",
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
    r"\s*[\]>})]*[.,]?$",
    re.IGNORECASE,
)


_ASIDE = re.compile(
    r"[\s,]*(?:\(?see (?:the )?(?:AUTHORS|CONTRIBUTORS|CREDITS|COPYRIGHT|NOTICE)"
    r"(?:\.(?:txt|md|rst))?(?: files?)?\)?"
    r"|(?:and/or|or|and)(?: its)? (?:affiliates|subsidiaries|contributors))\.?$",
    re.IGNORECASE,
)
"""Phrases that may follow a holder and say nothing of the terms."""


def is_notice(line: str) -> bool:
    """Whether a line is a copyright sign, years, holders, at most "All rights reserved", and nothing else.

    Without a sign and without years the holder must be one for certain: prose begins with "Copyright", too.
    """
    hit = _HEAD.match(line)
    if hit is None:
        return False
    rest = _RESERVED.sub("", line[hit.end() :].rstrip()).strip(" \t*_\"'|#;/-")
    rest = _ASIDE.sub("", rest)
    if not rest:
        return hit["years"] is not None
    if _PLACEHOLDER.match(_without_address(rest)):
        return hit["years"] is not None or _signed(hit) or rest[:1] in {"<", "[", "{"}
    holder = _without_later_years(rest)
    if hit["years"] or _signed(hit):
        return is_holder(holder)
    return certain(holder)


def goes_on(line: str, more: str) -> bool:
    """Whether a line and the one below it are one notice.

    Below a line that is a notice by itself only a sure holder or an address may stand without a comma.
    """
    first, second = line.rstrip(), more.strip()
    if not is_notice(first) or first.endswith((",", " and", "&")):
        return is_notice(f"{first} {second}")
    sure = certain(second) or _RESERVED.fullmatch(second) or contacts.looks_like(second)
    return bool(sure) and is_notice(f"{first}, {second}")


def is_bare_notice(line: str) -> bool:
    """Whether a line that begins with "(c)" is a notice and no item of a list: years or a sure holder."""
    hit = _HEAD.match(line)
    return (
        hit is not None
        and is_notice(line)
        and (hit["years"] is not None or certain(line[hit.end() :].strip()))
    )


def _without_address(rest: str) -> str:
    """A holder without the address of mail or of a page in brackets behind it."""
    hit = re.fullmatch(r"(.*?)\s*[(<]([^()<>\s]{3,80})[)>]", rest)
    if hit is None or not contacts.looks_like(hit[2]) or not contacts.plain(hit[2], hit[1]):
        return rest
    return hit[1]


def _signed(hit: "re.Match[str]") -> bool:
    """Whether the sign itself is there, not only the word."""
    return re.search(r"\(c\)|\u00a9|\u24b8", hit["signs"] or "", re.IGNORECASE) is not None


def _without_later_years(rest: str) -> str:
    """A holder after which the years stand: "Acme Inc. 2020"."""
    return re.sub(rf"[\s,(]+{_SPAN}\)?\.?$", "", rest)
