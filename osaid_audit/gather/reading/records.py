"""Reading and writing dossier files: one JSON file, always the same bytes for the same dossier."""

import json

from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import Message
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.vocabulary import VOCABULARY, check
from osaid_audit.schema.wrong import wrong_in

MAX_DOSSIER_BYTES = 20_000_000
_HINT = Message("Gather it again with 'osaid-audit gather MODEL -o FILE'.")


def dossier_json(dossier: Dossier) -> str:
    """The canonical form: sorted keys, absent values left out, a newline at the end."""
    data = dossier.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_dossier(text: str) -> Dossier:
    """A saved dossier, every fact checked against the vocabulary.

    Raises UnreadableInput when the text is too large, no JSON, or no dossier of this version.
    """
    if len(text) > MAX_DOSSIER_BYTES:
        raise UnreadableInput("The dossier is larger than 20 MB.", _HINT)
    from pydantic import ValidationError  # noqa: PLC0415 - reading an id needs no records

    try:
        dossier = Dossier.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableInput("This is no dossier: {why}.", _HINT, why=wrong_in(first)) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableInput("This is no dossier: the file cannot be read.", _HINT) from error
    _check_facts(dossier)
    return dossier


def _check_facts(dossier: Dossier) -> None:
    from osaid_audit.errors import InternalError  # noqa: PLC0415 - only to translate it

    for name, fact in dossier.facts.items():
        if name not in VOCABULARY:
            raise UnreadableInput("The dossier states an unknown fact, '{name}'.", _HINT, name=name)
        try:
            check(name, fact.value)
        except InternalError as error:
            raise UnreadableInput("The dossier is not valid: {why}", _HINT, why=error) from error
