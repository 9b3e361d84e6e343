"""A card in a language that is not read: said as such in every format and language, never as silence."""

import html
import json
import re

import pytest
from raw_samples import gathered, repository

from osaid_audit import evaluate, render
from osaid_audit.gather import assemble
from osaid_audit.schema.unread import unread_card

GERMAN = (
    "Dieses Modell wurde mit Texten aus dem Internet trainiert und ist für alle Zwecke gedacht. "
    "Die Gewichte werden von der Universität bereitgestellt und können heruntergeladen werden. "
)
RUSSIAN = "Эта модель обучена на текстах из открытых источников и предназначена для исследований. "
CHINESE = "本模型使用公开数据训练，适用于研究和商业用途，权重可以自由下载和修改。"
ENGLISH = "This model was made by a school and it is for all the pupils who want to learn. "
FRENCH = "Ce modèle a été préparé par une école pour les élèves qui veulent apprendre avec lui. "
# What a report says of a card that is silent; none of it may be said of one that nobody read.
SILENCE = (
    "No description of the training data was found",
    "Nothing was found about the training data",
    "Nothing was found that says which models",
    "Aucune description des données",
    "Rien n'a été trouvé sur les données",
)
UNREAD = {"en": ("not read in this language", "does not read"), "fr": ("dans cette langue", "ne lit pas")}
ASKED = ["osaid-1.0", "g7-2026", "practical"]


def dossier(text: str, front: str = ""):
    return assemble(
        gathered(repository(f"---\n{front}---\n# M\n\n{text}\n" if front else f"# M\n\n{text}\n"))
    )


@pytest.mark.parametrize("text", [GERMAN * 3, RUSSIAN * 3, CHINESE * 4], ids=["de", "ru", "zh"])
def test_a_card_that_is_not_read_is_a_problem_with_a_next_step(text):
    problem = unread_card(dossier(text).problems)
    assert problem is not None
    assert {"license.grant_found", "data.described", "access.price_named"} <= set(problem.blocks)
    assert "Read it yourself" in problem.next.en
    assert "Lisez-la vous-même" in problem.next.fr


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (ENGLISH * 3, ""),
        (FRENCH * 3, ""),
        (ENGLISH * 3, "language: de\n"),
        (ENGLISH * 20 + GERMAN, ""),
        ("tiny test checkpoint", ""),
        ("tiny test checkpoint", "language: en\n"),
        ("", "language: de\n"),
        ("GGUF Q4_K_M 7B", "language: zh\n"),
    ],
)
def test_a_card_that_is_read_or_has_no_words_is_none(text, front):
    assert unread_card(dossier(text, front).problems) is None


def test_few_words_count_where_the_publisher_names_their_language():
    few = "Mallia pieni koulu tekee."
    assert unread_card(dossier(few, "language: fi\n").problems) is not None
    assert unread_card(dossier(few, "language: en\n").problems) is None


def test_a_base_that_is_declared_is_read_all_the_same():
    named = unread_card(dossier(GERMAN * 3, "base_model: a/b\n").problems)
    alone = unread_card(dossier(GERMAN * 3).problems)
    assert "lineage.complete" in alone.blocks
    assert "lineage.complete" not in named.blocks


def seen(report, form: str, lang: str) -> str:
    """What a reader sees, as one line of plain text."""
    page = render(report, form, lang)
    if form in {"html", "fiche"}:
        page = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(page).replace("\\", "").split())


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "fiche"])
def test_every_format_says_that_it_was_not_read_and_none_that_nothing_is_stated(form, lang):
    shown = seen(evaluate(dossier(GERMAN * 3), frameworks=ASKED), form, lang)
    assert [words for words in SILENCE if words in shown] == []
    assert any(words in shown for words in UNREAD[lang])
    silent = seen(evaluate(dossier(ENGLISH * 3), frameworks=ASKED), form, lang)
    assert not any(words in silent for words in UNREAD[lang])


def test_json_says_it_in_both_languages():
    report = json.loads(render(evaluate(dossier(GERMAN * 3), frameworks=ASKED), "json"))
    found = {each["rule"]: each for norm in report["frameworks"] for each in norm["findings"]}
    for rule in ("weights-license", "data-described", "training-code", "price", "known-origin"):
        assert found[rule]["outcome"] == "insufficient_evidence"
        assert "not read in this language" in found[rule]["message"]["en"]
        assert "n'est pas lue dans cette langue" in found[rule]["message"]["fr"]
    # What other places than the card decide is told as before.
    assert found["weights-present"]["outcome"] == "met"
    assert "not read in this language" not in found["code-license"]["message"]["en"]


def test_the_outcomes_are_those_of_a_card_that_is_silent():
    """Not read is not known: no answer is won or lost by it."""

    def outcomes(text: str) -> dict[str, str]:
        norms = evaluate(dossier(text), frameworks=["osaid-1.0"]).frameworks
        return {each.rule: str(each.outcome) for norm in norms for each in norm.findings}

    foreign, silent = outcomes(GERMAN * 3), outcomes(ENGLISH * 3)
    differing = {rule for rule in foreign if foreign[rule] != silent[rule]}
    # Only a card that was read can show that there is no grant, and so no text and no policy to ask for.
    assert differing == {"weights-license", "license-text", "usage-policy"}
    assert {foreign[rule] for rule in differing} == {"insufficient_evidence"}
    assert silent["weights-license"] == "not_met"


def test_a_model_made_from_one_that_was_not_read_is_not_called_silent():
    """Its own page names its data: that the whole is not told is no reason to say that nothing was found."""
    front = "license: mit\nbase_model: acme/unread\ndatasets: [acme/text]\n"
    about = dossier(ENGLISH * 3, front)
    if not about.lineage[0].problem:
        hop = about.lineage[0].model_copy(update={"problem": "unreachable"})
        about = about.model_copy(update={"lineage": (hop,)})
    report = evaluate(about, frameworks=ASKED)
    for form, lang in (("text", "en"), ("text", "fr"), ("html", "fr"), ("fiche", "en"), ("fiche", "fr")):
        shown = render(report, form, lang).replace("\u00a0", " ")
        assert not [silence for silence in SILENCE[:2] + SILENCE[3:] if silence in shown], (form, lang)
        assert "not read" in shown or "pas été lu" in shown


def test_a_model_without_a_base_whose_page_is_silent_is_called_so():
    shown = render(evaluate(dossier(ENGLISH * 3, "license: mit\n"), frameworks=ASKED), "fiche", "en")
    assert "Nothing was found about the training data" in shown
