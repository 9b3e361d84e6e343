"""The documentation site: every page is on it, every link leads somewhere, nothing comes from elsewhere."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml
from tools import website

from osaid_audit import licenses

ROOT = Path(__file__).resolve().parent.parent


def test_every_license_has_a_page_of_its_own_in_both_languages():
    made = website.made()
    entries = list(licenses.entries())
    assert len({website.slug(entry.id) for entry in entries}) == len(entries)
    for entry in entries:
        page = made[f"licenses/{website.slug(entry.id)}.md"]
        assert f"`{entry.id}`" in page
        assert str(entry.source.date) in page
        assert all(clause.id.replace("_", "\\_") in page or clause.id in page for clause in entry.clauses)
        assert all(f"<{link}>" in page for link in entry.links if "*" not in link)
        assert "## En français" in page
        assert f"]({website.slug(entry.id)}.md)" in made["licenses/index.md"]


def test_the_page_of_words_has_them_all():
    page = website.words_page()
    assert [
        word
        for word in ("not_met", "does_not_conform", "lock-changed", "unsigned")
        if f"`{word}`" not in page
    ] == []


def test_every_page_that_is_not_made_is_in_the_navigation():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = set(re.findall(r"[\w./-]+\.md", yaml.safe_dump(config["nav"])))
    by_hand = {path.name for path in (ROOT / "docs").glob("*.md")}
    assert by_hand <= named
    assert {name for name in named if not (ROOT / "docs" / name).is_file()} <= set(website.made())


@pytest.mark.parametrize(
    ("at", "written", "shown"),
    [
        ("index.md", "[a](docs/method.md#x)", "[a](method.md#x)"),
        ("index.md", "[a](docs/decisions/)", "[a](decisions/index.md)"),
        ("index.md", "![a](docs/images/report.png)", "![a](images/report.png)"),
        ("index.md", "[![a](docs/images/x.png)](docs/method.md)", "[![a](images/x.png)](method.md)"),
        ("method.md", "[a](../rules/CHANGELOG.md)", "[a](rules-changelog.md)"),
        ("licenses.md", "[a](../rules/holders.yaml)", "a"),
        ("rules/x.md", "[a](../facts.md)", "[a](../facts.md)"),
        ("rule-files.md", "[a](../docs/method.md)", "[a](method.md)"),
        ("method.md", "[a](https://example.org/x) [b](#c)", "[a](https://example.org/x) [b](#c)"),
        ("method.md", "[a](../gone.yaml)", "[a](../gone.yaml)"),
        ("method.md", "```text\n[a](../rules/CHANGELOG.md)\n```", "```text\n[a](../rules/CHANGELOG.md)\n```"),
        ("method.md", "Said:\n- one\n- two", "Said:\n\n- one\n- two"),
        ("demarrage.md", "Oui ? « Non »", "Oui\u00a0? «\u00a0Non\u00a0»"),
    ],
)
def test_links_and_lists_are_mended_for_the_site(at, written, shown):
    assert website.mended(written, at) == shown


@pytest.mark.parametrize(
    "loaded",
    [
        '<link rel="stylesheet" href="https://fonts.example.org/x.css">',
        '<script src="//cdn.example.org/x.js"></script>',
        '<img src="https://example.org/x.png">',
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>a { background: url(https://example.org/x.png) }</style>",
    ],
)
def test_what_a_page_loads_from_elsewhere_is_noticed(loaded, tmp_path):
    assert website.foreign(loaded) != []
    (tmp_path / "page.html").write_text(loaded)
    assert len(website.built(tmp_path)) == 2  # and it has no policy


def test_a_link_for_a_reader_is_no_load():
    page = '<a href="https://example.org/">x</a><img src="x.png"><link href="x.css">'
    page += "<style>a { background: url(x.png) }</style>"
    assert website.foreign(page) == []


@pytest.mark.skipif(
    importlib.util.find_spec("material") is None,
    reason="mkdocs-material is not installed here; 'make site' installs it and builds the site",
)
def test_the_site_builds_with_all_links_right(tmp_path):
    done = website.build(tmp_path)
    assert done.returncode == 0, done.stderr
    assert website.built(tmp_path) == []
    french = (tmp_path / "demarrage.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in french
    assert '<h2 id="lire-la-réponse">' in french
