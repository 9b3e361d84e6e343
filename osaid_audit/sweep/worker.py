"""A process that answers cases for a sweep: lines of JSON in, lines of JSON out, until the input ends.

It ends with whoever started it, however that ends: the end of its input is the only sign it needs.
"""

import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

_SELDOM = (100_000, 50, 100)


def serve(asking: BinaryIO, answering: BinaryIO) -> None:
    """Answer each line `[family, cases]` with a line of as many answers."""
    from osaid_audit.sweep.facts.own import reader  # noqa: PLC0415 - the parent imports this file, too

    for line in asking:
        family, cases = json.loads(line)
        read = reader(family)
        answering.write(json.dumps([read(case) for case in cases]).encode() + b"\n")
        answering.flush()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Few looks for circles of garbage: each walks a million remembered answers, and none is in a circle."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def main() -> None:
    """Serve whoever holds the other ends."""
    with seldom_collected(), os.fdopen(0, "rb") as asking, os.fdopen(1, "wb") as answering:
        serve(asking, answering)
