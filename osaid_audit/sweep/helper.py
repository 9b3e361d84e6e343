"""A process that answers cases for a sweep: lines of JSON in, lines of JSON out, until the input ends.

It ends with whoever started it, however that ends: the end of its input is the only sign it needs.
"""

import json
import os
from typing import BinaryIO


def serve(asking: BinaryIO, answering: BinaryIO) -> None:
    """Answer each line `[family, cases]` with a line of as many answers."""
    from osaid_audit.sweep.facts.own import reader  # noqa: PLC0415 - the parent imports this file, too

    for line in asking:
        family, cases = json.loads(line)
        read = reader(family)
        answering.write(json.dumps([read(case) for case in cases]).encode() + b"\n")
        answering.flush()


def main() -> None:
    """Serve whoever holds the other ends."""
    with os.fdopen(0, "rb") as asking, os.fdopen(1, "wb") as answering:
        serve(asking, answering)
