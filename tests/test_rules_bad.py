"""One file per way of being wrong: each is refused with its place, and the good ones are not."""

import shutil
from pathlib import Path

import pytest

from osaid_audit.errors import RuleFileError, UsageError
from osaid_audit.evaluate import check, load
from osaid_audit.evaluate.yamlfile import MAX_BYTES

HERE = Path(__file__).parent / "bad_rules"
FILES = sorted(HERE.rglob("*.yaml"))


def alone(file, tmp_path):
    """A rules folder that holds this file only."""
    target = tmp_path / file.relative_to(HERE)
    target.parent.mkdir(exist_ok=True)
    shutil.copy(file, target)
    return tmp_path


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HERE)))
def test_a_wrong_file_is_refused_with_its_place(file, tmp_path):
    refused = file.read_text().splitlines()[0].removeprefix("# refused:").strip()
    folder = alone(file, tmp_path)
    if not refused:
        assert check(folder) == []
        assert file.stem in {*load(folder).rules, *load(folder).frameworks}
        return
    with pytest.raises(RuleFileError) as caught:
        load(folder)
    place, words = refused.split(" ", 1) if refused[0].isdigit() else ("", refused)
    assert words in str(caught.value)
    assert str(folder) in caught.value.place
    assert caught.value.place.endswith(place)
    assert str(caught.value) in [str(problem) for problem in check(folder)]


def test_good_files_are_among_them():
    assert {"good-rule.yaml", "good-norm.yaml", "good-ladder.yaml"} <= {file.name for file in FILES}


def test_all_that_is_wrong_is_listed_not_only_the_first(tmp_path):
    for name in ("misspelt-fact", "wrong-type", "good-rule"):
        alone(HERE / f"{name}.yaml", tmp_path)
    places = [problem.place for problem in check(tmp_path)]
    assert [Path(place.split(":")[0]).stem for place in places] == ["misspelt-fact", "wrong-type"]


def test_the_same_id_twice_in_a_users_folder_is_refused(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        shutil.copy(HERE / "good-rule.yaml", tmp_path / folder)
    with pytest.raises(RuleFileError, match=r"the id 'good-rule' is taken by .*one/good-rule\.yaml"):
        load(tmp_path)


def test_a_users_rule_keeps_its_origin_and_moves_the_digest(tmp_path):
    ruleset = load(alone(HERE / "good-rule.yaml", tmp_path))
    assert ruleset.origins["good-rule"] == str(tmp_path / "good-rule.yaml")
    assert ruleset.origins["weights-license"] == "shipped"
    assert ruleset.sha256 != load().sha256
    assert load(tmp_path).sha256 == ruleset.sha256


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id: a\n" + b"#" * MAX_BYTES, "larger than"),
        (b"id: \xff\xfe", "not UTF-8"),
        (b"id: a\0b", "not YAML"),
        (b"[" * 60_000, "nested too deeply"),
        (b"a: [" + b"x," * 20_000 + b"]", "too many parts"),
        (b"a: &a [x]\nb: [*a, *a]", "anchors and aliases"),
        (b"", "must hold a mapping"),
        (b"? [a, b]\n: c", "a key must be a plain word"),
        (b"a: b\n---\nc: d", "not YAML"),
    ],
    ids=["large", "not text", "NUL", "deep", "long", "bomb", "empty", "odd key", "two documents"],
)
def test_hostile_yaml_is_refused(tmp_path, content, words):
    (tmp_path / "rule.yaml").write_bytes(content)
    with pytest.raises(RuleFileError, match=words):
        load(tmp_path)


def test_a_file_that_would_be_skipped_by_its_name_is_refused(tmp_path):
    (tmp_path / "rule.yml").write_text("id: rule")
    with pytest.raises(RuleFileError, match=r"rule files end in \.yaml"):
        load(tmp_path)


def test_a_device_is_not_read(tmp_path):
    (tmp_path / "rule.yaml").symlink_to("/dev/zero")
    with pytest.raises(RuleFileError, match="not a regular file"):
        load(tmp_path)


def test_folders_that_lead_into_themselves_end(tmp_path):
    (tmp_path / "again").symlink_to(tmp_path)
    with pytest.raises(RuleFileError, match="nested too deeply"):
        load(tmp_path)


def test_too_many_files_are_refused(tmp_path):
    for number in range(502):
        (tmp_path / f"{number}.yaml").touch()
    with pytest.raises(RuleFileError, match="more than 500 files"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["absent", "empty"])
def test_no_folder_and_no_rules_are_said_plainly(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"There is no folder|holds no rule file"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    "condition",
    [
        "license.ids.exists(i, i.startsWith('GPL') && i.endsWith('-only'))",
        "license.ids.all(i, i.matches('^Apache-[0-9.]+$'))",
    ],
)
def test_a_condition_on_free_words_is_not_called_impossible(tmp_path, condition):
    """Which words a list may hold is not known, so the linter cannot try them all."""
    rule = (HERE / "good-rule.yaml").read_text()
    rule = rule.replace("id: good-rule", "id: words").replace('["weights.external"]', f'["{condition}"]')
    ids = "[GPL-3.0-only]" if "GPL" in condition else "[Apache-2.0]"
    rule = rule.replace("weights.external: true", f"license.ids: {ids}")
    (tmp_path / "words.yaml").write_text(rule)
    assert "words" in load(tmp_path).rules


def test_a_framework_among_the_rules_is_told_its_place(tmp_path):
    shutil.copy(HERE / "frameworks" / "good-norm.yaml", tmp_path)
    with pytest.raises(RuleFileError, match="a framework lies in a folder named 'frameworks'"):
        load(tmp_path)
