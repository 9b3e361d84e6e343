"""Bad input of every kind through the command line: one plain sentence, never a verdict out of nothing."""

import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from door import OPEN as OPEN_FACTS
from door import osaid_audit, saved
from hub import world
from hub.repos import DROP, Repo, Weights
from hub.world import apache_text, card

pytest_plugins = ("hub.fixtures",)

NAME = "messy/model"
WEIGHTS = (Weights("model.safetensors", 10**9),)
BAD_RULES = Path(__file__).parent / "bad_rules"
MB = 1024 * 1024


@pytest.fixture
def ask(ask_at, local_hub):
    return partial(ask_at, local_hub)


@pytest.fixture
def audited(ask, local_hub):
    """The exit code and the report of one model with this card and an Apache license file."""

    def run(readme, *, fault=None, **more):
        files = {"README.md": readme, "LICENSE": apache_text()}
        local_hub.add(Repo(NAME, files=files, weights=WEIGHTS, **more))
        if fault:
            local_hub.fault("README.md", fault)
        ran = ask(NAME, "-f", "json")
        assert "Traceback" not in ran.err
        assert ran.out, ran.err
        return ran.code, json.loads(ran.out)

    return run


def outcome(report, rule):
    return next(each["outcome"] for each in report["frameworks"][0]["findings"] if each["rule"] == rule)


def refused(ran, code):
    """One sentence and the next step, nothing else."""
    assert (ran.code, ran.out) == (code, "")
    first, second = ran.err.splitlines()
    assert first.startswith("error: ")
    assert second.startswith("next: ")
    assert "Traceback" not in ran.err
    return ran.err


def nothing_is_said(code, report):
    """No breach and nothing open."""
    assert (code, report["frameworks"][0]["verdict"]) == (0, "undetermined")
    assert report["label"]["value"] == "undetermined"
    assert outcome(report, "weights-license") in {"insufficient_evidence", "needs_review"}


# Cards

ALIASES = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]" for n in range(12))
CARDS = {
    "a tab": (b"---\nlicense: mit\n\ttags: [a\n---\nText.\n", "malformed"),
    "no end": (b"---\nlicense: apache-2.0\nText without an end.\n", "malformed"),
    "a list": (b"---\n- license: apache-2.0\n---\nText.\n", "malformed"),
    "an alias bomb": (f"---\n{ALIASES}\nlicense: mit\n---\n".encode(), "malformed"),
    "a deep list": (b"---\nlicense: mit\nx: " + b"[" * 5000 + b"\n---\n", "malformed"),
    "a python object": (b"---\nlicense: !!python/object/apply:os.system ['true']\n---\n", None),
    "NUL in the head": (b"---\nlicense: m\0it\n---\nText.\n", "malformed"),
    "a head of 1 MB": (b"---\nlicense: mit\nx: " + b"a " * (MB // 2) + b"\n---\nText.\n", None),
    "30 MB": (b"---\nlicense: apache-2.0\n---\n" + b"Words. " * (30 * MB // 7), "too_large"),
    "not UTF-8": (b"---\nlicense: apache\xff\xfe-2.0\n---\nText.\n", None),
    "UTF-16": ("---\nlicense: apache-2.0\n---\nText.\n".encode("utf-16"), None),
    "only NUL": (b"\0" * 4096, None),
}


@pytest.mark.parametrize("kind", CARDS)
def test_a_card_that_cannot_be_read_says_so_and_decides_nothing(audited, kind):
    readme, state = CARDS[kind]
    card_data = {} if state else None
    code, report = audited(readme, card_data=card_data)
    assert code == 0
    assert outcome(report, "weights-license") != "not_met"
    if state is None:
        return
    nothing_is_said(code, report)
    problem = next(each for each in report["problems"] if each["what"] == "README.md")
    assert problem["state"] == state
    for text in (problem["why"], problem["next"]):
        assert text["en"] != text["fr"]
        assert len(text["en"].splitlines()) == 1


def test_a_card_with_nul_bytes_in_its_prose_is_read(audited):
    """The mirror: what does not harm the reading is no reason to refuse it."""
    code, report = audited(card("license: apache-2.0", "A model.\0\0 Text.\n").encode())
    assert (code, outcome(report, "weights-license")) == (0, "met")


FAULTS = {"html": "malformed", "truncate": "unreachable", "close": "unreachable"}


@pytest.mark.parametrize(("fault", "state"), FAULTS.items())
def test_a_card_that_does_not_come_whole_is_not_believed(audited, fault, state):
    code, report = audited(card("license: apache-2.0"), fault=fault)
    nothing_is_said(code, report)
    assert {each["state"] for each in report["problems"] if each["what"] == "README.md"} == {state}


def test_the_same_card_that_comes_whole_is_believed(audited):
    assert outcome(audited(card("license: apache-2.0"))[1], "weights-license") == "met"


NO_TEXTS = {
    "NUL": b"\0" * 5000,
    "bytes": b"\xff\xfe\xfd" * 500,
    "PDF": b"%PDF-1.7",
    "HTML": b"<html>Log in</html>",
}


@pytest.mark.parametrize("kind", NO_TEXTS)
def test_a_license_file_that_is_no_text_holds_an_open_tag_back(ask, local_hub, kind):
    files = {"README.md": card("license: apache-2.0"), "LICENSE": NO_TEXTS[kind]}
    local_hub.add(Repo(NAME, files=files, weights=WEIGHTS))
    ran = ask(NAME, "-f", "json")
    nothing_is_said(ran.code, json.loads(ran.out))


# Replies

REPLIES = {
    "HTML": b"<html><body>Log in first</body></html>",
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "half of it": b'{"id": "messy/model", "sha": "0123',
    "deep": b'{"x":' * 50_000,
    "not UTF-8": b'{"id": "\xff\xfe"}',
    "an error": b'{"error": "Sorry"}',
}


@pytest.mark.parametrize("kind", REPLIES)
def test_a_reply_that_is_none_is_an_error_and_no_report(ask, local_hub, tmp_path, kind):
    local_hub.fault(f"/api/models/{world.OPEN}", "body", body=REPLIES[kind])
    ran = ask(world.OPEN, "-f", "json", "-o", tmp_path / "r.json")
    refused(ran, 3)
    assert not (tmp_path / "r.json").exists()


FIELDS = [
    "id",
    "sha",
    "siblings",
    "cardData",
    "tags",
    "gated",
    "private",
    "disabled",
    "usedStorage",
    "safetensors",
]
FIELDS += ["library_name", "pipeline_tag", "config", "gguf", "securityRepoStatus", "lastModified"]
ROWS = [{"rfilename": 7}, {"rfilename": "model.safetensors", "size": -3, "lfs": []}]
MORE = ([None, 7, [], {}], {"a": [None]}, [["a"]], {"total": "many"}, ROWS, "\ud800")
DRIFT = (DROP, None, 7, -1, 1e300, True, "x", "", [], {}, *MORE)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_another_shape_never_stops_the_audit_nor_makes_a_breach(ask, local_hub, field):
    """The model is open: whatever becomes of one field of the reply, that is no reason to accuse it."""
    repo = local_hub.repo(world.OPEN)
    for value in DRIFT:
        repo.info = {field: value}
        ran = ask(world.OPEN, "-f", "json")
        assert ran.code == 0, (field, value, ran.err)
        norm = json.loads(ran.out)["frameworks"][0]
        assert norm["verdict"] == "undetermined"
        assert "not_met" not in {each["outcome"] for each in norm["findings"]}, (field, value)


def test_a_field_that_says_a_restriction_is_believed(ask, local_hub):
    """The mirror: the same field in its own shape counts."""
    local_hub.repo(world.OPEN).info = {"cardData": {"license": "cc-by-nc-4.0"}}
    assert ask(world.OPEN).code == 1


# Ids


WRONG = [
    "",
    " ",
    "..",
    "org/..",
    "a//b",
    "org/name/",
    "org/na me",
    "org/nam\u00e9",
    "org/n\0me",
    "org/" + "n" * 300,
]
WRONG += ["org/name@", "org/name@a b", "http://", "https://huggingface.co", "https://huggingface.co/"]
WRONG += ["org/name;rm -rf", "org/$(x)", "org/\x1b[31mred", "org/\u202ename", "datasets/org/name/x"]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_id_is_refused_before_anything_is_asked(ask, local_hub, name):
    said = refused(ask("audit", name), 2)
    assert not set("\x1b\u202e\0") & set(said)
    assert local_hub.seen == []


@pytest.mark.parametrize("path", ["../../etc/passwd/x", "/", "/dev/null/x", "~nobody/x", "./\0"])
def test_a_path_that_is_no_dossier_is_refused(ask, local_hub, path):
    refused(ask(path), 3)
    assert local_hub.seen == []


# Files of the user's

RULES = {
    "misspelt-fact": "weights.presnt",
    "wrong-type": "",
    "failing-case": "",
    "weights-license": "weights-license",
}


@pytest.mark.parametrize("stem", RULES)
def test_a_wrong_rule_file_stops_every_command_with_its_place(capsys, tmp_path, stem):
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(BAD_RULES / f"{stem}.yaml", folder)
    path = saved(tmp_path, OPEN_FACTS)
    ran = osaid_audit(capsys, path, "--rules", folder)
    assert (ran.code, ran.out) == (2, "")
    assert f"{stem}.yaml:" in ran.err
    assert RULES[stem] in ran.err
    assert "next: " in ran.err
    assert "Traceback" not in ran.err
    checked = osaid_audit(capsys, "rules", "check", folder)
    assert checked.code == 2
    assert f"{stem}.yaml:" in checked.out + checked.err
    shutil.copy(BAD_RULES / "good-rule.yaml", folder)
    (folder / f"{stem}.yaml").unlink()
    assert osaid_audit(capsys, path, "--rules", folder).code == 0


def _broken(value):
    """The same record with one value at a time missing or of another shape."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield {name: other for name, other in value.items() if name != key}
            yield from (
                {**value, key: other} for other in (None, 7, "x", [], {}) if type(other) is not type(each)
            )
            yield from ({**value, key: other} for other in _broken(each))
        yield {**value, "surplus": 1}
    elif isinstance(value, list) and value:
        yield [None, *value[1:]]
        yield from ([other, *value[1:]] for other in _broken(value[0]))


def test_a_damaged_dossier_is_refused_or_read_and_never_crashes(ask, capsys, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    assert ask("gather", world.FINETUNE, "-o", good).code == 0
    whole = json.loads(good.read_text())
    codes = set()
    for number, damaged in enumerate(_broken(whole)):
        if number % 7:
            continue
        bad.write_text(json.dumps(damaged))
        ran = osaid_audit(capsys, bad, "-f", "json")
        codes.add(ran.code)
        assert ran.code in {0, 1, 3}, (ran.err, damaged)
        assert ran.code != 3 or len(ran.err.splitlines()) == 2
    assert codes >= {1, 3}
    text = good.read_text()
    for cut in range(0, len(text) - 2, len(text) // 20):
        bad.write_text(text[:cut])
        refused(osaid_audit(capsys, bad), 3)


def test_a_damaged_report_is_refused_or_shown_and_never_crashes(ask, capsys, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    assert ask(world.FINETUNE, "-o", good).code == 1
    whole = json.loads(good.read_text())
    codes = set()
    for number, damaged in enumerate(_broken(whole)):
        if number % 41:
            continue
        bad.write_text(json.dumps(damaged))
        for form in ("text", "html", "markdown"):
            ran = osaid_audit(capsys, "render", bad, "-f", form)
            codes.add(ran.code)
            assert ran.code in {0, 3}, (ran.err, damaged)
    assert codes >= {3}
    bad.write_text(good.read_text()[:-20])
    refused(osaid_audit(capsys, "render", bad), 3)


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n\0\0\0", b"\xff\xfe", b"\0\0\0\0", b"org/name\0\n"])
def test_a_list_that_is_no_list_is_refused(ask, local_hub, tmp_path, body):
    (tmp_path / "models.txt").write_bytes(body)
    ran = ask("-r", tmp_path / "models.txt")
    assert ran.code in {2, 3}
    assert (ran.out, len(ran.err.splitlines())) == ("", 2)
    assert "\0" not in ran.err
    assert local_hub.seen == []


def test_a_list_with_windows_line_ends_and_comments_is_read(ask, tmp_path):
    body = f"\ufeff# ours\r\n\r\n{world.OPEN}  # the first\r\n"
    (tmp_path / "models.txt").write_bytes(body.encode())
    ran = ask("-r", tmp_path / "models.txt", "-f", "json")
    assert [each["subject"]["id"] for each in json.loads(ran.out)] == [world.OPEN]


@pytest.mark.parametrize("command", [(), ("gather",)])
def test_an_output_in_no_folder_is_refused_before_the_audit(ask, local_hub, tmp_path, command):
    target = tmp_path / "no" / "such" / "r.json"
    assert "no folder" in refused(ask(*command, world.OPEN, "-o", target), 2)
    assert local_hub.seen == []
    assert not target.parent.exists()


# Hostile words

EVIL = "\x1b]0;owned\x07\x1b[2J<script>alert(1)</script>\u202e<img src=x>\u2066[x](javascript:alert(1))"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_hostile_words_of_a_card_do_nothing_in_any_format(ask, local_hub, form):
    quoted = json.dumps(EVIL)
    front = f"license: other\nlicense_name: {quoted}\nlicense_link: {quoted}\nbase_model: {quoted}"
    prose = (
        f"# {EVIL}\n\nThis model is licensed under the {EVIL} license.\n\n## Training data\n\n{EVIL} pages.\n"
    )
    terms = f"{EVIL}\nYou must not use it for {EVIL} military purposes.\n"
    local_hub.add(Repo(NAME, files={"README.md": card(front, prose), "LICENSE": terms}, weights=WEIGHTS))
    ran = ask(NAME, "-f", form)
    assert ran.code in {0, 1}
    assert "alert(1)" in ran.out, "it is quoted"
    for said in (ran.out, ran.err):
        assert not set("\x1b\x07\u202e\u2066") & set(said)
    if form in {"markdown", "html"}:
        assert not re.search(r'<script>|<img|<script(?! type="application/json" id)', ran.out)
        assert not re.search(r"href=.javascript", ran.out)
    if form == "markdown":
        assert not re.search(r"(?<!\\)\]\(javascript", ran.out)


def test_honest_words_of_a_card_are_shown(ask, local_hub):
    front = "license: other\nlicense_name: house-terms-9"
    local_hub.add(Repo(NAME, files={"README.md": card(front)}, weights=WEIGHTS))
    assert "house-terms-9" in ask(NAME, "-f", "html").out
