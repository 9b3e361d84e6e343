import pytest

from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import clauses, table
from osaid_audit.schema.licenses import ClauseId

SOURCE = "source: {kind: text, name: us, date: 2026-01-01}\n"


def rows(text):
    return [table.known(entry, place) for entry, place in table.parse(text, "mine.yaml")]


def test_the_class_is_derived_from_the_clauses():
    head = "id: LicenseRef-ours\nname: Ours\n" + SOURCE
    assert rows(head)[0].cls == "open-not-osi"
    for clause, cls in {
        "noncommercial": "noncommercial",
        "no_derivatives": "no-derivatives",
        "geography": "use-restricted",
        "user_threshold": "threshold-restricted",
        "revocable": "custom-unknown",
        "branding": "open-not-osi",
    }.items():
        row = rows(f"{head}clauses: [{{id: {clause}, place: '1'}}]\n")[0]
        assert row.cls == cls
        assert bool(row.breaks) == (clause != "branding")


def test_an_unverified_row_never_restricts_nor_opens():
    head = "id: LicenseRef-ours\nname: Ours\nsource: {kind: unverified, name: memory, date: 2026-01-01}\n"
    assert rows(head)[0].cls == "custom-unknown"
    assert rows(head + "clauses: [{id: noncommercial, place: '1'}]\n")[0].cls == "custom-unknown"


def test_a_conditional_restriction_alone_is_for_a_human():
    when = "clauses: [{id: geography, place: '1', when: {en: there, fr: là}}]\n"
    assert rows("id: LicenseRef-ours\nname: Ours\n" + SOURCE + when)[0].cls == "custom-unknown"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: [", "not readable as YAML"),
        ("- id: MIT", "must be a mapping"),
        ("id: MIT", "source"),
        ("id: Not-A-License\n" + SOURCE, "neither in the SPDX list"),
        ("id: LicenseRef-ours\n" + SOURCE, "needs a name"),
        ("id: MIT\nosi_approved: true\n" + SOURCE, "osi_approved"),
        ("id: MIT\nclass: osi\n" + SOURCE, "class"),
        ("id: MIT\nclauses: [{id: fun, place: '1'}]\n" + SOURCE, "clauses.0.id"),
        ("entries: []\nextra: 1\n" + SOURCE, "nothing else"),
        ("entries: [3]\n" + SOURCE, "?"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text, reason):
    with pytest.raises(RuleFileError) as refused:
        rows(text)
    assert str(refused.value).startswith("mine.yaml")
    assert reason in str(refused.value)


def test_a_name_belongs_to_one_license_only():
    mine = rows("id: MIT\nhub_ids: [mit]\n" + SOURCE) + rows("id: ISC\nhub_ids: [mit]\n" + SOURCE)
    with pytest.raises(RuleFileError, match="already belongs to MIT"):
        table._refuse_clashes(mine)


def test_the_twenty_clauses_are_all_there_in_both_languages():
    assert set(clauses()) == set(ClauseId.__args__)
    for clause in clauses().values():
        assert clause.title.en != clause.title.fr
        assert clause.explanation.en
        assert clause.explanation.fr
