"""What is remembered of a record is remembered of that record, and of so many."""

from dataclasses import replace

from hub.batch import base_id, batch, model_id
from hub.server import LocalHub

from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.reading.again import Again
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.data.datasetnames import in_prose
from osaid_audit.gather.reading.lineage import facts as lineage
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.settings import Settings


class Thing:
    """Equal to every other one."""

    def __eq__(self, other):
        return True

    __hash__ = None


def test_each_record_has_its_own_answers_also_when_it_equals_another():
    again, one, other = Again(10), Thing(), Thing()
    assert again.once(one, "x", lambda: 1) == 1
    assert again.once(one, "x", lambda: 2) == 1
    assert again.once(one, "y", lambda: 3) == 3
    assert again.once(other, "x", lambda: 4) == 4


def test_only_so_many_are_held_the_last_asked_about():
    again, things = Again(2), [Thing() for _ in range(3)]
    for thing in (*things[:2], things[0], things[2]):
        again.once(thing, "x", lambda: "before")
    assert [again.once(thing, "x", lambda: "anew") for thing in (things[0], things[2])] == ["before"] * 2
    assert again.once(things[1], "x", lambda: "anew") == "anew"


def test_a_failure_is_not_remembered():
    again, one = Again(2), Thing()
    try:
        again.once(one, "x", lambda: 1 / 0)
    except ZeroDivisionError:
        assert again.once(one, "x", lambda: 1) == 1


def test_a_card_that_was_changed_is_read_anew():
    card = read_card("# A\n\nTrained on https://huggingface.co/datasets/org/one only.\n")
    assert [each.id for each in in_prose(card)] == ["org/one"]
    assert in_prose(replace(card, blocks=())) == ()
    assert [each.id for each in in_prose(card)] == ["org/one"]


def test_the_terms_of_a_base_are_concluded_once_for_all_its_models(tmp_path, monkeypatch):
    read = []
    conclude = lineage.conclusion_of
    monkeypatch.setattr(lineage, "conclusion_of", lambda *a: (read.append(a[0].canonical), conclude(*a))[1])
    with LocalHub(batch(10)) as hub:
        settings = Settings(endpoint=hub.url, cache_dir=tmp_path)
        with Hub(settings) as shared:
            gathered = [fetch(model_id(at), None, settings, hub=shared) for at in range(10)]
        together = [assemble(each).lineage for each in gathered]
        once = sorted(read)
        alone = [assemble(fetch(model_id(at), None, settings)).lineage for at in range(10)]
    assert together == alone
    assert once == sorted(map(base_id, range(5)))
    assert len(read) == 5 + 10, "in a run of its own each model's base is another record"
