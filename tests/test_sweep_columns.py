"""Which column is which: names, types, and the one form that all spellings of a column come to."""

import duckdb
import pyarrow as pa
import pytest
from sweep_doors import sweep, table

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.kinds import NAMES, fields_of
from osaid_audit.sweep.mapping import mapping_of

GOOD = {"id": "VARCHAR", "cardData": "VARCHAR", "tags": "VARCHAR[]"}


def test_columns_have_the_names_of_the_reply():
    columns = Columns.of({**GOOD, "likes": "BIGINT"})
    assert columns.theirs == {name: name for name in ("id", "cardData", "tags")}
    assert set(columns.theirs) < set(NAMES)


def test_a_table_names_other_columns(tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\nid = "model"\ncardData = "card"\n')
    mapping = mapping_of(path)
    columns = Columns.of({"model": "VARCHAR", "card": "JSON"}, mapping)
    assert columns.theirs == {"id": "model", "cardData": "card"}
    assert columns.types == {"id": "VARCHAR", "cardData": "JSON"}
    assert columns.ours().theirs == {"id": "id", "cardData": "cardData"}
    with pytest.raises(UsageError, match="no column 'card'") as raised:
        Columns.of({"model": "VARCHAR", "cards": "JSON"}, mapping, "dump.parquet")
    assert "cards" in raised.value.hint


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ('[columns]\ncarddata = "x"\n', UsageError, "'carddata'"),
        ('[column]\nid = "x"\n', UsageError, "'column' is not known"),
        ("", UsageError, "no table [columns]"),
        ("[columns]\nid = 3\n", UsageError, "[columns]"),
        ('[columns]\nid = "x"\n[options]\nid = "y"\n', UsageError, "'options' is not known"),
        ('id = "y"\n[columns]\nid = "x"\n', UsageError, "'id' is not known"),
        ("[columns\n", UnreadableInput, "not TOML"),
    ],
)
def test_a_wrong_table_is_told(tmp_path, text, error, said):
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(error) as raised:
        mapping_of(path)
    assert said in str(raised.value)
    if "carddata" in text:
        assert "cardData" in raised.value.hint


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableInput):
        mapping_of(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("id", kind) for kind in ("BLOB", "INTEGER[]", "BIGINT", "VARCHAR[]", "STRUCT(a VARCHAR)")),
        *(("cardData", kind) for kind in ("BLOB", "BIGINT", "VARCHAR[]", "STRUCT(a VARCHAR)[]")),
        *(("tags", kind) for kind in ("INTEGER[]", "BLOB", "BOOLEAN", "VARCHAR[][]", "VARCHAR[3]")),
        *(("siblings", kind) for kind in ("STRUCT(name VARCHAR)[]", "STRUCT(rfilename BLOB)[]", "BIGINT[]")),
        *(("gated", kind) for kind in ("BIGINT", "BOOLEAN[]")),
        *(("lastModified", kind) for kind in ("BIGINT", "TIMESTAMP[]", "TIME")),
        ("downloads", "VARCHAR"),
    ],
)
def test_a_type_that_cannot_hold_it_is_refused(name, kind):
    with pytest.raises(UnreadableInput) as raised:
        Columns.of({**GOOD, name: kind}, file="dump.parquet")
    assert raised.value.exit_code == 3
    assert all(word in str(raised.value) for word in ("dump.parquet", f"'{name}'", kind[:20]))


def test_a_file_without_ids_is_no_dump():
    with pytest.raises(UnreadableInput, match="no column 'id'"):
        Columns.of({"cardData": "VARCHAR"})


def test_fields_of_a_struct_are_told_apart():
    kind = 'STRUCT(rfilename VARCHAR, "a,b" BIGINT, lfs STRUCT(size BIGINT, "x)" VARCHAR))[]'
    assert fields_of(kind) == {
        "rfilename": "VARCHAR",
        "a,b": "BIGINT",
        "lfs": 'STRUCT(size BIGINT, "x)" VARCHAR)',
    }
    assert fields_of("VARCHAR[]") == {}


ROW = {
    "id": "a/b",
    "cardData": {
        "license": "cc-by-nc-4.0",
        "base_model": "c/d",
        "model-index": [{"results": [{"task": {}}]}],
    },
    "tags": ["license:cc-by-nc-4.0", "lora"],
    "siblings": [{"rfilename": "model.safetensors"}, {"rfilename": "README.md"}],
    "config": {"architectures": ["X"], "quantization_config": None},
    "safetensors": {"parameters": {"BF16": 5}, "total": 5},
    "lastModified": "2026-01-02T03:04:05.000Z",
}
FORMS = {
    "structs": """select row, id, {'license': 'cc-by-nc-4.0', 'base_model': 'c/d',
        'license_name': null::varchar, 'model-index': [{'results': [{'task': {'x': null::varchar}}]}]}
        as "cardData", tags, siblings, {'architectures': ['X'], 'auto_map': null::varchar} as config,
        {'parameters': {'BF16': 5, 'I32': null::bigint}, 'total': 5} as safetensors, "lastModified"
        from dump""",
    "json": """select row, id, "cardData"::json as "cardData", to_json(tags) as tags,
        to_json(siblings) as siblings, config::json as config, safetensors::json as safetensors,
        "lastModified" from dump""",
    "moments": """select * replace ("lastModified"::timestamp as "lastModified") from dump""",
    "moments with zone": """select * replace (timezone('UTC', "lastModified"::timestamp) as "lastModified")
        from dump""",
    "map": """select * replace (map {'architectures': ['X']} as config) from dump""",
    "file sizes unknown": """select * replace (list_transform(siblings, lambda x:
        {'rfilename': x, 'size': null::bigint}) as siblings) from dump""",
    "nulls": """select *, null as gguf_, null as modelId2 from dump""",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_type_of_a_column_comes_to_the_same_facts(form):
    dump = table([ROW])
    connection = duckdb.connect()
    connection.register("dump", dump)
    other = connection.sql(FORMS[form]).to_arrow_table()
    wanted = sweep(dump)[0]
    assert wanted["facts"]["weights.parameters"] == 5
    assert wanted["facts"]["documents.evaluation_results"] is True
    assert sweep(other)[0]["facts"] == wanted["facts"]


def test_a_column_of_nulls_is_a_column_that_is_missing():
    rows = pa.table(
        {
            "row": [0, 1],
            "id": ["a/b", "c/d"],
            "tags": pa.nulls(2),
            "siblings": pa.nulls(2),
            "gated": pa.nulls(2),
        }
    )
    alone = rows.select(["row", "id"])
    assert sweep(rows) == sweep(alone)


def test_gates_are_told_in_each_of_their_forms():
    facts = [
        row["facts"].get("access.gated")
        for row in sweep(
            table([{"id": "a/b", "gated": each} for each in (False, "auto", "manual", "x", None)])
        )
    ]
    assert facts == ["no", "auto", "manual", None, None]
    rows = pa.table({"row": [0, 1], "id": ["a/b", "c/d"], "gated": [False, True]})
    assert [row["facts"].get("access.gated") for row in sweep(rows)] == ["no", None]


def test_a_field_of_nulls_hides_nothing_beside_it():
    """Dumps give files as structs of which some fields are never filled; the names are there all the same."""
    files = pa.struct([("rfilename", pa.string()), ("size", pa.null()), ("lfs", pa.null())])
    counts = pa.struct([("total", pa.int64()), ("architecture", pa.null())])
    told = {
        "row": pa.array([0], pa.int64()),
        "id": pa.array(["a/b"]),
        "siblings": pa.array([[{"rfilename": "x.gguf"}]], pa.list_(files)),
        "gguf": pa.array([{"total": 5}], counts),
    }
    known = sweep(pa.table(told))[0]["facts"]
    assert known["weights.formats"] == ("gguf",)
    assert known["weights.parameters"] == 5
    assert "weights.formats" not in sweep(pa.table(told).drop(["siblings"]))[0]["facts"]
