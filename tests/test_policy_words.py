"""Every sentence of a judgement is said somewhere, in both languages, and asked for by a name that exists."""

import re
from pathlib import Path
from typing import get_args

import pytest
from door import OPEN, RESTRICTED
from judged import answer, asking, data, held, reference, waiver, waiving

from osaid_audit.errors import NotFound
from osaid_audit.policy.file import CHECKS
from osaid_audit.policy.unread import unread
from osaid_audit.render import words
from osaid_audit.render.waivers import waiver as line
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Outcome, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import Component, Concluded
from osaid_audit.schema.policy import Policy, ScanDemands
from osaid_audit.schema.scan import Skipped
from osaid_audit.schema.waivers import Reason

SOURCES = sorted((Path(__file__).resolve().parent.parent / "osaid_audit" / "policy").glob("*.py"))
FAMILIES = ("check.", "policy.", "waiver.", "waivers.")
STRICT = asking(
    require="open-source-ai",
    verdicts={"osaid-1.0": "conforms"},
    licenses=("osi",),
    pins="commit",
    gating="error",
    fail_on="undetermined",
)
TERMS = (
    Hop(id="org/a", relation="merge", depth=1, cls="noncommercial"),
    Hop(id="org/b", relation="merge", depth=1, cls="noncommercial", problem="gated"),
    Hop(id="org/c", relation="merge", depth=1, problem="gated"),
    Hop(id="org/d", relation="merge", depth=1),
    Hop(id="org/e", relation="unknown", depth=1, hint=Source(path="config.json")),
)


def said_everything() -> None:
    """Each kind of trouble once, and each state of a waiver."""
    open_one, closed = answer(OPEN), answer({**RESTRICTED, "access.gated": "auto"}, hops=TERMS)
    held(STRICT, open_one, closed, answer({}), answer(NotFound("gone", "look")))
    held(STRICT, answer(OPEN, reference(revision="main")), answer(OPEN, parts=(Component(path="vae"),)))
    held(asking(verdicts={"osaid-1.0": "undetermined"}, licenses=()), closed)
    old = [waiver(rule, expires="2020-01-01") for rule in ("label", "weights-license")]
    held(waiving(STRICT, *old[:1]), closed)
    held(waiving(STRICT, *old, waiver("gating", "no/body"), waiver("verdict")), closed)
    held(waiving(Policy(), waiver("label")), open_one)
    unread(Policy(scan=ScanDemands(unread="error")), [Skipped(file="a.py", why="malformed")])
    held(STRICT, data({"gated": "auto"}), data({"license": "cc-by-nc-4.0", "cls": "noncommercial"}))
    report = open_one.result
    concluded = Concluded(id="MIT", cls="custom-unknown", basis="stated")
    block = report.license.model_copy(update={"concluded": concluded})
    held(asking(licenses=("none",)), open_one._replace(result=report.model_copy(update={"license": block})))
    bare = report.model_copy(update={"label": None, "frameworks": ()})
    held(STRICT, open_one._replace(result=bare))
    norm = report.frameworks[0]
    failed = norm.findings[0].model_copy(update={"outcome": Outcome.ERROR})
    wrong = norm.model_copy(update={"findings": (failed, *norm.findings[1:])})
    held(STRICT, open_one._replace(result=report.model_copy(update={"frameworks": (wrong,)})))
    for state in held(waiving(STRICT, waiver("gating"), *old, waiver("label", "x")), closed).waivers:
        for reason in get_args(Reason):
            line(Words("fr"), state.model_copy(update={"reason": reason, "revision": "0" * 40}))


def test_every_sentence_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: set[str] = set()
    speak = Words.__call__

    def record(self: Words, key: str, **values: object) -> str:
        shown.add(key)
        return speak(self, key, **values)

    monkeypatch.setattr(Words, "__call__", record)
    said_everything()
    ours = {key for key in words.shipped() if key.startswith(FAMILIES)}
    assert sorted(ours - shown) == []


def test_every_sentence_that_is_asked_for_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r"\btext\(\s*\"([\w.-]+)\"", source))
    assert len(asked) > 20
    assert asked - set(words.shipped()) == set()


def test_every_check_has_a_title() -> None:
    assert {f"check.{check}" for check in (*CHECKS, "expired-waiver")} <= set(words.shipped())
