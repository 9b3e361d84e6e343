"""What the gate of a repository asks: prompt, description, fields with choices, the words of the button.

A request for contact data or an acknowledgement says nothing of the terms; any other text may be terms.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from osaid_audit import licenses
from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.plan import card_values
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.forms import is_choice, is_plain_form
from osaid_audit.gather.reading.prose.limits import restricted_names
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import escape, of_file, of_reply
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import Identification, Statement

_TEXTS = (
    "extra_gated_prompt",
    "extra_gated_description",
    "extra_gated_heading",
    "extra_gated_button_content",
)
_FIELDS = "extra_gated_fields"
_CLOSED = "extra_gated_eu_disallowed"
_MAX_FIELDS = 200
_DEEP = 4
_SHARED = 2_000
"""Characters up to which a text is remembered: a house puts the same few words before each of its models."""
_KINDS = frozenset(
    {"text", "checkbox", "select", "country", "date_picker", "ip_location", "job_title", "true", "false"}
)


def gate_statements(repository: Repository, page: Page) -> Iterator[Statement]:
    """One statement for every text of the gate, those of the reply first, each text once."""
    data = card_values(repository.info)
    seen: set[str] = set()
    for key in (*_TEXTS, _FIELDS, _CLOSED):
        for text, steps in _texts(key, data.get(key)):
            if text not in seen:
                seen.add(text)
                yield _asked(repository, text, of_reply(repository, f"/cardData/{key}{steps}", phrase(text)))
        for entry in page.front.values(key) if page.raw else ():
            for text, _ in _texts(key, entry.value):
                if text not in seen and page.raw is not None:
                    seen.add(text)
                    yield _as_read_in(
                        page.raw, _asked(repository, text, of_file(page.raw, entry.line, phrase(text)))
                    )


def _as_read_in(raw: Raw, said: Statement) -> Statement:
    return said.model_copy(update={"stands_in": True}) if raw.stands_in else said


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts under a key of the gate with their JSON pointer steps."""
    if key == _CLOSED:
        if str(value).lower() == "true":
            yield f"{key}: true", ""
    elif key == _FIELDS:
        yield from list(_field_texts(value, "", _DEEP))[:_MAX_FIELDS]
    elif isinstance(value, str) and value.strip():
        yield value.strip(), ""


def _field_texts(value: Any, steps: str, deep: int) -> Iterator[tuple[str, str]]:
    """Labels and choices of a form, at any depth that the Hub shows; what only names a kind is left out."""
    if isinstance(value, Mapping) and deep:
        for key in sorted(map(str, value)):
            below = f"{steps}/{escape(key)}"
            if key not in {"type", "options", "label", "value"}:
                yield key, below
            yield from _field_texts(value.get(key), below, deep - 1)
    elif isinstance(value, Sequence) and not isinstance(value, str) and deep:
        for at, each in enumerate(value[:_MAX_FIELDS]):
            yield from _field_texts(each, f"{steps}/{at}", deep - 1)
    elif isinstance(value, str) and value.strip() and value.strip().lower() not in _KINDS:
        yield value.strip(), steps


def _asked(repository: Repository, text: str, source: Source) -> Statement:
    value = phrase(" ".join(text.split()))
    return Statement(role="gate", value=value, source=source, text=_read(text, value, repository.canonical))


def _read(text: str, value: str, name: str) -> Identification:
    """What the text was found to be; one that is neither a known license nor a plain form bears a name."""
    if text.startswith(_CLOSED):
        return Identification(match="unknown", leads=("geography",))
    found = _identified(text) if len(text) <= _SHARED else licenses.identify(text)
    if found.match == "exact" or found.leads:
        return found
    silent = (is_plain_form(text, name) or is_choice(text)) and not restricted_names(text)
    return found if silent else Identification(match="mention", name=value)


@lru_cache(maxsize=8_192)
def _identified(text: str) -> Identification:
    return licenses.identify(text)
