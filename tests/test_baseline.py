"""The baseline: what was there before does not gate, what is new does, and some things are never hidden."""

import json
from typing import Any

import pytest

from osaid_audit.errors import OsaidError, UnreadableInput, UsageError
from osaid_audit.policy.baseline import (
    NEVER,
    apply,
    baseline_text,
    read_baseline,
    stale_note,
    write_baseline,
)
from osaid_audit.policy.judge import fingerprint
from osaid_audit.schema.base import Text
from osaid_audit.schema.scan import Alert


def alert(check: str = "weights-license", model: str = "org/m", file: str | None = "app.py", **given: Any):
    text = Text(en="Words.", fr="Mots.")
    usual = {"level": "error", "line": 3, "title": text, "message": text}
    return Alert(
        check=check, model=model, file=file, fingerprint=fingerprint(check, model, file), **(usual | given)
    )


@pytest.fixture
def known(tmp_path):
    """The baseline of these alerts, written and read back."""

    def make(*alerts):
        path = tmp_path / "baseline.json"
        write_baseline(alerts, path)
        return read_baseline(path)

    return make


def gating(applied):
    return [each.check for each in applied.alerts if each.level == "error" and not each.known]


def test_what_was_there_does_not_gate_and_is_still_shown(known):
    baseline = known(alert())
    applied = apply([alert(line=99)], baseline)
    assert [each.known for each in applied.alerts] == [True]
    assert (gating(applied), applied.stale) == ([], ())


@pytest.mark.parametrize(
    "new",
    [alert("inherited-license"), alert(model="org/other"), alert(file="b.py"), alert(file=None)],
    ids=["another rule", "another model", "another file", "no file"],
)
def test_what_is_new_gates(known, new):
    assert gating(apply([alert(), new], known(alert()))) == [new.check]


@pytest.mark.parametrize("check", sorted(NEVER))
def test_some_alerts_are_never_hidden(known, check, tmp_path):
    baseline = known(alert(check), alert())
    assert [each.check for each in baseline.alerts] == ["weights-license"]
    assert gating(apply([alert(check), alert()], baseline)) == [check]
    forged = json.loads(baseline_text([alert()]))
    forged["alerts"][0] |= {"check": check, "fingerprint": alert(check).fingerprint}
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(forged), encoding="utf-8")
    with pytest.raises(UnreadableInput, match=f"cannot hold '{check}'"):
        read_baseline(path)


@pytest.mark.parametrize("check", sorted(NEVER))
def test_a_fingerprint_under_a_false_name_hides_nothing(known, check):
    honest = known(alert())
    entry = honest.alerts[0].model_copy(update={"fingerprint": alert(check).fingerprint})
    forged = honest.model_copy(update={"alerts": (entry,)})
    assert gating(apply([alert(check)], forged)) == [check]


def test_notes_and_waived_alerts_are_not_written(known):
    assert known(alert(level="note"), alert(waived=True), alert("label", level="warning")).alerts == ()


def test_what_matches_nothing_any_more_is_told(known):
    baseline = known(alert(), alert("label", model="org/gone"))
    stale = apply([alert()], baseline).stale
    assert [(each.check, each.model) for each in stale] == [("label", "org/gone")]
    note = stale_note(stale)
    assert note is not None
    assert "1 finding of the baseline matches nothing any more (label, org/gone, app.py)" in note.en
    assert note.fr.startswith("1 constat de l'état de référence ne correspond plus à rien (label, org/gone")
    several = stale_note(stale * 2)
    assert several is not None
    assert several.en.startswith("2 findings of the baseline match nothing any more (")
    assert several.fr.startswith("2 constats de l'état de référence ne correspondent plus à rien (")
    assert stale_note(()) is None


def test_the_text_does_not_depend_on_order_lines_or_repetition():
    alerts = [alert(), alert("label"), alert(model="org/a"), alert(file=None)]
    again = [each.model_copy(update={"line": 77}) for each in (*reversed(alerts), *alerts)]
    assert baseline_text(alerts) == baseline_text(again)
    assert '"file": "app.py"' in baseline_text(alerts)
    assert "line" not in baseline_text(alerts)


RAW = {
    "empty": b"",
    "a key twice": b'{"alerts": [], "alerts": []}',
    "an unknown key": b'{"alerts": [], "hide": "*"}',
    "no digest": b'{"alerts": [{"fingerprint": "*", "check": "label", "model": "o/m"}]}',
    "a number": b'{"alerts": 1e999}',
    "deep": b'{"alerts": ' + b"[" * 100_000,
}


@pytest.mark.parametrize("case", RAW)
def test_what_is_no_baseline_is_refused_in_a_sentence(case, tmp_path):
    path = tmp_path / "baseline.json"
    path.write_bytes(RAW[case])
    with pytest.raises(UnreadableInput, match="is not valid") as caught:
        read_baseline(path)
    assert "--update-baseline" in caught.value.hint


def test_a_baseline_that_is_not_there_is_an_error_of_the_call(tmp_path):
    with pytest.raises(UsageError, match="no baseline"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(OsaidError):
        write_baseline([], tmp_path / "nowhere" / "x.json")
