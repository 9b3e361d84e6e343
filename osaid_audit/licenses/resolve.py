"""From a declared string or a URL to the license it means. No guessing: a closed table, or nothing."""

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

from osaid_audit.licenses import classes, expression, table
from osaid_audit.licenses.entry import KnownEntry
from osaid_audit.licenses.resolution import Resolution, of_entries, ordered
from osaid_audit.schema.licenses import OPEN

_URL = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
_MAX_URL = 2000
_REFERENCES = ("licenseref-", "documentref-")
_INDEXES = (
    "spdx.org/licenses/",
    "opensource.org/licenses/",
    "opensource.org/license/",
    "choosealicense.com/licenses/",
    "huggingface.co/datasets/choosealicense/licenses/blob/main/markdown/",
)
"""Pages that hold one canonical text per id, named by the id."""


def resolve(value: str) -> Resolution:
    """What a declared string means: a Hub id, an SPDX id or expression, a license name, or a URL."""
    if _URL.match(value.strip()):
        return resolve_link(value)
    found = table.lookup(value)
    if found or len(value) > table.MAX_NAME:
        return of_entries(value, found)
    return _of_expression(value, expression.parse(value))


def resolve_link(url: str) -> Resolution:
    """What the license behind a URL is, by the URL alone: the canonical texts of the table."""
    return of_entries(url, _entries_at(normal_url(url)))


def normal_url(url: str) -> str:
    """Host and path, lower case, without scheme, `www.`, query, fragment and the usual endings."""
    if len(url) > _MAX_URL:
        return ""
    try:
        parts = urlsplit(url.strip(), scheme="https")
        host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path).lower().rstrip("/")
        if parts.port not in {None, 80, 443}:
            return ""
    except ValueError:
        return ""
    for ending in (".html", ".htm", ".txt", ".md", ".php", "/legalcode", "/deed.en", "/deed"):
        path = path.removesuffix(ending)
    return f"{host}{path}".rstrip("/")


@cache
def _links() -> tuple[dict[str, tuple[KnownEntry, ...]], tuple[tuple[re.Pattern[str], KnownEntry], ...]]:
    plain: dict[str, tuple[KnownEntry, ...]] = {}
    patterns: list[tuple[re.Pattern[str], KnownEntry]] = []
    for entry in table.entries():
        links = (*entry.links, *(entry.policies.links if entry.policies else ()))
        for normal in dict.fromkeys(normal_url(link) for link in links):
            if "*" in normal:
                patterns.append((_glob(normal), entry))
            else:
                plain[normal] = (*plain.get(normal, ()), entry)
    return plain, tuple(patterns)


def _glob(pattern: str) -> re.Pattern[str]:
    rest = ".*" if pattern.endswith("*") else ""
    parts = pattern.removesuffix("*").split("*") if rest else pattern.split("*")
    return re.compile("[^/]+".join(re.escape(part) for part in parts) + rest)


def _entries_at(normal: str) -> tuple[KnownEntry, ...]:
    plain, patterns = _links()
    found = plain.get(normal) or tuple(entry for pattern, entry in patterns if pattern.fullmatch(normal))
    if found:
        return found
    for index in _INDEXES:
        if normal.startswith(index):
            return table.lookup(normal.removeprefix(index))
    return ()


def _of_expression(value: str, tree: expression.Node | None) -> Resolution:
    if tree is None:
        return Resolution(value=value)
    found = _combine(tree)
    if not found.known:
        return Resolution(value=value)
    return found.model_copy(update={"value": value, "id": " ".join(value.split()), "name": None})


def _combine(node: expression.Node) -> Resolution:
    if isinstance(node, expression.Atom):
        return _atom(node)
    parts = [_combine(part) for part in node.parts]
    ids = tuple(sorted({each for part in parts for each in part.ids}))
    if not all(part.known for part in parts) and not _choice(node, parts):
        return _partly_unknown(node, parts, ids)
    return _any_of(parts, ids) if node.any_of else _all_of(parts, ids)


def _partly_unknown(node: expression.Group, parts: Sequence[Resolution], ids: tuple[str, ...]) -> Resolution:
    """Of an AND a known restriction stands whatever the unknown part says; of an OR nothing does."""
    restrictions = [] if node.any_of else [part for part in parts if part.restricted]
    return Resolution(
        value="",
        ids=ids,
        cls=classes.worst(part.cls for part in restrictions if part.cls) or "custom-unknown",
        clauses=tuple(dict.fromkeys(clause for part in restrictions for clause in part.clauses)),
        breaks=ordered(freedom for part in restrictions for freedom in part.breaks),
    )


def _choice(node: expression.Group, parts: Sequence[Resolution]) -> bool:
    """Whether an OR leaves an open choice although parts of it are unknown.

    The unknown parts must be references (LicenseRef-...): "MIT or ask us" is a sentence, no expression.
    """
    referenced = all(
        found.known or (isinstance(part, expression.Atom) and part.name.lower().startswith(_REFERENCES))
        for part, found in zip(node.parts, parts, strict=True)
    )
    return node.any_of and referenced and any(_open(part) for part in parts)


def _open(part: Resolution) -> bool:
    return part.cls in OPEN


def _any_of(parts: Sequence[Resolution], ids: tuple[str, ...]) -> Resolution:
    cls = classes.best(part.cls for part in parts if part.cls)
    chosen = [part for part in parts if part.cls == cls]
    shared = set.intersection(*(set(part.breaks) for part in parts))
    return Resolution(
        value="",
        ids=ids,
        cls=cls,
        osi_approved=any(part.osi_approved is True for part in parts),
        clauses=chosen[0].clauses if len(chosen) == 1 else (),
        breaks=ordered(shared),
    )


def _all_of(parts: Sequence[Resolution], ids: tuple[str, ...]) -> Resolution:
    cls = classes.worst(part.cls for part in parts if part.cls)
    return Resolution(
        value="",
        ids=ids,
        cls=cls,
        osi_approved=all(part.osi_approved is True for part in parts),
        clauses=tuple(dict.fromkeys(clause for part in parts for clause in part.clauses)),
        breaks=ordered(freedom for part in parts for freedom in part.breaks),
        vague=all(part.vague for part in parts),
    )


def _atom(atom: expression.Atom) -> Resolution:
    found = of_entries(atom.name, table.lookup(atom.name))
    if atom.exception is None or not found.known:
        return found
    if expression.is_exception(atom.exception):
        # An exception only adds permissions, so the license without it is the safe reading.
        return found
    return found if found.restricted else Resolution(value=atom.name)
