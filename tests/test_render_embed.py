"""The report inside a page: smaller, the same when read again, and harmless whatever stands there."""

import json
import re

import pytest
from sample_hostile import hostile, sparse
from samples import SAMPLES, restricted, undecided

from osaid_audit.errors import UnreadableInput
from osaid_audit.render import read_report, read_reports, render, render_many
from osaid_audit.render.embed import pack, unpack
from osaid_audit.render.read import MARK

EVERY = {**SAMPLES, "hostile": hostile, "sparse": sparse}


def inside(page: str) -> str:
    return page.partition(MARK)[2].partition("</script>")[0]


@pytest.mark.parametrize("sample", EVERY)
def test_what_is_in_the_page_is_the_report(sample: str) -> None:
    report = EVERY[sample]()
    written = json.loads(render(report, "json"))
    assert unpack(inside(render(report, "html"))) == written
    assert read_report(render(report, "html")) == report


def test_a_page_with_the_plain_report_in_it_is_read_too() -> None:
    written = render(restricted(), "json").replace("<", "\\u003c")
    assert read_report(f"<!DOCTYPE html>{MARK}{written}</script>") == restricted()
    assert read_reports(f"<!DOCTYPE html>{MARK}[{written}]</script>") == (restricted(),)


def test_what_occurs_again_is_written_once() -> None:
    again = {"text": "a text that is long enough to be worth it"}
    packed = json.loads(
        pack([{"b": [again, again], "a": again["text"], "c": "short", "d": "short"}], many=False)
    )
    assert packed == {
        "$defs": [again["text"], {"text": {"$ref": 0}}],
        "a": {"$ref": 0},
        "b": [{"$ref": 1}, {"$ref": 1}],
        "c": "short",
        "d": "short",
    }


def test_what_a_page_is_about_stays_plain_to_read() -> None:
    data = json.loads(inside(render(restricted(), "html")))
    written = json.loads(render(restricted(), "json"))
    assert data["subject"] == written["subject"]
    assert data["label"] == written["label"]


def test_forty_reports_share_what_they_have_in_common() -> None:
    one = len(inside(render(undecided(), "html")))
    reports = [undecided()] * 40
    page = render_many(reports, "html")
    assert len(inside(page)) < 4 * one + 40 * 8_000
    assert len(inside(page)) < len(render_many(reports, "json")) / 3
    assert read_reports(page) == tuple(reports)


def test_a_report_may_use_our_own_marks() -> None:
    odd = {"facts": {"$ref": {"value": 1}, "$defs": [1]}, "title": {"$ref": "0"}}
    assert unpack(pack([odd], many=False)) == odd


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "not JSON"),
        ("9" * 5000, "not JSON"),
        ('{"$defs": [], "a": {"$ref": 0}}', "does not have"),
        ('{"$defs": [1], "a": {"$ref": -1}}', "does not have"),
        ('{"$defs": [1], "a": {"$ref": 1}}', "does not have"),
        ('{"$defs": [{"$ref": 0}], "a": 1}', "does not have"),
        ('{"$defs": [{"$ref": 1}, 2], "a": 1}', "does not have"),
    ],
)
def test_references_that_lead_nowhere_are_refused(data: str, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        unpack(data)


def test_references_to_references_stay_finite() -> None:
    """Thirty lines that would unfold to a billion values."""
    defs = ["x", *([{"$ref": n}] * 2 for n in range(30))]
    with pytest.raises(UnreadableInput, match="without end"):
        unpack(json.dumps({"$defs": defs, "a": {"$ref": 30}}))
    few = unpack(json.dumps({"$defs": defs[:4], "a": {"$ref": 3}}))
    assert json.dumps(few).count("x") == 8


def test_a_page_nested_too_deeply_is_refused() -> None:
    page = f'<html><script type="application/json" id="osaid-audit-report">{"[" * 200_000}</script>'
    with pytest.raises(UnreadableInput):
        read_reports(page)


def test_the_data_cannot_end_its_element() -> None:
    assert not re.search(r"[<>&\u2028\u2029\u202e]", inside(render(hostile(), "html")))
