"""The worked cases of the design: facts in, outcomes, verdict, label and what gates out."""

import pytest

from osaid_audit.evaluate import cel, evaluate
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Dossier, Subject, Tool
from osaid_audit.schema.vocabulary import VOCABULARY

TOP = "open-source-ai-with-open-data"
WEIGHTS = {"weights.present": True, "access.gated": "no"}
READ = {**WEIGHTS, "license.read_all": True, "license.consistent": True, "license.usage_policy": False}
APACHE = {**READ, "license.class": "osi", "license.ids": ("Apache-2.0",), "license.grant_found": True}
RESTRICTED = {**WEIGHTS, "license.class": "use-restricted", "license.breaks": ("use", "share")}
BASE = {"lineage.declared_base": True}
BREAKING_BASE = {**BASE, "lineage.restricted": True, "lineage.broken_freedoms": ("use", "share")}
RICH = {
    **APACHE,
    "lineage.stated_from_scratch": True,
    "data.described": True,
    "data.processing_described": True,
    "data.sources_listed": True,
    "data.released": True,
    "data.linked_datasets": 2,
    "code.training_found": True,
    "code.data_processing_found": True,
    "code.evaluation_found": True,
    "code.inference_found": True,
    "code.inference_osi": True,
    "code.license_class": "osi",
    "code.architecture_found": True,
}
SIGN_OFF = {name: True for name, spec in VOCABULARY.items() if spec.reviewer}


def dossier(facts, **more):
    return Dossier(
        tool=Tool(name="test", version="0"),
        subject=Subject(id="a/b", canonical_id="a/b", url="https://example.org/a/b", source="file"),
        gathered_at="2026-11-21T10:00:00Z",
        endpoint="https://example.org",
        token_used=False,
        facts={
            name: Fact(value=value, basis="stated", sources=(Source(url=f"https://example.org/{name}"),))
            for name, value in facts.items()
        },
        **more,
    )


# (facts, attested), weights-license, inherited-license, verdict, value, at most
CASES = {
    "a restricted license, API reply only": (
        (RESTRICTED, {}),
        ("not_met", "insufficient_evidence"),
        ("does_not_conform", "weights-available", "weights-available"),
    ),
    "Apache, all read, no base declared": (
        (APACHE, {}),
        ("met", "insufficient_evidence"),
        ("undetermined", "open-weights", TOP),
    ),
    "Apache, API reply only": (
        (WEIGHTS, {}),
        ("insufficient_evidence", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "CC-BY": (
        ({**READ, "license.class": "open-not-osi", "license.grant_found": True}, {}),
        ("needs_review", "insufficient_evidence"),
        ("undetermined", "open-weights", TOP),
    ),
    "no license, complete search": (
        ({**READ, "license.class": "none", "license.grant_found": False}, {}),
        ("not_met", "insufficient_evidence"),
        ("does_not_conform", "no-license", "no-license"),
    ),
    "unparsable card": (
        (WEIGHTS, {}),
        ("insufficient_evidence", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "quantized from an Apache base": (
        ({**APACHE, **BASE}, {}),
        ("met", "insufficient_evidence"),
        ("undetermined", "open-weights", TOP),
    ),
    "re-tagged fine-tune of a restricted base": (
        ({**APACHE, **BREAKING_BASE}, {}),
        ("met", "not_met"),
        ("does_not_conform", "weights-available", "weights-available"),
    ),
    "a lead to an undeclared base": (
        ({**APACHE, "lineage.undecided": True}, {}),
        ("met", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "Apache tag, license file unread": (
        ({**WEIGHTS, "license.grant_found": True}, {}),
        ("insufficient_evidence", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "Apache declared, MIT text": (
        ({**APACHE, "license.consistent": False}, {}),
        ("met", "insufficient_evidence"),
        ("undetermined", "open-weights", TOP),
    ),
    "other with a restricted alias, link unread": (
        ({**WEIGHTS, "license.class": "noncommercial"}, {}),
        ("not_met", "insufficient_evidence"),
        ("does_not_conform", "weights-available", "weights-available"),
    ),
    "rich evidence, no sign-off": (
        (RICH, {}),
        ("met", "needs_review"),
        ("undetermined", "open-weights", TOP),
    ),
    "rich evidence, full sign-off": (
        (RICH, {name: True for name in SIGN_OFF if name != "lineage.accepted"}),
        ("met", "not_applicable"),
        ("conforms", TOP, TOP),
    ),
    "an open text with a cap found by pattern": (
        ({**READ, "license.class": "custom-unknown", "license.grant_found": True}, {}),
        ("needs_review", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "a declared base, no grant of its own": (
        ({**READ, **BASE, "license.inherited_only": True}, {}),
        ("needs_review", "insufficient_evidence"),
        ("undetermined", "undetermined", TOP),
    ),
    "the same, and the base breaks": (
        ({**READ, **BREAKING_BASE, "license.inherited_only": True}, {}),
        ("needs_review", "not_met"),
        ("does_not_conform", "weights-available", "weights-available"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_case(name):
    (facts, attested), outcomes, expected = CASES[name]
    report = evaluate(dossier(facts), attested=attested, on_the_word_of="R. Viewer")
    osaid = report.framework("osaid-1.0")
    findings = {finding.rule: finding for finding in osaid.findings}
    assert (findings["weights-license"].outcome, findings["inherited-license"].outcome) == outcomes
    assert (osaid.verdict, report.label.value, report.label.at_most) == expected
    assert osaid.on_the_word_of == ("R. Viewer" if attested else None)


def test_the_other_engine_gives_the_same_reports(monkeypatch):
    """Where `cel-expr-python` has no wheel, `cel-python` judges."""
    dossiers = [(dossier(facts), attested) for (facts, attested), _, _ in CASES.values()]
    usual = [evaluate(each, attested=attested) for each, attested in dossiers]
    monkeypatch.setattr(cel, "default_engine", lambda: "cel-python")
    cel.compile.cache_clear()
    try:
        other = [evaluate(each, attested=attested) for each, attested in dossiers]
    finally:
        cel.compile.cache_clear()
    assert other == usual
