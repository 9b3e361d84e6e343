"""Why something was not read: in both languages, with a next step that helps."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from raw_samples import HUB, SHA, card, gathered, raw, repository

from osaid_audit import gather
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.repository.details import NO_BASE, NOT_RECORDED, in_both_languages
from osaid_audit.gather.reading.repository.problems import of_missed

FETCHING = Path(gather.__file__).parent / "fetching"
SAMPLES = {
    "gated; {}": [
        "gated; no token was given",
        "gated; the token was rejected",
        "gated; this token has no access",
    ],
    "missing, or private and not readable {}": [
        "missing, or private and not readable with this token",
        "missing, or private and not readable without a token",
    ],
    "the Hub answered {}": ["the Hub answered 503"],
    "the rate limit is reached{}": [
        "the rate limit is reached",
        "the rate limit is reached; the quota returns in 9 s",
    ],
    "the code host's rate limit is reached{}": [
        "the code host's rate limit is reached",
        "the code host's rate limit is reached until 2026-11-22 03:14 UTC",
    ],
    "the code host answered {}": ["the code host answered 502"],
    "the endpoint answered with {}": [
        "the endpoint answered with HTML",
        "the endpoint answered with something that is not JSON",
    ],
    "{} bytes; at most {} are read": ["12 bytes; at most 10 are read"],
    "more than {} bytes": ["more than 10 bytes"],
    "its site answered {}": ["its site answered 503"],
}


def written(node):
    """A text of the source, {} for what is filled in; None when it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def reasons():
    """Every reason that the fetching part can give, from its own source."""
    for path in sorted(FETCHING.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            place = {"Failure": 2, "Missed": 3}.get(call.func.id)
            given = [] if place is None else call.args[place : place + 1]
            given += [each.value for each in call.keywords if each.arg == "detail"]
            yield from filter(None, map(written, given))


def test_every_reason_of_the_fetching_part_is_said_in_french():
    found = sorted(set(reasons()))
    assert len(found) > 30
    told = [sample for reason in found for sample in SAMPLES.get(reason, [reason])]
    told += [
        NO_BASE,
        NOT_RECORDED,
        "the token was rejected",
        "refused: not a public address (--allow-host permits one)",
    ]
    assert [each for each in told if in_both_languages(each) is None] == []
    for each in told:
        words = in_both_languages(each).words
        assert words.en != words.fr, each
        assert not re.search(r"\b(?:the|not|reply|with|token)\b", words.fr), each


@pytest.mark.parametrize(
    "detail", ["an unheard-of reason", "<b>bold</b>", "x" * 10_000, "the Hub answered 5a3", ""]
)
def test_a_reason_nobody_translated_is_left_out(detail):
    problem = of_missed(Missed("README.md", "u", "unreachable", detail), ())
    assert problem.why.en == "The network or the server did not answer."
    assert problem.why.fr == "Le réseau ou le serveur n'a pas répondu."


def test_numbers_stand_in_both_languages():
    problem = of_missed(Missed("README.md", "u", "unreachable", "the Hub answered 503"), ())
    assert problem.why.en == "The network or the server did not answer (the Hub answered 503)."
    assert problem.why.fr == "Le réseau ou le serveur n'a pas répondu (le Hub a répondu 503)."


def test_what_was_not_recorded_is_no_failure_of_the_network():
    problem = of_missed(Missed("org/data", "u", "unreachable", NOT_RECORDED), ())
    assert problem.why.en == "This is not part of the recorded copy."
    assert problem.next.en == "Audit the model live to read it."
    assert (problem.why.fr, problem.next.fr) == (
        "Cela ne fait pas partie de la copie enregistrée.",
        "Auditez le modèle en direct pour le lire.",
    )
    gated = of_missed(Missed("README.md", "u", "gated", NOT_RECORDED), ())
    assert gated.why.en.startswith("The publisher asks")
    assert gated.why.en.endswith("This is not part of the recorded copy.")
    assert "--token" in gated.next.en


def test_a_list_of_files_that_nobody_recorded_is_not_called_malformed():
    subject = repository("Words.", rows=())
    nameless = replace(subject, info={"id": "org/model"}, listing=(), listing_complete=False)
    recorded = replace(nameless, info_raw=raw("api", b"{}", stands_in=True))
    for one, state in ((nameless, "malformed"), (recorded, "unreachable")):
        [problem] = [each for each in assemble(gathered(one)).problems if each.what == "file list"]
        assert problem.state == state
        assert "weights.present" in problem.blocks
    assert problem.why.en == "This is not part of the recorded copy."


def test_a_link_left_alone_on_purpose_says_how_to_follow_it():
    reason = "links that leave the Hub are not followed"
    problem = of_missed(Missed("license", "u", "unreachable", reason), ())
    assert "--no-links" in problem.next.en
    assert "did not answer" not in problem.why.en


def places(found):
    return [each for fact in found.facts.values() for each in fact.sources if each.path is None]


def test_a_live_reply_is_cited_at_its_commit_and_a_recorded_one_where_it_lies():
    text = card("A small model for the study of text, made by a school.", license="mit")
    subject = repository(text, {"cardData": {"license": "mit"}, "id": "org/new-name"})
    asked = f"{HUB}/api/models/org/model?blobs=true&securityStatus=true"
    live = raw("api/models/org/model", subject.info_raw.body)
    found = assemble(gathered(replaced(subject, live, asked)))
    at = f"{HUB}/api/models/org/new-name/revision/{SHA}?blobs=true&securityStatus=true"
    assert {(each.url, each.revision) for each in places(found)} == {(at, SHA)}
    assert {each.sha256 for each in places(found)} == {live.sha256}
    copy = raw("api", subject.info_raw.body, stands_in=True)
    told = assemble(gathered(replaced(subject, copy, f"{HUB}/api/models/kept", revision="c" * 40)))
    assert {(each.url, each.revision) for each in places(told)} == {(f"{HUB}/api/models/kept", "c" * 40)}


def replaced(subject, reply, url, **more):
    return replace(subject, info_raw=replace(reply, url=url, **more))
