"""The page: valid, alone in the world, harmless, readable by everyone."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sample_hostile import hostile, sparse
from samples import SAMPLES, restricted, signed, undecided

from osaid_audit.render import read_report, render, render_many

ROOT = Path(__file__).resolve().parent.parent
STYLE = ROOT / "reports" / "templates" / "style.css"
PALETTE = STYLE.with_name("palette.css")
EXAMPLES = ROOT / "reports" / "examples"
VOID = {"meta", "link", "br", "circle", "path", "use", "rect", "input"}
DRAWING = {"g", "title", "desc", "rect", "path", "text", "use"}
PHRASING = {"a", "bdi", "br", "code", "q", "span", "strong", "svg", "time", *DRAWING}
ONLY_PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "dt", "a", "bdi", "code", "q", "span", "strong", "time"}
ALLOWED = PHRASING | (VOID - {"input"}) | {
    *("html", "head", "title", "style", "body", "main", "article", "section", "header", "footer", "nav"),
    *("h1", "h2", "h3", "h4", "h5", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "details"),
    *("div", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "symbol", "script"),
}  # fmt: skip
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"div", "dl"},
    "dd": {"div", "dl"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "summary": {"details"},
    "symbol": {"svg"},
}


class Page(HTMLParser):
    """Reads a page and keeps what is wrong with it and what the tests ask for; `more` tags may be on it."""

    def __init__(self, text: str, more: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = ALLOWED | more
        self.stack: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.stack]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.stack[-1] if self.stack else ""
        if tag not in self.allowed:
            self.wrong.append(f"<{tag}> is not expected")
        if parent in ONLY_PHRASING and tag not in PHRASING:
            self.wrong.append(f"<{tag}> inside <{parent}>")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.wrong.append(f"<{tag}> inside <{parent}>")
        if parent in {"ul", "ol"} and tag != "li":
            self.wrong.append(f"<{tag}> inside <{parent}>")
        if tag == "a" and "a" in self.stack:
            self.wrong.append("a link inside a link")
        if len(attrs) != len(dict(attrs)):
            self.wrong.append(f"<{tag}> has an attribute twice")
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.stack):
            self.words += data

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value or "" for _, attrs in self.tags for key, value in attrs.items() if key == name]


PAGES = {name: render(make(), "html", "en") for name, make in SAMPLES.items()} | {
    "hostile": render(hostile(), "html", "fr"),
    "sparse": render(sparse(), "html", "fr"),
    "many": render_many([restricted(), undecided(), hostile(), signed()], "html", "fr"),
    "none": render_many([], "html", "en"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_well_formed(name: str) -> None:
    page = Page(PAGES[name])
    assert page.wrong == []
    assert PAGES[name].startswith("<!DOCTYPE html>\n<html lang=")
    names = [tag for tag, _ in page.tags]
    assert names.count("main") == 1
    assert names.count("h1") == 1


def test_the_check_of_the_page_sees_what_is_wrong() -> None:
    assert Page("<p><div></div></p>").wrong == ["<div> inside <p>"]
    assert Page("<ul><p></ul>").wrong
    assert Page("<iframe></iframe>").wrong == ["<iframe> is not expected"]
    assert Page("<section>").wrong == ["<section> is never closed"]


@pytest.mark.parametrize("name", PAGES)
def test_headings_never_skip_a_level(name: str) -> None:
    levels = Page(PAGES[name]).headings
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_every_anchor_leads_somewhere(name: str) -> None:
    page = Page(PAGES[name])
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(ids)
    assert {named for names in page.all("aria-labelledby") for named in names.split()} <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_nobody_for_anything(name: str) -> None:
    page = Page(PAGES[name])
    assert page.all("src") == page.all("srcset") == page.all("action") == page.all("style") == []
    assert [href for tag, attrs in page.tags if tag in {"link", "use"} for href in [attrs["href"] or ""]
            if not href.startswith(("data:,", "#"))] == []  # fmt: skip
    for sheet in (STYLE, PALETTE):
        assert not re.search(r"url\(|@import|expression", sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_on_the_page_runs(name: str) -> None:
    page = Page(PAGES[name])
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "osaid-audit-report"}]
    assert [key for _, attrs in page.tags for key in attrs if key.startswith("on")] == []
    assert PAGES[name].count("</script>") == 1
    assert "<!--" not in PAGES[name]


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_lets_only_our_style_through(name: str) -> None:
    text = PAGES[name]
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(
        attrs["content"]
        for tag, attrs in Page(text).tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert text.index("Content-Security-Policy") < text.index("<style>")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_only_to_the_web_and_tell_nothing(name: str) -> None:
    links = [attrs for tag, attrs in Page(PAGES[name]).tags if tag == "a"]
    outward = [attrs for attrs in links if not (attrs["href"] or "").startswith("#")]
    for attrs in outward:
        parts = urlsplit(attrs["href"] or "")
        assert parts.scheme in {"http", "https"}
        assert parts.username is None
        assert attrs["rel"] == "noopener noreferrer nofollow"
    if name == "hostile":
        assert "javascript:" in PAGES[name]
        assert 'href="javascript' not in PAGES[name]


def test_hostile_text_is_shown_as_text() -> None:
    page = Page(PAGES["hostile"])
    assert "<script>alert(1)</script>" in page.words
    assert "\\u{202E}evil" in page.words
    assert [tag for tag, _ in page.tags if tag == "img"] == []


def test_foreign_quotations_say_their_language_and_untrusted_text_is_isolated() -> None:
    french = render(undecided(), "html", "fr")
    assert '<q lang="en"><bdi>We trained on the corpus of the city</bdi></q>' in french
    assert '<q lang=""><bdi>license: apache-2.0</bdi></q>' in french
    assert "<bdi>orchard/perry-7b</bdi>" in french


def test_the_matrix_is_a_table_with_words_in_each_cell() -> None:
    page = PAGES["restricted"]
    table = page[page.index('<table class="matrix">') : page.index("</table>")]
    assert table.count('scope="row"') == 4
    assert table.count('scope="col"') == 4
    assert table.count("<td") == 12
    words = re.findall(r'class="word">([^<]+)<', table)
    assert words == [
        *("not applicable", "not established", "not met"),
        *("not established", "not established", "met"),
        *("not established", "not established", "not established"),
        *("not applicable", "not established", "not met"),
    ]
    assert page.index("What blocks it") < page.index('<table class="matrix">') < page.index('id="blockers"')


def test_a_breach_leaves_the_other_freedoms_of_its_rule_to_review() -> None:
    rules = [
        f for f in restricted().frameworks[0].findings if f.rule in {"weights-license", "weights-present"}
    ]
    base = restricted()
    main = base.frameworks[0].model_copy(update={"findings": tuple(rules)})
    page = render(base.model_copy(update={"frameworks": (main,)}), "html")
    table = page[page.index('<table class="matrix">') : page.index("</table>")]
    last = re.findall(r'class="word">([^<]+)<', table)[2::3]
    assert last == ["not met", "met", "to review", "not met"]


def test_the_ladder_shows_what_is_reached_and_what_is_still_possible() -> None:
    assert _steps(PAGES["undecided"]) == ["at_most", "possible", *["reached"] * 4]
    assert _steps(PAGES["restricted"]) == ["excluded"] * 3 + ["reached"] * 3
    label = undecided().label
    assert label
    unknown = label.model_copy(update={"value": "undetermined"})
    page = render(undecided().model_copy(update={"label": unknown}), "html")
    assert _steps(page) == ["at_most", *["possible"] * 5]
    later = label.model_copy(update={"value": "a-rung-of-tomorrow"})
    assert 'class="ladder"' not in render(undecided().model_copy(update={"label": later}), "html")


def _steps(page: str) -> list[str]:
    """How each rung of the ladder stands, the highest first."""
    return re.findall(r'<li class="(reached|possible|at_most|excluded)"', page)


def _text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def test_the_first_screen_says_label_verdict_freedoms_blockers_and_next_step_in_this_order() -> None:
    page = PAGES["restricted"]
    first = _text(page[page.index("<article") : page.index('<table class="matrix">')])
    said = (
        "Open Source AI Definition",
        "orchard/cider-3b",
        "Does not conform",
        "use taken away",
        "study not established",
        "share taken away",
        "G7 label",
        "Weights Available AI",
        "at most: Weights Available AI",
        "What blocks it",
        "What to do next",
    )
    places = [first.index(each) for each in said]
    assert places == sorted(places)
    assert "taken away" not in _text(PAGES["undecided"])


def test_the_first_screen_names_three_breaches_and_counts_the_rest() -> None:
    base = restricted()
    broken = next(f for f in base.frameworks[0].findings if f.outcome == "not_met")
    several = tuple(broken.model_copy(update={"rule": f"rule-{n}"}) for n in range(5))
    main = base.frameworks[0].model_copy(update={"findings": several})
    page = render(base.model_copy(update={"frameworks": (main, *base.frameworks[1:])}), "html")
    first = page[page.index('class="duo"') : page.index('<table class="matrix">')]
    assert re.findall(r'href="#(f\d)"', first) == ["f1", "f2", "f3"]
    assert '<a href="#blockers">and 2 more</a>' in first
    assert not re.search(r"and \d+ more", PAGES["restricted"].partition('<table class="matrix">')[0])


def test_a_license_lists_its_clauses_with_the_freedoms_each_takes() -> None:
    page = PAGES["restricted"]
    table = page[page.index('<table class="listed clauses">') :].partition("</table>")[0]
    rows = [_text(row) for row in table.split("<tr")[2:]]
    assert [row.partition("> ")[2] or row for row in rows] == [
        "acceptable use policy use",
        "threshold on the number of users use",
        "imposed name no freedom",
        "terms must be passed on share",
    ]
    assert 'class="listed clauses"' not in PAGES["undecided"]


def test_evidence_in_one_reply_stands_together_and_names_the_commit() -> None:
    page = _text(PAGES["undecided"])
    assert "README.md@1f1f1f1, line 3" in page
    base = undecided()
    finding = base.frameworks[0].findings[0]
    item = finding.evidence[0].model_copy(update={"line": None, "path": None, "quote": None})
    items = tuple(item.model_copy(update={"pointer": f"/tags/{n}"}) for n in range(20))
    main = base.frameworks[0].model_copy(
        update={"findings": (finding.model_copy(update={"evidence": items}),)}
    )
    shown = render(base.model_copy(update={"frameworks": (main,)}), "html")
    listed = shown[shown.index('<ul class="evidence">') :].partition("</ul>")[0]
    assert listed.count("<li>") == listed.count("<a ") == 1
    assert "/tags/0" in listed
    assert "/tags/11" in listed
    assert "and 8 more" in listed


def test_several_reports_begin_with_a_table_of_them() -> None:
    page = PAGES["many"]
    index = page[page.index('<header class="index">') : page.index("</header>")]
    rows = index.split("<tr ")[1:]
    assert len(rows) == 4
    assert 'href="#r1-title"' in rows[0]
    first, second = _text(rows[0]), _text(rows[1])
    assert "est pas conforme" in first
    assert "IA à poids disponibles au plus : IA à poids disponibles" in first
    assert "Libertés retirées : utiliser, partager" in first
    assert "Conditions attachées aux poids" in first
    assert "Indéterminé" in second
    assert "Aucune règle requise" in second
    assert page.count('<a href="#top">') == 4
    assert '<a href="#top">' not in PAGES["restricted"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_usual_page_is_small_and_soon_made(path: Path, lang: str) -> None:
    report = read_report(path.read_text(encoding="utf-8"))
    render(report, "html", lang)  # the templates are read once
    took = []
    for _ in range(3):
        start = time.process_time()
        page = render(report, "html", lang)
        took.append(time.process_time() - start)
    assert len(page.encode()) < 150_000
    assert min(took) < 0.05


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    bright, dim = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_colour_can_be_read_on_its_ground(mode: str) -> None:
    text = PALETTE.read_text(encoding="utf-8")
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)", 1)
    colours = _colours(light) | (_colours(dark.split("\n}\n", 1)[0]) if mode == "dark" else {})
    assert len(colours) == 14
    grounds = ("page", "card", "good-tint", "warn-tint", "bad-tint", "mute-tint")
    pairs = [(text, ground) for text in ("ink", "soft", "link") for ground in grounds]
    pairs += [
        (tone, ground) for tone in ("good", "warn", "bad", "mute") for ground in ("card", f"{tone}-tint")
    ]
    poor = {pair: ratio for pair in pairs if (ratio := _contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
    assert poor == {}
    assert _contrast("#777777", "#ffffff") < 4.5


def test_an_undetermined_model_is_told_first_what_keeps_its_label_open() -> None:
    """The label waits for one point before all others; with a breach the breach is what counts."""
    report = undecided()
    assert report.label is not None
    unsure = report.model_copy(update={"label": report.label.model_copy(update={"value": "undetermined"})})
    summary = _text(render(unsure, "html", "en").partition("What blocks it")[2].partition("</section>")[0])
    assert "What keeps the label open: Terms inherited from base models" in summary
    assert "What keeps the label open" not in render(report, "html", "en")
    assert "What keeps the label open" not in render(restricted(), "html", "en")


def test_on_paper_the_freedoms_have_room_for_their_words():
    """Four beside each other were so narrow on A4 that words broke anywhere."""
    printed = STYLE.read_text(encoding="utf-8").partition("@media print")[2]
    rule = re.search(r"^  \.freedoms \{[^}]*grid-template-columns: ([^;]*);", printed, re.MULTILINE)
    assert rule is not None
    assert rule[1] == "1fr 1fr"
    assert re.search(r"^  \.freedom, [^{]*\{ overflow-wrap: normal; hyphens: none; \}", printed, re.MULTILINE)
