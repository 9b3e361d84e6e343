"""The words that prose is read with are data: strict, used, by language, and read only when needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from osaid_audit import resources
from osaid_audit.errors import RuleFileError
from osaid_audit.resources import Lexicon, Pattern, WordList

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path.stem for path in (ROOT / "rules" / "prose").glob("*.yaml"))
GOOD = {
    "words": {"thing": {"en": "model|weights", "fr": "poids"}, "the_thing": "the <thing>"},
    "patterns": {"bans": {"en": ["no <the_thing>"], "fr": ["sans <thing>"]}},
    "lists": {"small": {"en": "a the", "fr": "le la"}},
}


def named_in_code():
    """(class, file, name) of every Pattern and WordList that the code makes with literal names."""
    for path in (ROOT / "osaid_audit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if node.func.id in {"Pattern", "WordList"} and len(names) >= 2:
                    yield node.func.id, names[0], names[1]


def test_words_are_put_in_and_languages_joined():
    words = Lexicon(GOOD, "mine")
    assert words.compiled("bans", 0).pattern == "no the (?:model|weights|poids)|sans (?:model|weights|poids)"
    assert words.compiled("bans", 0, "fr").pattern == "sans (?:model|weights|poids)"
    assert words.words("small") == {"en": {"a", "the"}, "fr": {"le", "la"}}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "must map"),
        ({"word": {}}, "nothing else"),
        ({"patterns": {"bans": ["no"]}}, "must map"),
        ({"patterns": {"bans": {"english": ["no"]}}}, "'english' must be a language"),
        ({"patterns": {"bans": {"en": "no"}}}, "'en' must be a language with a list"),
        ({"patterns": {"bans": {"en": []}}}, "'en' must be a language with a list"),
        ({"patterns": {"bans": {"en": [True]}}}, "must be a text"),
        ({"patterns": {"bans": {"en": ["<model>"]}}}, "'<model>' is not among the words"),
        ({"patterns": {"bans": {"en": ["x" * 5000]}}}, "longer than"),
        ({"words": {"second": "<third>", "third": "x"}}, "'<third>' is not among the words"),
        ({"lists": {"small": {"en": ["a"]}}}, "must be a language with words"),
        ({"patterns": {"bans": {False: ["no"]}}}, "must map"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(document, reason):
    with pytest.raises(RuleFileError) as refused:
        Lexicon(document, "prose/mine.yaml")
    assert str(refused.value).startswith("prose/mine.yaml")
    assert reason in str(refused.value)


def test_a_pattern_that_is_none_or_is_missing_is_refused():
    words = Lexicon({"patterns": {"bans": {"en": ["(no"]}}}, "mine")
    with pytest.raises(RuleFileError, match="bad pattern"):
        words.compiled("bans", 0)
    with pytest.raises(RuleFileError, match="'other' is missing"):
        words.compiled("other", 0)
    with pytest.raises(RuleFileError, match="'other' is missing"):
        words.words("other")
    with pytest.raises(RuleFileError, match="cannot be read"):
        resources.lexicon("nowhere")


def test_a_file_that_is_no_yaml_is_refused(tmp_path, monkeypatch):
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose" / "mine.yaml").write_text("words: [", encoding="utf-8")
    monkeypatch.setattr(resources, "data", lambda _: tmp_path)
    with pytest.raises(RuleFileError, match="not readable as YAML"):
        resources.lexicon("mine")


@pytest.mark.parametrize("file", FILES)
def test_every_shipped_pattern_compiles(file):
    words = resources.lexicon(file)
    for name in words.names:
        assert words.compiled(name, 0)
        assert not words.compiled(name, 0).match("") or name == "relative"


def test_the_code_uses_what_is_there_and_nothing_else():
    used = set(named_in_code())
    assert len(used) > 50
    for kind, file, name in used:
        assert Pattern(file, name).compiled if kind == "Pattern" else WordList(file, name).all
    for file in FILES:
        for name in resources.lexicon(file).names if file != "clauses" else ():
            assert ("Pattern", file, name) in used, f"nobody uses {name} of {file}.yaml"


def ran_without_words(*arguments):
    """The output of a run in which any reading of `rules/prose` leaves a mark."""
    code = (
        "import sys\nfrom osaid_audit import resources\n"
        "def refuse(name): print('WORDS WERE READ', file=sys.stderr); raise SystemExit(9)\n"
        "resources.lexicon = refuse\n"
        "from osaid_audit.cli.main import main\n"
        "sys.argv = ['osaid-audit', *sys.argv[1:]]\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_the_file_of_the_guide_works():
    import yaml

    page = (ROOT / "docs" / "prose.md").read_text(encoding="utf-8")
    shown = page.split("<!-- example: prose -->\n```yaml\n")[1].split("```")[0]
    words = Lexicon(yaml.safe_load(shown), "docs/prose.md")
    found = words.compiled("redistribution", 0)
    assert found.search("redistribution of the weights is prohibited")
    assert found.search("redistribution du modèle interdite") is None
    assert found.search("redistribution de poids interdite")
    assert not found.search("redistribution of the weights is not prohibited")
    assert all(f"`{file}.yaml`" in page for file in FILES)


def test_help_and_a_local_dossier_read_no_words(tmp_path):
    """What is not needed costs nothing; reading a license needs them."""
    dossier = next((ROOT / "reports" / "dossiers").glob("*.json"))
    for arguments in (["--help"], ["audit", str(dossier)]):
        ran = ran_without_words(*arguments)
        assert ran.stdout
        assert "WORDS WERE READ" not in ran.stderr
    text = tmp_path / "LICENSE"
    text.write_text("Do as you like.", encoding="utf-8")
    assert "WORDS WERE READ" in ran_without_words("license", str(text)).stderr
