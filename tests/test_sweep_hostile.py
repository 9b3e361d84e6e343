"""One row that nobody should have written: it stops no sweep, and says nothing that is not so."""

import json

import duckdb
import pyarrow as pa
import pytest
from sweep_doors import dossier, facts_of, sweep, table

from osaid_audit.gather.reading.jsontext import read_json
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


ODD_CARDS = [
    '{"license": "mit", "license": "cc-by-nc-4.0"}',
    '{"license": "cc-by-nc-4.0", "license": "mit"}',
    '{"license": "other", "license_name": "llama3", "license_name": "mit"}',
    '{"base_model": "q/a", "base_model": "a/plain"}',
    '{"base_model": "a/plain", "base_model": "q/a"}',
    '{"b\\u0061semodel": "a/plain"}',
    '{"\\u006cicence": "cc-by-nc-4.0"}',
    '{"licens\\u0065": "cc-by-nc-4.0"}',
    '{"licence": ["a", "b"], "licence": "cc-by-nc-4.0"}',
    '{"license": "cc-by-nc-4.0", "x": "\\ud800"}',
    '{"license": "cc-by-nc-4.0", "x": "\\ud83d\\ude00 \\udE00"}',
    '{"license": "\\ud800"}',
    '{"\\ud800": 1, "base_model": "a/plain"}',
    '{"mod\\u0065l-index": [{"name": "x", "results": [{"x": 1}]}], "license": "cc-by-nc-4.0"}',
    '{"license": "cc-by-nc-4.0", "x": NaN}',
    '{"license": "cc-by-nc-4.0", "x": 1e999}',
    '{"license": "cc-by-nc-4.0", "x": "a, ] nan"}',
]
ODD_CONFIGS = [
    '{"_name_or_p\\u0061th": "a/plain"}',
    '{"_name_or_path": "q/a", "_name_or_path": "a/plain"}',
    '{"architectures": ["X"], "architectures": null}',
    '{"architectures": null, "architectures": ["X"]}',
    '{"\\u0061uto_map": {"AutoModel": "a/plain--x.Y"}}',
    '{"architectures": ["X"], "x": "\\udfff"}',
]


@pytest.mark.parametrize(
    ("column", "cell"),
    [*(("cardData", each) for each in ODD_CARDS), *(("config", each) for each in ODD_CONFIGS)],
)
@pytest.mark.parametrize("path", ["README.md", "model.safetensors"])
def test_a_cell_that_is_spelt_oddly_says_the_same_through_both_doors(column, cell, path):
    bare = {"id": "a/odd", "siblings": [*WEIGHTS, {"rfilename": path}], "tags": ["x"]}
    reply = {**bare, column: read_json(cell)}
    dump = {"a/odd": reply, "a/plain": PLAIN, "q/a": {"id": "q/a", "cardData": {"license": "mit"}}}
    found = facts({**bare, column: cell}, PLAIN, dump["q/a"])
    assert facts_of(dossier(reply, dump)) == found["a/odd"]
    assert found["a/plain"]["license.class"] == "noncommercial"


def test_of_a_key_that_stands_twice_the_last_counts():
    rows = [{"id": f"a/{at}", "cardData": card} for at, card in enumerate(ODD_CARDS[:2])]
    found = facts(*rows)
    assert found["a/0"]["license.class"] == "noncommercial"
    assert found["a/1"].get("license.class") != "noncommercial"


@pytest.mark.parametrize(
    "cell",
    [
        '{"license": "cc-by-nc-4.0",}',
        '{"license": "cc-by-nc-4.0", "x": nan}',
        '{"license": "cc-by-nc-4.0", "x": [1,]}',
        "nan",
    ],
)
def test_what_python_takes_for_no_json_is_a_card_that_nobody_can_read(cell):
    found = facts({"id": "a/x", "cardData": cell, "siblings": WEIGHTS}, PLAIN)
    assert "license.class" not in found["a/x"]
    assert found["a/plain"]["license.class"] == "noncommercial"


def test_shards_without_an_odd_cell_are_taken_apart_once(monkeypatch):
    monkeypatch.setattr(own, "spelt_anew", lambda _: 1 / 0)
    assert sweep(table([PLAIN]))[0]["facts"]["license.class"] == "noncommercial"
    with pytest.raises(ZeroDivisionError):
        facts({"id": "a/x", "cardData": ODD_CARDS[0]})
