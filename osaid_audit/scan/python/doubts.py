"""Where a model is named and no id can be told: what is worth saying of it."""

import ast

from osaid_audit.scan.hits import SHOWN, Doubt
from osaid_audit.scan.ids import LOCAL, Named
from osaid_audit.scan.python.calls import Row, name_kind
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.texts import Value
from osaid_audit.scan.tables import words


def is_no_doubt(row: Row, node: ast.expr) -> bool:
    """Whether an argument may well be an object, or a folder that the program writes to."""
    last = dotted(node).rpartition(".")[2]
    if last in words("calls", "output_names"):
        return True
    if isinstance(node, ast.Constant | ast.List | ast.Dict | ast.Tuple | ast.Lambda):
        return True
    if not row.objects:
        return False
    known = name_kind(last)
    return not (known is not None and known.sure)


def local(value: Value, found: Named) -> Doubt | None:
    """A folder of the name may be read instead; one that is called as folders are is no doubt."""
    if found.doubtful or found.form == "bare":
        return None
    return Doubt(value.node.lineno, LOCAL, value.text[:SHOWN])
