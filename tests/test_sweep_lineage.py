"""Lineage over a whole dump: chains, circles and crowds, in time that grows with the number of models."""

import time

import pyarrow as pa
import pytest

from osaid_audit.sweep.circles import circles
from osaid_audit.sweep.facts import OWN
from osaid_audit.sweep.lineage import COLUMNS, Lineage

_KINDS = {"VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string()), "BOOLEAN": pa.bool_()}
_SILENT = {
    "base_unread": False,
    "leads": False,
    "lead_names": [],
    "converts": False,
    "names_data": False,
    "own_class": None,
    "own_breaks": [],
    "own_license": None,
    "bases": [],
}
_NC = {"own_class": "noncommercial", "own_breaks": ["use"], "own_license": "CC-BY-NC-4.0"}


def shard(rows):
    schema = pa.schema([(name, _KINDS[OWN[name]]) for name in COLUMNS])
    return pa.Table.from_pylist([{**_SILENT, **row} for row in rows], schema=schema)


def inherited(*shards):
    lineage = Lineage()
    for rows in shards:
        lineage.add(shard(rows))
    found = lineage.inherited().to_pylist()
    keys = [row["key"] for row in found]
    assert len(set(keys)) == len(keys), "a key stands once"
    return {row.pop("key"): {name for name, value in row.items() if value} for row in found}


def chain(count):
    return [{"key": f"m{at}", "bases": [f"m{at - 1}"] if at else []} for at in range(count)]


def test_a_restriction_passes_down_a_chain_over_shards():
    rows = chain(4)
    rows[0] |= _NC
    for row in rows[1:]:
        row |= {"own_class": "noncommercial", "own_breaks": []}
    found = inherited(rows[2:], rows[:2])
    assert found["m3"] == {
        "lineage.restricted",
        "lineage.broken_freedoms",
        "license.commercial_limited",
        "license.sharing_limited",
    }
    assert "m0" not in found


def test_no_model_of_a_circle_inherits_from_itself():
    rows = [
        {"key": "a", "bases": ["b"], **_NC},
        {"key": "b", "bases": ["a"], "own_class": "osi"},
        {"key": "c", "bases": ["a"]},
    ]
    found = inherited(rows)
    assert found["a"] == {"lineage.undecided"}
    assert {"lineage.restricted", "lineage.undecided"} <= found["b"]
    assert {"lineage.restricted", "lineage.undecided"} <= found["c"]


def test_two_of_a_circle_inherit_from_each_other():
    rows = [{"key": key, "bases": [base], **_NC} for key, base in ("ab", "bc", "ca")]
    found = inherited(rows)
    assert set(found) == {"a", "b", "c"}
    assert all("lineage.restricted" in row for row in found.values())


def test_of_two_rows_under_one_key_the_doubts_of_both_count():
    rows = [{"key": "base", "own_class": "osi"}, {"key": "base", **_NC}, {"key": "m", "bases": ["base"]}]
    assert "lineage.restricted" in inherited(rows)["m"]
    rows[1] = {"key": "base"}
    assert inherited(rows)["m"] == {"lineage.undecided"}
    del rows[1]
    assert inherited(rows)["m"] == set()


def test_a_hint_is_a_doubt_unless_somebody_on_the_way_declares_it():
    rows = [
        {"key": "root", **_NC},
        {"key": "base", "bases": ["root"], **_NC},
        {"key": "known", "bases": ["base"], "lead_names": ["root"]},
        {"key": "other", "bases": ["base"], "lead_names": ["elsewhere"]},
        {"key": "beside", "bases": ["root"], "lead_names": ["base"]},
    ]
    found = inherited(rows)
    assert "lineage.undecided" not in found["known"]
    assert "lineage.undecided" in found["other"]
    assert "lineage.undecided" in found["beside"]


def test_data_is_named_only_where_every_layer_names_it():
    rows = [
        {"key": "root", "names_data": True, "own_class": "osi"},
        {"key": "packed", "bases": ["root"], "converts": True, "own_class": "osi"},
        {"key": "tuned", "bases": ["root"], "names_data": True, "own_class": "osi"},
        {"key": "silent", "bases": ["root"], "own_class": "osi"},
        {"key": "last", "bases": ["packed", "tuned"], "names_data": True},
        {"key": "lost", "bases": ["packed", "silent"], "names_data": True},
    ]
    found = inherited(rows)
    assert found["packed"] == {"data.datasets_named", "data.sources_listed"}
    assert found["tuned"] == found["last"] == {"data.datasets_named"}
    assert found["silent"] == found["lost"] == set()


def test_nothing_is_inherited_where_nobody_declares_a_base():
    assert inherited([{"key": "a"}]) == {}
    assert inherited() == {}


def test_circles_come_after_what_they_lead_to():
    edges = {0: [1], 1: [2, 3], 2: [0], 3: [4], 4: [3], 5: [0, 5]}
    assert [sorted(group) for group in circles(range(6), edges)] == [[3, 4], [0, 1, 2], [5]]


SHAPES = {
    "chain": chain,
    "crowd": lambda count: [{"key": f"m{at}", "bases": ["m0"] if at else []} for at in range(count)],
    "circle": lambda count: [{"key": f"m{at}", "bases": [f"m{(at + 1) % count}"]} for at in range(count)],
    "circle of circles": lambda count: [
        {"key": f"m{at}", "bases": [f"m{(at + 1) % count}", f"m{at ^ 1}"]} for at in range(count)
    ],
    "hints down a chain": lambda count: [{**row, **_NC, "lead_names": ["m0"]} for row in chain(count)],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_number_of_models(shape):
    count = 60_000
    table = shard(SHAPES[shape](count))
    started = time.process_time()
    lineage = Lineage()
    lineage.add(table)
    found = lineage.inherited()
    assert found.num_rows >= count - 1
    assert time.process_time() - started < 8, "a hundredth of what squares would take"
