"""The documentation says what the program does, and all of it."""

import re
import sys
from pathlib import Path
from typing import get_args

import pytest
import yaml
from tools import docs, docs_examples, docs_pages, website

from osaid_audit import errors, version
from osaid_audit.schema.base import ELEMENTS, FREEDOMS, Basis, Outcome, ProblemState
from osaid_audit.schema.licenses import PRECEDENCE, LicenseClass, Match
from osaid_audit.schema.vocabulary import VOCABULARY

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "rules").glob("*.md"),
        ROOT / docs_examples.FOLDER / "README.md",
    ]
)
MEASURED = ROOT / "docs" / "accuracy.md"
BY_HAND = [
    path for path in PAGES if path != MEASURED and docs.MADE.strip() not in path.read_text(encoding="utf-8")
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
EXAMPLE = re.compile(r"<!-- example: (?P<name>[\w.-]+) -->\n```yaml\n(?P<text>.*?)```", re.DOTALL)


def read(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """The anchor that a forge gives a heading."""
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {anchor(line.lstrip("#")) for line in read(page).splitlines() if line.startswith("#")}


def broken_links(page: Path) -> list[str]:
    """Links inside the repository that lead nowhere."""
    broken = []
    for target in LINK.findall(re.sub(r"```.*?```", "", read(page), flags=re.DOTALL)):
        place, _, part = target.partition("#")
        if "://" in place or place.startswith("mailto:"):
            continue
        path = (page.parent / place).resolve() if place else page
        if not path.exists() or (part and path.suffix == ".md" and part not in anchors(path)):
            broken.append(target)
    return broken


@pytest.fixture(scope="session")
def made() -> dict[str, str]:
    """Every generated page, made anew."""
    return docs.pages()


@pytest.fixture(scope="session")
def ruleset():
    from osaid_audit.evaluate import load

    return load()


def test_generated_pages_are_up_to_date(made):
    assert docs.stale(made) == []


def test_examples_are_up_to_date():
    made = docs.examples()
    assert made
    assert docs.stale(made) == []


def test_a_page_out_of_date_or_too_many_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "docs" / "rules").mkdir(parents=True)
    (tmp_path / "docs" / "rules" / "gone.md").write_text("old")
    (tmp_path / "docs" / "kept.md").write_text("by hand")
    made = {"docs/cli.md": "new", "docs/rules/here.md": "new"}
    expected = ["docs/cli.md", "docs/rules/here.md", "docs/rules/gone.md"]
    assert docs.stale(made) == expected
    assert docs.write(made) == expected
    assert docs.stale(made) == []
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["cli.md", "here.md", "kept.md"]


def test_every_command_and_option_is_documented():
    from osaid_audit.cli.main import cli

    page = read("docs/cli.md")
    for path, command in docs.commands(cli):
        assert f"## osaid-audit {' '.join(path)}\n" in page
        assert command.help, path
        names = [name for param in command.params for name in param.opts if name.startswith("-")]
        assert [name for name in names if name not in page] == []


def test_every_rule_has_a_page_and_a_place_in_the_method(ruleset):
    method, index = read("docs/method.md"), read("docs/rules/README.md")
    for rule_id in ruleset.rules:
        assert (ROOT / "docs" / "rules" / f"{rule_id}.md").is_file()
        assert f"({rule_id}.md)" in index
        assert rule_id in method, f"docs/method.md does not say which sentence {rule_id} answers"


def test_the_method_names_no_rule_that_is_gone(ruleset):
    named = set(re.findall(r"\(rules/([a-z-]+)\.md\)", read("docs/method.md")))
    assert named
    assert named <= set(ruleset.rules)


def test_every_fact_is_documented():
    page = read("docs/facts.md")
    assert [name for name in VOCABULARY if f"`{name}`" not in page] == []


WORDS = {
    *map(str, Outcome),
    *get_args(Basis),
    *get_args(ProblemState),
    *get_args(LicenseClass),
    *get_args(Match),
    *ELEMENTS,
    *FREEDOMS,
    *("conforms", "does_not_conform", "undetermined"),
    *("subject", "component", "dossier", "fact", "source", "problem", "rule", "framework", "finding"),
    *("attestation", "waiver", "opinion", "label", "remedy", "lineage"),
    *("policy", "reference", "alert", "check", "baseline", "lock"),
}


@pytest.mark.parametrize("word", sorted(WORDS))
def test_the_glossary_has_every_word_of_the_program(word):
    assert re.search(rf"(?<![\w-])`?{re.escape(word)}`?(?![\w-])", read("docs/glossary.md"))


def test_the_glossary_has_every_rung(ruleset):
    ladder = ruleset.frameworks["g7-2026"]
    for rung in (ladder.floor, *(rung.id for rung in ladder.rungs)):
        assert f"`{rung}`" in read("docs/glossary.md")
        assert f"`{rung}`" in read("docs/method.md")
    classes = ruleset.frameworks["mof"]
    for rung in (classes.floor, *(rung.id for rung in classes.rungs)):
        assert f"`{rung}`" in read("docs/glossary.md")


def test_the_method_and_the_license_page_give_the_order_of_classes():
    assert " > ".join(f"`{one}`" for one in PRECEDENCE) in read("docs/method.md")
    assert ", ".join(f"`{one}`" for one in PRECEDENCE) in read("docs/adding-a-license.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert broken_links(page) == []


def test_a_broken_link_is_noticed(tmp_path):
    (tmp_path / "there.md").write_text("# A heading, `and` more\n")
    page = tmp_path / "page.md"
    good = "[a](there.md) [b](there.md#a-heading-and-more) [c](https://example.org/x)"
    page.write_text(f"{good} [d](gone.md) [e](there.md#x)\n")
    assert broken_links(page) == ["gone.md", "there.md#x"]


@pytest.mark.parametrize("page", BY_HAND, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_written_by_hand_use_the_house_spelling(page):
    """American `license`; the British noun stays only where a name or address has it."""
    if page.name in website.FRENCH:
        return
    french = r"^## (?:En français|In French)$.*?(?:^## |\Z)"
    prose = re.sub(rf"`[^`]*`|\]\([^)]*\)|{french}", "", read(page), flags=re.DOTALL | re.MULTILINE)
    assert re.findall(r"\b[Ll]icen[c]e\w*", prose) == []


def test_one_version_everywhere():
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["version"] == version.__version__
    assert f"## [{version.__version__}]" in read("CHANGELOG.md")
    assert read("rules/VERSION").strip() in read("rules/CHANGELOG.md")


def test_the_readme_shows_real_output():
    """`docs.pages` fills the block; here, that it is there and says what a reader must see."""
    blocks = docs.BLOCK.findall(read("README.md"))
    assert len(blocks) == 1
    shown = read("README.md").split("<!-- output of:")[1].split("<!-- end of output -->")[0]
    assert "does not conform" in shown.lower()
    assert "meta-llama/Llama-3.2-3B" in shown


def test_nothing_promises_a_certificate():
    """The OSI certifies no model, and neither do we: the words appear only where that is said."""
    lines = [(page.name, line) for page in BY_HAND for line in read(page).splitlines()]
    said = [row for row in lines if re.search(r"\bcertified\b|approved by the OSI\b", row[1])]
    assert said
    for name, line in said:
        assert re.search(r"\bnever\b|\bno\b|\bnot\b|\blicense\b|`osi`", line), f"{name}: {line}"


PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
SHOWN = re.compile(r"^(?P<expression>\w[^#\n]*?) +# (?P<value>'.*')$", re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/library.md"])
def test_python_examples_run_and_give_what_they_say(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = PYTHON.findall(read(page))
    assert blocks
    for block in blocks:
        known: dict[str, object] = {}
        exec(compile(block, page, "exec"), known)
        shown = [(found["expression"], found["value"]) for found in SHOWN.finditer(block)]
        assert shown
        assert [(text, repr(eval(text, known))) for text, _ in shown] == shown


def test_the_library_page_names_what_can_be_imported():
    import osaid_audit

    named = set(re.findall(r"^\| `(\w+)[`(]", read("docs/library.md"), re.MULTILINE))
    several = re.findall(r"^\| (`\w+`(?:, `\w+`)+) \|", read("docs/library.md"), re.MULTILINE)
    named |= {word for row in several for word in re.findall(r"\w+", row)}
    named |= set(re.findall(r"^\W*(\w+) +\d   ", read("docs/library.md"), re.MULTILINE))
    assert named == set(osaid_audit.__all__) - {"__version__", "OsaidError"}


def test_the_library_page_draws_the_tree_of_errors():
    tree = read("docs/library.md").split("```")[-2]
    drawn = dict(re.findall(r"(\w+) +(\d)   ", tree))
    ours = [
        one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.OsaidError)
    ]
    classes = [one for one in ours if one is not errors.OsaidError]
    assert drawn == {one.__name__: str(one.exit_code) for one in classes}


def examples_in(page: str) -> dict[str, str]:
    return {found["name"]: found["text"] for found in EXAMPLE.finditer(read(page))}


def test_the_rule_of_the_guide_works(tmp_path):
    """What adding-a-rule.md shows is accepted, and judges."""
    from osaid_audit.evaluate import load

    shown = examples_in("docs/adding-a-rule.md")
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "published-results.yaml").write_text(shown["published-results.yaml"], encoding="utf-8")
    (tmp_path / "frameworks" / "purchasing.yaml").write_text(shown["purchasing.yaml"], encoding="utf-8")
    ruleset = load(tmp_path)
    assert "published-results" in ruleset.rules
    assert "purchasing" in ruleset.frameworks


def test_the_license_of_the_guide_works():
    from osaid_audit.licenses import table

    text = examples_in("docs/adding-a-license.md")["license"]
    [(entry, place)] = table.parse(text, "example.yaml")
    known = table.known(entry, place)
    assert known.cls == "use-restricted"
    assert "class" not in text
    assert known.osi_approved is False


def test_the_readme_names_only_targets_that_exist():
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    for page in BY_HAND:
        named = re.findall(r"`make ([a-z-]+)|^\$ make ([a-z-]+)", read(page), re.MULTILINE)
        assert {one or other for one, other in named} <= set(phony[1].split()), page.name


def test_python_that_runs_the_tests_is_new_enough():
    assert sys.version_info >= (3, 11)


def test_a_table_cell_cannot_break_its_table():
    made = docs_pages.table(["condition"], [["`a || b`\nand more"]])
    assert made.splitlines() == ["| condition |", "| --- |", "| `a \\|\\| b` and more |"]


def test_a_schema_type_is_said_in_a_few_words():
    shape = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/Hop"}, {"type": "null"}]}}
    assert docs_pages._type(shape) == "list of [Hop](#hop)"
    assert docs_pages._type({"enum": ["yes", "no"]}) == "`yes` `no`"


def test_the_page_of_the_rules_names_all_that_lies_beside_it():
    page = read("rules/README.md")
    beside = {path.name for path in (ROOT / "rules").iterdir()} - {"README.md"}
    assert {name for name in beside if f"`{name}" not in page} == set()


def test_every_table_without_cases_names_the_tests_that_hold_it():
    """A file of rules without `cases` says nothing of itself: the page says who does, and these are there."""
    page = (ROOT / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+\.yaml)` \| (.+) \|$", page, re.MULTILINE))
    assert set(rows) == {path.name for path in (ROOT / "rules").glob("*.yaml")}
    for table, held_by in rows.items():
        named = re.findall(r"`(tests/\w+\.py)`", held_by)
        assert named, table
        assert [name for name in named if not (ROOT / name).is_file()] == []
