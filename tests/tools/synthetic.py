"""A made-up dump of the Hub, for measuring sweeps: `python -m tools.synthetic --rows 3000000 --seed 7 -o FILE.parquet`.

Columns and types are those that consumers of the public dump read (id, author, createdAt, lastModified, cardData as
a JSON text, downloads, downloadsAllTime, likes, tags, siblings, config as a JSON text, safetensors, gguf, library_name,
pipeline_tag, baseModels); gated, private and sha are absent there, and here. Every row is a function of its number and
the seed (synthetic.sql with the tables of synthetic.yaml), so that a dump needs no download and a row can be asked for
alone. Names, texts and addresses are made up.

Why its figures do not flatter. A sweep is fast where models repeat, so what must not be invented is repetition.
Nobody has published how many distinct rows of evidence the real dump holds; the Hub's own shapes are known, and each
is taken with its tail rather than with its head:
  - A third of the models have no card data and a tenth no file but .gitattributes: these do repeat on the Hub, and
    they are as many here.
  - File lists repeat on the Hub where a library writes them and differ where people name files: here, too, shards,
    checkpoints, dated run folders, quantizations named after the model, pictures, scripts and loose files are drawn
    each with a Zipf tail, so that most of the lists with names of one's own stand once.
  - A license is one of thirty words, or `other` with a name and a link of its own: half of those names and a third of
    the links carry the model's own name, as the address of its own LICENSE file does.
  - One model of eighty has a gate; half of its texts are those of houses that put one before many models, the others
    stand before one model each.
  - Three of ten models declare a base: two thirds of them one of few (the first has some 50,000 children), a quarter
    any model of the dump, the rest one that is not in it; some in circles, some in a form that is no id.
  - The number of weights is a size that a family shares for half of the models, and one of its own for the others.
  - One row of 500 is hostile: broken and foreign JSON, SQL, HTML, NUL and bidirectional characters, absent ids,
    lists of thousands, texts of 10 kB to 1 MB, and in a dump of a million rows one cell of 10 MB.
`--describe FILE` counts what is distinct in a dump, so that a reader can judge the above on real ones too.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import duckdb
import yaml

HERE = Path(__file__).parent
PROGRAM = HERE / "synthetic.sql"
TABLES = HERE / "synthetic.yaml"
Siblings = Literal["strings", "structs"]
_MOST_PIECES = 64
_TEXTS = ("cardData", "config")
"""Cells that hold JSON as a text in a dump and an object in a reply."""


def digest() -> str:
    """What a dump depends on beside rows and seed, as a hash: another digest, another dump."""
    return hashlib.sha256(
        PROGRAM.read_bytes() + TABLES.read_bytes() + Path(__file__).read_bytes()
    ).hexdigest()


def write(
    path: Path,
    rows: int,
    seed: int = 7,
    *,
    row_group: int = 100_000,
    siblings: Siblings = "strings",
    threads: int = 1,
) -> None:
    """A parquet file of so many rows; the same arguments give the same rows, in the same order."""
    with _hub(rows, seed, threads) as hub:
        one = f"COPY ({_selected(siblings)}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {int(row_group)})"
        hub.execute(one)


def rows(count: int, seed: int = 7, *, of: int | None = None, first: int = 0) -> Iterator[dict[str, Any]]:
    """Rows of a dump of `of` rows (by default `count`) from position `first`, each as the Hub's API would reply.

    A cell that no reply can hold (text that is no JSON) and a cell that is NULL are left out.
    """
    with _hub(of or count, seed, 1, first, first + count) as hub:
        cursor = hub.execute(_selected("structs"))
        names = [column[0] for column in cursor.description]
        while page := cursor.fetchmany(1000):
            yield from (reply(dict(zip(names, row, strict=True))) for row in page)


def reply(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a dump as the reply of the API that it was made from."""
    found = {name: _as_replied(name, cell) for name, cell in row.items()}
    return {name: cell for name, cell in found.items() if cell is not None}


def _as_replied(name: str, cell: Any) -> Any:
    if name in _TEXTS and isinstance(cell, str):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return None
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if isinstance(cell, dict):
        return {key: _as_replied("", value) for key, value in cell.items() if value is not None}
    if isinstance(cell, list):
        return [_as_replied("", value) for value in cell]
    return cell


def _selected(siblings: Siblings) -> str:
    shaped = "list_transform(siblings, lambda f: {'rfilename': f})" if siblings == "structs" else "siblings"
    return f"SELECT * REPLACE ({shaped} AS siblings) FROM synthetic"


def _hub(
    count: int, seed: int, threads: int, first: int = 0, last: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection whose view `synthetic` is the dump, or its rows from `first` up to `last`."""
    hub = duckdb.connect()
    hub.execute(f"SET threads = {int(threads)}")
    hub.execute("SET enable_progress_bar = false")
    numbers = {"rows": count, "seed": seed % 2**31, "bases": min(count, max(20, count // 160))}
    numbers |= {"first": first, "last": min(count if last is None else last, count)}
    for name, value in {**numbers, **_tables()}.items():
        hub.execute(f"SET VARIABLE {name} = ?", [value])
    hub.execute(PROGRAM.read_text(encoding="utf-8"))
    return hub


def _tables() -> dict[str, list[Any]]:
    """The tables with each word in as many slots as it weighs, and the file names of models in pieces."""
    read = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    slots = {name: _slots(table) if isinstance(table, dict) else table for name, table in read.items()}
    pieces = [
        [f"model-{at:05}-of-{most:05}.safetensors" for at in range(1, most + 1)]
        for most in range(1, _MOST_PIECES + 1)
    ]
    return {**slots, "shards": [["model.safetensors"], *pieces[1:]]}


def _slots(table: Mapping[str | None, int]) -> list[str | None]:
    return [word for word, weight in table.items() for _ in range(weight)]


_OWN_NAME = "replace(cell, coalesce(split_part(id, '/', -1), '?'), '*')"
_DESCRIBED = {
    "rows": "count(*)",
    "distinct ids": "count(DISTINCT id)",
    "without card data": 'count(*) FILTER ("cardData" IS NULL)',
    "without any file but .gitattributes": "count(*) FILTER (len(siblings) = 1)",
    "declared license": "count(*) FILTER (TRY(json_exists(\"cardData\", '$.license')))",
    "declared base": "count(*) FILTER (len(list_filter(tags, lambda t: t LIKE 'base_model:%')) > 0)",
    "distinct bases": 'count(DISTINCT lower("baseModels".models[1].id))',
    "distinct card data": 'approx_count_distinct("cardData")',
    "distinct file lists": "approx_count_distinct(array_to_string(siblings, chr(10)))",
    "distinct file lists, own name and numbers left out": "approx_count_distinct(regexp_replace(replace(array_to_string(list_filter(siblings, lambda f: NOT regexp_matches(f, '^runs/|[.](png|json|txt|md)$')), chr(10)), coalesce(regexp_replace(split_part(id, '/', -1), '-GGUF$', ''), '?'), '*'), '[0-9]+', '#', 'g'))",
    "distinct terms (license, its name and link, gate), own name left out": "approx_count_distinct(replace(TRY(json_extract(\"cardData\", ['$.license', '$.license_name', '$.license_link', '$.extra_gated_prompt', '$.extra_gated_fields'])::VARCHAR), coalesce(split_part(id, '/', -1), '?'), '*'))",
    "distinct numbers of weights": "approx_count_distinct(coalesce(safetensors.total, gguf.total))",
    "distinct evidence (all of a row but id, author, dates and counts of readers)": 'approx_count_distinct(hash("cardData", siblings, tags, config, safetensors, gguf, library_name, pipeline_tag))',
    "bytes of the longest cell": 'max(greatest(strlen("cardData"), strlen(config)))',
}


def describe(path: Path) -> dict[str, int]:
    """What is in a dump, as counts; those of distinct things but ids and bases are estimates within 2 %."""
    with duckdb.connect() as dump:
        dump.execute("SET threads = 1")
        table = dump.read_parquet(str(path))
        if str(table.select("siblings").types[0]) != "VARCHAR[]":
            table = table.project("* REPLACE (list_transform(siblings, lambda f: f.rfilename) AS siblings)")
        table.create_view("dump")
        found = dump.execute(f"SELECT {', '.join(_DESCRIBED.values())} FROM dump").fetchone()
    return dict(zip(_DESCRIBED, found or (), strict=True))


def main() -> None:
    """Write a dump, or count one."""
    parser = argparse.ArgumentParser(description="Write a made-up dump of the Hub, or say what a dump holds.")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--row-group", type=int, default=100_000)
    parser.add_argument("--siblings", choices=["strings", "structs"], default="strings")
    parser.add_argument("--describe", type=Path, help="count what is distinct in a dump")
    asked = parser.parse_args()
    if asked.output:
        write(asked.output, asked.rows, asked.seed, row_group=asked.row_group, siblings=asked.siblings)
    for name, count in describe(asked.describe).items() if asked.describe else ():
        print(f"{count:>12,}  {name}")


if __name__ == "__main__":
    main()
