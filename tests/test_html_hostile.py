"""Whatever a card says, it is text on the page and nothing else; `test_html_browser` sees the same happen."""

import html
import re

import pytest
from sample_hostile import hostile
from test_render_html import Page

from osaid_audit.render import read_report, render, render_many
from osaid_audit.render.safe import plain

ATTACKS = {
    "script": "</script><script>alert(1)</script><script src=//evil.example/x.js></script>",
    "style": "</style></title><style>*{display:none!important}</style><link rel=stylesheet href=//x.example>",
    "bidi": "\u202e\u2066\u061c\u200fevil\u2069 שלום \u202bمرحبا\u202c abc\u200b\u2028\u2029",
    "braces": "{{ 7 * 7 }} {{ config }} {% raw %}{# #} ${7*7} <%= 7*7 %> #{7*7} {0} {name} %s %(x)s",
    "link": "javascript:alert(1) [x](javascript:alert(1)) <a href='javascript:alert(1)'>x</a> data:text/html",
    "image": '"><img src=//evil.example/x onerror=alert(1)><svg onload=alert(1)><iframe src=//evil.example>',
    "attribute": "' \" onmouseover=alert(1) style='position:fixed;inset:0' x=` autofocus onfocus=alert(1)",
    "comment": "<!-- --!> ]]> <![CDATA[ <!DOCTYPE x> <?php ?> &lt;b&gt; &#x202e; &nosuch; \x00\x1b[31m",
    "refresh": "<meta http-equiv=refresh content='0;url=//x.example'><base href=//x.example><form action=x>",
    "markup": "</bdi></main></body></html><h1>Conforms</h1><details open><dialog open>approved by OSI",
    "wide": "𓀀" * 60 + "\u0300" * 60,
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ATTACKS)
def test_what_a_card_says_stays_text(name: str, lang: str) -> None:
    evil = ATTACKS[name]
    written = render(hostile(evil), "html", lang)
    page = Page(written)
    assert page.wrong == []
    assert [
        tag for tag, attrs in page.tags if any(key.startswith("on") or key == "style" for key in attrs)
    ] == []
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "osaid-audit-report"}]
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert all(re.match(r"https?://|#|data:,$", value) for value in page.all("href"))
    shown = " ".join(page.words.split())
    assert " ".join(plain(evil)[:280].split()) in shown


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_report_comes_back_from_its_page_unharmed(name: str) -> None:
    report = hostile(ATTACKS[name])
    assert read_report(render(report, "html")) == report


def test_a_template_is_not_filled_in_by_a_card() -> None:
    page = render(hostile(ATTACKS["braces"]), "html")
    assert "{{ 7 * 7 }} {{ config }} {% raw %}{# #} ${7*7} &lt;%= 7*7 %&gt; #{7*7} {0} {name}" in page


def test_no_hidden_character_reaches_the_page() -> None:
    page = render_many([hostile(evil) for evil in ATTACKS.values()], "html")
    assert (
        re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]", page) == []
    )
    assert "\\u{202E}" in html.unescape(page)
