"""What can be read as Python: no warnings, and one fault for all that its parser can meet."""

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from osaid_audit.scan.hits import Malformed


@contextmanager
def one_fault() -> Iterator[None]:
    """Around what parses or walks a tree: raises Malformed when it is no Python, or too deeply nested."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            raise Malformed from error


def parses(text: str) -> bool:
    """Whether a text can be read as Python by itself."""
    try:
        with one_fault():
            ast.parse(text)
    except Malformed:
        return False
    return True
