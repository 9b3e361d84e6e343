"""The cheap first look at a file passes over none that names a model: every row of the tables is tried."""

import pytest

from osaid_audit.scan.finders import dockerfile, json, makefile, python, settings, shell, toml, yaml
from osaid_audit.scan.finders.programs import is_called, known_commands
from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.tables import words

KIWI = "acme/kiwi-7b"
PROGRAMS = [" ".join(steps) for rows in known_commands().values() for _, steps in rows]
OPTIONS = sorted(
    {option for sort in ("sure", "likely", "datasets", "many") for option in words("flags", sort)}
)
LINES = [f"{program} {KIWI}" for program in PROGRAMS] + [f"python x.py {option} {KIWI}" for option in OPTIONS]
FORMS = {
    "shell": (shell.find, "{}\n"),
    "dockerfile": (dockerfile.find, "RUN {}\n"),
    "makefile": (makefile.find, "a:\n\t{}\n"),
    "yaml": (yaml.find, "jobs:\n  a:\n    steps:\n      - run: {}\n"),
    "json": (json.find, '{{"scripts": {{"a": "{}"}}}}'),
    "python": (python.find, "import os\nos.system('{}')\n"),
    "toml": (toml.find, '[tool.x]\nrun = "{}"\n'),
}


def named(found) -> set[str]:
    """What is named, or doubted, wherever it stands."""
    return {each.id if isinstance(each, Hit) else each.why for each in found}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_command_line_names_is_found_in_every_form(form):
    find, around = FORMS[form]
    told = [line for line in LINES if named(shell.lines(line, 1, {}))]
    assert len(told) > 100
    assert [line for line in told if not named(find(around.format(line)))] == []


@pytest.mark.parametrize("sort", ["sure", "likely", "datasets"])
def test_a_key_of_the_tables_is_looked_at(sort):
    keys = sorted(words("keys", sort))
    assert len(keys) > 5
    assert [key for key in keys if not settings.mentions(f"{key}: {KIWI}")] == []


@pytest.mark.parametrize("text", ["echo hello world\n", "name: build\non: push\n", "the films"])
def test_a_text_without_any_of_them_is_passed_over(text):
    assert not shell.mentions(text)
    assert not settings.mentions(text)


@pytest.mark.parametrize(("text", "called"), [("tune download x", True), ("fine-tune", False), ("lms", True)])
def test_a_program_is_known_by_its_whole_name(text, called):
    assert is_called(text) is called


def test_a_name_in_another_registry_stays_a_doubt():
    [doubt] = dockerfile.find("RUN ramalama pull kiwi\n")
    assert isinstance(doubt, Doubt)
