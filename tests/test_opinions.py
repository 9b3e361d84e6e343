"""Published judgements of others: by exact id, shown in every format, counted nowhere."""

import csv
import re

import pytest
from door import dossier

from osaid_audit import evaluate, render
from osaid_audit.evaluate import report as reporting
from osaid_audit.resources import data

TABLES = ("mot", "osai", "osi")


def rows(name):
    """The rows of one table."""
    text = (data("rules") / "opinions" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_a_judgement_stands_beside_the_model_it_names_and_no_other():
    said = evaluate(dossier({}, name="LLM360/Amber")).opinions
    assert {each.by for each in said} >= {"Open Source Initiative"}
    assert evaluate(dossier({}, name="LLM360/Amber-tuned")).opinions == ()
    assert evaluate(dossier({}, name="llm360/amber")).opinions == ()


def test_an_opinion_changes_nothing_else(monkeypatch):
    subject = dossier({"data.withheld": True}, name="LLM360/Amber")
    beside = evaluate(subject)
    monkeypatch.setattr(reporting, "opinions", lambda _: ())
    alone = evaluate(subject)
    assert beside.opinions
    assert beside.model_copy(update={"opinions": ()}) == alone


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_format_shows_who_judged_and_when(form):
    shown = render(evaluate(dossier({}, name="microsoft/phi-2")), form)
    assert "Open Source Initiative" in shown
    assert "2024-10" in shown
    assert "does not pass" in shown


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_an_id_a_day_words_and_a_place(name):
    found = rows(name)
    assert len(found) > 20
    for row in found:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", row["id"]), row
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"]), row
        assert row["judgement"].strip()
        assert row["url"].startswith("https://")
        assert not re.search(r"certif|approved|\d ?%", row["judgement"], re.IGNORECASE), row


def test_no_model_stands_twice_in_the_list_of_the_osi():
    ids = [row["id"] for row in rows("osi")]
    assert len(ids) == len(set(ids))
