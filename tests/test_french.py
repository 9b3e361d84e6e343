"""The French of every text for people: the terms of the glossary, and the marks of the language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tools import messages as tool

ROOT = Path(__file__).resolve().parent.parent
# What is typed or quoted is no prose: code, options, paths, ids, addresses, places, examples.
TYPED = re.compile(
    r"(?m)^  \(?[a-z].*$|`[^`]*`|(?<!\w)'[^']+'|«[^»]*»|“[^”]*”|--[\w-]+|\[[^\]]*\]"
    r"|\S*[/_@=]\S*|\w+\.\w+|\{[\w.]+\}|\b[A-Z_]{3,}\b|Model Openness Framework"
)


class Term(NamedTuple):
    """A row of the glossary: the English word, the French that may stand for it, and what may not."""

    english: str
    french: tuple[str, ...]
    wrong: tuple[str, ...]


def terms() -> list[Term]:
    table = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").split("## In French")[1]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line[:1] == "|"
    ]
    return [
        Term(
            re.sub(r" \(.*\)", "", english),
            tuple(re.sub(r" \(.*\)|of the MOF, ", "", each.strip()) for each in french.split(";")),
            tuple(filter(None, (each.strip() for each in wrong.split(",")))),
        )
        for english, french, wrong in rows[2:]
    ]


def of_data(value: Any) -> Iterator[tuple[str, str]]:
    """Every pair {en, fr} below a value."""
    if isinstance(value, dict):
        if isinstance(value.get("en"), str) and isinstance(value.get("fr"), str):
            yield value["en"], value["fr"]
        for each in value.values():
            yield from of_data(each)
    elif isinstance(value, list):
        for each in value:
            yield from of_data(each)


def texts() -> list[tuple[str, str]]:
    """Every text for people in both languages: messages, the interface of reports, rules and licenses."""
    found = []
    for message in tool.read("fr"):
        both = isinstance(message.id, list | tuple)
        found += zip(message.id, message.string, strict=True) if both else [(message.id, message.string)]
    rules = [
        path
        for path in sorted((ROOT / "rules").rglob("*.yaml"))
        if path.parent.name not in {"prose", "references"}
    ]
    for path in (ROOT / "reports/templates/strings.yaml", *rules):
        for document in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            found += of_data(document)
    return [(TYPED.sub(" ", english), TYPED.sub(" ", french)) for english, french in found if english]


TEXTS = texts()


def word(text: str) -> re.Pattern[str]:
    """A word as it stands in a sentence; with a capital it may be part of a name."""
    return re.compile(rf"(?<![\w-]){re.escape(text)}s?(?![\w-])")


NEVER_SAID = frozenset({"lineage", "remedy"})
"""Terms of the glossary that no text shown to people uses."""


def is_said(french: str, term: str) -> bool:
    """Whether the first word of a term stands in a text, in any of its forms: `données` for `donnée`."""
    stem = term.split(maxsplit=1)[0]
    return stem[: max(3, len(stem) - 2)].lower() in french.lower()


def test_the_glossary_and_the_texts_are_there():
    assert len(terms()) > 25
    assert len(TEXTS) > 1500
    assert {"use", "study", "modify", "share", "waiver", "training data"} <= {
        term.english for term in terms()
    }


@pytest.mark.parametrize("term", [term for term in terms() if term.wrong], ids=lambda term: term.english)
def test_no_text_uses_another_term(term):
    assert [french for _, french in TEXTS for wrong in term.wrong if word(wrong).search(french)] == []


@pytest.mark.parametrize(
    "term",
    # The four freedoms are verbs of every day: held where they are named, in the next test. A reviewer may
    # be no more than the one who does it: "let a reviewer settle", « faites trancher ».
    [term for term in terms() if term.english not in {"use", "study", "modify", "share", "reviewer"}],
    ids=lambda term: term.english,
)
def test_where_english_has_the_word_french_has_its_term(term):
    asked = [(english, french) for english, french in TEXTS if word(term.english).search(english)]
    assert bool(asked) is (term.english not in NEVER_SAID), "a term that no text uses is held by nothing"
    told = [pair for pair in asked if not any(is_said(pair[1], each) for each in term.french)]
    assert told == []


def test_the_four_freedoms_bear_their_names():
    named = dict(pair for pair in TEXTS if pair[0] in {"use", "study", "modify", "share"})
    assert named == {term.english: term.french[0] for term in terms() if term.english in named}
    assert len(named) == 4


def test_a_wrong_term_is_noticed():
    assert word("jeu de données").search("Deux jeu de données")
    assert not is_said("Le jeton a été refusé", "dérogation")
    assert is_said("Les dérogations ont expiré", "dérogation")


def test_french_quotes_and_dashes():
    """No English quotation marks, and a space on the inner side of French ones."""
    assert [french for _, french in TEXTS if re.search(r"[“”\u201e]", french)] == []
    raw = [message.string for message in tool.read("fr") if isinstance(message.string, str)]
    assert [text for text in raw if re.search(r"«\S|\S»", text)] == []
