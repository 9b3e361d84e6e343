"""A fetched license, policy or page as text, by the same reader as `osaid-audit license`."""

import html
import re
from functools import lru_cache

from osaid_audit import licenses
from osaid_audit.gather.raw import Fetched, Raw
from osaid_audit.gather.reading.prose.card import plain
from osaid_audit.schema.base import Problem, Text
from osaid_audit.schema.licenses import Identification

_SCRIPT = re.compile(r"<(script|style|noscript)\b", re.IGNORECASE)
_POINTER = b"version https://git-lfs"
_HEAD = 2000
_PAGE = ("<html", "<!doctype html", "<body")
_STILL_READ = frozenset({"too_large"})
"""What of a text is read in part is judged by that part, and is never exact."""
_LFS = Text(
    en="It is a pointer of Git LFS and not the text.", fr="C'est un pointeur Git LFS et non le texte."
)
_PUBLISH = Text(en="Publish it as plain text in UTF-8.", fr="Publiez-le en texte brut (UTF-8).")


def identified(fetched: Fetched | None) -> Identification | None:
    """What the text is; None when nothing was fetched, or what was fetched is no text."""
    return _read(fetched.body)[0] if isinstance(fetched, Raw) else None


def problem_of(fetched: Raw, what: str, blocks: tuple[str, ...]) -> Problem | None:
    """Why a license that was fetched cannot be read, and what to do; None when it can, or is empty."""
    found = _read(fetched.body)[1] if fetched.body.strip() else None
    return None if found is None else found.model_copy(update={"what": what, "blocks": blocks})


def readable_text(body: bytes) -> str | None:
    """The text of a license or policy file or page; None when it is no text (a PDF, a pointer, binary)."""
    if body.startswith(_POINTER):
        return None
    text = licenses.decode(body)
    return None if text is None else _of_page(text)


@lru_cache(maxsize=64)
def _read(body: bytes) -> tuple[Identification | None, Problem | None]:
    if body.startswith(_POINTER):
        return None, Problem(what="", state="unsupported", why=_LFS, next=_PUBLISH)
    page = readable_text(body) if _is_page(body) else None
    if page is not None:
        return licenses.identify(page), None
    found = licenses.read_license(body)
    problem = next((each for each in found.problems if each.state not in _STILL_READ), None)
    if problem is None:
        return found.identification, None
    return None, problem.model_copy(update={"next": _next(problem)})


def _next(problem: Problem) -> Text:
    """The publisher's step, and with it how to read the file now where that can be said."""
    if problem.state != "malformed" or "iconv" not in problem.next.en:
        return _PUBLISH
    return Text(en=f"{_PUBLISH.en} {problem.next.en}", fr=f"{_PUBLISH.fr} {problem.next.fr}")


def _is_page(body: bytes) -> bool:
    head = body[:_HEAD].lower()
    return b"\x00" not in head and any(mark.encode() in head for mark in _PAGE)


def _of_page(text: str) -> str:
    head = text[:_HEAD].lower()
    if any(mark in head for mark in _PAGE):
        lines = _without_scripts(text).splitlines()
        return "\n".join(plain(html.unescape(line)) if line.strip() else "" for line in lines)
    return text


def _without_scripts(text: str) -> str:
    """The page without scripts and styles, in one pass; one that never closes hides nothing."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    parts, at = [], 0
    ends = dict.fromkeys(("script", "style", "noscript"), 0)
    for found in _SCRIPT.finditer(text):
        name = found[1].lower()
        if found.start() < at or ends[name] < 0:
            continue
        ends[name] = lowered.find(f"</{name}", found.end())
        if ends[name] >= 0:
            parts += [text[at : found.start()], " "]
            close = lowered.find(">", ends[name])
            at = len(text) if close < 0 else close + 1
    return "".join([*parts, text[at:]])
