"""The Hub as a file system: `HfFileSystem().open("org/name/config.json")`."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.hits import Hit
from osaid_audit.scan.ids import Named, parse_reference
from osaid_audit.scan.python.names import argument
from osaid_audit.scan.python.scopes import Spot
from osaid_audit.scan.python.values import Resolver

_MAKERS = frozenset({"HfFileSystem"})
_READS = frozenset(
    {
        "open",
        "ls",
        "glob",
        "find",
        "walk",
        "info",
        "exists",
        "isfile",
        "isdir",
        "cat",
        "cat_file",
        "read_text",
        "read_bytes",
        "get",
        "get_file",
        "download",
        "du",
        "url",
    }
)


def of_file_system(call: ast.Call, spot: Spot, resolver: Resolver) -> Iterator[Hit]:
    """The repository that a call of the Hub's file system reads from."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _READS:
        return
    given = argument(call, 0, ("path", "rpath", "lpath"))
    if given is None or not resolver.made_by(call.func.value, spot) & _MAKERS:
        return
    for value in resolver.texts(given, spot).values:
        found = parse_reference(f"hf://{value.text.removeprefix('hf://')}")
        if isinstance(found, Named):
            how = f"HfFileSystem.{call.func.attr}"
            line = value.node.lineno
            yield Hit(found.id, line, how, found.kind, None, found.revision, beside=value.beside)
