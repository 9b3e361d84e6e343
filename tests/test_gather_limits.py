"""Three answers for a sentence about terms: plainly of this model, unclear, or plainly of another thing."""

from time import process_time

import pytest
from raw_samples import card, gathered, raw, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.grants import may_grant
from osaid_audit.gather.reading.prose.terms import read_terms

PROSE = "A small model for the study of French and English text, made by a school and free to try out."
WORK = "This work is licensed under a"
CC_NAME = "Creative Commons Attribution-NonCommercial 4.0 International License"
NC_LINK = "https://creativecommons.org/licenses/by-nc/4.0/"


def facts(text, title="A model", license_id="apache-2.0", files=None, **keys):
    front = {"license": license_id} if license_id else {}
    body = card(f"# {title}\n\n{PROSE}\n\n{text}\n", **front)
    found = assemble(gathered(repository(body, {"cardData": {**front, **keys}}, files)))
    names = ("license.class", "license.consistent", "license.grant_found", "license.read_all")
    return tuple(found.facts[name].value if name in found.facts else None for name in names)


PLAIN = [
    "## License\n\nThe model and dataset are released under CC BY-NC 4.0.",
    "The model and code are released under CC-BY-NC-4.0.",
    "Model weights and data are licensed under CC-BY-NC-4.0.",
    "All code, models and data are licensed under CC BY-NC 4.0.",
    "We release the model and the dataset under CC BY-NC 4.0.",
    "This model is licensed under CC BY-NC 4.0 and may not be used commercially.",
    "This model is licensed under CC BY-NC 4.0 (no commercial use).",
    "This work is licensed under a Creative Commons Attribution-NonCommercial 4.0 International License.",
    f'<a href="{NC_LINK}"><img alt="A badge" /></a>{WORK} <a href="{NC_LINK}">{CC_NAME}</a>.',
    "<table><tr><td>License</td><td>CC BY-NC 4.0</td></tr></table>",
    "<table><tr><td>Size</td><td>7B</td></tr><tr><td>License</td><td>CC BY-NC 4.0</td></tr></table>",
    "| License | CC BY-NC 4.0 |",
    f"[![License](badge)]({NC_LINK})",
    "![License: CC BY-NC 4.0](https://a.b/c.svg)",
    "![](https://img.shields.io/badge/License-CC_BY--NC_4.0-lightgrey.svg)",
    "## Licence\n\nCreative Commons Attribution - Pas d'utilisation commerciale 4.0",
    "Les poids sont distribués sous licence CC BY-NC-SA 4.0.",
    "This model is licensed under CC BY\u2011NC 4.0.",
]
UNCLEAR = [
    "If you use this model you agree to the CC BY-NC 4.0 license.",
    "Licence Creative Commons Attribution - Pas d'utilisation commerciale 4.0",
    f"[![CC BY-NC 4.0][badge]][terms]\n\n[badge]: https://a.b/c.png\n[terms]: {NC_LINK}",
    "This model was originally released under CC BY-NC 4.0.",
    "## License\n\n- Acme Small: Apache-2.0\n- Acme Large: CC-BY-NC-4.0",
    "**This model is for research purposes only.**",
    "**For research use only.** Commercial use is not permitted.",
    "## Intended use\n\nFor research use only. Not for commercial use.",
    "## Usage restrictions\n\nCommercial use is prohibited.",
    "## License\n\nNo commercial use.",
    "You may not use this model commercially.",
    "Free for research; companies must obtain a paid license.",
    "The model must not be used for military purposes.",
    "## Licence\n\nUtilisation commerciale interdite.",
    "L'usage commercial est interdit.",
    "Réservé à la recherche.",
    "Kommerzielle Nutzung verboten.",
    "Nur für den privaten Gebrauch.",
    "This model is for non\u2011commercial use.",
    "This model is for non\u2010commercial use.",
    "The generated images may not be used commercially.",
]
EXPLAINED = [
    "Until version 2 it was distributed under CC-BY-NC-4.0.",
    "We changed the license of the model from CC-BY-NC-4.0 to Apache-2.0.",
    "Previously the model was under CC-BY-NC-4.0; it is now Apache-2.0.",
    "Unlike other models under the Llama 3 Community License, this model is Apache-2.0.",
    "## License\n\nApache-2.0. The logo is CC-BY-NC-ND-4.0.",
    "## License\n\nApache-2.0\n\nSample voices: CC-BY-NC-4.0",
    "This model is available under Apache-2.0 or, at your choice, CC-BY-NC-4.0.",
    "The dataset is for research purposes only.",
    "The code may not be used commercially.",
    "This model was trained on Alpaca, which is CC BY-NC 4.0.",
    "We train the model on Alpaca, a dataset licensed under CC BY-NC 4.0.",
    "The base model is licensed under CC BY-NC 4.0.",
    "| Name | Terms |\n|---|---|\n| Fjord | CC BY-NC 4.0 |",
    "Commercial use is not restricted to members: no restrictions apply.",
]
# Written before the words were chosen, and not changed since.
HELD_LIMITS = [
    "Please do not use this model in commercial products.",
    "Usage is limited to academic institutions.",
    "Companies with more than 50 employees need a separate license.",
    "This checkpoint may not be redistributed.",
    "These weights are provided for evaluation purposes only.",
    "Use in the European Union is not permitted.",
    "You are not allowed to use the outputs to train other models.",
    "For commercial licensing, contact sales@example.org.",
    "Non-profit use only.",
    "The weights are released under the Gemma Terms of Use.",
    "Cette version est destinée exclusivement à un usage universitaire.",
    "Toute exploitation commerciale est soumise à une autorisation écrite.",
    "Les poids sont distribués sous licence CC BY-NC-SA 4.0.",
    "Ce modèle ne doit pas être utilisé par l'armée.",
    "Nur für Forschungszwecke.",
    "Prohibido el uso comercial.",
    "Uso commerciale vietato.",
    "Niet voor commercieel gebruik.",
    "| License | Creative Commons Attribution NonCommercial ShareAlike 4.0 |",
    "By downloading the weights you accept the Llama 3 Community License Agreement.",
]
HELD_HARMLESS = [
    "The model is free for commercial use.",
    "This model should not be used to make medical decisions without a doctor.",
    "We compared it with Llama 2, which has a community license.",
    "The dataset is for research purposes only.",
    "Only the last layer was trained.",
    "The tokenizer does not support emoji.",
    "Commercial and non-commercial use are both allowed.",
    "The model may not produce correct answers.",
    "You must install transformers 4.40 or later.",
    "Contact us for commercial support.",
    "Vous pouvez l'utiliser à des fins commerciales.",
    "Ce modèle peut être utilisé librement, y compris à des fins commerciales.",
    "Le jeu de données est réservé à la recherche.",
    "Le modèle ne doit pas être considéré comme une source fiable.",
    "The training images are licensed under CC BY-NC 4.0.",
    "It was evaluated on MMLU only.",
    "Research on small models is growing.",
    "The paper is published under CC BY-NC-ND 4.0.",
    "Released under the Apache License 2.0.",
    "The demo must not be used with personal data.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_restriction_of_this_model_decides(text):
    assert facts(text)[:2] == ("noncommercial", False)


def test_a_number_of_tokens_is_no_other_size():
    text = "This model is released under CC BY-NC 4.0, trained on 300B tokens."
    assert facts(text, "Acme 0.5B")[0] == "noncommercial"
    assert facts("Acme-70B is released under CC BY-NC 4.0.", "Acme 0.5B")[0] == "osi"


@pytest.mark.parametrize("text", UNCLEAR)
def test_an_unclear_limit_asks_for_a_reader_and_decides_nothing(text):
    assert facts(text) == ("custom-unknown", False, True, True)


@pytest.mark.parametrize("text", EXPLAINED)
def test_what_is_plainly_said_of_another_thing_changes_nothing(text):
    assert facts(text)[:2] == ("osi", True)


@pytest.mark.parametrize("text", HELD_LIMITS)
def test_no_held_back_limit_leaves_the_license_open(text):
    found = facts(text)
    assert found[0] not in {"osi", "open-not-osi", "none", None}
    assert found[1] is False


@pytest.mark.parametrize("text", HELD_HARMLESS)
def test_no_held_back_harmless_sentence_closes_it(text):
    assert facts(text)[:2] == ("osi", True)


def test_a_notice_about_another_thing_restricts_nothing():
    assert facts("", files={"NOTICE": "icon set Bar, CC-BY-NC-4.0 License\n"})[0] == "osi"
    assert facts("", files={"NOTICE": "The model is licensed under CC-BY-NC-4.0.\n"})[0] == "noncommercial"


# Gates

FORMS = [
    {"extra_gated_prompt": "Please share your contact information to access this model."},
    {"extra_gated_prompt": "You need to agree to share your contact information to access this model."},
    {"extra_gated_fields": {"First Name": "text", "Date of birth": "date_picker", "Country": "country",
                            "Affiliation": "text", "geo": "ip_location",
                            "I agree to share my contact information": "checkbox"}},
    {"extra_gated_fields": {"Job title": {"type": "select", "options": ["Student", "AI researcher"]}}},
    {"extra_gated_fields": {"I want to use this model for": {"type": "select", "options": [
        "Research", "Education", {"label": "Other", "value": "other"}]}}},
    {"extra_gated_fields": {"Nom": "text", "Prénom": "text", "Adresse électronique": "text",
                            "J'accepte de partager mes coordonnées": "checkbox"}},
    {"extra_gated_prompt": "Pour accéder au modèle, veuillez indiquer votre nom et votre adresse."},
    {"extra_gated_heading": "Access this model on Hugging Face", "extra_gated_button_content": "Submit"},
    {"extra_gated_button_content": "Acknowledge license"},
    {"extra_gated_button_content": "Envoyer la demande"},
    {"extra_gated_eu_disallowed": False},
]  # fmt: skip
TERMS = [
    {"extra_gated_prompt": "You agree to not use the model to conduct experiments that harm human subjects."},
    {"extra_gated_prompt": "May not be used by the defence industry. Access is granted to academics."},
    {"extra_gated_prompt": "Companies must sign a separate agreement."},
    {"extra_gated_prompt": "By clicking you accept the Llama 3 Community License Agreement."},
    {"extra_gated_fields": {"Je n'utiliserai pas ce modèle à des fins commerciales": "checkbox"}},
    {"extra_gated_fields": {"I agree to use this model for research": "checkbox"}},
    {"extra_gated_fields": {"Purpose": {"type": "select", "options": ["Non-commercial research only"]}}},
    {"extra_gated_fields": {"Purpose": {"type": "select", "options": [{"label": "Research only"}]}}},
    {"extra_gated_button_content": "Accept the non-commercial license"},
    {"extra_gated_eu_disallowed": True},
]


@pytest.mark.parametrize("keys", FORMS)
def test_a_plain_form_says_nothing_of_the_terms(keys):
    assert facts("", **keys)[:2] == ("osi", True)


@pytest.mark.parametrize("keys", TERMS)
def test_any_other_gate_text_asks_for_a_reader(keys):
    assert facts("", **keys)[:2] == ("custom-unknown", False)


# No declared license

GRANTS = [
    "Released under the WTFPL.",
    "ISC.",
    "Do whatever you want with this model, commercial or not.",
    "Ce modèle est libre d'utilisation, de modification et de redistribution pour tous.",
    "Vous pouvez l'utiliser et le modifier.",
    "Frei nutzbar für jeden Zweck.",
    "Modelo libre para cualquier uso.",
    "Modello libero per qualsiasi uso.",
    "Modelo livre para qualquer uso.",
    "![License: MIT](https://a.b/c.svg)",
    "[![License: MIT](https://a.b/c.svg)](LICENSE)",
    "Ein kleines Modell ohne jede Angabe.",
]
SILENT = [
    "It has 12 layers.",
    "Trained on 8 GPUs for two days.",
    "See the paper for details, in JSON or TCL.",
    "## Results\n\n| Task | Score |\n|---|---|\n| MMLU | 34.1 |",
    "Il a douze couches et un vocabulaire de 32 000 mots.",
]


@pytest.mark.parametrize("text", GRANTS)
def test_a_possible_grant_is_never_an_observed_absence(text):
    assert facts(text, license_id=None)[2] is not False


@pytest.mark.parametrize("text", SILENT)
def test_a_card_without_any_word_of_granting_leaves_the_absence_observed(text):
    assert facts(text, license_id=None)[:3] == ("none", None, False)


def test_a_card_in_another_language_rules_no_grant_out():
    body = "---\nlanguage: {}\n---\n# M\n\nMallia pieni koulu tekee.\n"
    read = {code: assemble(gathered(repository(body.format(code)))).facts for code in ("fi", "en")}
    assert all("license.grant_found" not in found for found in read.values())
    english = body.replace("Mallia pieni koulu tekee", "A small model by a school").format("fi")
    assert assemble(gathered(repository(english))).facts["license.grant_found"].value is False


def test_the_restriction_of_a_base_passes_on_whatever_stands_beside_it():
    text = "The model and dataset are released under CC BY-NC 4.0."
    base = repository(
        card(f"# B\n\n{text}\n", license="mit"), {"cardData": {"license": "mit"}}, name="b/base"
    )
    keys = {"license": "apache-2.0", "base_model": "b/base"}
    found = assemble(gathered(repository(card(PROSE, **keys), {"cardData": keys}), {"b/base": base}))
    assert found.facts["lineage.restricted"].value is True


HOSTILE = (
    "not ", "use only ", "the model and data ", "until version ", "changed from ", "a/b/", "| a | b |\n",
    "commercial and non-commercial ",
    "licensed under CC BY-NC ", "research and ", "A-B-C ", "[![a](b)](c) ", "<td>a</td>",
    "<img alt='a' src='b' ",
    "![License: MIT](https://img.shields.io/badge/a-b-c) ", "Attribution Non Commercial ", "![a][",
    "unlike a ",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_page_costs_no_more_than_its_length(unit):
    page = read_card(unit * (100_000 // len(unit)))
    began = process_time()
    read_terms(page)
    may_grant(page)
    assert process_time() - began < 2


def test_a_recorded_gate_is_no_proof():
    text = card(PROSE, license="mit", extra_gated_button_content="Accept the non-commercial license")
    copy = raw("README.md", text, stands_in=True)
    found = assemble(gathered(repository(None, {"cardData": {"license": "mit"}}, {"README.md": copy})))
    assert found.facts["license.class"].value == "custom-unknown"
