"""Statements named by their place, for the messages of rules: what stands where, in any language."""

from collections.abc import Iterable, Sequence

from osaid_audit.schema.licenses import Conflict, Declared, Statement

_PHRASE = 80
_FILES = frozenset({"file", "policy"})


def is_text(statement: Statement) -> bool:
    """Whether a license was recognised word for word there; a link only when it is read."""
    text = statement.text
    return statement.read and text is not None and text.match == "exact" and text.id is not None


def texts(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Texts found word for word: `Apache-2.0 (LICENSE)`."""
    found = (f"{each.text.id} ({_short(each.value)})" for each in statements if each.text)
    return tuple(sorted(set(found)))


def names(statements: Sequence[Statement | Declared]) -> tuple[str, ...]:
    """Statements by their words and place, the same words once, those of a file before those of a reply."""
    found: dict[str, str] = {}
    for each in sorted(statements, key=_rank):
        found.setdefault(each.value, _named(each))
    return tuple(found.values())


def pairs(conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """Two sides each: `mit (README.md:2) / LICENSE (Apache-2.0)`."""
    return tuple(dict.fromkeys(f"{_named(each.left)} / {_named(each.right)}" for each in conflicts))


def _rank(said: Statement | Declared) -> tuple[bool, str, str]:
    return (said.source is None or said.source.path is None, said.value, _place(said))


def _named(said: Statement | Declared) -> str:
    place = (_known(said) if said.role in _FILES else _place(said)) or ""
    return f"{_short(said.value)} ({place})" if place else _short(said.value)


def _known(said: Statement | Declared) -> str | None:
    if isinstance(said, Declared):
        return said.id
    return said.text.id if is_text(said) and said.text else None


def _place(said: Statement | Declared) -> str:
    source = said.source
    if source is None:
        return ""
    if source.path is None:
        return source.pointer or ""
    return source.path if source.line is None else f"{source.path}:{source.line}"


def _short(words: str) -> str:
    return words if len(words) <= _PHRASE else f"{words[: _PHRASE - 1].rstrip()}…"
