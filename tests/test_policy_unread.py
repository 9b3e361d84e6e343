"""`[scan] unread`: a file that was not read is a note, or gates where the policy says so."""

import pytest

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import load
from osaid_audit.pipeline.scanning import Held, Wanted, scan
from osaid_audit.policy.baseline import NEVER
from osaid_audit.policy.file import read_policy
from osaid_audit.policy.unread import unread
from osaid_audit.schema.policy import Policy, ScanDemands
from osaid_audit.schema.scan import Skipped

STRICT = Policy(scan=ScanDemands(unread="error"))
BROKEN = "from transformers import AutoModel\ndef f(:\n    AutoModel.from_pretrained(name)\n"


def put(root, name, content):
    (root / name).write_bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.py", BROKEN.encode(), "malformed"),
        ("a.py", b"x = 'a'\n" * 300_000, "too large"),
        ("a.py", b"from transformers import AutoModel\n\0", "binary"),
    ],
)
@pytest.mark.parametrize("audit", [True, False])
def test_a_file_that_is_not_read_gates_where_the_policy_says_so(tmp_path, name, content, why, audit):
    put(tmp_path, name, content)
    wanted = Wanted(audit=audit)
    strict = scan(tmp_path, wanted=wanted, held=Held(policy=STRICT))
    assert [(each.check, each.file, each.level) for each in strict.alerts] == [("not-read", name, "error")]
    assert strict.alerts
    assert all(alert.gates for alert in strict.alerts)
    assert strict.exit_code == 1
    assert [each.why for each in strict.skipped] == [why]
    mild = scan(tmp_path, wanted=wanted)
    assert mild.alerts == ()
    assert mild.exit_code in ({0} if audit else {None})
    assert mild.skipped == strict.skipped


@pytest.mark.parametrize("audit", [True, False])
def test_a_code_base_that_is_read_does_not(tmp_path, audit):
    put(tmp_path, "a.py", b"x = 1\n")
    found = scan(tmp_path, wanted=Wanted(audit=audit), held=Held(policy=STRICT))
    assert found.alerts == ()
    assert found.exit_code != 1


def test_what_is_left_out_is_no_file_that_was_not_read(tmp_path):
    put(tmp_path, "a.py", BROKEN.encode())
    found = scan(tmp_path, wanted=Wanted(exclude=["a.py"]), held=Held(policy=STRICT))
    assert found.alerts == ()
    assert [each.path for each in found.left_out] == ["a.py"]


def test_a_fault_of_ours_has_its_own_exit_code():
    skipped = [Skipped(file="a.py", why="failed"), Skipped(file="b.py", why="malformed")]
    assert [each.file for each in unread(STRICT, skipped)] == ["b.py"]
    assert unread(Policy(), skipped) == ()


def test_nobody_accepts_it(tmp_path):
    assert "not-read" in NEVER
    waiver = (
        '[[waivers]]\nrule = "not-read"\nmodel = "*"\n'
        'reason = "commercial-license-acquired"\nstatement = "a"\nreviewer = "b"\n'
        "expires = 2099-01-01\n"
    )
    put(tmp_path, "osaid-audit.toml", waiver.encode())
    with pytest.raises(UsageError, match="not-read"):
        read_policy(tmp_path / "osaid-audit.toml", load())


@pytest.mark.parametrize("word", ["warning", "never", ""])
def test_another_word_is_refused(tmp_path, word):
    put(tmp_path, "osaid-audit.toml", f'[scan]\nunread = "{word}"\n'.encode())
    with pytest.raises(UsageError, match="unread"):
        read_policy(tmp_path / "osaid-audit.toml", load())
