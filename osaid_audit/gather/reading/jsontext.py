"""JSON from outside, with texts that can be written again."""

import json
import re
from typing import Any

_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(body: str | bytes) -> Any:
    r"""The value; a question mark stands where half a character does (`\ud800` alone, which JSON allows).

    No UTF-8 can hold that half, so that report, digest and table would break on it. Bytes may bring one
    without an escape: `json` reads UTF-8, UTF-16 and UTF-32 with halves in them.
    Raises ValueError for what is no JSON, RecursionError for what is nested too deep.
    """
    text = body if isinstance(body, str) else body.decode(json.detect_encoding(body), "surrogatepass")
    found = json.loads(text)
    if _ESCAPED.search(text) is None and _is_whole(text):
        return found
    return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


def _is_whole(text: str) -> bool:
    """Whether no half stands in the text itself; encoding it is a tenth of what looking for one costs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
