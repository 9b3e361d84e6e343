"""Revisions that stand in a variable beside the one that holds the model."""

from collections.abc import Iterable, Iterator, Mapping

from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.ids import is_variable


def pinned(found: Iterable[Hit | Doubt], said: Mapping[str, str]) -> Iterator[Hit | Doubt]:
    """What was found, with the revision that a variable beside says: `MODEL_ID=org/name REVISION=v1`."""
    for each in found:
        name = each.how if isinstance(each, Hit) and each.how.isupper() else ""
        first = name.removesuffix("_ID").removesuffix("_NAME")
        wanted = (f"{first}_REVISION", "REVISION" if first == "MODEL" else "")
        revision = next((said[key] for key in wanted if key in said), "") if name else ""
        if isinstance(each, Hit) and each.revision is None and revision and not is_variable(revision):
            yield each._replace(revision=revision)
        else:
            yield each
