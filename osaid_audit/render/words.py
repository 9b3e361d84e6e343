"""The words of the interface, in both languages, from `reports/templates/strings.yaml`."""

import string
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from osaid_audit import resources
from osaid_audit.errors import InternalError, UsageError
from osaid_audit.messages import typography
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Lang, Text

_LAST_FRENCH_SINGULAR = 1


def catalogue(document: Any) -> dict[str, dict[Lang, str]]:
    """The texts by key, checked: both languages, none empty, the same placeholders in both.

    Raises InternalError, since the file is ours: a slip in it must be loud.
    """
    if not isinstance(document, Mapping):
        raise InternalError("The file of interface texts is not a table.")
    return {key: _entry(key, value) for key, value in document.items()}


def _entry(key: object, value: object) -> dict[Lang, str]:
    if not isinstance(value, Mapping) or set(value) != {"en", "fr"}:
        raise InternalError(f"The interface text '{key}' must have en and fr, and nothing else.")
    english, french = value["en"], value["fr"]
    if not (isinstance(english, str) and isinstance(french, str) and english and french):
        raise InternalError(f"The interface text '{key}' is empty or not a text.")
    if _placeholders(english) != _placeholders(french):
        raise InternalError(f"The interface text '{key}' has other placeholders in French than in English.")
    return {"en": english, "fr": typography(french)}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[Lang, str]]:
    """The shipped texts, read once."""
    import yaml  # noqa: PLC0415 - only needed when something is rendered

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (resources.data("templates") / "strings.yaml").read_text(encoding="utf-8")
    return catalogue(yaml.load(text, Loader=loader))  # noqa: S506 - both loaders are the safe ones


def language(name: str) -> Lang:
    """The language of that name. Raises UsageError when we do not speak it."""
    if name == "en":
        return "en"
    if name == "fr":
        return "fr"
    raise UsageError("There is no language '{name}'.", "Choose one of: en, fr.", name=name)


class Words:
    """The interface in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._texts = shipped()

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises InternalError when there is none."""
        texts = self._texts.get(key)
        if texts is None:
            raise InternalError(f"There is no interface text '{key}'.")
        return texts[self.lang].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text `key`: a value read from a report may be newer than our words."""
        return key in self._texts

    def count(self, key: str, n: int, **values: object) -> str:
        """The singular or plural text of `key`; French counts 0 as singular."""
        singular = n <= _LAST_FRENCH_SINGULAR if self.lang == "fr" else n == 1
        return self(f"{key}.one" if singular else f"{key}.many", n=n, **values)

    def say(self, text: Text) -> str:
        """A bilingual text of the report in this language."""
        return typography(text.fr) if self.lang == "fr" else text.en

    def name(self, family: str, value: str) -> str:
        """The word for a value of a closed vocabulary, or the value itself when it has no word."""
        key = f"{family}.{value}"
        return self(key) if self.has(key) else plain(value)

    def license(self, license_id: str, name: str | None) -> str:
        """The name of a license: names stay as they are, but one that is a description is said in words."""
        key = f"license.generic.{license_id}"
        return self(key) if self.has(key) else plain(name or "")

    def list(self, family: str, values: tuple[str, ...]) -> str:
        """The words for several values, separated by commas."""
        return ", ".join(self.name(family, value) for value in values)

    def pair(self, left: str, right: str) -> str:
        """`left: right` with the colon of this language."""
        return self("pair", left=left, right=right)
