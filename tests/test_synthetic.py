"""The made-up dump for measuring sweeps: the same for the same seed, skewed as promised, and hostile."""

import json
from collections import Counter

import duckdb
import pytest
from test_no_names import SHARED, named, names
from tools import synthetic

from osaid_audit.gather.reading.files.listing import weights_of
from osaid_audit.gather.reading.files.plan import base_names, card_values, listing_of, tags_of
from osaid_audit.gather.reading.prose.frontmatter import read_front_matter
from osaid_audit.gather.reading.subject import is_model_id

ROWS = 20_000


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    path = tmp_path_factory.mktemp("dump") / "it's a dump.parquet"
    synthetic.write(path, ROWS, 7, row_group=6_000)
    return path


@pytest.fixture(scope="module")
def replies():
    return list(synthetic.rows(3_000, 7, of=ROWS))


@pytest.fixture
def ask(dump):
    with duckdb.connect() as connection:
        connection.read_parquet(str(dump)).create_view("dump")
        yield lambda query: connection.execute(query).fetchone()


def test_the_same_seed_gives_the_same_bytes(dump, tmp_path):
    again = tmp_path / "again.parquet"
    synthetic.write(again, ROWS, 7, row_group=6_000, threads=2)
    assert again.read_bytes() == dump.read_bytes()


def test_another_seed_gives_another_dump(replies):
    assert [row["id"] for row in synthetic.rows(50, 8, of=ROWS)] != [row["id"] for row in replies[:50]]


def test_columns_and_types_are_those_of_the_dump(dump, ask, tmp_path):
    columns = {
        row[0]: row[1]
        for row in duckdb.sql(
            f"DESCRIBE FROM read_parquet(['{str(dump).replace(chr(39), chr(39) * 2)}'])"
        ).fetchall()
    }
    assert list(columns) == [
        *("id", "author", "createdAt", "lastModified", "cardData", "downloads"),
        *("downloadsAllTime", "likes", "tags"),
        *("siblings", "config", "safetensors", "gguf", "library_name", "pipeline_tag", "baseModels"),
    ]  # fmt: skip
    assert columns["cardData"] == columns["config"] == "VARCHAR"
    assert columns["siblings"] == "VARCHAR[]"
    other = tmp_path / "structs.parquet"
    synthetic.write(other, 500, 7, siblings="structs")
    assert str(duckdb.read_parquet(str(other)).select("siblings").types[0]) == "STRUCT(rfilename VARCHAR)[]"
    assert ask("SELECT count(*) FROM dump")[0] == ROWS


def test_a_row_of_a_dump_is_the_reply_that_the_api_would_give(replies, ask):
    """The same model through both doors."""
    at = next(
        at
        for at, row in enumerate(replies)
        if row.get("cardData", {}).get("base_model") and row.get("safetensors")
    )
    row = replies[at]
    card, files, total = ask(
        f"SELECT \"cardData\", siblings, safetensors.total FROM dump WHERE id = '{row['id']}'"
    )
    assert json.loads(card) == row["cardData"]
    assert [{"rfilename": name} for name in files] == row["siblings"]
    assert total == row["safetensors"]["total"]
    assert row["createdAt"].endswith(".000Z")
    assert not {"gated", "private", "sha"} & row.keys()


def test_the_skew_is_as_promised(dump):
    told = synthetic.describe(dump)
    assert told["rows"] == ROWS
    assert ROWS - 60 <= told["distinct ids"] < ROWS  # some are hostile: absent, or another's
    assert 0.28 < told["without card data"] / ROWS < 0.38
    assert 0.03 < told["without any file but .gitattributes"] / ROWS < 0.08
    assert 0.35 < told["declared license"] / ROWS < 0.5
    assert 0.2 < told["declared base"] / ROWS < 0.4
    assert told["distinct evidence (all of a row but id, author, dates and counts of readers)"] > 0.6 * ROWS
    assert told["distinct file lists, own name and numbers left out"] < 0.5 * ROWS  # and yet much repeats
    assert told["distinct terms (license, its name and link, gate), own name left out"] > 400


def test_licenses_and_bases_have_a_head_and_a_tail(ask):
    license_id = "TRY(json_extract_string(\"cardData\", '$.license'))"
    counts = f"(SELECT count(*) n, {license_id} word FROM dump WHERE {license_id} IS NOT NULL GROUP BY ALL)"
    most, words = ask(f"SELECT max(n) / sum(n), count(*) FROM {counts}")
    assert 0.3 < most < 0.55
    assert words > 60
    assert ask(f"SELECT arg_max(word, n) FROM {counts}")[0] == "apache-2.0"
    bases = '(SELECT count(*) n FROM dump, unnest("baseModels".models) b(m) GROUP BY m.id)'
    children, alone = ask(f"SELECT max(n), count(*) FILTER (n = 1) FROM {bases}")
    assert children > 300
    assert alone > 500


def test_lineages_have_holes_and_circles(ask):
    edges = '(SELECT lower(d.id) child, lower(m.id) base FROM dump d, unnest("baseModels".models) b(m))'
    missing, known = ask(
        "SELECT count(*) FILTER (base NOT IN (SELECT lower(id) FROM dump WHERE id IS NOT NULL)), count(*)"
        f" FROM {edges}"
    )
    assert 0.02 < missing / known < 0.15
    assert (
        ask(f"SELECT count(*) FROM {edges} a JOIN {edges} b ON a.base = b.child AND b.base = a.child")[0] > 0
    )
    two_up = f"{edges} a JOIN {edges} b ON a.base = b.child JOIN {edges} c ON b.base = c.child"
    assert ask(f"SELECT count(*) FROM {two_up}")[0] > 20


def test_some_rows_are_hostile_and_few(ask):
    broken = ask('SELECT count(*) FROM dump WHERE NOT json_valid("cardData")')[0]
    absent = ask("SELECT count(*) FROM dump WHERE id IS NULL")[0]
    long = ask('SELECT count(*) FROM dump WHERE strlen("cardData") > 9000')[0]
    strange = ask(
        "SELECT count(*) FROM dump WHERE contains(id, chr(0)) OR contains(id, '<')"
        " OR contains(array_to_string(siblings, ' '), chr(0))"
    )[0]
    assert min(broken, absent, long, strange) > 0
    assert broken + absent + long + strange < ROWS / 200


def test_a_large_dump_has_one_cell_of_ten_megabytes():
    card = next(synthetic.rows(1, 7, of=1_000_000, first=500_000))["cardData"]
    assert len(card["license_name"]) > 10_000_000


def test_the_readers_of_an_audit_take_the_replies(replies):
    formats, cards, bases = Counter(), 0, 0
    for info in replies:
        listing, whole = listing_of(info)
        formats.update(weights_of(listing).formats)
        cards += bool(card_values(info))
        bases += bool(base_names(info, None))
        assert (
            whole
            or info.get("siblings") is None
            or any(
                f["rfilename"] in ("", None, "/absolute.bin", "../../etc/passwd") for f in info["siblings"]
            )
        )
        assert isinstance(tags_of(info), tuple)
    assert cards > 1_500
    assert bases > 500
    assert {"safetensors", "gguf", "pytorch", "archive", "onnx"} <= formats.keys()


def test_an_ordinary_id_has_the_form_of_one(replies):
    odd = [
        row.get("id") for row in replies if not (isinstance(row.get("id"), str) and is_model_id(row["id"]))
    ]
    assert len(odd) < 20


def test_no_name_of_the_hub_is_used(replies):
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: its sample of ids is needed")
    made = " ".join(
        f"{row.get('id')} {' '.join(tag for tag in row.get('tags', ()) if tag and ':' in tag)}"
        for row in replies
    )
    licenses = {
        row["cardData"]["license"]
        for row in replies
        if isinstance(row.get("cardData", {}), dict)
        and isinstance(row.get("cardData", {}).get("license"), str)
    }
    assert [name for name in named(made.replace(":", " "), names()) if name not in licenses] == []
    assert named("see tensor-org and acme-ai/kiwi-7b", {"acme-ai"}) == ["acme-ai"]
    assert read_front_matter(b"---\nlicense: mit\n---\n").values("license")
