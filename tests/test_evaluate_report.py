"""From a dossier to the report: what each part says, what it stands on, and the same bytes every time."""

import pytest

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import dossier_sha256, evaluate, load
from osaid_audit.evaluate.said import said
from osaid_audit.schema.base import Fact, Outcome, Source, Text
from osaid_audit.schema.dossier import Dossier, Hop, Subject, Tool
from osaid_audit.schema.licenses import Component, Concluded, LicenseBlock
from osaid_audit.schema.report import Report

PAGE = "https://example.org/a/b/resolve/1111111111111111111111111111111111111111/README.md"
OPEN = {
    "weights.present": True,
    "access.gated": "no",
    "license.class": "osi",
    "license.grant_found": True,
    "license.read_all": True,
}
RESTRICTED = {"weights.present": True, "license.class": "use-restricted", "license.breaks": ("use", "share")}


def dossier(facts, basis="stated", **more):
    return Dossier(
        tool=Tool(name="test", version="0"),
        subject=Subject(id="a/b", canonical_id="a/b", url="https://example.org/a/b", source="file"),
        gathered_at="2026-11-21T23:59:59Z",
        endpoint="https://example.org",
        token_used=False,
        facts={
            name: Fact.model_construct(
                value=value, basis=basis, sources=(Source(url=PAGE, line=3, quote=name),)
            )
            for name, value in facts.items()
        },
        **more,
    )


def finding(report, rule, framework="osaid-1.0"):
    return next(each for each in report.framework(framework).findings if each.rule == rule)


def concluded(cls, identifier, **more):
    return LicenseBlock(concluded=Concluded(id=identifier, basis="verified", **{"class": cls}), **more)


def test_a_breach_takes_the_freedoms_it_names_and_leaves_the_rest_to_review():
    report = evaluate(dossier(RESTRICTED))
    breach = finding(report, "weights-license")
    assert (breach.outcome, breach.freedoms) == (Outcome.NOT_MET, ("use", "share"))
    freedoms = report.framework("osaid-1.0").freedoms
    assert {name for name, group in freedoms.items() if group.status is Outcome.NOT_MET} == {"use", "share"}
    assert "weights-license" in freedoms["modify"].findings
    assert "weights-license" not in freedoms["study"].findings


def test_a_breach_without_a_list_takes_all_its_freedoms():
    none = {**OPEN, "license.class": "none", "license.grant_found": False}
    assert finding(evaluate(dossier(none)), "weights-license").freedoms == ("use", "modify", "share")


def test_only_the_license_is_in_the_way_is_said_with_what_stays_open():
    osaid = evaluate(dossier(RESTRICTED)).framework("osaid-1.0")
    required = [each for each in osaid.findings if each.required]
    assert osaid.only_proven_breach == "license"
    assert osaid.open_items == len([each for each in required if each.outcome not in ("met", "not_met")]) > 5


def test_two_kinds_of_breach_are_not_only_the_license():
    report = evaluate(dossier({**RESTRICTED, "data.withheld": True}))
    assert report.framework("osaid-1.0").only_proven_breach is None
    assert evaluate(dossier(OPEN)).framework("osaid-1.0").only_proven_breach is None


def test_a_finding_cites_the_facts_that_decided_with_their_place():
    evidence = finding(evaluate(dossier(RESTRICTED)), "weights-license").evidence
    assert [(each.fact, each.value) for each in evidence] == [
        ("license.class", "use-restricted"),
        ("license.breaks", ("use", "share")),
    ]
    assert {(each.url, each.line) for each in evidence} == {(PAGE, 3)}


def test_a_finding_without_evidence_lists_what_is_missing():
    nothing = finding(evaluate(dossier({})), "weights-license")
    assert (nothing.outcome, nothing.evidence) == (Outcome.INSUFFICIENT_EVIDENCE, ())
    assert nothing.missing == ("license.read_all", "license.class")
    unread = finding(evaluate(dossier({"license.class": "osi"})), "weights-license")
    assert unread.missing == ("license.read_all",)
    chain = {"lineage.complete": True, "lineage.worst_class": "osi"}
    assert finding(evaluate(dossier(chain)), "inherited-license").missing == ("lineage.restricted",)
    assert finding(evaluate(dossier({})), "training-code").missing == ("code.training_found",)


def test_every_finding_of_a_report_stands_on_something_or_names_what_it_lacks():
    for facts in ({}, OPEN, RESTRICTED):
        for each in evaluate(dossier(facts)).framework("osaid-1.0").findings:
            assert each.evidence or each.missing


def test_the_message_names_the_license_and_the_component_that_decides():
    whole = evaluate(dossier(RESTRICTED, license=concluded("use-restricted", "LicenseRef-x")))
    assert "LicenseRef-x" in finding(whole, "weights-license").message.en
    part = Component.model_validate({"path": "vae/", "id": "CC-BY-NC-4.0", "class": "use-restricted"})
    apart = evaluate(
        dossier(RESTRICTED, license=concluded("use-restricted", "LicenseRef-x", components=(part,)))
    )
    assert "vae/: CC-BY-NC-4.0" in finding(apart, "weights-license").message.fr


def test_the_message_names_the_base_that_breaks_a_freedom():
    hops = (
        Hop.model_validate({"id": "x/open", "relation": "merge", "depth": 1, "class": "osi"}),
        Hop.model_validate(
            {"id": "x/base", "relation": "merge", "depth": 1, "license": "llama2", "class": "use-restricted"}
        ),
    )
    inherited = finding(evaluate(dossier({"lineage.restricted": True}, lineage=hops)), "inherited-license")
    assert "x/base (llama2)" in inherited.message.en
    assert "x/open" not in inherited.message.en


UNREAD = {"en": ("not be read", "could be read"), "fr": ("pas pu être lu",)}


@pytest.mark.parametrize("read", [{"license.read_all": True}, {}], ids=["all-read", "not-all-read"])
def test_a_license_that_is_not_established_is_no_proof_that_something_could_not_be_read(read):
    """Where all was read and names no license, it is untrue; where not, it is one of the two reasons."""
    message = finding(evaluate(dossier(read)), "weights-license").message
    assert "was not read, or what was read names no license" in message.en
    assert "n'a pas été lu, ou ce qui a été lu ne nomme aucune licence" in message.fr
    assert not [words for words in UNREAD["en"] if words in message.en]
    assert not [words for words in UNREAD["fr"] if words in message.fr]


def test_a_license_that_is_known_and_restricts_is_not_called_unestablished():
    message = finding(evaluate(dossier(RESTRICTED)), "weights-license").message
    assert "established" not in message.en
    assert "établie" not in message.fr


def test_an_absent_fact_in_a_message_is_said_in_both_languages():
    message = finding(evaluate(dossier({"license.class": "none"})), "weights-license").message
    assert "nothing found" in message.en
    assert "rien de trouvé" in message.fr


def test_a_lead_decides_nothing_and_is_a_doubt():
    assert (
        finding(evaluate(dossier(RESTRICTED, basis="lead")), "weights-license").outcome
        == "insufficient_evidence"
    )
    doubted = dossier(OPEN)
    lead = Fact(value=True, basis="lead")
    doubted = doubted.model_copy(update={"facts": {**doubted.facts, "lineage.undecided": lead}})
    assert evaluate(dossier(OPEN)).label.value == "open-weights"
    assert evaluate(doubted).label.value == "undetermined"


def test_a_reviewer_who_accepts_the_lineage_ends_the_doubt():
    leads = dossier({**OPEN, "lineage.undecided": True})
    assert evaluate(leads).label.value == "undetermined"
    assert evaluate(leads, attested={"lineage.accepted": True}).label.value == "open-weights"


def test_from_scratch_is_ignored_when_a_base_is_declared():
    signed = {"lineage.from_scratch": True}
    declared = evaluate(dossier({**OPEN, "lineage.declared_base": True}), attested=signed)
    assert finding(declared, "inherited-license").outcome == "insufficient_evidence"
    assert finding(evaluate(dossier(OPEN), attested=signed), "inherited-license").outcome == "not_applicable"


def test_a_sign_off_never_lifts_a_restriction():
    report = evaluate(dossier(RESTRICTED), attested={"license.accepted": True}, on_the_word_of="A. Reader")
    assert finding(report, "weights-license").outcome is Outcome.NOT_MET
    assert report.framework("osaid-1.0").on_the_word_of is None


def test_a_reviewers_no_breaks_and_is_shown_as_theirs():
    report = evaluate(
        dossier(OPEN), attested={"data.description_complete": False}, on_the_word_of="A. Reader"
    )
    refused = finding(report, "data-described")
    assert (refused.outcome, refused.attested) == (Outcome.NOT_MET, True)
    assert [(each.fact, each.value) for each in refused.evidence] == [("data.description_complete", False)]
    assert report.framework("osaid-1.0").verdict == "does_not_conform"
    assert report.framework("osaid-1.0").on_the_word_of == "A. Reader"


def test_a_rule_that_throws_is_an_error_and_no_verdict():
    wrong = {**OPEN, "license.class": True}
    report = evaluate(dossier(wrong))
    assert finding(report, "weights-license").outcome is Outcome.ERROR
    osaid = report.framework("osaid-1.0")
    assert (osaid.verdict, osaid.elements["parameters"].status) == ("undetermined", Outcome.ERROR)
    assert report.label.value == "undetermined"
    broken = evaluate(dossier({**wrong, "data.withheld": True})).framework("osaid-1.0")
    assert broken.verdict == "does_not_conform"


def test_groups_count_required_findings_and_their_worst():
    elements = evaluate(dossier(OPEN)).framework("osaid-1.0").elements
    parameters = elements["parameters"]
    assert (parameters.met, parameters.required) == (3, 5)
    assert parameters.status is Outcome.INSUFFICIENT_EVIDENCE
    assert "license-text" in parameters.findings
    signed = (
        evaluate(dossier(OPEN), attested={"lineage.from_scratch": True, "weights.base_confirmed": True})
        .framework("osaid-1.0")
        .elements
    )
    assert (signed["parameters"].met, signed["parameters"].required) == (4, 4)
    assert signed["parameters"].status is Outcome.MET


def test_weights_that_are_not_there_stand_on_no_rung():
    label = evaluate(dossier({**OPEN, "weights.present": False})).label
    assert (label.value, label.at_most) == ("not-available", "not-available")
    assert label.title == Text(en="Not available", fr="Non disponible")


def test_restricted_weights_that_may_not_be_there_are_undetermined():
    label = evaluate(dossier({"license.class": "noncommercial"})).label
    assert (label.value, label.at_most) == ("undetermined", "weights-available")


@pytest.mark.parametrize("gate", ["auto", "manual"])
def test_a_gate_is_a_point_to_review_and_moves_no_label(gate):
    gated = evaluate(dossier({**OPEN, "access.gated": gate}))
    assert finding(gated, "access-gating").outcome is Outcome.NEEDS_REVIEW
    assert gated.framework("osaid-1.0").verdict == "undetermined"
    assert gated.label == evaluate(dossier(OPEN)).label


def test_renaming_the_subject_changes_no_answer():
    one = dossier(RESTRICTED)
    other = one.model_copy(update={"subject": one.subject.model_copy(update={"id": "google/t5"})})
    assert evaluate(one).frameworks == evaluate(other).frameworks


def test_the_same_dossier_gives_the_same_bytes_in_any_order_of_facts():
    one = dossier(OPEN)
    other = one.model_copy(update={"facts": dict(reversed(one.facts.items()))})
    assert dossier_sha256(one) == dossier_sha256(other)
    written = [evaluate(each).model_dump_json(by_alias=True, exclude_none=True) for each in (one, other, one)]
    assert len(set(written)) == 1
    assert Report.model_validate_json(written[0]) == evaluate(one)
    assert dossier_sha256(one) != dossier_sha256(dossier(RESTRICTED))


def test_the_day_of_judgement_is_given_or_that_of_gathering():
    assert evaluate(dossier({})).as_of == "2026-11-21"
    assert evaluate(dossier({}), as_of="2027-01-01").as_of == "2027-01-01"


def test_only_the_frameworks_asked_for_and_a_label_only_with_the_ladder():
    report = evaluate(dossier(OPEN), frameworks=["osaid-1.0", "osaid-1.0"])
    assert [each.id for each in report.frameworks] == ["osaid-1.0"]
    assert report.label is None
    ladder = evaluate(dossier(OPEN), frameworks=["g7-2026"])
    assert ladder.framework("g7-2026").verdict == ladder.label.value == "open-weights"
    assert [each.id for each in evaluate(dossier(OPEN)).frameworks] == ["osaid-1.0", "g7-2026"]


def test_an_unknown_framework_is_refused_with_the_near_one():
    with pytest.raises(UsageError) as caught:
        evaluate(dossier({}), frameworks=["osaid-1"])
    assert "osaid-1.0" in caught.value.hint


def test_the_notice_says_whose_reading_it_is_and_how_to_contest():
    report = evaluate(dossier({}))
    assert "not that of the Open Source Initiative" in report.notice.en
    assert "avis juridique" in report.notice.fr
    assert load().version in report.notice.en
    assert "explain contest" in report.notice.fr
    assert "certif" not in report.model_dump_json().lower()
    assert "approved by osi" not in report.model_dump_json().lower()


def test_the_report_names_the_rule_set_and_the_license_list():
    report = evaluate(dossier({}))
    assert (report.rules.version, report.rules.sha256) == (load().version, load().sha256)
    assert report.spdx_list_version[0].isdigit()


def test_an_informative_framework_has_findings_and_no_verdict(tmp_path):
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "school.yaml").write_text(
        "id: school\nkind: informative\nversion: '1'\n"
        "title: {en: School, fr: École}\nurl: https://example.org\nnote: {en: Ours., fr: De nous.}\n"
        "requirements: [{id: terms, rules: [weights-license, access-gating]}]\n"
    )
    school = evaluate(dossier(RESTRICTED), load(tmp_path), ["school"]).framework("school")
    assert (school.verdict, school.only_proven_breach) == (None, None)
    assert [each.rule for each in school.findings] == ["weights-license", "access-gating"]
    assert school.elements["code"].status is Outcome.NOT_APPLICABLE


def test_the_next_step_without_a_license_speaks_of_no_terms():
    def step(cls: str) -> str:
        report = evaluate(dossier({**OPEN, "license.class": cls, "license.breaks": ("use",)}))
        [found] = [f for f in report.framework("osaid-1.0").findings if f.rule == "weights-license"]
        assert found.outcome is Outcome.NOT_MET
        assert "terms" not in found.message.en
        assert found.remedy.user is not None
        return found.remedy.user.en

    assert step("none").startswith("No license was found: without one, nothing may be done")
    assert "Read the terms" not in step("none")
    assert step("use-restricted").startswith("Read the terms before you use")


def test_terms_that_nobody_identified_are_told_in_words():
    for name, told in (("LicenseRef-unidentified", "an unidentified text"), ("MIT", "MIT")):
        assert said("license.decided_by", (name,), "en") == told
    assert said("license.decided_by", ("LicenseRef-unidentified",), "fr") == "un texte non identifié"
