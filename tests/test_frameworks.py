"""The frameworks people ask about, from raw replies to answers: practical, Article 53(2), the MOF."""

import csv
import itertools
import json
import random

import pytest
from hub.world import apache_text, mit_text
from raw_samples import card, gathered, raw, repository

from osaid_audit.evaluate import evaluate, load
from osaid_audit.evaluate.ladder import climb, next_rung
from osaid_audit.evaluate.verdict import asked
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.prose.frontmatter import read_front_matter
from osaid_audit.render import render
from osaid_audit.schema.base import Outcome

RULESET = load()
NORMS = ("practical", "eu-ai-act-53-2", "mof")
MET, NO = Outcome.MET, Outcome.NOT_MET
LOOK, OPEN = Outcome.NEEDS_REVIEW, Outcome.INSUFFICIENT_EVIDENCE
PROSE = "A small model for the study of French and English text, made by a school of the town for its pupils."
CONFIG = json.dumps({"architectures": ["SmallModel"]})
SAFE = ({"rfilename": "model.safetensors", "size": 2_000_000_000},)
PICKLED = ({"rfilename": "pytorch_model.bin", "size": 2_000_000_000},)
REPLY = {
    "library_name": "transformers",
    "lastModified": "2025-09-01T10:00:00.000Z",
    "pipeline_tag": "text-generation",
}


def model(page=PROSE, info=None, files=None, rows=SAFE, bases=None, **keys):
    """The dossier of one model; card keys stand in the reply and in the card."""
    reply = {**REPLY, "cardData": keys, **(info or {})}
    read = {"config.json": CONFIG, **(files or {})}
    return assemble(gathered(repository(card(page, **keys), reply, read, rows), bases))


def answers(dossier, norm="practical", **more):
    result = evaluate(dossier, RULESET, [norm], **more).framework(norm)
    assert result.verdict is None or result.kind == "ladder"
    return {finding.rule: finding.outcome for finding in result.findings}


APACHE = {"license": "apache-2.0"}
OPEN_ALL = model(**APACHE, files={"config.json": CONFIG, "LICENSE": apache_text()})
RESTRICTED = model(license="llama3.1")
NONCOMMERCIAL = model(license="cc-by-nc-4.0")
NO_LICENSE = model()
GATED = model(**APACHE, info={"gated": "manual"})
PICKLE = model(**APACHE, rows=PICKLED)
EMPTY = assemble(gathered(repository(None, {"gated": None, "siblings": None}, rows=())))


# Practical questions


def test_a_model_that_is_open_throughout_gets_a_yes_wherever_a_page_can_tell():
    found = answers(OPEN_ALL, as_of="2026-01-01")
    assert [rule for rule, outcome in found.items() if outcome is not MET] == [
        *("data-origin", "known-origin", "warranty"),
    ]
    assert (found["data-origin"], found["known-origin"], found["warranty"]) == (OPEN, OPEN, NO)


def test_of_an_empty_page_nothing_is_said_neither_yes_nor_no():
    assert set(answers(EMPTY).values()) == {OPEN}
    assert set(answers(EMPTY, "eu-ai-act-53-2").values()) == {OPEN}


@pytest.mark.parametrize(
    ("dossier", "expected"),
    [
        (RESTRICTED, {"purpose": LOOK, "place-and-scale": LOOK, "passing-on": LOOK, "price": LOOK}),
        (NONCOMMERCIAL, {"purpose": LOOK, "price": LOOK, "passing-on": LOOK, "warranty": LOOK}),
        (NO_LICENSE, {"purpose": NO, "adaptation": NO, "passing-on": NO, "lasting-rights": NO}),
        (GATED, {"free-access": NO, "own-machine": LOOK, "price": LOOK, "purpose": MET}),
        (PICKLE, {"file-safety": LOOK, "own-machine": MET, "purpose": MET}),
        (OPEN_ALL, {"free-access": MET, "file-safety": MET, "own-machine": MET, "purpose": MET}),
    ],
    ids=["restricted", "noncommercial", "no license", "gated", "pickle only", "open"],
)
def test_each_limit_shows_where_it_bites_and_only_there(dossier, expected):
    found = answers(dossier)
    assert {rule: found[rule] for rule in expected} == expected


def test_own_words_and_groups_are_in_the_report_and_there_is_no_verdict():
    report = evaluate(OPEN_ALL, RULESET, ["practical"])
    result = report.framework("practical")
    assert (result.verdict, result.at_most, report.label) == (None, None, None)
    assert result.words[MET].fr == "oui"
    grouped = [rule for each in result.requirements for rule in each.rules]
    assert grouped == [finding.rule for finding in result.findings]
    saved = json.loads(render(report, "json"))["frameworks"][0]
    assert "element" not in saved["findings"][0]
    assert "verdict" not in saved


@pytest.mark.parametrize(
    ("size", "answer"),
    [(2_000_000_000, MET), (8_000_000_000, MET), (8_000_000_001, LOOK), (60_000_000_000, NO), (None, OPEN)],
)
def test_the_size_says_what_machine_it_takes(size, answer):
    rows = ({"rfilename": "model.safetensors", **({"size": size} if size else {})},)
    assert answers(model(**APACHE, rows=rows))["machine-size"] is answer


def test_the_size_is_said_in_the_units_of_the_reader():
    [finding] = [
        each
        for each in evaluate(OPEN_ALL, RULESET, ["practical"]).framework("practical").findings
        if each.rule == "machine-size"
    ]
    assert "2.0 GB" in finding.message.en
    assert "2,0 Go" in finding.message.fr


def test_an_adapter_is_no_model_of_its_own():
    rows = ({"rfilename": "adapter_model.safetensors", "size": 9_000_000},)
    found = answers(model(**APACHE, rows=rows, files={"adapter_config.json": "{}"}))
    assert found["machine-size"] is LOOK
    assert found["own-machine"] is LOOK


def test_a_limit_of_the_base_is_a_limit_here():
    """The worst error: to say yes to whoever asks about a restricted base under an open tag."""
    tuned = {**APACHE, "base_model": "org/base"}
    info = {"cardData": {"license": "cc-by-nc-4.0"}}
    base = repository(card(PROSE, license="cc-by-nc-4.0"), info, name="org/base")
    found = answers(model(**tuned, bases={"org/base": base}))
    for rule in ("purpose", "price", "passing-on"):
        assert found[rule] is LOOK
    assert found["place-and-scale"] is OPEN
    for bases in ({"org/base": Missed("org/base", "https://hub.test/org/base", "gated")}, {}):
        found = answers(model(**tuned, bases=bases))
        assert not {found[rule] for rule in ("purpose", "price", "passing-on", "lasting-rights")} & {MET, NO}
    retagged = model(**tuned, bases={"org/base": base})
    assert answers(retagged, "eu-ai-act-53-2")["eu-open-license"] is LOOK


def test_a_hint_at_a_base_or_an_unread_configuration_leaves_no_yes():
    hinted = json.dumps({"architectures": ["SmallModel"], "_name_or_path": "org/other-base"})
    assert answers(model(**APACHE, files={"config.json": hinted}))["purpose"] is OPEN
    unread = Missed("config.json", "https://hub.test/config.json", "unreachable")
    assert answers(model(**APACHE, files={"config.json": unread}))["purpose"] is OPEN
    assert answers(model(**APACHE))["purpose"] is MET


def test_a_policy_beside_an_open_license_leaves_no_yes():
    with_policy = model(
        **APACHE, files={"USE_POLICY.md": "Please think of the children before you use this."}
    )
    assert answers(with_policy)["purpose"] is not MET


@pytest.mark.parametrize(
    ("day", "answer"), [("2025-09-02", MET), ("2026-09-01", MET), ("2026-09-02", NO), ("2025-08-01", OPEN)]
)
def test_the_age_is_reckoned_to_the_day_of_the_report(day, answer):
    assert answers(OPEN_ALL, as_of=day)["upkeep"] is answer


@pytest.mark.parametrize("moment", [None, 17, "yesterday", "2025-99-01", ""])
def test_a_change_without_a_readable_day_says_nothing(moment):
    assert answers(model(**APACHE, info={"lastModified": moment}))["upkeep"] is OPEN


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_answer_that_rests_on_a_reviewers_word_says_so(form):
    said = evaluate(OPEN_ALL, RULESET, ["practical"], attested={"data.description_complete": True})
    mark = "rests on a reviewer's statement"
    assert mark in render(said, form).replace("&#39;", "'")
    assert mark not in render(evaluate(OPEN_ALL, RULESET, ["practical"]), form).replace("&#39;", "'")
    assert "not required" not in render(said, form)


# Article 53(2)


def test_an_open_model_appears_to_meet_what_a_page_can_show_and_no_more():
    found = answers(OPEN_ALL, "eu-ai-act-53-2")
    met = {rule for rule, outcome in found.items() if outcome is MET}
    assert met == {"eu-open-license", "eu-weights-public", "eu-architecture-public"}
    assert NO not in found.values()


@pytest.mark.parametrize(
    ("dossier", "license_", "exemption"),
    [(NONCOMMERCIAL, NO, NO), (NO_LICENSE, NO, NO), (RESTRICTED, LOOK, LOOK), (OPEN_ALL, MET, LOOK)],
    ids=["noncommercial", "no license", "use restricted", "open"],
)
def test_the_license_decides_what_it_can(dossier, license_, exemption):
    found = answers(dossier, "eu-ai-act-53-2")
    assert (found["eu-open-license"], found["eu-exemption"]) == (license_, exemption)


def test_conditions_known_from_memory_only_are_never_decided():
    for rule in ("eu-disqualifying-limits", "eu-safety-limits", "eu-usage-information"):
        assert not RULESET.rules[rule].met
        assert not RULESET.rules[rule].not_met
        assert not RULESET.rules[rule].attest


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_stays_due_is_said_whatever_was_found(lang):
    linked = f"{PROSE}\n\nSee our [copyright policy](https://org.test/c) for authors."
    for dossier in (OPEN_ALL, EMPTY, RESTRICTED, model(linked, **APACHE)):
        page = render(evaluate(dossier, RULESET, ["eu-ai-act-53-2"]), "text", lang, width=200)
        due = {"en": "this duty stays due in any case", "fr": "cette obligation reste due dans tous les cas"}
        assert page.count({"en": "general-purpose model (E1)", "fr": "usage général (E1)"}[lang]) == 2
        assert page.count(due[lang]) == 2
        assert {"en": "Out of reach", "fr": "Hors de portée"}[lang] in page


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("[Copyright policy](https://o.test/c)", "eu-copyright-policy"),
        ("[politique de droits d'auteur](https://o.test/c)", "eu-copyright-policy"),
        ("[Public summary of training content](https://o.test/s)", "eu-training-summary"),
        ("[résumé du contenu d\u2019entraînement](https://o.test/s)", "eu-training-summary"),
    ],
)
def test_a_document_that_the_law_asks_for_is_seen_by_its_name(link, rule):
    assert answers(model(f"{PROSE}\n\n{link}\n", **APACHE), "eu-ai-act-53-2")[rule] is LOOK
    unlinked = link.partition("]")[0].strip("[")
    assert answers(model(f"{PROSE}\n\n{unlinked}\n", **APACHE), "eu-ai-act-53-2")[rule] is OPEN


def test_never_a_certificate_nor_a_verdict_nor_a_number():
    for norm in ("practical", "eu-ai-act-53-2"):
        page = render(evaluate(OPEN_ALL, RULESET, [norm]), "text", "en").lower()
        assert "certif" not in page
        assert "conforms" not in page
        assert "% open" not in page


# The Model Openness Framework

# Required components by class, from the published configuration, and the fact that a reviewer gives for each.
COMPONENTS = {
    "III": {
        "architecture": "code.architecture_accepted",
        "weights": None,
        "report": "documents.report_accepted",
        "results": "documents.results_accepted",
        "model card": "documents.model_card_accepted",
        "data card": "documents.data_card_accepted",
    },
    "II": {
        "training code": "code.training_complete",
        "inference code": "code.inference_accepted",
        "evaluation code": "code.evaluation_complete",
        "evaluation data": "data.evaluation_accepted",
    },
    "I": {
        "datasets": "data.datasets_open",
        "preprocessing code": "code.data_processing_complete",
        "checkpoints": "weights.checkpoints_accepted",
        "paper": "documents.paper_accepted",
    },
}
EVERYTHING = {name for group in COMPONENTS.values() for name in group}
FACTS = {name: fact for group in COMPONENTS.values() for name, fact in group.items() if fact}
TITLES = {"III": "class-iii", "II": "class-ii", "I": "class-i", None: "unclassified"}


def published(open_components):
    """The class by the published algorithm: walk III, II, I; a paper stands in for the report."""
    reached, needed = None, set()
    for name, components in COMPONENTS.items():
        needed |= set(components)
        if "paper" in open_components:
            needed -= {"report"}
        if not needed <= open_components:
            break
        reached = name
    return reached


def ours(open_components, dossier=OPEN_ALL, unknown=frozenset(), **more):
    """The ladder's answer when a reviewer says of each component whether it is there and open."""
    known = {name: fact for name, fact in FACTS.items() if name not in unknown}
    said = {fact: name in open_components for name, fact in known.items()}
    said = {"code.open_accepted": True, "code.processing_open_accepted": True, **said, **more}
    return evaluate(dossier, RULESET, ["mof"], attested=said).framework("mof")


SETS = {
    "all": EVERYTHING,
    "all but the report, which the paper replaces": EVERYTHING - {"report"},
    "no datasets": EVERYTHING - {"datasets"},
    "no paper": EVERYTHING - {"paper"},
    "no evaluation data": EVERYTHING - {"evaluation data"},
    "documents and weights only": set(COMPONENTS["III"]),
    "documents and weights, a paper for the report": set(COMPONENTS["III"]) - {"report"} | {"paper"},
    "no model card": EVERYTHING - {"model card"},
    "weights alone": {"weights"},
    "neither report nor paper": EVERYTHING - {"report", "paper"},
}


@pytest.mark.parametrize("name", SETS)
def test_the_class_is_that_of_the_published_algorithm(name):
    found = ours(SETS[name])
    assert found.verdict == found.at_most == TITLES[published(SETS[name])]


def test_the_sets_show_every_class():
    assert {published(each) for each in SETS.values()} == {"I", "II", "III", None}


def test_the_class_is_that_of_the_algorithm_for_sets_drawn_at_random():
    draw = random.Random(53)
    drawn = [
        {name for name in EVERYTHING if name == "weights" or draw.random() < share}
        for share in itertools.chain.from_iterable([(0.7, 0.9, 0.97)] * 40)
    ]
    assert [TITLES[published(each)] for each in drawn] == [ours(each).verdict for each in drawn]


@pytest.mark.parametrize(
    ("dossier", "expected"),
    [
        (RESTRICTED, "unclassified"),
        (NONCOMMERCIAL, "unclassified"),
        (NO_LICENSE, "unclassified"),
        (model(license="cc-by-4.0"), "class-i"),
        (model(license="odbl"), "class-i"),
        (model(license="etalab-2.0"), "unclassified"),
        (model(license="mit", files={"config.json": CONFIG, "LICENSE": mit_text()}), "class-i"),
        (model(license="pddl"), "undetermined"),
    ],
    ids=["llama", "by-nc", "none", "by", "odbl", "etalab", "mit", "pddl"],
)
def test_the_weights_are_open_by_the_frameworks_own_list(dossier, expected):
    """CC-BY counts here and is a matter of judgement under the definition; etalab-2.0 the other way round."""
    assert ours(EVERYTHING, dossier).verdict == expected


def test_a_restricted_base_stands_on_no_rung():
    info = {"cardData": {"license": "cc-by-nc-4.0"}}
    base = repository(card(PROSE, license="cc-by-nc-4.0"), info, name="org/base")
    tuned = model(**APACHE, base_model="org/base", bases={"org/base": base})
    assert ours(EVERYTHING, tuned).at_most == "unclassified"


def test_without_a_reviewer_the_class_is_undetermined_and_the_missing_is_named():
    found = evaluate(OPEN_ALL, RULESET, ["mof"]).framework("mof")
    assert (found.verdict, found.at_most, found.next_rung.id) == ("undetermined", "class-i", "class-iii")
    assert set(found.next_rung.missing) == {
        *("architecture", "technical-report", "evaluation-results", "model-card", "data-card"),
    }


def test_what_is_missing_for_the_next_class_is_said():
    found = ours(SETS["no evaluation data"])
    assert (found.verdict, found.next_rung.id, found.next_rung.missing) == (
        *("class-iii", "class-ii"),
        ("evaluation-data",),
    )
    unsaid = ours(EVERYTHING, unknown={"evaluation data"})
    assert (unsaid.verdict, unsaid.at_most) == ("class-iii", "class-i")
    assert ours(EVERYTHING).next_rung is None


def test_a_ladder_that_is_shut_names_what_shuts_it():
    g7 = RULESET.framework("g7-2026")
    outcomes = dict.fromkeys(asked(g7), Outcome.MET)
    outcomes["weights-license"] = NO
    shut = next_rung(g7, outcomes, {"license.grant_found": False})
    assert (shut.id, shut.missing) == ("weights-available", ("weights-license",))
    assert next_rung(g7, dict.fromkeys(asked(g7), MET), {}) is None
    assert climb(g7, dict.fromkeys(asked(g7), MET), {}).value == g7.rungs[-1].id


# All of them


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "spdx"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_format_shows_every_framework(norm, form, lang):
    for dossier in (OPEN_ALL, EMPTY):
        report = evaluate(dossier, RULESET, [norm])
        assert render(report, form, lang) == render(report, form, lang)


WHATEVER_THE_CLASS = {"price", "place-and-scale", "lasting-rights"}
"""A limit that terms do not hold is none, however much else they limit: CC-BY-NC leaves out no place."""
RIGHTS = ("price", "purpose", "place-and-scale", "adaptation", "passing-on", "lasting-rights", "independence")


def test_no_real_card_gets_a_yes_about_rights_unless_its_weights_are_open(shared):
    """Over every recorded card; the listing (card and one weight file) is synthetic."""
    with (shared / "corpus" / "index.csv").open(encoding="utf-8", newline="") as rows:
        files = {row["file"] for row in csv.DictReader(rows) if row["kind"] == "hf_card"}
    yes = 0
    for file in sorted(files):
        body = (shared / "corpus" / file).read_bytes()
        keys = dict(read_front_matter(body).mapping())
        dossier = assemble(
            gathered(repository(None, {"cardData": keys}, {"README.md": raw("README.md", body)}))
        )
        report = evaluate(dossier, RULESET, ["practical", "g7-2026"])
        found = {each.rule for each in report.framework("practical").findings if each.outcome is MET}
        granted = found & set(RIGHTS) - WHATEVER_THE_CLASS
        if granted:
            yes += 1
            unchanged = report.facts["license.class"].value == "no-derivatives" and granted == {"purpose"}
            assert report.label.value.startswith("open") or unchanged, file
    assert yes > 10


def test_the_default_frameworks_stay_what_they_were():
    assert [each.id for each in evaluate(OPEN_ALL).frameworks] == ["osaid-1.0", "g7-2026"]
