"""What to do next: what holds the label back comes first, and each step stands under who can take it."""

import pytest
from raw_samples import gathered, repository
from sample_parts import finding, g7, no_evidence, osaid, report, t

from osaid_audit.gather import assemble
from osaid_audit.render.view import View, view
from osaid_audit.schema.base import Problem, ProblemState
from osaid_audit.schema.licenses import LicenseBlock
from osaid_audit.schema.report import Finding

SHA = "ab" * 20
LICENSE = "Put them under an open license."
LIBRARY = "Name the library."


def open_point(rule: str, outcome: str, publisher: str) -> Finding:
    return finding(
        rule, outcome, t("It is open.", "C'est ouvert."), publisher=t(publisher, f"fr {publisher}")
    )


def seen(*held: Finding, problems: tuple[Problem, ...] = (), breach: bool = False) -> View:
    """An audit with a review and an open license, whose label waits for `held`."""
    found = [
        open_point("inference-code", "needs_review", LIBRARY),
        open_point("weights-license", "not_met" if breach else "insufficient_evidence", LICENSE),
        no_evidence("data-described", "data.described"),
    ]
    verdict = "does_not_conform" if breach else "undetermined"
    norms = (osaid(verdict, tuple(found)), g7("undetermined", "open-source-ai-with-open-data", *held))
    label = ("undetermined", "open-source-ai-with-open-data")
    return view(
        report("orchard/pear", SHA, norms, label, problems=problems, license=LicenseBlock(), facts={})
    )


def problem(state: ProblemState) -> Problem:
    return Problem(what="README.md", state=state, why=t("So.", "Ainsi."), next=t("Do it.", "Faites-le."))


def publisher(of: View) -> list[str]:
    return [text.en for text in of.steps["publisher"]]


def test_the_remedy_of_what_holds_the_label_back_comes_first():
    held = open_point("weights-license", "insufficient_evidence", LICENSE)
    assert publisher(seen(held)) == [LICENSE]


def test_where_no_rung_waits_the_points_to_review_come_first():
    assert publisher(seen()) == [LIBRARY]


def test_against_a_breach_no_other_step_is_told():
    held = open_point("inference-code", "needs_review", LIBRARY)
    broken = seen(held, problems=(problem("malformed"), problem("gated")), breach=True)
    assert publisher(broken) == [LICENSE]
    assert "problem" not in broken.steps


@pytest.mark.parametrize("state", ["malformed", "absent"])
def test_what_only_the_publisher_can_mend_is_not_told_to_the_reader(state):
    steps = seen(problems=(problem(state),)).steps
    assert [text.en for text in steps["publisher"]] == [LIBRARY, "Do it (README.md)."]
    assert [text.fr for text in steps["publisher"]][1] == "Faites-le (README.md)."
    assert steps["problem"] == ()


@pytest.mark.parametrize(
    "state", ["gated", "not_found_or_private", "unreachable", "too_large", "unsupported"]
)
def test_what_a_reader_can_read_with_more_rights_or_later_is_told_to_the_reader(state):
    steps = seen(problems=(problem("malformed"), problem(state))).steps
    assert [text.en for text in steps["problem"]] == ["Do it (README.md)."]


def test_a_misspelt_key_is_named_in_its_step():
    slips = assemble(gathered(repository("---\nlicence: mit\n---\n# M\n"))).problems
    assert [each.next.en for each in slips] == ["Write 'license' instead of 'licence'."]
    assert [each.next.fr for each in slips] == ["Écrivez « license » au lieu de « licence »."]
    assert assemble(gathered(repository("---\nlicense: mit\n---\n# M\n"))).problems == ()
