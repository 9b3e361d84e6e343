"""Cards in languages that are not read: no word of theirs may be taken for silence, nor for a grant."""

from pathlib import Path

import pytest
import yaml
from raw_samples import gathered, repository

from osaid_audit.evaluate import evaluate
from osaid_audit.gather import assemble
from osaid_audit.render import render
from osaid_audit.schema.unread import unread_card

BANS = yaml.safe_load((Path(__file__).parent / "unread_cards.yaml").read_text(encoding="utf-8"))
READ = {
    "en": "We trained this model on text from newspapers and books that our team gathered. "
    "It may be used for any purpose, also in products, and we ask you only to tell us what you build.",
    "fr": "Nous avons entraîné ce modèle sur des textes de journaux et de livres réunis par notre équipe. "
    "Il peut être utilisé pour tout usage, y compris dans des produits.",
    "terse": "Base model, 7B parameters, trained on 2T tokens, context length 4096, bfloat16 weights",
    "settings": "load_in_8bit: False load_in_4bit: True llm_int8_threshold: 6.0 llm_int8_skip_modules: None "
    "bnb_4bit_quant_type: nf4 bnb_4bit_use_double_quant: True bnb_4bit_compute_dtype: bfloat16 in in",
}


def judged(text, front=""):
    return assemble(gathered(repository(f"{front}# M\n\n{text}\n")))


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("language", BANS)
def test_a_card_that_nobody_read_grants_nothing_and_its_silence_is_no_finding(language, times):
    open_one = evaluate(judged(BANS[language] * times, "---\nlicense: mit\n---\n"))
    assert unread_card(judged(BANS[language] * times).problems) is not None
    assert open_one.label.value == "undetermined"
    silent = evaluate(judged(BANS[language] * times))
    assert silent.framework("osaid-1.0").verdict == "undetermined"


@pytest.mark.parametrize("language", READ)
def test_a_card_in_english_or_french_is_read(language):
    assert unread_card(judged(READ[language]).problems) is None
    assert evaluate(judged(READ[language], "---\nlicense: mit\n---\n")).label.value == "open-weights"


UNTOLD = "| **Name** | `nl_core` |\n\n### Label Scheme\n\nBekijk het schema van de labels\n"
TOLD = "| **Name** | `nl_core` |\n\n### Label Scheme\n\nView the scheme of the labels here\n"


def told(report, lang):
    """Whether the report says, as a limit, that words of the card are in a language nobody could tell."""
    words = {"en": "The language of some words of the card", "fr": "La langue de certains mots de la fiche"}
    return " ".join(render(report, "text", lang).replace("\u00a0", " ").split()).count(words[lang]) == 1


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_words_in_a_language_that_cannot_be_told_are_named_where_they_hold_the_license_back(lang):
    about = judged(UNTOLD)
    assert "license.read_all" not in about.facts
    assert unread_card(about.problems) is None
    assert told(evaluate(about), lang)


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (TOLD, ""),
        (UNTOLD, "---\nlicense: mit\n---\n"),
        ("", ""),
        (BANS["ro"] * 3, ""),
    ],
    ids=["told", "licensed", "empty", "a problem of its own"],
)
def test_no_limit_is_told_where_the_language_holds_nothing_back(text, front):
    report = evaluate(judged(text, front))
    assert not told(report, "en")
    assert not told(report, "fr")
