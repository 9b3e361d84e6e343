"""What the Hub's reply passes on from the headers of weight files about a license."""

from collections.abc import Iterator, Mapping
from typing import Any

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.files.plan import texts
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.sources import escape, of_reply
from osaid_audit.schema.licenses import Statement

_KEYS = (
    "general.license",
    "general.license.name",
    "general.license.link",
    "license",
    "license_name",
    "license_link",
)
_BLOCKS = ("gguf", "safetensors")
_MAX_VALUE = 500


def weight_statements(repository: Repository) -> Iterator[Statement]:
    """License keys of the `gguf` and `safetensors` blocks, when the reply has any.

    Like a license_name they may restrict and never open: the header of a conversion is often that of
    another model, and nobody sees it on the page.
    """
    for block in _BLOCKS:
        for pointer, values in _keyed(repository.info.get(block), f"/{block}"):
            for key in _KEYS:
                for value in texts(values.get(key)):
                    said = f"{key}: {value}"
                    source = of_reply(repository, f"{pointer}/{escape(key)}", phrase(said))
                    yield Statement(role="header", value=value.strip()[:_MAX_VALUE], source=source)


def _keyed(block: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(block, Mapping):
        return
    yield pointer, block
    for key in ("metadata", "__metadata__"):
        inner = block.get(key)
        if isinstance(inner, Mapping):
            yield f"{pointer}/{key}", inner
