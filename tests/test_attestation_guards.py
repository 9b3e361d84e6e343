"""What a signed file cannot do: speak of a base it ignores, of another model, of a later day, as nobody."""

import json

import pytest
from door import OPEN, RESTRICTED, dossier, osaid_audit
from raw_samples import card, gathered, repository
from signing import answer, correction, sign

import osaid_audit as library
from osaid_audit.errors import UsageError
from osaid_audit.evaluate import evaluate, load
from osaid_audit.evaluate.correct import FOLLOWING, LIMITS
from osaid_audit.gather import assemble
from osaid_audit.licenses import limit_clauses
from osaid_audit.pipeline import evaluate as judge
from osaid_audit.policy.draft import draft
from osaid_audit.render import WHOLE, render
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.base import Fact
from osaid_audit.schema.dossier import Digests
from osaid_audit.schema.names import is_address, is_body, is_visible, name_fault

RULES = load()
PAGE = "A small model for the study of French and English text, made by a school of the town for its pupils."
WEIGHTS = ({"rfilename": "model.safetensors", "size": 2_000_000_000},)
ADAPTER = ({"rfilename": "adapter_model.safetensors", "size": 9_000_000},)
ALL = ["osaid-1.0", "g7-2026", "practical", "eu-ai-act-53-2"]
APACHE = {"license": "apache-2.0"}
LIMITED = [name for name in LIMITS if name.endswith("_limited")]


def model(page=PAGE, rows=WEIGHTS, bases=None, **keys):
    reply = {"library_name": "transformers", "cardData": keys}
    files = {"config.json": json.dumps({"architectures": ["SmallModel"]})}
    return assemble(gathered(repository(card(page, **keys), reply, files, rows), bases))


def based(license_id):
    base = repository(card(PAGE, license=license_id), {"cardData": {"license": license_id}}, name="org/base")
    return model(**APACHE, base_model="org/base", bases={"org/base": base})


def statements(found, skip=("lineage.accepted",)):
    return answer(draft(evaluate(found, RULES), RULES, "en"), skip)["statements"]


def record(found, *stated, name="Ada Exemple", date="2025-01-20", **more):
    head = {"subject": found.subject.id, "revisions": [found.subject.revision], "statements": list(stated)}
    return Attestation.model_validate(sign({**head, **more}, name, date))


def attested(found, *stated, frameworks=None, **more):
    return judge(found, frameworks=frameworks, attestations=[record(found, *stated, **more)])


def verdict(report):
    return report.framework("osaid-1.0").verdict


def ignored(report):
    return [each.ignored for each in report.attestations]


def outcome(report, rule, framework="osaid-1.0"):
    return next(each for each in report.framework(framework).findings if each.rule == rule)


# No base


@pytest.mark.parametrize(
    "found",
    [
        model(**APACHE, rows=ADAPTER),
        model(f"{PAGE}\n\nQuantized from [it](https://huggingface.co/other/large-8b).", **APACHE),
    ],
    ids=["an adapter", "a hint at a base"],
)
def test_what_has_a_base_was_not_made_from_nothing(found):
    asked = statements(found)
    assert "lineage.from_scratch" not in [each["fact"] for each in asked]
    report = attested(found, *asked, correction("lineage.from_scratch", True))
    assert verdict(report) == "undetermined"
    assert "contradicts" in ignored(report)
    why = [one.why.fr for each in report.attestations for one in each.statements if one.why]
    assert any("issu d'un autre" in each for each in why)


def test_a_model_on_its_own_may_be_made_from_nothing_and_a_wrong_hint_can_be_taken_back():
    asked = statements(model(**APACHE))
    assert "lineage.from_scratch" in [each["fact"] for each in asked]
    assert verdict(attested(model(**APACHE), *asked)) == "conforms"
    hinted = model(f"{PAGE}\n\nQuantized from [it](https://huggingface.co/other/large-8b).", **APACHE)
    source = hinted.facts["lineage.undecided"].sources[0]
    back = correction("lineage.undecided", False, url=source.url)
    report = attested(hinted, *statements(hinted), back, correction("lineage.from_scratch", True))
    assert verdict(report) == "conforms"


# Whose source


def test_the_readme_of_the_model_does_not_stand_for_that_of_its_base():
    found = based("llama2")
    source = found.facts["lineage.restricted"].sources[0]
    assert (source.path, "org/base" in source.url) == ("README.md", True)
    asked = statements(found, skip=())
    for named, counts in (
        ({"path": source.path, "line": source.line}, False),
        ({"path": source.path, "line": source.line, "repository": found.subject.id}, False),
        ({"path": source.path, "url": f"{found.subject.url}/blob/main/README.md"}, False),
        ({"path": source.path, "line": source.line, "repository": "org/base"}, True),
        ({"url": source.url}, True),
    ):
        report = attested(found, *asked, correction("lineage.restricted", False, **named))
        assert report.facts["lineage.restricted"].value is not counts, named
        assert ("contradicts" in ignored(report)) is not counts
        shown = " ".join(render(report, "text", width=300).split())
        assert ("org/base" in shown.partition("Overrides what was read in")[2][:120]) is counts or not counts
        if not counts:
            why = [one.why.en for each in report.attestations for one in each.statements if one.why]
            assert any(f"url {source.url}" in each for each in why)


def test_the_own_readme_needs_no_address():
    found = model(license="cc-by-nc-4.0")
    report = attested(found, correction("license.class", "osi", path="README.md"))
    assert report.facts["license.class"].value == "osi"


# Class and ids


def test_a_class_does_not_outdo_the_licenses_named_beside_it():
    found = model(license="llama2")
    fix = correction("license.class", "osi", path="README.md")
    for ids in (["LicenseRef-llama-2", "CC-BY-NC-4.0"], ["Apache-2.0", "CC-BY-4.0"]):
        report = attested(found, fix, correction("license.ids", ids, path="README.md"))
        assert report.facts["license.class"].value == found.facts["license.class"].value
        assert ignored(report)[-1] == "contradicts"
        assert outcome(report, "weights-license").outcome == "not_met"
        assert "OSI-approved" not in outcome(report, "weights-license").message.en
    report = attested(found, fix, correction("license.ids", ["Apache-2.0", "MIT"]))
    assert outcome(report, "weights-license").outcome == "met"
    assert ignored(report) == [None]


def test_ids_do_not_worsen_under_a_class_that_stands():
    found = model(**APACHE)
    report = attested(found, correction("license.ids", ["CC-BY-NC-4.0"], path="README.md"))
    assert ignored(report) == ["contradicts"]
    assert report.facts["license.ids"].value == ("Apache-2.0",)
    both = (
        correction("license.class", "noncommercial", path="README.md"),
        correction("license.ids", ["CC-BY-NC-4.0"]),
    )
    worse = attested(found, *both)
    assert (worse.license.concluded.id, worse.license.concluded.cls) == ("CC-BY-NC-4.0", "noncommercial")


def test_what_rests_on_a_correction_is_said_in_the_reviewers_voice():
    found = model(license="cc-by-nc-4.0")
    fix = correction("license.class", "osi", path="README.md")
    for more, told in (
        ((), "none is named, see https://acme.example/report"),
        ((correction("license.ids", ["MIT"]),), "MIT"),
    ):
        said = outcome(attested(found, fix, *more), "weights-license").message
        assert said.en.startswith("On the word of Ada Exemple: ")
        assert said.fr.startswith("D'après Ada Exemple : ")
        assert said.en.endswith(f"OSI-approved license: {told}.")
    body = outcome(attested(found, fix, name="O.S.I."), "weights-license").message.en
    assert body.startswith("On the word of “O.S.I.” (a name as written, not checked): ")
    ids = correction("license.ids", ["MIT"], path="README.md")
    said = outcome(attested(model(**APACHE), ids), "weights-license").message.en
    assert said == "On the word of Ada Exemple: The weights come under an OSI-approved license: MIT."
    plain = outcome(judge(model(**APACHE)), "weights-license").message.en
    assert plain.startswith("The weights come under")


def test_spdx_concludes_a_reviewers_license_only_where_the_table_has_it_in_that_class():
    found = model(license="cc-by-nc-4.0")
    for cls, ids, concluded in (
        ("osi", ["MIT"], "MIT"),
        ("osi", ["LicenseRef-house"], "NOASSERTION"),
        ("osi", [], "NOASSERTION"),
        ("noncommercial", ["Apache-2.0"], "NOASSERTION"),
    ):
        same = found.facts["license.class"].value == cls
        fixes = [] if same else [correction("license.class", cls, path="README.md")]
        if ids:
            fixes.append(correction("license.ids", ids, path="README.md"))
        shown = render(attested(found, *fixes), "spdx")
        package = shown.split("PackageName: org/model")[1]
        assert f"PackageLicenseConcluded: {concluded}\n" in package, (cls, ids)


# Bases and limits


@pytest.mark.parametrize(
    "stated",
    [
        ("lineage.restricted", True),
        ("lineage.declared_base", True),
        ("lineage.undecided", True),
        ("lineage.from_scratch", False),
    ],
)
def test_a_word_on_a_base_takes_the_denied_limits_away(stated):
    found = model(**APACHE)
    before = judge(found, frameworks=ALL)
    assert all(before.facts[name].value is False for name in LIMITED)
    report = attested(found, correction(*stated), frameworks=ALL)
    assert ignored(report) == [None]
    assert not [name for name in LIMITS if name in report.facts]
    for rule in ("purpose", "passing-on", "independence", "price"):
        assert outcome(report, rule, "practical").outcome != "met"
    assert outcome(report, "eu-open-license", "eu-ai-act-53-2").outcome != "met"


def test_other_words_leave_the_limits_as_they_were_read():
    found = model(**APACHE)
    for stated in (("lineage.from_scratch", True), ("data.described", True)):
        report = attested(found, correction(*stated), frameworks=ALL)
        assert all(report.facts[name].value is False for name in LIMITED)


def test_a_limit_that_only_the_base_held_goes_with_it():
    found = based("cc-by-nc-4.0")
    assert found.facts["license.commercial_limited"].value is True
    url = found.facts["lineage.restricted"].sources[0].url
    report = attested(found, correction("lineage.restricted", False, url=url), frameworks=ALL)
    assert "license.commercial_limited" not in report.facts
    assert outcome(report, "purpose", "practical").outcome != "met"
    assert "lineage.broken_by" not in report.facts


def test_a_limit_that_a_base_holds_stays_whatever_is_said_of_the_own_terms():
    base = repository(
        card(PAGE, license="cc-by-nc-4.0"), {"cardData": {"license": "cc-by-nc-4.0"}}, name="org/base"
    )
    found = model(license="cc-by-nc-4.0", base_model="org/base", bases={"org/base": base})
    fixes = [
        correction("license.class", "osi", path="README.md"),
        correction("license.ids", ["MIT"]),
        correction("license.commercial_limited", False),
    ]
    report = attested(found, *fixes)
    assert report.facts["license.class"].value == "osi"
    assert report.facts["license.commercial_limited"].value is True
    assert ignored(report) == [None, "contradicts"]
    alone = attested(model(license="cc-by-nc-4.0"), *fixes)
    assert (alone.facts["license.commercial_limited"].value, ignored(alone)) == (False, [None])


def test_the_limits_are_those_of_the_table():
    assert set(LIMITS) == set(limit_clauses())
    followers = {name for names in FOLLOWING.values() for name in names}
    assert not followers & set(FOLLOWING), "what leads follows nothing"


# Nobody


def yes():
    return {name: True for rule in RULES.rules.values() for name in rule.attest}


@pytest.mark.parametrize("name", [None, "", "\u200b", "A", "OSI, certified", "Сеrtіfіеd"])
def test_nothing_conforms_on_nobodys_word(name):
    with pytest.raises(UsageError, match="stand on a name"):
        library.evaluate(dossier(OPEN), attested=yes(), on_the_word_of=name)
    assert (
        evaluate(dossier(OPEN), attested=yes(), on_the_word_of=name).framework("osaid-1.0").verdict
        == "undetermined"
    )


def test_with_a_name_the_short_form_conforms():
    report = library.evaluate(dossier(OPEN), attested=yes(), on_the_word_of="Ada Exemple")
    assert (verdict(report), report.framework("osaid-1.0").on_the_word_of) == ("conforms", "Ada Exemple")
    assert verdict(library.evaluate(dossier(OPEN), attested={})) == "undetermined"


SEALS = [
    "Certi\u200bfied",
    "Ｃｅｒｔｉｆｉｅｄ",
    "Сеrtіfіеd",
    "C e r t i f i e d",
    "Approuvé",
    "certi-fied",
    "Cert1fied",
]
BODIES = [
    "OSI",
    "\u041eSI",
    "O.S.I.",
    "O S I",
    "Open Source\u200b Initiative",
    "Open\u2003Source Initiative",
    "ОЅІ",
    "0SI",
    "ᴏꜱɪ",
]
UNSEEN = [
    "",
    " ",
    "\u200b",
    "\u2800",
    "\u3164",
    "\u115f\u1160",
    "\u00ad",
    "\ufe0f",
    "\u0301",
    "-",
    "A",
    "7 7",
]
PEOPLE = ["Ada Exemple", "Rosi Osier", "Сергей Иванов", "李娜", "Αλέξανδρος", "Marc O'Neil", "Zoë", "Al"]


def test_names_are_read_as_an_eye_reads_them():
    assert [name for name in SEALS if name_fault(name) is None] == []
    assert [name for name in UNSEEN if name_fault(name) is None] == []
    assert [name for name in BODIES if not is_body(name)] == []
    assert [name for name in (*BODIES, *PEOPLE) if name_fault(name) is not None] == []
    assert [name for name in PEOPLE if is_body(name)] == []


def test_evidence_is_read_as_an_eye_reads_it():
    for url in (
        "https://\u200b",
        "https://",
        "https://.",
        "https://a\u200b.example",
        "https://[::1",
        "ftp://a",
    ):
        assert not is_address(url), url
    for url in ("https://a.example/x", "http://127.0.0.1/", "https://exämple.example/é"):
        assert is_address(url), url
    assert [text for text in (" ", "\u200b", "\u2800", ".") if is_visible(text)] == []
    assert is_visible("70 %")
    for proof in ({"url": "https://a.example", "quote": "\u2800"}, {"url": "https://\u200b", "quote": "q"}):
        stated = {"fact": "license.accepted", "value": True, "evidence": [proof]}
        with pytest.raises(ValueError, match="evidence needs"):
            record(dossier(OPEN), stated)


@pytest.mark.parametrize("form", WHOLE)
def test_an_organization_that_sounds_like_a_body_is_marked_too(form):
    found = dossier(OPEN)
    data = sign({"subject": "org/model", "revisions": [found.subject.revision], "statements": []})
    for organization, marked in (("\u041eSI", True), ("Lycée du Verger", False)):
        data["reviewer"] = {"name": "Ada Exemple", "organization": organization}
        shown = render(judge(found, attestations=[Attestation.model_validate(data)]), form)
        if form != "json":
            assert ("not checked" in shown) is marked


# Days and models


def test_nobody_signs_for_a_later_day():
    found = dossier(OPEN)
    stated = correction("license.accepted", True)
    for date, as_of, reason in (
        ("2026-11-02", None, None),
        ("2026-11-03", None, "not-yet"),
        ("2099-01-01", None, "not-yet"),
        ("2026-11-02", "2026-11-01", "not-yet"),
        ("2026-11-02", "2020-01-01", "not-yet"),
        ("2099-01-01", "2099-01-01", None),
    ):
        report = judge(found, attestations=[record(found, stated, date=date)], as_of=as_of)
        assert ignored(report) == [reason], (date, as_of)
        if reason:
            assert "--as-of" in report.attestations[0].why.en


def test_the_name_binds_whatever_else_does():
    found = dossier(OPEN)
    digests = {"license": ["ab" * 32], "weights": ["cd" * 32]}
    more = {"canonical_id": "Org/New-Name", "digests": Digests.model_validate(digests)}
    found = found.model_copy(update={"subject": found.subject.model_copy(update=more)})
    for name, reason in (
        ("org/model", None),
        ("ORG/Model", None),
        ("org/new-name", None),
        ("evil/other", "other-model"),
        ("org/model2", "other-model"),
    ):
        for bound in ({}, {"digests": digests}):
            report = attested(found, correction("license.accepted", True), subject=name, **bound)
            assert ignored(report) == [reason], name


# With other terms


def test_other_terms_would_do_only_where_the_terms_are_the_models_own():
    for found, told in ((model(license="cc-by-nc-4.0"), True), (based("llama2"), False)):
        report = attested(found, *statements(found, skip=()))
        assert verdict(report) == "does_not_conform"
        assert report.framework("osaid-1.0").only_proven_breach == "license"
        assert report.framework("osaid-1.0").open_items == 0
        assert ("would pass with other terms" in " ".join(render(report, "text").lower().split())) is told


# Files


def test_the_order_of_files_and_a_file_given_twice_change_nothing():
    found = dossier(RESTRICTED)
    first = record(found, correction("data.described", True), name="Ada Exemple")
    second = record(found, correction("code.training_complete", True), name="Ben Sample")
    reports = [
        judge(found, attestations=files)
        for files in ([first, second], [second, first], [second, first, second])
    ]
    assert [each == reports[0] for each in reports] == [True, True, True]
    assert [each.reviewer.name for each in reports[0].attestations] == ["Ada Exemple", "Ben Sample"]


@pytest.mark.parametrize(
    "word",
    [
        "unsigned",
        "not-yet",
        "expired",
        "other-model",
        "other-revision",
        "contradicts",
        "attestation",
        "opinion",
        "on_the_word_of",
        "on the word of",
    ],
)
def test_every_word_of_the_list_of_attestations_is_explained(capsys, word):
    english, french = (osaid_audit(capsys, "explain", word, "--lang", lang) for lang in ("en", "fr"))
    assert (english.code, french.code) == (0, 0)
    assert english.out != french.out
    assert osaid_audit(capsys, "explain", f"{word}-x-x-x").code == 2


def test_a_lead_stands_against_nothing():
    found = model(**APACHE)
    hint = Fact(value=True, basis="lead")
    report = attested(
        found.model_copy(update={"facts": {**found.facts, "lineage.undecided": hint}}),
        correction("lineage.from_scratch", True),
    )
    assert ignored(report) == [None]
