"""The pages over many models: true to the reports and figures, harmless, light, in both languages."""

import base64
import hashlib
import html
import json
import re
import time
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError
from sample_hostile import EVIL
from sample_many import (
    BASES,
    MISSING,
    UNREAD,
    evil_rows,
    evil_summary,
    libraries,
    nothing,
    restricted_by_base,
    rows,
    small,
    summary,
    thousand,
)
from sample_parts import t
from samples import SAMPLES, restricted, signed, undecided
from test_html_hostile import ATTACKS
from test_render_html import Page

from osaid_audit.errors import UsageError
from osaid_audit.render.figures import Numbers, pieces
from osaid_audit.render.index import index_page, row_of, row_of_error
from osaid_audit.render.index.page import KINDS
from osaid_audit.render.safe import plain
from osaid_audit.render.sweep import summary_page
from osaid_audit.schema.base import Problem, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.index import Row
from osaid_audit.schema.licenses import Declared
from osaid_audit.schema.report import Report
from osaid_audit.schema.sweep import InputFile, LabelShare, LicenseShare, Summary
from osaid_audit.schema.unread import NOT_FOLLOWED

MEGABYTE = 1_000_000
CONTROLS = frozenset({"fieldset", "legend", "label", "input", "h4"})
DRAWN = frozenset({"figure", "figcaption"})
LINKS = {row.id: f"reports/{row.id.replace('/', '--')}.html" for row in rows()}
INDEXES = {
    "index": index_page(rows(), "en", LINKS),
    "index-fr": index_page(rows(), "fr", LINKS),
    "index-none": index_page([], "fr", {}),
    "index-evil": index_page(evil_rows(), "fr", {EVIL: EVIL}),
}
SWEEPS = {
    "sweep": summary_page(summary(), "en"),
    "sweep-fr": summary_page(summary(), "fr"),
    "sweep-none": summary_page(nothing(), "fr"),
    "sweep-one-label": summary_page(small({"undetermined": 5}), "en"),
    "sweep-200": summary_page(libraries(), "fr"),
    "sweep-evil": summary_page(evil_summary(), "en"),
}
PAGES = INDEXES | SWEEPS


def read(name: str) -> Page:
    return Page(PAGES[name], CONTROLS if name in INDEXES else DRAWN)


def text(page: str) -> str:
    words = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(words).split())


# Every page


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_well_formed_and_runs_nothing(name: str) -> None:
    page, written = read(name), PAGES[name]
    names = [tag for tag, _ in page.tags]
    assert page.wrong == []
    assert written.startswith("<!DOCTYPE html>\n<html lang=")
    assert names.count("main") == names.count("h1") == 1
    assert "script" not in names
    assert [key for _, attrs in page.tags for key in attrs if key.startswith("on")] == []
    assert page.all("style") == page.all("src") == page.all("action") == []
    assert all(after <= before + 1 for before, after in pairwise(page.headings))


@pytest.mark.parametrize("name", PAGES)
def test_every_anchor_leads_somewhere(name: str) -> None:
    page = read(name)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(ids)
    assert set(page.all("aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_lets_only_our_style_through(name: str) -> None:
    style = re.search("<style>(.*?)</style>", PAGES[name], re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert f'http-equiv="Content-Security-Policy" content="{policy}"' in PAGES[name]
    assert not re.search(r"url\(|@import", style[1])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ATTACKS)
def test_hostile_words_stay_words(name: str, lang: str) -> None:
    evil = ATTACKS[name]
    index = Page(index_page(evil_rows(evil), lang, {evil: evil}), CONTROLS)
    sweep = Page(summary_page(evil_summary(evil), lang), DRAWN)
    for page, most in ((index, 96), (sweep, 80)):
        assert page.wrong == []
        assert all(re.match(r"https?://|#|data:,$|[\w%/.~-]+$", href) for href in page.all("href"))
        assert not any("javascript:" in href for href in page.all("href"))
        # What is longer is cut, and never in the middle of a code for an unseen character's neighbours.
        assert " ".join(plain(evil, most)[:most].split()) in " ".join(page.words.split())
        assert not re.search("[\u202e\u2066\u061c\u200b\x00\x1b]", page.words)


def test_names_from_a_dump_are_cut_at_80() -> None:
    long = small({"undetermined": 1}, libraries=(LabelShare(name="x" * 200, labels={"undetermined": 1}),))
    page = summary_page(long, "en")
    assert "x" * 80 + "…" in page
    assert "x" * 81 not in page


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_another_language_is_refused(lang: str) -> None:
    index_page([], lang, {})
    for make in (lambda: index_page([], f"{lang}x", {}), lambda: summary_page(nothing(), "")):
        with pytest.raises(UsageError, match="no language"):
            make()


@pytest.mark.parametrize("name", [name for name in PAGES if "fr" in name or name.endswith(("none", "200"))])
def test_french_has_its_spaces(name: str) -> None:
    said = re.sub(r"<style>.*?</style>|<code>.*?</code>", "", PAGES[name], flags=re.DOTALL)
    said = html.unescape(" ".join(re.findall(r">([^<]+)<", said)))
    assert re.findall(r"\S [:;!?%»]|« \S|\d[:;%]", said) == []
    assert "\u00a0:" in said


# A report as a row


def test_a_row_says_what_its_report_says() -> None:
    row = row_of(restricted())
    report = restricted()
    assert row.label
    assert report.label
    assert (row.id, row.revision) == (report.subject.canonical_id, report.subject.revision)
    assert (row.label, row.label_at_most) == (report.label.value, report.label.at_most)
    assert row.verdict == "does_not_conform"
    assert row.verdict_title == t("does not conform", "n'est pas conforme")
    assert row.license == "LicenseRef-orchard-2"
    assert row.blocking
    assert row.blocking.en.startswith("Takes away: use, share. Not met: ")
    assert row.problem is row.inherited is None


def test_a_row_without_a_breach_says_what_is_open_and_one_that_conforms_on_whose_word() -> None:
    still = row_of(undecided())
    assert still.verdict == "undetermined"
    assert still.blocking
    assert still.blocking.en == "5 required items still need evidence or a person's judgement."
    good = row_of(signed())
    assert good.blocking is None
    assert good.verdict_title
    assert good.verdict_title.en == "conforms on the word of Ada Exemple"


def test_a_ladder_alone_has_its_rung_for_a_verdict_and_questions_alone_have_none() -> None:
    base = undecided()
    ladder = row_of(base.model_copy(update={"frameworks": base.frameworks[1:]}))
    assert ladder.verdict == base.frameworks[1].verdict
    questions = row_of(SAMPLES["answered"]())
    assert questions.verdict is None
    assert questions.blocking is None


def test_a_base_that_takes_a_freedom_is_named_and_one_that_is_only_hinted_at_is_not() -> None:
    assert restricted_by_base().inherited == "press/root"
    assert row_of(restricted()).inherited is None
    assert _with_base(restricted(), hint=Source(path="config.json")).inherited is None
    assert _with_base(restricted(), breaks=()).inherited is None


def _with_base(report: Report, **changed: Any) -> Row:
    hop = Hop(**({"id": "press/root", "relation": "finetune", "depth": 1, "breaks": ("use",)} | changed))
    fact = report.facts["license.class"].model_copy(update={"value": True})
    facts = {**report.facts, "lineage.restricted": fact}
    return row_of(report.model_copy(update={"lineage": (hop,), "facts": facts}))


def test_a_declared_license_stands_where_nothing_was_concluded() -> None:
    base = undecided()
    block = base.license.model_copy(update={"concluded": None})
    declared = block.declared[0]
    assert row_of(base.model_copy(update={"license": block})).license == (declared.id or declared.value)
    nothing_said = block.model_copy(update={"declared": ()})
    assert row_of(base.model_copy(update={"license": nothing_said})).license is None


def test_a_license_that_is_only_called_other_goes_by_its_name_and_never_by_its_link() -> None:
    link, other = Declared(role="link", value="LICENSE"), Declared(role="declared", value="other")
    name = Declared(role="name", value="orchard-2")
    base = undecided()

    def shown(*declared: Declared) -> str | None:
        block = base.license.model_copy(update={"concluded": None, "declared": declared})
        return row_of(base.model_copy(update={"license": block})).license

    assert shown(link, other, name) == "orchard-2"
    assert shown(link, other) == "other"
    assert shown(link) == "LICENSE"


def test_a_model_that_could_not_be_audited_has_a_reason_and_no_verdict() -> None:
    row = row_of_error("orchard/gone", MISSING)
    assert row.problem
    assert row.problem.en == "The Hub has no model 'orchard/gone'. Check the spelling."
    assert row.model_dump(exclude_none=True).keys() == {"id", "problem"}
    with pytest.raises(ValidationError, match="no answer"):
        Row(id="orchard/gone", problem=t("gone", "parti"), verdict="conforms")


def test_of_a_model_that_was_read_in_part_the_row_says_what_is_missing_beside_its_answers() -> None:
    dead, shut = (
        Problem(what=name, state=state, why=t("No answer.", "Pas de réponse."), next=t("Go.", "Va."))
        for name, state in (("LICENSE", "unreachable"), ("NOTICE", "gated"))
    )
    off = dead.model_copy(update={"why": NOT_FOLLOWED})
    report = undecided()
    whole = row_of(report.model_copy(update={"problems": (shut, off)}))
    part = row_of(report.model_copy(update={"problems": (shut, off, dead, dead)}))
    assert whole.unread is None, "what a gate or an option keeps back is not read later either"
    assert part.unread == t(
        "Read in part. LICENSE: No answer. And 1 more.", "Lu en partie. LICENSE : Pas de réponse. Et 1 autre."
    )
    assert part.verdict == whole.verdict is not None
    page = index_page([part, whole], "en", {})
    assert page.count("Read in part. LICENSE: No answer.") == 1
    assert "Could not be audited" not in page


# The index


def test_each_row_shows_its_answers_and_leads_to_its_report() -> None:
    page = INDEXES["index"]
    lines = re.findall(r'<tr id="(m\d+)" class="k-([\w-]+)">(.*?)</tr>', page, re.DOTALL)
    assert [name for name, _, _ in lines] == [f"m{n}" for n in range(1, len(rows()) + 1)]
    assert {kind for _, kind, _ in lines} == set(KINDS)
    first = text(lines[0][2])
    assert "orchard/cider-3b 0cb88a4 Weights Available AI" in first
    assert "Does not conform an unidentified text Takes away: use, share. Not met: " in first
    assert "By its base press/root" in first
    assert 'href="reports/orchard--cider-3b.html"' in lines[0][2]
    failed = next(line for _, kind, line in lines if kind == "failed")
    assert "Could not be audited : The Hub has no model" in text(failed).replace(":", " :").replace("  ", " ")
    assert not re.search("conform|[Uu]ndetermined", text(failed))


def test_the_labels_are_counted_and_each_can_be_chosen() -> None:
    page = INDEXES["index"]
    picked = re.findall(r'id="only-([\w-]+)"', page)
    assert picked == ["all", *KINDS]
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert all(f"#only-{kind}:checked" in style and f":not(.k-{kind},:target)" in style for kind in KINDS)
    assert "Open Weights AI 2 16.7%" in text(page)
    assert page.count(" checked>") == 1
    alone = index_page(rows()[:1], "en", {})
    assert re.findall(r'id="only-([\w-]+)"', alone) == ["all", "weights-available"]


def test_a_label_that_is_not_ours_is_counted_apart() -> None:
    page = index_page([Row(id="a/b", label="rung of tomorrow"), Row(id="a/c", label="other")], "en", {})
    assert re.findall(r'<tr id="m\d" class="k-([\w-]+)"', page) == ["other", "other"]


def test_the_models_stand_once_more_by_name_by_label_and_by_license() -> None:
    page = INDEXES["index"]
    parts = page.partition('<section class="listings">')[2].partition("</section>")[0].split("<details>")[1:]
    names = [re.findall(r'<li><a href="#m\d+">([^<]+)</a>', part) for part in parts]
    assert names[0] == sorted((row.id for row in rows()), key=str.casefold)
    assert all(sorted(each) == sorted(names[0]) for each in names)
    labels = re.findall(r"<h4><bdi>([^<]+)</bdi>", parts[1])
    assert labels[0] == "Open Source AI with Open Data"
    assert labels[-2:] == ["No label asked, or another one", "Could not be audited"]
    licenses = re.findall(r"<h4><bdi>([^<]+)</bdi>", parts[2])
    assert licenses == sorted(licenses, key=str.casefold)
    assert "no license known" in licenses


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("reports/a.html", "reports/a.html"),
        ("a b&c\"'<.html", "a%20b%26c%22%27%3C.html"),
        ("../x/ü.html", "../x/%C3%BC.html"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("data:text/html,x", "data%3Atext/html%2Cx"),
        ("a.html#there", "a.html%23there"),
    ],
)
def test_a_link_leads_to_a_file_beside_the_page_or_to_the_web(link: str, href: str) -> None:
    page = Page(index_page([Row(id="a/b")], "en", {"a/b": link}), CONTROLS)
    assert [each for each in page.all("href") if each[0] != "#" and each != "data:,"] == [href]


@pytest.mark.parametrize(
    "link", ["", "//evil.example/x", "/etc/passwd", "\\\\evil\\x", "a\nb", "https://u@e.example", "x" * 2000]
)
def test_any_other_link_is_none(link: str) -> None:
    page = Page(index_page([Row(id="a/b")], "en", {"a/b": link}), CONTROLS)
    assert [each for each in page.all("href") if each[0] != "#" and each != "data:,"] == []
    assert "a/b" in page.words


def test_two_commits_of_a_model_lead_each_to_its_own_report() -> None:
    twice = [Row(id="a/b", revision="1" * 40), Row(id="a/b", revision="2" * 40), Row(id="a/b")]
    page = index_page(twice, "en", {f"a/b@{'1' * 40}": "one.html", "a/b": "any.html"})
    assert re.findall(r'href="(\w+\.html)"', page) == ["one.html", "any.html", "any.html"]


def test_of_two_reports_on_one_commit_each_row_leads_to_its_own() -> None:
    twice = [Row(id="a/b", revision="1" * 40)] * 2
    page = index_page(twice, "en", {"#m1": "one.html", "#m2": "two.html", f"a/b@{'1' * 40}": "any.html"})
    assert re.findall(r'href="(\w+\.html)"', page) == ["one.html", "two.html"]


def test_a_thousand_rows_are_light_and_quick() -> None:
    many = thousand()
    links = {row.id: f"reports/{row.id.replace('/', '--')}.html" for row in many}
    started = time.perf_counter()
    pages = [index_page(many, lang, links) for lang in ("en", "fr")]
    assert time.perf_counter() - started < 2
    assert all(len(page.encode()) < MEGABYTE for page in pages)
    assert all(page.count('<tr id="m') == 1000 for page in pages)


# The sweep


def test_every_plot_has_its_figures_in_a_table_and_says_what_they_cannot_tell() -> None:
    page = SWEEPS["sweep"]
    plots = [plot.partition("</details>")[0] for plot in page.split('<section class="plot">')[1:]]
    assert len(plots) == 8
    for plot in plots:
        assert plot.count("<figcaption>") == plot.count("<table>") == 1
        assert "Metadata alone establish restrictions, never openness." in plot
        drawn, told = plot.split("<table>")
        lines = re.findall(r"<div><span.*?</div>", drawn, re.DOTALL)
        names = [text(line.partition("<svg")[0]) for line in lines]
        rows_ = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', told)
        assert [text(name) for name, _ in rows_] == names
        assert all(n in text(line) for line, (_, n) in zip(lines, rows_, strict=True))
    assert text(page).count("A sweep reads metadata alone") == 1
    assert "2,299,998 models are undetermined (76.7%)." in text(page)


def test_what_is_undetermined_never_looks_open() -> None:
    """The highest rung not excluded is no rung reached: it has neither its colour nor its place."""
    page = SWEEPS["sweep"]
    assert "Open Source AI with Open Data" in text(page)
    assert 'class="k-open-' not in page


def test_the_parts_of_a_bar_are_in_proportion_and_nothing_that_exists_vanishes() -> None:
    made = pieces([("a", 1), ("b", 2_999_999), ("c", 0)], 3_000_000)
    assert [piece.key for piece in made] == ["a", "b"]
    assert made[0].width > 0.3
    assert made[0].x + made[0].width == pytest.approx(made[1].x)
    assert made[1].x + made[1].width == pytest.approx(100)
    half = pieces([("a", 10), ("b", 30)], 80)
    assert [(piece.x, piece.width) for piece in half] == [(0, 12.5), (12.5, 37.5)]
    assert pieces([("a", 0)], 10) == pieces([], 0) == pieces([("a", 1)], 0) == ()


@pytest.mark.parametrize(
    ("n", "of", "en", "fr"),
    [
        (0, 0, "0%", "0\u00a0%"),
        (0, 5, "0%", "0\u00a0%"),
        (5, 5, "100%", "100\u00a0%"),
        (1, 8, "12.5%", "12,5\u00a0%"),
        (1, 3_000_000, "<0.1%", "<0,1\u00a0%"),
        (2_999_999, 3_000_000, ">99.9%", ">99,9\u00a0%"),
        (999, 1000, "99.9%", "99,9\u00a0%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(n: int, of: int, en: str, fr: str) -> None:
    assert (Numbers("en").percent(n, of), Numbers("fr").percent(n, of)) == (en, fr)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert Numbers("en").whole(3_000_000) == "3,000,000"
    assert Numbers("fr").whole(3_000_000) == "3\u202f000\u202f000"
    assert [Numbers("fr").seconds(each) for each in (0.04, 9.96, 75.4)] == ["0,0", "10,0", "75"]


def test_a_dump_without_rows_draws_nothing_and_divides_by_nothing() -> None:
    page = SWEEPS["sweep-none"]
    assert "Aucun modèle n'a été jugé" in text(page)
    assert 'class="plot"' not in page
    assert "Balayage de 0 modèle" in text(page)


def test_only_what_is_known_is_drawn() -> None:
    page = SWEEPS["sweep-one-label"]
    assert re.findall(r'<h[23] id="(\w+)">', page)[1:3] == ["labels", "undetermined"]
    assert "restricted by terms" not in page
    assert "Undetermined 5 100%" in text(page)


def test_a_list_of_nothing_that_is_known_is_not_drawn() -> None:
    """Without the column nobody can say that no license was declared."""
    unknown = small(
        {"undetermined": 5},
        years=(LabelShare(labels={"undetermined": 5}),),
        licenses=(LicenseShare(undetermined=5),),
        libraries=(
            LabelShare(name="peft", labels={"undetermined": 1}),
            LabelShare(labels={"undetermined": 4}),
        ),
    )
    page = summary_page(unknown, "en")
    assert re.findall(r'<h2 id="(\w+)">', page)[1:4] == ["labels", "libraries", "undetermined"]
    assert "no license declared" not in page
    assert "no library named" in page


def test_what_is_not_in_the_dump_is_said_with_the_facts_that_are_missing_for_it() -> None:
    page = text(SWEEPS["sweep"])
    assert "gated access.gated siblings weights.present, files.code" in page
    assert "That is never a no." in page
    assert "No column is missing" in text(summary_page(summary(missing=()), "en"))


def test_rows_that_could_not_be_read_are_told() -> None:
    page = text(SWEEPS["sweep"])
    assert "2 rows: The id is no text (the first, counted from 0: 17, 2,999,999)" in page
    assert "models.parquet: 3,000,000 rows" in page
    assert "3 rows have an id that stands further up" in page
    assert "further up" not in text(summary_page(summary(repeated=0), "en"))
    assert "75 seconds, 12 shards, 39,788 models a second" in page


def test_two_hundred_libraries_are_light() -> None:
    assert len(SWEEPS["sweep-200"].encode()) < MEGABYTE / 5
    assert "library-199" in SWEEPS["sweep-200"]


def test_the_summary_comes_back_from_its_json() -> None:
    for found in (summary(), nothing(), evil_summary(), libraries()):
        written = json.dumps(found.model_dump(mode="json", exclude_none=True))
        assert Summary.model_validate_json(written) == found


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"unread": ()}, "are not 3000000 rows"),
        ({"inputs": (InputFile(name="x", sha256="0", rows=2),)}, "are not 2 rows"),
        ({"years": (LabelShare(name="2024", labels={"undetermined": 3}),)}, "years count 3"),
        ({"libraries": (LabelShare(name="x", labels={}),)}, "libraries count 0"),
        ({"licenses": (LicenseShare(name="mit", own=1),)}, "licenses count 1"),
        ({"at_most": {"open-weights": 3_000_000}}, "highest rung"),
        ({"seconds": -1.0}, "greater than or equal to 0"),
    ],
)
def test_figures_that_do_not_add_up_are_refused(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        summary(**wrong)


def test_the_rest_of_a_list_has_no_name() -> None:
    with pytest.raises(ValidationError, match="no name"):
        LabelShare(name="transformers", others=3, labels={})
    assert (BASES.n, UNREAD.n) == (250_000, 2)
