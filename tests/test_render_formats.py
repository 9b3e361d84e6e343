"""What each format says: golden files, and the promises that hold for every report.

Remake them with `UPDATE_GOLDEN=1 python -m pytest tests/test_render_formats.py`, then read the diff.
"""

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from sample_hostile import EVIL, hostile, sparse
from samples import SAMPLES, answered, restricted, signed, undecided

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.render import WHOLE, read_report, read_reports, render, render_many
from osaid_audit.render.layout import columns_of, wrap
from osaid_audit.render.places import link
from osaid_audit.render.to_markdown import code, escape
from osaid_audit.schema.base import Source

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
ONE_LANGUAGE = {"json": "json", "spdx": "spdx", "spdx-json": "spdx.json"}
"""JSON has both languages, SPDX is English."""
EVERY = {**SAMPLES, "hostile": hostile, "sparse": sparse}


def without_frame(page: str) -> str:
    """The page without its style and its data, which have tests of their own."""
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    page = re.sub(r"style-src '[^']*'", "style-src ''", page)
    return re.sub(
        r'(<script type="application/json"[^>]*>).*?</script>', r"\1</script>", page, flags=re.DOTALL
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("sample", SAMPLES)
def test_golden(sample: str, form: str, lang: str) -> None:
    shown = render(SAMPLES[sample](), form, lang)
    name = f"{sample}.{ONE_LANGUAGE.get(form) or f'{lang}.{SUFFIXES[form]}'}"
    path = GOLDEN / name
    shown = without_frame(shown) if form == "html" else shown
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_answer_stands_before_its_reasons_and_the_notice_comes_last(form: str, lang: str) -> None:
    page = render(restricted(), form, lang)
    page = without_frame(page)
    words = {
        "en": ("does not conform", "what blocks it", "what to do next", "to review", "not legal advice"),
        "fr": (
            "est pas conforme",
            "ce qui bloque",
            "que faire maintenant",
            "à examiner",
            "ni un avis juridique",
        ),
    }[lang]
    lower = re.sub(r"\s+", " ", page).lower()
    lower = lower[lower.index("</style>") :] if form == "html" else lower
    places = [lower.index(word) for word in words]
    assert places[:3] == sorted(places[:3])
    assert places[-1] == max(places)
    assert "1.0.0" in lower[places[-1] :]
    assert len(re.sub("<[^>]*>", "", lower[places[-1] :])) < 200


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_conformity_is_always_on_somebodys_word(form: str) -> None:
    assert "onforms on the word of Ada Exemple" in render(signed(), form)
    assert "onforme, sur la foi de Ada Exemple" in render(signed(), form, "fr")
    main = signed().frameworks[0].model_copy(update={"on_the_word_of": None})
    unsigned = signed().model_copy(update={"frameworks": (main,)})
    assert "no reviewer is named" in render(unsigned, form)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_recorded_copy_says_so_and_a_live_one_does_not(form: str) -> None:
    assert "Recorded copy." in render(restricted(), form)
    assert "Recorded copy." not in render(undecided(), form)


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_never_a_percentage_nor_a_certificate(form: str, lang: str) -> None:
    for make in SAMPLES.values():
        page = without_frame(render(make(), form, lang))
        assert not re.search(r"\d\s*%", page)
        assert "certif" not in page.lower()
        assert "approved by osi" not in page.lower()


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_without_a_binary_norm_there_is_no_verdict_but_still_a_page(form: str) -> None:
    base = undecided()
    page = render(base.model_copy(update={"frameworks": base.frameworks[1:]}), form)
    assert "Open Weights AI" in page
    assert "undetermined" not in without_frame(page).lower()
    nothing = render(base.model_copy(update={"frameworks": (), "label": None}), form)
    assert "o verdict was asked for" in nothing


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_informative_framework_answers_in_its_own_words_and_gives_no_verdict(form: str) -> None:
    page = " ".join(without_frame(render(answered(), form)).split())
    for said in ("Questions of a school", "Running it", "nobody knows", "on conditions", "Read the terms."):
        assert said.lower() in page.lower()
    for absent in ("conform", "verdict was asked", "not established", "Concerns:", "What blocks it"):
        assert absent not in page
    if form != "html":
        assert "Does it run here? Yes" in page
        assert "looked after: no" in page


def test_questions_beside_a_verdict_stand_after_it() -> None:
    base = undecided()
    both = base.model_copy(update={"frameworks": (*base.frameworks, *answered().frameworks)})
    page = render(both, "text", width=200)
    assert page.index("undetermined") < page.index("QUESTIONS OF A SCHOOL")
    assert "Does it run here? Yes" in page


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_ladder_says_what_its_next_rung_waits_for(form: str) -> None:
    page = " ".join(without_frame(render(undecided(), form)).replace("**", "").split())
    assert "For “Open Source AI” there is still missing" in page
    assert "there is still missing" not in render(signed(), form)


# JSON


@pytest.mark.parametrize("sample", EVERY)
def test_json_and_back_gives_the_same_bytes(sample: str) -> None:
    report = EVERY[sample]()
    written = render(report, "json")
    again = read_report(written)
    assert again == report
    assert render(again, "json", "fr") == written


@pytest.mark.parametrize("sample", EVERY)
def test_a_page_holds_its_report(sample: str) -> None:
    report = EVERY[sample]()
    again = read_report(render(report, "html", "fr"))
    assert render(again, "json") == render(report, "json")


def test_json_is_sorted_has_no_null_and_keeps_other_scripts() -> None:
    written = render(restricted(), "json")
    assert written == json.dumps(json.loads(written), sort_keys=True, ensure_ascii=False, indent=2) + "\n"
    assert "null" not in written
    assert "Les fichiers sont remis sur demande" in written
    assert '"class": "use-restricted"' in written
    assert '"cls"' not in written


def test_json_of_a_hostile_report_drives_no_terminal() -> None:
    written = render(hostile(), "json")
    assert unseen(written) == []
    assert json.loads(written)["subject"]["id"] == EVIL


def test_several_reports_are_an_array_and_one_page() -> None:
    reports = [signed(), restricted()]
    listed = render_many(reports, "json")
    assert [item["subject"]["canonical_id"] for item in json.loads(listed)] == [
        "commons/pear-1b",
        "orchard/cider-3b",
    ]
    assert read_reports(listed) == tuple(reports)
    assert read_reports(render_many(reports, "html")) == tuple(reports)
    for form in ("text", "markdown"):
        shown = render_many(reports, form)
        assert shown.index("pear-1b") < shown.index("cider-3b")
    with pytest.raises(UnreadableInput, match="holds 2 reports"):
        read_report(listed)


def test_no_report_at_all_is_an_empty_array_and_an_empty_page() -> None:
    assert render_many([], "json") == "[]\n"
    assert "0 models audited" in render_many([], "html")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[1]",
        "not JSON",
        '{"schema_version": "1"',
        "[" * 200_000,
        "<!DOCTYPE html><title>Another page</title>",
        '<html><script type="application/json" id="osaid-audit-report">{"never": "closed"}',
    ],
)
def test_what_is_not_a_report_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_report(text)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_report_of_another_schema_version_or_with_unknown_keys_is_refused() -> None:
    document = json.loads(render(signed(), "json"))
    with pytest.raises(UnreadableInput, match="schema_version"):
        read_report(json.dumps(document | {"schema_version": "2"}))
    with pytest.raises(UnreadableInput, match="surprise"):
        read_report(json.dumps(document | {"surprise": 1}))


def test_too_large_a_report_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_audit.render.read._LARGEST", 1000)
    with pytest.raises(UnreadableInput, match="larger"):
        read_report(render(signed(), "json"))


def test_unknown_formats_and_languages_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="pdf"):
        render(signed(), "pdf")
    with pytest.raises(UsageError, match="de"):
        render(signed(), "html", "de")


# Text


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("sample", EVERY)
def test_text_keeps_to_its_width(sample: str, lang: str, width: int) -> None:
    lines = render(EVERY[sample](), "text", lang, width=width).splitlines()
    too_wide = [line for line in lines if columns_of(line) > width]
    assert [line for line in too_wide if not re.fullmatch(r"\s*(- )?https?://\S+", line)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_width_beyond_reason_is_brought_back() -> None:
    assert render(signed(), "text", width=10) == render(signed(), "text", width=60)
    assert render(signed(), "text", width=5000) == render(signed(), "text", width=200)
    assert render(signed(), "text") == render(signed(), "text", width=80)


def test_colour_only_where_it_is_asked_for_and_nothing_else_changes() -> None:
    assert "\x1b" not in render(restricted(), "text")
    coloured = render(restricted(), "text", color=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render(restricted(), "text")


def test_wide_characters_count_double_and_long_words_are_cut_but_links_are_not() -> None:
    assert columns_of("漢字") == 4
    assert columns_of("e\u0301") == 1
    assert max(map(columns_of, wrap("漢字" * 40, 30, "  "))) <= 30
    assert wrap("https://a.example/" + "b" * 60, 20) == ["https://a.example/" + "b" * 60]
    assert wrap("", 20, "- ") == ["- "]


# Hostile text


def unseen(text: str) -> list[str]:
    hidden = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return [c for c in text if c != "\n" and unicodedata.category(c) in hidden]


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_control_nor_direction_character_survives(form: str, lang: str) -> None:
    assert unseen(render(hostile(), form, lang)) == []
    assert unseen(EVIL) != []


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_very_long_id_is_shortened_for_people(form: str) -> None:
    page = without_frame(render(hostile(), form))
    assert "a" * 301 not in page
    assert "…" in page


def test_markdown_lets_nothing_through() -> None:
    page = render(hostile(), "markdown")
    prose = re.sub(r"(`+) ?.+? ?\1", "", page)
    prose = re.sub(r"\]\(<https://[^<>\s]+>\)", "]", prose)
    assert set(re.findall(r"<[^>]*>", prose)) == {
        "<br>",
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
    }
    assert not re.search(r"(?<!\\)\|(?! |$)|https?://|www\.|@\w|#\d(?!\d*;)", prose, re.MULTILINE)
    assert not re.search(r"(?<!\\)\]\(", prose)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("@team, see #12", "@&#8203;team, see #&#8203;12"),
        ("# title", r"\# title"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("[x](y) `z` *w* _v_", r"\[x\](y) \`z\` \*w\* \_v\_"),
        ("http://x.example www.x.example", "http:&#47;/x.example www&#46;x.example"),
        ("plain words, 3 of 4.", "plain words, 3 of 4."),
    ],
)
def test_markdown_escapes(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_code_spans_outgrow_the_backticks_in_them() -> None:
    assert code("a") == "`a`"
    assert code("a`b``c") == "``` a`b``c ```"
    assert code("") == "`-`"


def test_a_link_leads_to_the_place_at_its_commit() -> None:
    report = undecided()
    place = f"https://hub.example/orchard/perry-7b/blob/{report.subject.revision}/README.md#L41"
    for form in ("text", "markdown", "html"):
        assert place in render(report, form)


@pytest.mark.parametrize(
    ("url", "line", "leads"),
    [
        ("https://h.example/o/m/resolve/" + "1f" * 20 + "/README.md", 7, "/README.md?code=true#L7"),
        ("https://h.example/o/m/resolve/" + "1f" * 20 + "/a/LICENSE", 7, "/a/LICENSE#L7"),
    ],
)
def test_a_file_of_a_hub_is_shown_at_its_line_and_commit(url: str, line: int, leads: str) -> None:
    shown = "https://h.example/o/m/blob/" + "1f" * 20 + leads
    assert link(Source(url=url, line=line)) == shown
    assert link(Source(url=url)) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example/o/m/resolve/main/README.md",
        "https://h.example/o/m/resolve/" + "1f" * 20 + "/README.md?download=true",
        "https://h.example/api/models/o/m",
        "https://h.example/o/blob/main/README.md#top",
    ],
)
def test_an_address_that_shows_no_lines_is_left_as_it_is(url: str) -> None:
    assert link(Source(url=url, line=7)) == url
