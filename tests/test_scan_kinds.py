"""Which finder reads which file: every row leads to one, and names that look alike are told apart."""

import pytest

from osaid_audit.scan import kinds
from osaid_audit.scan.finders import markdown
from osaid_audit.scan.tables import table

READ = {
    "Dockerfile": "dockerfile",
    "Dockerfile.gpu": "dockerfile",
    "app.Containerfile": "dockerfile",
    "compose.yaml": "yaml",
    ".env": "rows",
    ".env.local": "rows",
    "prod.env": "rows",
    "setup.cfg": "rows",
    "requirements-dev.txt": "requirements",
    "Makefile": "makefile",
    "justfile": "makefile",
    "Modelfile": "modelfile",
    "run.sh": "shell",
    "run.ps1": "scripts",
    "App.tsx": "javascript",
    "App.vue": "javascript",
    "main.rs": "sources",
    "app.rb": "sources",
    "package.json": "json",
    "pyproject.toml": "toml",
}


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_by_the_finder_of_its_kind(name):
    kind = kinds.by_name(name)
    assert kind is not None
    assert kind.finder.partition(":")[0] == f"osaid_audit.scan.finders.{READ[name]}"


@pytest.mark.parametrize(
    "name", ["package-lock.json", "app.min.js", "tokenizer.json", "notes.txt", "README.md", "a.png"]
)
def test_other_files_are_not_read(name):
    assert kinds.by_name(name) is None


def test_markdown_is_read_on_request():
    kind = kinds.by_name("README.md", markdown=True)
    assert kind is not None
    assert kind.finder.endswith("markdown:find")


def test_every_row_leads_to_a_finder():
    for name in {*kinds.NAMES.values(), *kinds.MARKDOWN.values(), *kinds.SHEBANGS.values()} - {kinds.NOTHING}:
        assert callable(kinds.finder(name))


LANGUAGES = [word for said in table("languages").values() for word in said.split()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_table_has_a_finder(language):
    assert markdown.find(f"```{language}\nx = 1\n```\n") == []


def test_a_finder_that_is_not_there_is_a_fault_of_ours(monkeypatch):
    monkeypatch.setattr(markdown, "table", lambda _: {"klingon": "tlh"})
    with pytest.raises(ModuleNotFoundError):
        markdown.find("```tlh\nx\n```\n")
