"""SPDX license expressions, parsed by `license-expression` with symbols of our own."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from osaid_audit.licenses import spdx, table

_MAX = 300
_WORDS = frozenset({"or", "and", "with"})


@dataclass(frozen=True)
class Atom:
    """One license of an expression, with the exception named after WITH."""

    name: str
    exception: str | None = None


@dataclass(frozen=True)
class Group:
    """Parts joined by OR (`any_of`) or by AND."""

    parts: tuple["Node", ...]
    any_of: bool


Node = Atom | Group


def is_exception(name: str) -> bool:
    """Whether SPDX lists this exception."""
    return name.lower() in spdx.exceptions()


def parse(text: str) -> Node | None:
    """The expression as a tree; None when it is none: no operator, malformed, or over 300 characters."""
    words = text.replace("(", " ").replace(")", " ").split()
    if len(text) > _MAX or not _WORDS & {word.lower() for word in words} or not _balanced(text):
        return None
    from license_expression import ExpressionError, ExpressionParseError  # noqa: PLC0415 - only when needed

    try:
        tree = _licensing().parse(text, validate=False, strict=False)
    except (ExpressionError, ExpressionParseError, ValueError, TypeError, RecursionError):
        return None
    return None if tree is None else _node(tree)


def _balanced(text: str) -> bool:
    """Whether every bracket closes; the parser itself forgives those that do not."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


@cache
def _licensing() -> Any:
    from license_expression import LicenseSymbol, Licensing  # noqa: PLC0415 - only when needed

    names: dict[str, str] = {}
    for key in spdx.by_folded_id().values():
        names[key.lower()] = key
    for entry in table.entries():
        for alias in (entry.id, entry.title, *entry.hub_ids, *entry.aliases):
            if not _WORDS & set(alias.lower().split()) and "(" not in alias:
                # A name that several bear stays a name of its own: it means none of them alone.
                key = entry.id if len(table.lookup(alias)) == 1 else table.fold(alias)
                names.setdefault(" ".join(alias.lower().split()), key)
    aliases: dict[str, list[str]] = {}
    for alias, key in names.items():
        aliases.setdefault(key, []).append(alias)
    symbols = [
        LicenseSymbol(key, aliases=tuple(alias for alias in own if alias != key.lower()))
        for key, own in aliases.items()
    ]
    exceptions = [LicenseSymbol(key, is_exception=True) for key in spdx.exceptions()]
    known = Licensing([*symbols, *exceptions], quiet=True)
    # It would be filled at the first use, while other threads already look things up in it.
    known.get_advanced_tokenizer()
    return known


def _node(tree: Any) -> Node:
    from license_expression import LicenseWithExceptionSymbol  # noqa: PLC0415 - only when needed

    if isinstance(tree, LicenseWithExceptionSymbol):
        return Atom(tree.license_symbol.key, tree.exception_symbol.key)
    if not getattr(tree, "args", ()):
        return Atom(str(tree.key))
    parts = tuple(_node(part) for part in tree.args)
    return Group(parts, any_of=type(tree).__name__ == "OR")
