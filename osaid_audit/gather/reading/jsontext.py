"""JSON from outside, with texts that can be written again."""

import json
import re
from typing import Any

_HALF = r"\\u[dD][89a-fA-F]"
_IN_TEXT, _IN_BYTES = re.compile(_HALF), re.compile(_HALF.encode())


def read_json(body: str | bytes) -> Any:
    r"""The value; a question mark stands where half a character does (`\ud800` alone, which JSON allows).

    No UTF-8 can hold that half, so that report, digest and table would break on it.
    Raises ValueError for what is no JSON, RecursionError for what is nested too deep.
    """
    found = json.loads(body)
    half = _IN_TEXT.search(body) if isinstance(body, str) else _IN_BYTES.search(body)
    if half is None:
        return found
    return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
