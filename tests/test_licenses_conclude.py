from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_audit.licenses import conclude
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import RESTRICTED, Identification, Search, Statement

FULL = Search(
    card_parsed=True,
    card_language_read=True,
    prose_searched=True,
    listing_complete=True,
    sources=(Source(path="README.md"),),
)
APACHE = Identification(match="exact", id="Apache-2.0", osi_approved=True, cls="osi")
MIT = Identification(match="exact", id="MIT", osi_approved=True, cls="osi")
BY_NC = Identification(match="exact", id="CC-BY-NC-4.0", osi_approved=False, cls="noncommercial")
KIMI = Identification(match="exact", id="LicenseRef-moonshot-modified-mit", cls="open-not-osi")
UNKNOWN = Identification(match="unknown")
CAPPED = Identification(match="unknown", leads=("revenue_threshold",))


def said(role, value, path="README.md", **more):
    return Statement(role=role, value=value, source=Source(path=path, line=2), **more)


def api(value):
    return said("declared", value, path="api")


def facts(*statements, search=FULL):
    return {name: fact.value for name, fact in conclude(statements, search).facts.items()}


def concluded(*statements, search=FULL):
    return conclude(statements, search).block.concluded


def test_a_declared_open_license_with_all_read_is_stated_osi():
    found = conclude([said("declared", "apache-2.0")], FULL)
    assert found.facts["license.class"].value == "osi"
    assert found.facts["license.class"].basis == "stated"
    assert found.facts["license.ids"].value == ("Apache-2.0",)
    assert "license.text_exact" not in found.facts
    assert found.block.concluded.osi_approved is True


def test_an_exact_text_makes_it_verified():
    found = conclude([said("declared", "apache-2.0"), said("file", "LICENSE", text=APACHE)], FULL)
    assert found.facts["license.class"].basis == "verified"
    assert found.facts["license.text_exact"].value is True
    assert found.facts["license.consistent"].value is True


def test_metadata_alone_establishes_a_restriction_and_nothing_open():
    assert facts(api("llama3.2"), search=Search())["license.class"] == "use-restricted"
    assert facts(api("llama3.2"), search=Search())["license.breaks"] == ("use", "share")
    opened = facts(api("apache-2.0"), search=Search())
    assert "license.class" not in opened
    assert "license.read_all" not in opened
    assert concluded(api("apache-2.0"), search=Search()) is None


def test_every_gap_of_the_search_holds_an_open_class_back():
    for gap in ("card_parsed", "prose_searched", "listing_complete"):
        assert "license.class" not in facts(
            said("declared", "mit"), search=FULL.model_copy(update={gap: False})
        )
    pending = FULL.model_copy(update={"problem_pending": True})
    assert "license.class" not in facts(said("declared", "mit"), search=pending)


def test_an_unread_license_file_blocks_open_and_lifts_no_restriction():
    unread = said("file", "LICENSE.pdf", read=False)
    assert "license.class" not in facts(said("declared", "mit"), unread)
    assert facts(said("declared", "llama2"), unread)["license.class"] == "use-restricted"


def test_a_code_license_says_nothing_about_the_weights():
    code = said("file", "LICENSE-CODE", text=MIT, covers="code")
    assert facts(code)["license.grant_found"] is False
    both = facts(code, said("declared", "other"), said("name", "deepseek"))
    assert both["license.class"] == "use-restricted"
    assert "license.class" in facts(said("declared", "mit"), said("file", "CODE", read=False, covers="code"))


def test_observed_absence_needs_the_whole_search():
    assert facts()["license.grant_found"] is False
    assert facts()["license.class"] == "none"
    assert facts()["license.breaks"] == ("use", "modify", "share")
    for gap in ("card_parsed", "card_language_read", "prose_searched", "listing_complete"):
        gapped = facts(search=FULL.model_copy(update={gap: False}))
        assert "license.grant_found" not in gapped
        assert "license.class" not in gapped


def test_no_grant_beside_a_declared_base_is_inherited_only():
    found = facts(search=FULL.model_copy(update={"base_declared": True}))
    assert found["license.inherited_only"] is True
    assert "license.grant_found" not in found
    assert "license.class" not in found


def test_a_misspelt_key_decides_nothing_but_is_shown():
    result = conclude([said("misspelt", "mit")], FULL)
    assert not {"license.class", "license.grant_found"} & set(result.facts)
    assert [each.role for each in result.block.declared] == ["misspelt"]


def test_card_and_text_disagree_either_way_round():
    declared_open = conclude(
        [said("declared", "apache-2.0"), said("file", "LICENSE", "LICENSE", text=BY_NC)], FULL
    )
    declared_closed = conclude(
        [said("declared", "cc-by-nc-4.0"), said("file", "LICENSE", "LICENSE", text=APACHE)], FULL
    )
    for found in (declared_open, declared_closed):
        assert found.facts["license.class"].value == "noncommercial"
        assert found.facts["license.consistent"].value is False
        assert {each.role for each in (found.block.conflicts[0].left, found.block.conflicts[0].right)} == {
            "declared",
            "file",
        }


def test_two_open_licenses_conclude_the_text_and_are_inconsistent():
    found = facts(said("declared", "apache-2.0"), said("file", "LICENSE", text=MIT))
    assert found["license.ids"] == ("MIT",)
    assert found["license.class"] == "osi"
    assert found["license.consistent"] is False


def test_gnu_text_agrees_with_both_spellings():
    gpl = Identification(match="exact", id="GPL-3.0", osi_approved=True)
    for spelling in ("gpl-3.0", "GPL-3.0-only", "GPL-3.0-or-later"):
        found = facts(said("declared", spelling), said("file", "COPYING", text=gpl))
        assert found["license.consistent"] is True


def test_bare_other_and_families_yield_to_a_text_and_not_without():
    for vague in ("other", "unknown", "bsd", "gpl", "cc", "openrail"):
        assert facts(said("declared", vague))["license.class"] == "custom-unknown"
    assert facts(said("declared", "other"), said("file", "L", text=APACHE))["license.class"] == "osi"
    bsd = Identification(match="exact", id="BSD-3-Clause", osi_approved=True)
    assert facts(said("declared", "bsd"), said("file", "L", text=bsd))["license.consistent"] is True
    rail = facts(said("declared", "openrail"), said("file", "L", text=APACHE))
    assert rail["license.class"] == "custom-unknown"
    assert rail["license.consistent"] is False


def test_a_name_or_link_restricts_but_never_opens():
    assert facts(said("declared", "other"), said("name", "mit"))["license.class"] == "custom-unknown"
    assert facts(said("name", "apache-2.0"))["license.class"] == "custom-unknown"
    named = facts(said("declared", "other"), said("name", "gemma-terms-of-use"), search=Search())
    assert named["license.class"] == "use-restricted"
    linked = said("link", "https://ai.google.dev/gemma/terms", read=False)
    assert facts(said("declared", "other"), linked, search=Search())["license.class"] == "use-restricted"


def test_an_alias_of_open_and_restricted_licenses_stays_unknown_until_the_text():
    assert facts(said("declared", "other"), said("name", "modified-mit"))["license.class"] == "custom-unknown"
    read = facts(said("declared", "modified-mit"), said("file", "LICENSE", text=KIMI))
    assert read["license.class"] == "open-not-osi"


def test_an_unread_link_blocks_unless_it_is_the_canonical_text():
    elsewhere = said("link", "https://ai.google.dev/gemma/docs/gemma_4_license", read=False)
    assert "license.class" not in facts(said("declared", "apache-2.0"), elsewhere)
    canonical = said("link", "https://www.apache.org/licenses/LICENSE-2.0", read=False)
    assert facts(said("declared", "apache-2.0"), canonical)["license.class"] == "osi"
    assert "license.class" not in facts(said("declared", "mit"), canonical)


def test_a_restricted_url_stands_whatever_its_page_holds():
    url = "https://ai.google.dev/gemma/terms"
    assert facts(said("declared", "other"), said("link", url, text=APACHE))["license.class"] == (
        "use-restricted"
    )


def test_lists_all_open_or_the_restrictive_member_decides():
    opened = facts(said("declared", "mit"), said("declared", "apache-2.0"))
    assert opened["license.class"] == "osi"
    assert opened["license.consistent"] is True
    assert opened["license.ids"] == ("Apache-2.0", "MIT")
    assert facts(said("declared", "mit"), said("declared", "llama2"))["license.class"] == "use-restricted"


def test_api_and_card_that_differ_are_a_conflict():
    assert facts(api("mit"), said("declared", "mit"))["license.consistent"] is True
    assert facts(api("mit"), said("declared", "apache-2.0"))["license.consistent"] is False
    tagged = facts(said("declared", "mit"), said("tag", "llama2", "api"))
    assert tagged["license.class"] == "use-restricted"
    assert tagged["license.consistent"] is False


def test_an_unknown_text_or_name_needs_a_human():
    assert facts(said("declared", "mit"), said("file", "L", text=UNKNOWN))["license.class"] == (
        "custom-unknown"
    )
    assert facts(said("declared", "other"), said("name", "our-own"))["license.class"] == "custom-unknown"
    assert "license.consistent" not in facts(said("declared", "mit"), said("file", "L", text=UNKNOWN))
    assert facts(said("declared", "mit"), said("file", "L", text=CAPPED))["license.consistent"] is False


def test_a_plain_notice_says_nothing_and_one_with_a_clause_does():
    assert facts(said("declared", "mit"), said("file", "NOTICE", text=UNKNOWN))["license.class"] == "osi"
    assert facts(said("declared", "mit"), said("file", "NOTICE", text=CAPPED))["license.class"] == (
        "custom-unknown"
    )


def test_a_policy_counts_unless_the_license_incorporates_it():
    policy = said("policy", "USE_POLICY.md", text=Identification(match="unknown"))
    assert facts(said("declared", "llama3.1"), policy)["license.usage_policy"] is False
    beside = facts(said("declared", "apache-2.0"), policy)
    assert beside["license.usage_policy"] is True
    assert beside["license.class"] == "osi"
    hit = said("policy", "USE_POLICY.md", text=Identification(match="unknown", leads=("field_of_use",)))
    assert facts(said("declared", "apache-2.0"), hit)["license.class"] == "custom-unknown"


def test_prose_restricts_or_hints_and_never_opens_alone():
    assert facts(said("prose", "cc-by-nc-4.0"))["license.class"] == "noncommercial"
    assert facts(said("prose", "mit"))["license.class"] == "custom-unknown"
    assert facts(said("prose", "mit"))["license.grant_found"] is True
    doubt = facts(said("declared", "mit"), said("prose", "research only", text=CAPPED))
    assert doubt["license.class"] == "custom-unknown"
    assert doubt["license.consistent"] is False


def test_a_gate_prompt_may_identify_and_a_form_is_no_term():
    assert facts(said("gate", "prompt", text=BY_NC))["license.class"] == "noncommercial"
    assert facts(said("declared", "mit"), said("gate", "prompt", text=UNKNOWN))["license.class"] == "osi"


def test_the_worst_component_decides_the_whole():
    vae = said("file", "vae/LICENSE", text=BY_NC, component="vae/")
    result = conclude([said("declared", "apache-2.0"), vae], FULL)
    assert result.facts["license.class"].value == "noncommercial"
    assert [(each.path, each.cls) for each in result.block.components] == [("vae/", "noncommercial")]
    assert result.facts["license.consistent"].value is True
    fine = said("file", "vae/LICENSE", text=MIT, component="vae/")
    assert facts(said("declared", "apache-2.0"), fine)["license.class"] == "osi"


def test_a_license_for_a_part_only_is_none_for_the_whole():
    part = said("file", "vae/LICENSE", text=MIT, component="vae/")
    assert facts(part)["license.class"] == "custom-unknown"


def test_breaks_are_the_union_of_all_restricted_terms():
    found = facts(said("declared", "llama2"), said("name", "nvidia-open-model-license"))
    assert found["license.breaks"] == ("use", "modify", "share")


def test_a_row_known_from_memory_only_is_for_a_human():
    assert facts(said("declared", "h-research"))["license.class"] == "custom-unknown"
    assert "license.breaks" not in facts(said("declared", "h-research"))


VALUES = st.sampled_from(
    [
        "apache-2.0",
        "mit",
        "llama3.2",
        "cc-by-nc-4.0",
        "cc-by-4.0",
        "other",
        "cc",
        "gemma",
        "modified-mit",
        "?",
        "https://ai.google.dev/gemma/terms",
        "https://www.apache.org/licenses/LICENSE-2.0",
    ]
)
TEXTS = st.sampled_from([None, APACHE, MIT, BY_NC, KIMI, UNKNOWN, CAPPED])
ROLES = st.sampled_from(["declared", "misspelt", "name", "link", "tag", "file", "policy", "gate", "prose"])
STATEMENTS = st.builds(
    said,
    ROLES,
    VALUES,
    read=st.booleans(),
    text=TEXTS,
    component=st.sampled_from(["", "", "", "vae/"]),
    covers=st.sampled_from(["weights", "weights", "code"]),
)
SEARCHES = st.builds(
    Search,
    card_parsed=st.booleans(),
    card_language_read=st.booleans(),
    prose_searched=st.booleans(),
    listing_complete=st.booleans(),
    problem_pending=st.booleans(),
    base_declared=st.booleans(),
) | st.just(FULL)


@settings(max_examples=250, deadline=None)
@given(st.lists(STATEMENTS, max_size=5), st.lists(STATEMENTS, max_size=3), SEARCHES, SEARCHES)
def test_learning_more_never_lifts_a_restriction(known, more, before, after):
    first, then = facts(*known, search=before), facts(*known, *more, search=after)
    if first.get("license.class") in RESTRICTED:
        assert then["license.class"] in RESTRICTED
        assert set(first.get("license.breaks", ())) <= set(then.get("license.breaks", ()))


@settings(max_examples=150, deadline=None)
@given(st.lists(STATEMENTS, max_size=5), TEXTS, st.sampled_from(["link", "file", "gate", "policy"]), VALUES)
def test_reading_a_file_never_lifts_a_restriction(known, text, role, value):
    first = facts(*known, said(role, value, read=False))
    then = facts(*known, said(role, value, text=text))
    if first.get("license.class") in RESTRICTED:
        assert then["license.class"] in RESTRICTED


@settings(max_examples=150, deadline=None)
@given(st.lists(STATEMENTS, max_size=6), st.randoms(use_true_random=False), SEARCHES)
def test_the_order_of_statements_makes_no_difference(statements, random, search):
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert conclude(statements, search) == conclude(shuffled, search)


@settings(max_examples=150, deadline=None)
@given(st.lists(STATEMENTS, max_size=5), SEARCHES)
def test_open_is_only_said_when_all_is_read_and_nothing_restricts(statements, search):
    found = facts(*statements, search=search)
    if found.get("license.class") in {"osi", "open-not-osi"}:
        assert found["license.read_all"] is True
        weights = [each for each in statements if each.covers == "weights" and each.role != "misspelt"]
        assert not any(each.text == BY_NC and each.read and each.role == "file" for each in weights)
        assert not any(each.value == "llama3.2" and each.role in {"declared", "name"} for each in weights)
