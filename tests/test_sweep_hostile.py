"""One row that nobody should have written: it stops no sweep, and says nothing that is not so."""

import json

import duckdb
import pyarrow as pa
import pytest
from sweep_doors import dossier, facts_of, sweep, table

from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.facts import Cases, own, own_facts

WEIGHTS = [{"rfilename": "model.safetensors"}]
PLAIN = {"id": "a/plain", "cardData": {"license": "cc-by-nc-4.0"}, "siblings": WEIGHTS}
KEYS = ("cardData", "config", "safetensors", "gguf")


def facts(*rows):
    """The facts by id; JSON columns may be given as text."""
    given = [
        {key: value for key, value in row.items() if not isinstance(value, str) or key == "id"}
        for row in rows
    ]
    made = table(given)
    for key in KEYS:
        cells = [json.dumps(row[key]) if isinstance(row.get(key), dict) else row.get(key) for row in rows]
        made = made.set_column(made.column_names.index(key), key, pa.array(cells, pa.string()))
    return {row["id"]: row["facts"] for row in sweep(made)}


def nested(key, deep=3_000):
    """A text of JSON with mappings in mappings under a key."""
    return f'{{"{key}":' + '{"a":' * deep + "1" + "}" * deep + "}"


@pytest.mark.parametrize(
    ("column", "key"),
    [
        *(("cardData", key) for key in ("license", "basemodel", "base_model", "datasets", "licence")),
        *(("config", key) for key in ("_name_or_path", "base_model", "auto_map")),
        ("gguf", "license"),
        ("safetensors", "license"),
    ],
)
def test_mappings_in_mappings_stop_nothing(column, key):
    listed = [*WEIGHTS, {"rfilename": "README.md"}]
    found = facts({"id": "a/deep", "siblings": listed, column: nested(key)}, PLAIN)
    assert found["a/plain"]["license.class"] == "noncommercial"
    assert found["a/deep"].get("license.class") in {None, "custom-unknown"}
    assert found["a/deep"]["weights.present"] is True


def failing(monkeypatch, family, error):
    """Let the readers of a family fail at a case that holds `broken`."""
    real, columns = own._FAMILIES[family]

    def read(case):
        if "broken" in case:
            raise error
        return real(case)

    monkeypatch.setitem(own._FAMILIES, family, (read, columns))


ROWS = [
    {
        "id": "a/one",
        "cardData": {
            "license": "broken",
            "license_name": "broken",
            "license_link": "https://broken.org",
            "base_model": "not broken words",
            "datasets": ["broken words"],
            "library_name": "broken",
        },
        "config": {"_name_or_path": "broken"},
        "siblings": [*WEIGHTS, {"rfilename": "broken/LICENSE"}],
        "library_name": "broken",
        "pipeline_tag": "broken",
        "lastModified": "broken",
    },
    PLAIN,
]


@pytest.mark.parametrize("family", list(own._FAMILIES))
@pytest.mark.parametrize("error", [RecursionError(), ValueError(), KeyError("x"), AssertionError()])
def test_a_case_at_which_the_readers_fail_says_nothing_and_stops_nothing(monkeypatch, family, error):
    whole = sweep(table(ROWS))
    failing(monkeypatch, family, error)
    found = sweep(table(ROWS))
    assert len(found) == 2
    assert found[1] == whole[1], "the row beside it"
    told = found[0]["facts"]
    assert told["lineage.undecided"] is True
    assert {name: value for name, value in told.items() if whole[0]["facts"].get(name) != value} == {}
    if family in {"files", "terms"}:
        assert told.keys() < whole[0]["facts"].keys()


def test_a_model_whose_bases_cannot_be_read_is_not_one_without_a_license(monkeypatch):
    bare = [{"id": "a/x", "cardData": {"base_model": "not broken words"}, "siblings": WEIGHTS}]
    alone = [{"id": "a/x", "cardData": {}, "siblings": WEIGHTS}]
    assert sweep(table(alone))[0]["facts"]["license.class"] == "none"
    failing(monkeypatch, "origin", ValueError())
    assert sweep(table(bare))[0]["facts"].get("license.class") != "none"


def test_what_is_no_matter_of_one_case_ends_the_sweep(monkeypatch):
    failing(monkeypatch, "terms", MemoryError())
    with pytest.raises(MemoryError):
        sweep(table(ROWS))


def with_odd_keys(count, pad=10):
    """A card with that many keys that are nearly one of the license."""
    odd = {f"license_{at}": "mit" for at in range(count - 1)}
    return json.dumps({"x": "y" * pad, **odd, "licence": "cc-by-nc-4.0"})


@pytest.mark.parametrize(("count", "cls"), [(1, "custom-unknown"), (64, "custom-unknown"), (65, None)])
def test_a_card_of_nothing_but_nearly_right_keys_is_not_read(count, cls):
    found = facts({"id": "a/x", "cardData": with_odd_keys(count), "siblings": WEIGHTS}, PLAIN)
    assert found["a/x"].get("license.class") == cls
    assert found["a/plain"]["license.class"] == "noncommercial"


def test_a_long_card_is_not_held_once_for_each_of_its_odd_keys():
    rows = [
        {"id": f"a/{at}", "cardData": with_odd_keys(60, 400_000), "siblings": WEIGHTS} for at in range(12)
    ]
    made = table([{key: value for key, value in row.items() if key != "cardData"} for row in rows])
    cards = pa.array([row["cardData"] for row in rows], pa.string())
    made = made.set_column(made.column_names.index("cardData"), "cardData", cards)
    connection = duckdb.connect(config={"memory_limit": "250MB", "threads": 1, "temp_directory": ""})
    connection.register("dump", made)
    types = {name: str(kind) for name, kind, *_ in connection.execute("describe dump").fetchall()}
    own_facts(connection, "dump", Columns.of(types), Cases())
    told = connection.execute("select distinct own_class from own").fetchall()
    assert told == [("custom-unknown",)]


@pytest.mark.parametrize(("count", "cls"), [(2_000, "noncommercial"), (2_001, None)])
def test_a_list_of_too_many_tags_is_not_known(count, cls):
    tags = ["license:cc-by-nc-4.0", *(f"license:x{at}" for at in range(count - 1))]
    many = [f"word {at}" for at in range(50_000)]
    rows = [
        {"id": "a/x", "tags": tags, "siblings": [{"rfilename": "README.md"}]},
        {"id": "a/words", "tags": [*many, "license:cc-by-nc-4.0"]},
    ]
    found = {row["id"]: row["facts"] for row in sweep(table(rows))}
    assert found["a/x"].get("license.class") == cls
    assert found["a/words"]["license.class"] == "noncommercial", (
        "words that nobody looks at are no tags too many"
    )


@pytest.mark.parametrize("siblings", ["names", "structs", "json", "sizes"])
def test_a_list_of_too_many_files_is_not_known(siblings):
    def listed(count):
        return [{"rfilename": f"f{at}.bin", "size": 5} for at in range(count)]

    rows = [{"id": "a/many", "siblings": listed(20_001)}, {"id": "a/most", "siblings": listed(20_000)}]
    for row in rows if siblings in {"names", "structs"} else ():
        row["siblings"] = [{"rfilename": each["rfilename"]} for each in row["siblings"]]
    found = {row["id"]: row["facts"] for row in sweep(table(rows, siblings=siblings))}
    assert found["a/most"]["weights.present"] is True
    assert not [name for name in found["a/many"] if name.startswith(("weights.", "code."))]


@pytest.mark.parametrize(("folders", "known"), [(64, True), (65, False)])
def test_a_path_that_is_too_deep_makes_a_listing_incomplete_through_both_doors(folders, known):
    deep = "a/" * folders + "model.safetensors"
    rows = [
        {"id": "a/deep", "siblings": [{"rfilename": deep}]},
        {
            "id": "a/beside",
            "siblings": [{"rfilename": "x.safetensors"}, {"rfilename": "a/" * folders + "LICENSE"}],
        },
    ]
    found = {row["id"]: row["facts"] for row in sweep(table(rows))}
    for row in rows:
        assert facts_of(dossier(row, {})) == found[row["id"]]
        assert ("weights.formats" in found[row["id"]]) is known


def test_sizes_whose_sum_no_number_of_the_table_holds_are_absent():
    huge = [{"rfilename": f"m{at}.safetensors", "size": 2**63 - 1} for at in range(3)]
    found = {
        row["id"]: row["facts"]
        for row in sweep(table([{"id": "a/x", "siblings": huge}, PLAIN], siblings="sizes"))
    }
    assert "weights.bytes" not in found["a/x"]
    assert found["a/x"]["weights.present"] is True
