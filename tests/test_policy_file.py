"""Policy files: what is read, what is found, and what is refused with its place and a near name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import load
from osaid_audit.policy.file import MAX_BYTES, find_policy, read_policy
from osaid_audit.schema.policy import Policy

RULESET = load()
WHOLE = """
[policy]
frameworks = ["osaid-1.0", "g7-2026"]
require = "open-weights"
fail-on = "not-met"
licenses = ["osi", "open-not-osi"]
pins = "commit"
gating = "warning"
undetermined = "error"
verdicts = {"osaid-1.0" = "undetermined"}
findings = {usage-policy = "undetermined"}

[[overrides]]
paths = ["tests/**"]
require = "none"

[[overrides]]
kind = "dataset"
pins = "none"

[[waivers]]
rule = "weights-license"
model = "org/*"
revision = "0123456"
reason = "commercial-license-acquired"
statement = "We hold a contract."
reviewer = "Ada Exemple"
evidence = "https://example.org/contract"
expires = 2027-01-31

[lock]
file = "models.lock"
fails = ["license"]

[scan]
exclude = ["vendor/"]
markdown = true
datasets = true
"""
WAIVER = """[[waivers]]
rule = "label"
model = "org/name"
reason = "accepted-risk"
statement = "Read by us."
reviewer = "Ada Exemple"
expires = 2027-01-31
"""


def written(folder: Path, text: str, name: str = "osaid-audit.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, name: str = "osaid-audit.toml") -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        read_policy(written(folder, text, name), RULESET)
    return str(caught.value), caught.value.hint


def test_every_key_is_read(tmp_path):
    policy = read_policy(written(tmp_path, WHOLE), RULESET)
    assert policy.policy.findings == {"usage-policy": "undetermined"}
    assert policy.overrides[0].paths == ("tests/**",)
    assert policy.waivers[0].expires.isoformat() == "2027-01-31"
    assert (policy.lock.file, policy.lock.fails) == ("models.lock", ("license",))
    assert policy.scan.markdown
    assert read_policy(written(tmp_path, ""), RULESET) == Policy()


def test_a_day_may_stand_in_quotes_and_a_moment_is_no_day(tmp_path):
    quoted = WAIVER.replace("2027-01-31", '"2027-01-31"')
    assert read_policy(written(tmp_path, quoted), RULESET) == read_policy(
        written(tmp_path, WAIVER, "b.toml"), RULESET
    )
    for moment in ("2027-01-31T10:00:00Z", "2027-01-31T00:00:00", "10:00:00"):
        said, hint = refused(tmp_path, WAIVER.replace("2027-01-31", moment))
        assert "waivers[0].expires: a moment stands where a day is meant" in said
        assert "2027-01-31" in hint
    for wrong in ('"2027-02-30"', "2027", '"soon"', "1790000000"):
        assert "waivers[0].expires" in refused(tmp_path, WAIVER.replace("2027-01-31", wrong))[0]


def test_the_same_policy_may_stand_in_a_pyproject(tmp_path):
    inside = "\n".join(
        line.replace("[[", "[[tool.osaid-audit.")
        if line.startswith("[[")
        else line.replace("[", "[tool.osaid-audit.", 1)
        if line.startswith("[")
        else line
        for line in WHOLE.splitlines()
    )
    path = written(tmp_path, f'[project]\nname = "x"\n{inside}', "pyproject.toml")
    assert read_policy(path, RULESET) == read_policy(written(tmp_path, WHOLE), RULESET)
    said, _ = refused(tmp_path, '[tool.osaid-audit.policy]\nrequier = "none"', "pyproject.toml")
    assert "pyproject.toml:2: policy.requier" in said
    assert "no table [tool.osaid-audit]" in refused(tmp_path, "[tool.other]\n", "pyproject.toml")[0]


def test_the_file_of_the_tool_is_found_before_the_pyproject(tmp_path):
    assert find_policy(tmp_path) is None
    project = written(tmp_path, "[tool.other]\n", "pyproject.toml")
    assert find_policy(tmp_path) is None
    project.write_text("[tool.osaid-audit]\n")
    assert find_policy(tmp_path) == project
    assert find_policy(tmp_path) != written(tmp_path, "")
    assert find_policy(tmp_path) == tmp_path / "osaid-audit.toml"


def test_a_broken_pyproject_that_names_the_tool_is_not_passed_over(tmp_path):
    """Silence would drop the policy: the run then says what is wrong."""
    project = written(tmp_path, "[tool.osaid-audit]\nx = \n", "pyproject.toml")
    assert find_policy(tmp_path) == project
    assert "is not TOML" in refused(tmp_path, project.read_text(), "pyproject.toml")[0]
    project.write_text("[tool.other]\nx = \n")
    assert find_policy(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("[polcy]\n", "osaid-audit.toml:1: polcy: there is no key 'polcy'", "'policy'"),
        ('[policy]\nrequir = "none"\n', "osaid-audit.toml:2: policy.requir", "'require'"),
        ('[policy]\nfail_on = "never"\n', "osaid-audit.toml:2: policy.fail_on", "'fail-on'"),
        ('[policy]\nfail-on = "nevr"\n', "osaid-audit.toml:2: policy.fail-on: must be", "schema policy"),
        ('[policy]\nrequire = "open-weight"\n', "there is no label 'open-weight'", "'open-weights'"),
        ('[policy]\nframeworks = ["osaid-1"]\n', "there is no framework 'osaid-1'", "'osaid-1.0'"),
        ("[policy]\nframeworks = []\n", "names no framework", "leave the key out"),
        ('[policy]\nlicenses = ["osl"]\n', "there is no license class 'osl'", "'osi'"),
        ('[policy]\nlicenses = ["Apache-2.0"]\n', "no license class 'Apache-2.0'", "open-not-osi"),
        ('[policy.findings]\nweights-licence = "never"\n', ":2: policy.findings", "'weights-license'"),
        ('[policy.verdicts]\n"g7-2026" = "conforms"\n', "no binary framework 'g7-2026'", "osaid-1.0"),
        ('[policy.verdicts]\n"osaid-1.0" = "true"\n', "policy.verdicts", "schema policy"),
        ('[policy]\npins = "sha"\n', "policy.pins", "schema policy"),
        ('[policy]\npins = ["commit"]\n', "policy.pins", "schema policy"),
        ("policy = 3\n", "policy", "schema policy"),
        ("waivers = 3\n", "waivers", "schema policy"),
        ("waivers = [3]\n", "waivers[0]", "schema policy"),
        (
            '[[overrides]]\nrequire = "none"\n',
            "overrides[0]: an override needs 'paths' or 'kind'",
            "[policy]",
        ),
        ('[[overrides]]\npaths = ["!"]\n', "overrides[0].paths: '!' is not a glob", ".gitignore"),
        ('[[overrides]]\nkind = "space"\n', "overrides[0].kind", "schema policy"),
        ('[scan]\nmarkdown = "yes"\n', "osaid-audit.toml:2: scan.markdown", "schema policy"),
        ("[scan]\nmarkdown = 1\n", "scan.markdown", "schema policy"),
        ('[lock]\nfails = ["licence"]\n', "lock.fails", "schema policy"),
        ("x = nan\n", "there is no key 'x'", "policy"),
        ("[policy]\nrequire = nan\n", "policy.require", "schema policy"),
        ("[policy\n", "is not TOML", "schema policy"),
        ("a = " + "[" * 3000, "osaid-audit.toml", "schema policy"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_what_to_write(tmp_path, text, place, hint):
    said, next_step = refused(tmp_path, text)
    assert place in said
    assert hint in next_step
    assert "\n" not in said


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("rule", '"weights-licence"', "'weights-licence'"),
        ("rule", '"expired-waiver"', "'expired-waiver'"),
        ("model", '""', "names no model"),
        ("reason", '"because"', "waivers[0].reason"),
        ("statement", '"  "', "says nothing"),
        ("reviewer", '" "', "names nobody"),
        ("reviewer", '"Certified by OSI"', "names nobody"),
    ],
)
def test_a_waiver_says_what_who_and_why(tmp_path, key, value, said):
    lines = [f"{key} = {value}" if each.startswith(f"{key} ") else each for each in WAIVER.splitlines()]
    assert said in refused(tmp_path, "\n".join(lines))[0]
    without = [each for each in WAIVER.splitlines() if not each.startswith(f"{key} ")]
    assert f"waivers[0].{key}: is missing" in refused(tmp_path, "\n".join(without))[0]


def test_a_waiver_without_a_last_day_is_refused(tmp_path):
    assert read_policy(written(tmp_path, WAIVER), RULESET).waivers
    endless = WAIVER.replace("expires = 2027-01-31\n", "")
    assert "waivers[0].expires: is missing" in refused(tmp_path, endless)[0]


def test_a_waiver_speaks_of_a_commit_and_cites_an_address(tmp_path):
    for revision in ("0123456", "0123456789abcdef0123456789abcdef01234567"):
        assert read_policy(written(tmp_path, f'{WAIVER}revision = "{revision}"\n'), RULESET).waivers
    for revision in ("main", "v1.0", "012345", "g123456"):
        assert "must be a commit" in refused(tmp_path, f'{WAIVER}revision = "{revision}"\n')[0]
    for evidence in ("ticket 12", "javascript:alert(1)", "file:///etc/passwd"):
        assert "http(s) address" in refused(tmp_path, f'{WAIVER}evidence = "{evidence}"\n')[0]


def test_the_line_is_that_of_the_very_waiver(tmp_path):
    second = WAIVER.replace('"label"', '"labl"')
    said, hint = refused(tmp_path, f"{WAIVER}\n{second}")
    assert "osaid-audit.toml:10: waivers[1].rule: there is no rule or check 'labl'" in said
    assert hint == "Did you mean 'label'?"


def test_what_cannot_be_read_is_said(tmp_path):
    for raw, said in ((b"\xff\xfe", "not UTF-8"), (b"#" * (MAX_BYTES + 1), "larger than")):
        path = tmp_path / "osaid-audit.toml"
        path.write_bytes(raw)
        with pytest.raises(UsageError, match=said):
            read_policy(path, RULESET)
    for path in (tmp_path / "gone.toml", tmp_path, Path("a\0b")):
        with pytest.raises(UsageError):
            read_policy(path, RULESET)


def read_or_hint(path: Path) -> Policy | str:
    """The policy, or the next step that is said instead; nothing else may come of a file."""
    try:
        return read_policy(path, RULESET)
    except UsageError as error:
        return error.hint


PIECES = [
    *("[policy]", "[[waivers]]", "[[overrides]]", "[scan]", "[lock]", "[policy.findings]", "[tool]"),
    *('rule = "label"', "expires = 2027-01-01", "expires = 2027-01-01T00:00:00Z", 'paths = ["["]'),
    *("findings = {a = 1}", "verdicts = []", 'require = "x"', "x = 1", '"" = 1', "fail-on = {}", "kind = 3"),
    *("require = " + "[" * 400 + "]" * 400, "licenses = [1.5, inf]", "a.b.c = 1", "exclude = ['!']"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=6))
def test_whatever_the_file_holds_it_is_a_policy_or_a_sentence(tmp_path, pieces):
    text = "\n".join(pieces).encode("utf-8", "replace")
    for name in ("osaid-audit.toml", "pyproject.toml"):
        path = tmp_path / name
        path.write_bytes(text)
        find_policy(tmp_path)
        assert read_or_hint(path)


@pytest.mark.parametrize("value", ["[" * 900 + "]" * 900, "9" * 5000, "[" * 5000, "0" * 9, "1e999999"])
def test_a_value_that_is_too_deep_or_too_long_is_refused(tmp_path, value):
    assert refused(tmp_path, f"[policy]\nrequire = {value}\n")


def test_windows_line_ends_and_a_mark_at_the_start_are_read(tmp_path):
    path = tmp_path / "osaid-audit.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert read_policy(path, RULESET).waivers
