"""What the program says of its own work: every sentence in both languages, and who chooses which."""

import ast
import gettext
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
from door import OPEN, RESTRICTED, osaid_audit, saved
from tools import messages as tool

from osaid_audit import audit, audit_many
from osaid_audit.cli.language import chosen, preferred, teach_click
from osaid_audit.cli.main import cli
from osaid_audit.errors import CannotAudit, NotFound, OsaidError, RuleFileError, UnreadableInput, UsageError
from osaid_audit.messages import Counted, Message, either, reason, say, speaking, spoken, told, translate
from osaid_audit.policy.demands import check_label
from osaid_audit.schema.base import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = [path.split()[1:] for path, _ in tool.commands(cli)]
NBSP = "\u00a0"
# Words of French that are the words of English; ids, formats and commands are not words.
SAME = {
    *("URL", "ID", "N", "DATE", "Options", "dossier", "verdict", "{said}", "%(prog)s, version %(version)s"),
}


@pytest.fixture(autouse=True)
def no_language(monkeypatch):
    for name in ("OSAID_AUDIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


# The catalogue


def pairs() -> list[tuple[str, str]]:
    """Every English text with its French, plurals one by one."""
    found = []
    for message in tool.read("fr"):
        if isinstance(message.id, list | tuple):
            assert len(message.string) == len(message.id) == 2, message.id
            found += zip(message.id, message.string, strict=True)
        elif message.id:
            found.append((message.id, message.string))
    return found


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^{}]*\}|%\(\w+\)s", text))


def test_the_catalogue_holds_what_is_said_and_nothing_else():
    """After a new or a changed string: `make messages`, then translate it in the .po."""
    asked = {message.id for message in tool.template() if message.id}
    held = {
        tuple(message.id) if isinstance(message.id, list) else message.id
        for message in tool.read("fr")
        if message.id
    }
    assert (sorted(map(str, asked - held)), sorted(map(str, held - asked))) == ([], [])
    with tool.TEMPLATE.open("rb") as stream:
        assert held == {
            tuple(message.id) if isinstance(message.id, list) else message.id
            for message in tool.read_po(stream)
            if message.id
        }
    assert len(held) > 400


def test_everything_is_translated_and_nothing_is_doubtful():
    assert [english for english, french in pairs() if not french.strip()] == []
    assert [message.id for message in tool.read("fr") if message.id and message.fuzzy] == []


def test_translations_have_the_places_of_the_original():
    wrong = [(english, french) for english, french in pairs() if places(english) != places(french)]
    # Of a plural pair click names one thing in the singular and counts several; the types of its numbers
    # are English words, "integer range".
    assert [pair for pair in wrong if "{possib" not in pair[0] and "{number_type}" not in pair[0]] == []


def test_no_translation_is_the_original():
    examples = [english for english, french in pairs() if english == french and english not in SAME]
    assert examples == []


def test_french_has_french_marks():
    """Typewriter quotes are for what is typed; the space before `: ; ! ?` makes itself unbreakable later."""
    said = [french for english, french in pairs()]
    prose = [line for text in said for line in text.splitlines() if not line.startswith("  osaid-audit")]
    assert [line for line in prose if re.search(r"\w[;!?](\s|$)|\w:\s|«\S|\S»", line)] == []
    assert [line for line in prose if re.search(r"(?<!\w)'[^']+'", line)] == []
    assert [line for line in prose if NBSP in line] == []


def test_the_binary_is_made_of_the_texts():
    """Compared by what it holds: the header names the version of the tool that wrote it."""

    def held(binary: object) -> dict[object, str]:
        catalog = gettext.GNUTranslations(binary)._catalog
        return {key: text for key, text in catalog.items() if key}

    mo = tool.po("fr").with_suffix(".mo")
    fresh = tool.BytesIO(tool.as_binary(tool.read("fr")))
    with mo.open("rb") as stream:
        assert held(stream) == held(fresh)


def fstrings(package: Path = tool.PACKAGE) -> list[str]:
    """Calls that say a text no catalogue can hold."""
    found = []
    for path in sorted(package.rglob("*.py")):
        for name, call in tool.calls(ast.parse(path.read_text(encoding="utf-8"))):
            said = [call.args[at] for at in tool.SAID[name] if at < len(call.args)]
            if any(isinstance(node, ast.JoinedStr) for each in said for node in ast.walk(each)):
                found.append(f"{path.name}:{call.lineno}")
    return found


def test_no_sentence_is_put_together_before_it_is_translated():
    assert fstrings() == []


def values_missing(package: Path = tool.PACKAGE) -> list[str]:
    """Calls with a place and no value for it."""
    found = []
    for path in sorted(package.rglob("*.py")):
        for name, call in tool.calls(ast.parse(path.read_text(encoding="utf-8"))):
            given = {keyword.arg for keyword in call.keywords} | ({"n"} if name == "Counted" else set())
            texts = [
                text for at in tool.SAID[name] if at < len(call.args) for text in tool.texts(call.args[at])
            ]
            needed = {place.strip("{}") for text in texts for place in places(text)}
            if needed - given and None not in given and path.name != "wrong.py":
                found.append(f"{path.name}:{call.lineno} {needed - given}")
    return found


def test_every_place_has_its_value():
    assert values_missing() == []


def test_a_sentence_put_together_or_without_its_value_is_noticed(tmp_path):
    good = 'say("All of {name}.", name=name)\n'
    (tmp_path / "a.py").write_text(f'{good}say(f"All of {{name}}.")\nsay("All of {{name}}.", other=name)\n')
    assert fstrings(tmp_path) == ["a.py:2"]
    assert values_missing(tmp_path) == ["a.py:3 {'name'}"]


# Help


def page(capsys, lang: str, words: list[str]) -> str:
    ran = osaid_audit(capsys, *words, "--help", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words) or "door")
def test_no_line_of_a_help_page_is_left_in_english(capsys, words):
    english, french = (page(capsys, lang, words) for lang in ("en", "fr"))
    kept = {line.strip() for line in english.splitlines()} & {line.strip() for line in french.splitlines()}
    alone = re.compile(r"osaid-audit .*|-.*|\d.*|\[.*\]?|")
    assert [line for line in kept if not alone.fullmatch(line)] == []
    # A line that is an option alone is alike; its words stand in the lines below or beside it.
    assert [line for line in kept if re.match(r"-.*  \S", line)] == []


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words) or "door")
def test_both_pages_list_the_same_options_and_examples(capsys, words):
    english, french = (page(capsys, lang, words) for lang in ("en", "fr"))
    assert listed(english, "Options:") == listed(french, f"Options{NBSP}:") != []
    for pattern in (r"(?m)^  (osaid-audit [^(\n]*[^(\n ])", r"(?m)^  (\d) "):
        assert re.findall(pattern, english) == re.findall(pattern, french)


def listed(shown: str, heading: str) -> list[str]:
    """The options of a help page, as they are typed."""
    block = shown.partition(f"\n{heading}\n")[2].partition("\n\n")[0]
    return re.findall(r"(?m)^  (?:-\w, )?(--[\w-]+)", block)


def test_headings_and_metavars_are_french(capsys):
    shown = page(capsys, "fr", ["audit"])
    assert shown.startswith(f"Utilisation{NBSP}: osaid-audit audit [OPTIONS] MODÈLE...")
    assert f"\nOptions{NBSP}:\n" in shown
    assert "--output FICHIER" in shown
    assert f"[par défaut{NBSP}: (celle de" in shown
    assert "Afficher cette aide et quitter." in shown
    assert f"\nCommandes{NBSP}:\n" in page(capsys, "fr", [])


def test_a_help_page_in_french_leaves_the_next_in_english(capsys):
    """In one process, as in these tests: declarations stay as they are written."""
    before = page(capsys, "en", ["audit"])
    page(capsys, "fr", ["audit"])
    assert page(capsys, "en", ["audit"]) == before
    assert "Show this message and exit." in before


# Errors and notes


@pytest.mark.parametrize(
    ("arguments", "error", "step"),
    [
        (
            ["scan", "--frobnicate"],
            "L'option '--frobnicate' n'existe pas.",
            "Lancez « osaid-audit scan --help ».",
        ),
        (["attest"], "Argument manquant 'MODÈLE'.", "Lancez « osaid-audit attest --help »."),
        (["scan", "--jobs", "0"], "Valeur incorrecte pour '--jobs' : 0 n'est pas dans", "Lancez"),
        (["audit", "x/y", "--fail-on", "x"], "'x' n'est pas parmi 'not-met', 'undetermined'", "Lancez"),
        (["audit", "x/y", "--timeout", "soon"], "'soon' n'est pas un nombre valide", "Lancez"),
        (["explain", "a", "b"], "Argument en trop (b)", "Lancez"),
        (["scna", "."], "La commande « scna » n'existe pas ; vouliez-vous dire « scan » ?", "Pour un modèle"),
        (
            ["explain", "weights-licence"],
            "Rien ici ne s'appelle « weights-licence ».",
            "Vouliez-vous dire « weig",
        ),
        (["render", "gone.json"], "« gone.json » (rapport) n'existe pas.", "Vérifiez le chemin."),
        (["audit", "x/y", "--as-of", "hier"], "« hier » n'est pas un jour.", "Écrivez-le AAAA-MM-JJ."),
        (["license", "/"], "« / » est un répertoire.", "Indiquez le fichier de licence"),
    ],
)
def test_errors_are_french(capsys, arguments, error, step):
    ran = osaid_audit(capsys, *arguments, "--lang", "fr")
    assert (ran.code, ran.out) == (3 if arguments[0] in {"render", "license"} else 2, "")
    first, second = ran.err.replace(NBSP, " ").splitlines()
    assert first.startswith(f"erreur : {error}") or error in first
    assert second.startswith(f"à faire : {step}")


def test_a_policy_that_is_wrong_is_said_in_french(capsys, tmp_path):
    policy = tmp_path / "osaid-audit.toml"
    for text, told_ in (
        ("[policy]\nfial-on = 1\n", "fial-on : la clé « fial-on » n'existe pas."),
        ('[policy]\npins = "all"\n', "doit valoir 'none', 'revision' ou 'commit'"),
        ('[[waivers]]\nmodel = "a/b"\n', "manque."),
    ):
        policy.write_text(text)
        ran = osaid_audit(capsys, saved(tmp_path, OPEN), "--policy", policy, "--lang", "fr")
        assert ran.code == 2
        assert told_ in ran.err.replace(NBSP, " "), ran.err


def test_notes_are_french(capsys, tmp_path):
    place = tmp_path / "report.json"
    ran = osaid_audit(capsys, saved(tmp_path, OPEN), "-o", place, "--lang", "fr")
    assert ran.err.replace(NBSP, " ") == f"fichier écrit : {place}\n"
    held = osaid_audit(capsys, saved(tmp_path, OPEN), "--require", "open-source-ai", "--lang", "fr")
    assert "code de sortie 1, " in held.err


def test_an_error_of_the_system_is_french(capsys, tmp_path):
    name = tmp_path / ("x" * 300 + ".json")
    ran = osaid_audit(capsys, saved(tmp_path, OPEN), "-o", name, "--lang", "fr")
    assert "nom de fichier trop long" in ran.err
    assert "File name too long" in osaid_audit(capsys, saved(tmp_path, OPEN), "-o", name, "--lang", "en").err
    assert str(reason(ValueError("embedded null byte"))) == "the path is not valid"
    assert str(reason(OSError(9999, "Odd trouble"))) == "Odd trouble"


def test_click_has_no_sentence_of_its_own_left():
    """Whatever module of click speaks through gettext speaks through our catalogue instead."""
    teach_click()
    mute = [
        name
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == "click"
        and any(getattr(vars(module).get(word), "__module__", "") == "gettext" for word in ("_", "ngettext"))
    ]
    assert mute == []
    with speaking("fr"):
        assert click.MissingParameter(param_type="option").format_message() == "Option manquante."
    assert click.MissingParameter(param_type="option").format_message() == "Missing option."


# Which language


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "fr_CA", "LANG": "de_DE"}, "fr"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ([], {"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8", "OSAID_AUDIT_LANG": "en"}, "en"),
        ([], {"OSAID_AUDIT_LANG": "xx", "LANG": "fr_FR"}, "fr"),
        (["--lang", "fr"], {"OSAID_AUDIT_LANG": "en"}, "fr"),
        (["audit", "--help", "--lang=fr"], {}, "fr"),
        (["--lang", "en"], {"LANG": "fr_FR"}, "en"),
        (["--lang", "xx"], {"LANG": "fr_FR"}, "fr"),
        (["--lang"], {}, "en"),
        (["--", "--lang", "fr"], {}, "en"),
    ],
)
def test_who_chooses_the_language(monkeypatch, arguments, environment, lang):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert chosen(arguments) == lang


@pytest.mark.parametrize(
    "path", [path for path, command in tool.commands(cli) if not hasattr(command, "commands")]
)
def test_every_command_takes_lang(path):
    command: click.Command = cli
    for word in path.split()[1:]:
        command = command.commands[word]
    assert "--lang" in [name for parameter in command.params for name in parameter.opts]


def test_the_environment_speaks_for_help_too(capsys, monkeypatch):
    monkeypatch.setenv("OSAID_AUDIT_LANG", "fr")
    assert "Commandes" in osaid_audit(capsys, "--help").out
    assert preferred() == "fr"


# The library


def test_the_library_speaks_english_whatever_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("OSAID_AUDIT_LANG", "fr")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    with pytest.raises(UsageError) as raised:
        audit(saved(tmp_path, OPEN), as_of="hier")
    assert (str(raised.value), raised.value.hint) == ("'hier' is not a day.", "Write it as YYYY-MM-DD.")
    assert spoken() == "en"


def test_an_error_says_itself_in_each_language():
    error = NotFound(
        "{name} was not found on {host}, or it is private.", "Check the path.", name="a/b", host="h"
    )
    assert error.in_language("fr") == (
        "a/b est introuvable sur h, ou le dépôt est privé.",
        "Vérifiez le chemin.",
    )
    assert error.in_language("en") == ("a/b was not found on h, or it is private.", "Check the path.")
    assert (str(error), error.hint) == error.in_language("en")
    with speaking("fr"):
        assert (str(error), error.hint) == error.in_language("fr")


def test_an_error_of_ones_own_words_stays_as_it_is():
    error = CannotAudit("It is {odd}.", "Do {this}.")
    assert (str(error), error.hint) == ("It is {odd}.", "Do {this}.")
    assert error.in_language("fr") == ("It is {odd}.", "Do {this}.")
    named = UsageError("There is no label '{label}'.", label="{hint} {label}")
    assert str(named) == "There is no label '{hint} {label}'."
    assert str(UnreadableInput("", "")) == ""


def test_the_author_of_a_rule_file_is_told_what_to_do():
    error = RuleFileError("a.yaml:3", "there is no fact 'x'")
    assert str(error) == "a.yaml:3: there is no fact 'x'"
    assert error.in_language("fr")[1].startswith("Corrigez le fichier")


def test_a_value_is_said_in_the_language_of_its_sentence():
    inner = Message("lock file")
    outer = Message("There is no {what} '{path}'.", what=inner, path="x")
    assert outer.said("en") == "There is no lock file 'x'."
    assert outer.said("fr").replace(NBSP, " ") == "« x » (fichier de verrouillage) n'existe pas."
    both = Message("next: {hint}", hint=Text(en="Go on.", fr="Continuez : allez !"))
    assert both.said("fr") == f"à faire{NBSP}: Continuez{NBSP}: allez{NBSP}!"
    assert told(Text(en="yes", fr="oui")) == "yes"
    with speaking("fr"):
        assert told(Text(en="yes", fr="oui")) == "oui"


def test_plurals_follow_each_language():
    said = {n: Counted("{n} model", "{n} models", n) for n in (0, 1, 2)}
    assert [said[n].said("en") for n in said] == ["0 models", "1 model", "2 models"]
    assert [said[n].said("fr") for n in said] == ["0 modèle", "1 modèle", "2 modèles"]


def test_near_names_are_offered_in_a_question():
    assert either([]) is None
    assert str(either(["a"])) == "Did you mean 'a'?"
    assert str(either(["a", "b"])) == "Did you mean 'a' or 'b'?"
    assert either(["a", "b"]).said("fr").replace(NBSP, " ") == "Vouliez-vous dire « a » ou « b » ?"


def test_an_empty_text_is_not_the_header_of_the_catalogue():
    with speaking("fr"):
        assert (translate(""), say("")) == ("", "")


def test_the_language_ends_with_its_run(capsys):
    for arguments in (["--help"], ["--frobnicate"], ["audit"]):
        osaid_audit(capsys, *arguments, "--lang", "fr")
        assert spoken() == "en"


def test_threads_speak_the_language_of_the_run():
    with speaking("fr"), ThreadPoolExecutor(2) as pool:
        assert set(pool.map(lambda _: say("unknown"), range(20))) == {"inconnu"}
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(lambda _: say("unknown"), range(20))) == {"unknown"}


def test_an_error_from_a_thread_is_said_later_in_any_language(tmp_path):
    answers = audit_many([tmp_path / "gone.json", saved(tmp_path, OPEN)])
    assert isinstance(answers[0], OsaidError)
    assert "n'existe pas" in answers[0].in_language("fr")[0]


def test_json_has_no_language(capsys, tmp_path):
    place, gone = saved(tmp_path, RESTRICTED), tmp_path / "gone.json"
    for words in (
        [place, "-f", "json"],
        ["rules", "list", "-f", "json"],
        ["gather", place],
        ["schema", "scan"],
    ):
        english, french = (osaid_audit(capsys, *words, "--lang", lang) for lang in ("en", "fr"))
        assert json.loads(english.out)
        assert english.out == french.out
    both = [osaid_audit(capsys, place, gone, "-f", "json", "--lang", lang) for lang in ("en", "fr")]
    assert both[0].out == both[1].out
    assert both[0].err != both[1].err


def test_a_scan_says_in_both_languages_what_it_could_not_audit(capsys, tmp_path):
    (tmp_path / "app.py").write_text(
        'from transformers import AutoModel\nAutoModel.from_pretrained("acme/small")\n'
    )
    words = ["scan", tmp_path, "--offline", "--cache-dir", tmp_path / "cache", "-f", "json"]
    english, french = (osaid_audit(capsys, *words, "--lang", lang) for lang in ("en", "fr"))
    assert (english.code, english.out) == (3, french.out)
    (lost,) = json.loads(english.out)["unaudited"]
    assert lost["why"]["en"].startswith("acme/small is not on this machine")
    assert lost["why"]["fr"].startswith("acme/small n'est pas sur cette machine")
    assert lost["next"]["fr"].startswith("Relancez une fois sans --offline")


def test_an_unknown_label_is_said_in_the_language_of_the_reader():
    from osaid_audit.evaluate import load

    with pytest.raises(UsageError) as raised:
        check_label("opne", load())
    assert raised.value.in_language("fr")[0] == f"L'échelon «{NBSP}opne{NBSP}» n'existe pas."


# Cost and place


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_help_reads_no_yaml_and_french_alone_its_catalogue(lang):
    script = (
        "import sys; from osaid_audit.cli.main import run; run(['--help', '--lang', sys.argv[1]]);"
        "print([name for name in ('yaml', 'pydantic', 'importlib.resources') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, lang], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    expected = [] if lang == "en" else ["importlib.resources"]
    assert done.stdout.splitlines()[-1] == str(expected)


def test_an_install_without_a_catalogue_speaks_english(monkeypatch):
    from osaid_audit import messages

    messages._translations.cache_clear()
    monkeypatch.setattr(messages, "DOMAIN", "gone")
    try:
        assert Message("unknown").said("fr") == "unknown"
    finally:
        messages._translations.cache_clear()
