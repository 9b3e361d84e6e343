"""Published judgements of others: by exact id, shown in every format, counted nowhere."""

import csv
import re

import pytest
from door import dossier
from hub.repos import Repo

from osaid_audit import evaluate, render
from osaid_audit.evaluate import report as reporting
from osaid_audit.gather import assemble
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.resources import data

pytest_plugins = ("hub.fixtures",)

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


def audited(hub, settings, name):
    """The id a report stands for and whether a published judgement stands beside it."""
    with Hub(settings) as opened:
        found = assemble(fetch(name, None, settings, hub=opened))
    return found.subject.canonical_id, bool(evaluate(found).opinions)


@pytest.fixture
def judged(local_hub):
    local_hub.add(Repo("LLM360/Amber", files={"README.md": "# Amber\n"}, aliases=("llm360-old/amber",)))
    return local_hub


@pytest.mark.parametrize("name", ["LLM360/Amber", "llm360/amber", "llm360-old/amber"])
def test_the_hub_s_own_way_to_an_id_brings_its_judgements(judged, settings_for, name):
    assert audited(judged, settings_for(judged), name) == ("LLM360/Amber", True)
    assert audited(judged, settings_for(judged), name) == ("LLM360/Amber", True)
    assert audited(judged, settings_for(judged, offline=True), name) == ("LLM360/Amber", True)


@pytest.mark.parametrize("claim", [{"id": "LLM360/Amber"}, {"id": "LLM360/Amber", "modelId": "LLM360/Amber"}])
def test_a_reply_that_claims_another_id_brings_none(judged, settings_for, claim):
    judged.add(Repo("evil/amber", files={"README.md": "# Amber\n"}, info=claim))
    assert audited(judged, settings_for(judged), "evil/amber") == ("evil/amber", False)


def test_a_redirect_to_one_repository_whose_reply_claims_another_brings_none(judged, settings_for):
    claim = {"id": "LLM360/Amber"}
    judged.add(Repo("evil/amber", files={"README.md": "x"}, info=claim, aliases=("evil/old",)))
    assert audited(judged, settings_for(judged), "evil/old") == ("evil/old", False)
