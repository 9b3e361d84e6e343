"""JSON from outside never holds half a character: no UTF-8 can write it, and a report would break."""

import json

import pytest
from hub.repos import Repo, Weights
from hub.world import OPEN, apache_text, card

from osaid_audit.gather.reading.jsontext import read_json

pytest_plugins = ("hub.fixtures",)
HALVES = {
    "escape": b'{"a": "x\\ud800"}',
    "escape, lower half": b'{"a": "x\\uDFFF"}',
    "bytes": b'{"a": "x\xed\xa0\x80"}',
    "UTF-16": '{"a": "x\\ud800"}'.encode("utf-16"),
    "UTF-16, in itself": '{"a": "x\ud800"}'.encode("utf-16-le", "surrogatepass"),
    "UTF-32": '{"a": "x\\ud800"}'.encode("utf-32"),
    "text": '{"a": "x\\ud800"}',
    "text, in itself": '{"a": "x\ud800"}',
}


@pytest.mark.parametrize("body", HALVES.values(), ids=HALVES)
def test_half_a_character_is_a_question_mark(body):
    assert read_json(body) == {"a": "x?"}


@pytest.mark.parametrize(
    "body", ['"\\ud83d\\ude00"', '"\U0001f600"', '"\\ud83d\\ude00"'.encode("utf-16"), b'"\xf0\x9f\x98\x80"']
)
def test_both_halves_are_the_character(body):
    assert read_json(body) == "\U0001f600"


def test_what_is_no_json_is_none():
    for body in (b"", b"{", b"\xff\xfe\xfd", b'"\xed\xa0\x80', "\ufeff1"):
        with pytest.raises(ValueError, match=r"\w"):
            read_json(body)
    with pytest.raises(RecursionError):
        read_json(b"[" * 100_000)


@pytest.mark.parametrize("half", [b"\\ud800", b"\xed\xa0\x80"], ids=["escape", "bytes"])
def test_a_config_with_half_a_character_is_read_and_can_be_reported(local_hub, ask_at, half):
    config = b'{"model_type": "m%s", "architectures": ["A%s"], "_name_or_path": "acme/%s"}' % (
        half,
        half,
        half,
    )
    files = {"README.md": card("license: mit"), "config.json": config, "LICENSE": apache_text()}
    local_hub.add(Repo("some/model", files=files, weights=(Weights("model.safetensors", 10),)))
    for form in ("json", "text", "csv", "html"):
        ran = ask_at(local_hub, "some/model", "-f", form)
        assert ran.code == 0, ran.err
        assert "some/model" in ran.out
        assert ran.out.encode()


@pytest.mark.parametrize("half", [b"\\ud800", b"\xed\xa0\x80"], ids=["escape", "bytes"])
def test_so_is_a_reply_of_the_hub(local_hub, ask_at, half):
    reply = json.dumps(local_hub.repo(OPEN).info | {"id": OPEN, "sha": local_hub.repo(OPEN).sha})
    body = reply[:-1].encode() + b', "library_name": "x%s", "tags": ["arxiv:%s"]}' % (half, half)
    local_hub.fault(f"/api/models/{OPEN}", "body", body=body)
    ran = ask_at(local_hub, OPEN, "-f", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["subject"]["id"] == OPEN
    assert ran.out.encode()
