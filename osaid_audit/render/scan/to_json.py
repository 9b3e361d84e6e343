"""ScanReport -> JSON, the contract; everything else is a view of it."""

import json

from osaid_audit.render.safe import escape_unseen
from osaid_audit.schema.scan import ScanReport


def scan_json(scan: ScanReport) -> str:
    """The scan as JSON: sorted keys, unknown values left out, both languages; always the same bytes."""
    return dump(scan.model_dump(mode="json", by_alias=True, exclude_none=True))


def dump(document: object) -> str:
    """A document as JSON text: the same document gives the same bytes, and nothing unseen is in them."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2)
    return escape_unseen(written) + "\n"
