"""The page: valid, alone in the world, harmless, readable by everyone."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sample_hostile import hostile, sparse
from samples import SAMPLES, restricted, signed, undecided

from osaid_audit.render import render, render_many

STYLE = Path(__file__).resolve().parent.parent / "reports" / "templates" / "style.css"
VOID = {"meta", "link", "br", "circle", "path", "use"}
PHRASING = {"a", "bdi", "br", "code", "q", "span", "strong", "svg", "use", "time"}
ONLY_PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "dt", "a", "bdi", "code", "q", "span", "strong", "time"}
ALLOWED = PHRASING | VOID | {
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
    """Reads a page and keeps what is wrong with it and what the tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
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
        if tag not in ALLOWED:
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
    assert set(page.all("aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_nobody_for_anything(name: str) -> None:
    page = Page(PAGES[name])
    assert page.all("src") == page.all("srcset") == page.all("action") == page.all("style") == []
    assert [href for tag, attrs in page.tags if tag in {"link", "use"} for href in [attrs["href"] or ""]
            if not href.startswith(("data:,", "#"))] == []  # fmt: skip
    assert not re.search(r"url\(|@import|expression", STYLE.read_text(encoding="utf-8"))


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
    assert page.index('<table class="matrix">') < page.index("What blocks it") < page.index('id="blockers"')


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
    states = re.findall(r'<li class="(reached|possible|at_most|excluded)"', PAGES["undecided"])
    assert states == ["reached"] * 4 + ["possible", "at_most"]
    states = re.findall(r'<li class="(reached|possible|at_most|excluded)"', PAGES["restricted"])
    assert states == ["reached"] * 3 + ["excluded"] * 3
    label = undecided().label
    assert label
    unknown = label.model_copy(update={"value": "undetermined"})
    page = render(undecided().model_copy(update={"label": unknown}), "html")
    assert re.findall(r'<li class="(reached|possible|at_most|excluded)"', page) == ["possible"] * 5 + [
        "at_most"
    ]
    later = label.model_copy(update={"value": "a-rung-of-tomorrow"})
    assert 'class="ladder"' not in render(undecided().model_copy(update={"label": later}), "html")


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
    text = STYLE.read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)", 1)
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
