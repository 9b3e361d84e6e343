"""One truth: the facts of a row of a dump are those of an audit of the same reply, and so are the answers."""

import json
import random
from pathlib import Path

import pytest
from hub.corpus import repos_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sweep_doors import dossier, facts_of, sweep, table
from sweep_rows import FILES, replies

from osaid_audit.evaluate import Judge, evaluate, load
from osaid_audit.schema.vocabulary import VOCABULARY
from osaid_audit.sweep.facts import NOT_SWEPT, SWEPT, folding
from osaid_audit.sweep.facts.names import REASONS

CORPUS = Path(__file__).resolve().parent.parent / "../shared/corpus"
RULESET = load()
ABSENT_IN_DUMPS = ("gated", "sha", "private")


def by_id(rows):
    return {row["id"].lower(): row for row in rows}


def differences(rows, shard=10_000, **how):
    """Ids with what differs between the doors: name -> (audit, sweep)."""
    dump = by_id(rows)
    rows = list(dump.values())
    found = {}
    for row, swept in zip(rows, sweep(table(rows, **how), shard=shard), strict=True):
        one, other = facts_of(dossier(row, dump)), swept["facts"]
        if one != other:
            names = {name for name in {*one, *other} if one.get(name) != other.get(name)}
            found[row["id"]] = {name: (one.get(name), other.get(name)) for name in sorted(names)}
    return found


def corpus():
    """The recorded replies, without what dumps lack."""
    if not (CORPUS / "index.csv").exists():
        pytest.skip("the corpus of recorded replies is not beside this checkout")
    found = []
    for repo in repos_of(CORPUS):
        if repo.kind == "models":
            reply = repo.reply(blobs=False, security=False, expand=set())
            found.append({key: value for key, value in reply.items() if key not in ABSENT_IN_DUMPS})
    return found


def test_recorded_replies_give_the_same_facts_through_both_doors():
    rows = corpus()
    assert len(rows) > 200
    assert differences(rows) == {}


@pytest.mark.parametrize(
    ("seed", "how"),
    [
        (1, {"siblings": "names"}),
        (2, {"siblings": "structs"}),
        (3, {"siblings": "json"}),
        (4, {"siblings": "names", "json_as": "escaped"}),
    ],
)
def test_models_of_every_shape_give_the_same_facts_through_both_doors(seed, how):
    assert differences(replies(seed, 200), **how) == {}


def test_sizes_count_where_the_dump_has_them():
    dice = random.Random(5)
    rows = replies(5, 80)
    for row in rows:
        for file in row.get("siblings", ()):
            file["size"] = dice.choice([None, 0, 9_000, 20_000, 400_000, 2_000_000, 5_000_000_000])
    assert differences(rows, siblings="sizes") == {}
    found = sweep(table(by_id(rows).values(), siblings="sizes"))
    assert any("weights.bytes" in row["facts"] for row in found)


def test_a_path_that_no_system_allows_makes_a_listing_incomplete_through_both_doors():
    rows = [
        {"id": "a/long", "siblings": [{"rfilename": "model.safetensors"}, {"rfilename": "x" * 4097}]},
        {"id": "a/bare", "siblings": [{"rfilename": "x" * 4097 + ".safetensors"}]},
        {"id": "a/allowed", "siblings": [{"rfilename": "x" * 4084 + ".safetensors"}]},
    ]
    assert differences(rows) == {}
    swept = {row["id"]: row["facts"] for row in sweep(table(rows))}
    assert "weights.formats" not in swept["a/long"]
    assert "weights.present" not in swept["a/bare"]
    assert swept["a/allowed"]["weights.formats"] == ("safetensors",)


def test_shards_make_no_difference():
    rows = table(by_id(replies(6, 60)).values())
    assert sweep(rows) == sweep(rows, shard=7)


def compare_answers(rows):
    """Hold each answer of the sweep to that of a full report; which answers there were."""
    dump, judge = by_id(rows), Judge(RULESET)
    rows, seen = list(dump.values()), set()
    for row, swept in zip(rows, sweep(table(rows)), strict=True):
        told = dict(zip(judge.columns, judge(swept["facts"]), strict=True))
        report = evaluate(dossier(row, dump), RULESET)
        assert told["label"] == report.label.value
        assert told["label_at_most"] == report.label.at_most
        for result in report.frameworks:
            for finding in result.findings:
                column = finding.rule.replace("-", "_")
                assert told[column] == finding.outcome.value, (row["id"], finding.rule)
                seen.add((column, told[column]))
    return seen


# With the recorded replies, more than a thousand models.
@pytest.mark.parametrize("seed", [7, 8, 9, 10])
def test_answers_are_those_of_a_full_report_finding_by_finding(seed):
    seen = compare_answers(replies(seed, 200))
    assert ("weights_license", "not_met") in seen
    assert ("weights_license", "met") not in seen, "no card was read"


def test_answers_to_recorded_replies_are_those_of_a_full_report():
    seen = compare_answers(corpus())
    assert ("weights_license", "not_met") in seen
    assert ("weights_license", "met") not in seen, "no card was read"


def changed(rows, name, change):
    """The rows with one of them changed."""
    return [{**row, **change} if row["id"] == name else row for row in rows]


def test_the_comparison_would_see_another_license():
    rows = [
        {"id": "a/base", "cardData": {"license": "cc-by-nc-4.0"}, "siblings": []},
        {"id": "a/tuned", "cardData": {"base_model": "a/base"}, "siblings": []},
    ]
    swept = {row["id"]: row["facts"] for row in sweep(table(rows))}
    dump = by_id(changed(rows, "a/base", {"cardData": {"license": "mit"}}))
    assert facts_of(dossier(rows[1], by_id(rows))) == swept["a/tuned"]
    assert facts_of(dossier(dump["a/base"], dump)) != swept["a/base"]
    assert facts_of(dossier(dump["a/tuned"], dump)) != swept["a/tuned"]
    assert swept["a/tuned"]["lineage.restricted"] is True


def test_a_base_that_the_dump_lacks_leaves_the_lineage_undecided():
    tuned = {"id": "a/tuned", "cardData": {"base_model": "a/base"}}
    base = {"id": "A/Base", "cardData": {"license": "llama2"}}
    alone, both = sweep(table([tuned]))[0], sweep(table([tuned, base]))[0]
    assert alone["facts"]["lineage.undecided"] is True
    assert "lineage.restricted" not in alone["facts"]
    assert both["facts"]["lineage.broken_freedoms"] == ("use", "share")
    assert "lineage.undecided" not in both["facts"]


@given(
    seed=st.integers(0, 2**32), count=st.integers(1, 8), kind=st.sampled_from(["names", "structs", "json"])
)
@settings(max_examples=25, deadline=None)
def test_small_dumps_give_the_same_facts_through_both_doors(seed, count, kind):
    assert differences(replies(seed, count), siblings=kind) == {}


STEMS = (
    "foo",
    "bar_100",
    "step_5",
    "sub/foo",
    "sub/x",
    "pytorch_model",
    "model",
    "checkpoint-3/model",
    "checkpoint-40/x",
)
MARKS = ("", "-00001-of-00002", "-00002-of-00002", ".fp16")
ENDINGS = ("bin", "safetensors", "gguf", "onnx", "pth", "h5", "zip", "json", "txt", "py", "md")
FOLDERS = ("a", "unet", "tests", "licenses", "ner", "x.mlpackage", "checkpoint-3", "checkpoint-4/x.mlpackage")
PATHS = st.one_of(
    st.sampled_from(FILES),
    st.builds("{}{}.{}".format, st.sampled_from(STEMS), st.sampled_from(MARKS), st.sampled_from(ENDINGS)),
    st.builds(
        "checkpoint-{}/{}".format,
        st.sampled_from([1, 2, 30, 500]),
        st.sampled_from(
            [
                "README.md",
                "LICENSE",
                "adapter_config.json",
                "adapter_model.bin",
                "optimizer.pt",
                "model.safetensors",
            ]
        ),
    ),
    st.builds("{}/{}".format, st.sampled_from(FOLDERS), st.sampled_from(FILES)),
    st.builds("{}/".format, st.sampled_from(FILES)),
)


@given(listings=st.lists(st.lists(PATHS, max_size=12, unique=True), min_size=30, max_size=30))
@settings(max_examples=20, deadline=None)
def test_no_reader_misses_what_was_folded_away(listings):
    rows = [
        {
            "id": f"a/m{at}",
            "siblings": [{"rfilename": path} for path in listing],
            "cardData": {"license": "apache-2.0", **({"base_model": "b/c"} if at % 3 == 0 else {})},
            "config": {"architectures": ["X"]},
            "safetensors": {"parameters": {"BF16": 3}, "total": 3},
            "library_name": "transformers",
        }
        for at, listing in enumerate(listings)
    ]
    assert differences(rows) == {}


@pytest.mark.parametrize(
    "listings",
    [
        [["docs/README.md", "model.bin"], ["README_zh.md", "model.bin"], ["readme.rst", "config.json"]],
        [["code/LICENSE", "x.bin"], ["data/LICENSE", "x.bin"], ["LICENSE", "config.json"]],
        [["a/NOTICE", "x.bin"], ["NOTICE", "x.bin"], ["b/USE_POLICY.md"], ["USE_POLICY.md"]],
        [["folder/", "config.json"], ["model", "config.json"], ["checkpoint-3/"], ["x", "y.txt"]],
        [["x.mlpackage/README.md"], ["x.mlpackage/LICENSE"], ["LICENSE/ner/model"], ["x.mlpackage/y"]],
        [["LICENSE.data-00000-of-00001"], ["y.data-00000-of-00001"], ["a/variables/variables.data-LICENSE"]],
        [["ner/model"], ["parser/model", "parser/model.safetensors"], ["tagger/model", "y/model.gguf"]],
        [["x.mlpackage/y"], ["x.mlpackage/train.py"], ["x.mlpackage/eval.py", "inference.py"]],
        [
            ["checkpoint-7/ner/model"],
            ["parser/model", "checkpoint-1/x.bin"],
            ["checkpoint-7/ner/model", "y.bin"],
        ],
        [
            ["checkpoint-5/LICENSE", "checkpoint-1/a\nb.gguf"],
            ["checkpoint-5/LICENSE", "checkpoint-5/a\n.gguf"],
        ],
        [["README_zh.md", "x.bin"], ["model_card", "x.bin"], ["a/MODEL_CARD", "a/x.bin"]],
        [["LICENSE", "x.gguf"], ["LICENSE.msi", "x.gguf"], ["LICENSE.egg", "x.gguf"], ["LICENSE.zip"]],
        [["\uff4fptimizer-license.bin", "x.bin"], ["x.bin"], ["LICENSE.bin"]],
        [["a\x00b.bin", None], ["a.bin", "b\x00c"], ["a\x00b", None, None], ["a.bin", None], [None]],
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_what_stands_for_the_paths_of_one_model_tells_nothing_wrong_of_another(listings, backwards):
    """By shards of one model, in either order: the first path that is met stands for all that are alike."""
    folding._STANDING.clear()
    folding._seen.cache_clear()
    rows = [
        {
            "id": f"a/m{at}",
            "siblings": [{"rfilename": path} for path in listing],
            "cardData": {"license": "apache-2.0"},
            "config": {"architectures": ["X"]},
        }
        for at, listing in enumerate(listings)
    ]
    assert differences(rows[::-1] if backwards else rows, shard=1) == {}


@pytest.mark.parametrize(
    "column",
    [
        "modelId",
        "cardData",
        "tags",
        "siblings",
        "config",
        "safetensors",
        "gguf",
        "library_name",
        "pipeline_tag",
        "gated",
        "lastModified",
        "downloads",
    ],
)
def test_a_missing_column_is_a_key_that_no_reply_has(column):
    rows = list(by_id(replies(8, 40)).values())
    without = [{key: value for key, value in row.items() if key != column} for row in rows]
    dump = by_id(without)
    swept = sweep(table(rows).drop_columns([column]))
    assert [facts_of(dossier(row, dump)) for row in without] == [row["facts"] for row in swept]


def test_every_fact_is_swept_or_left_out_for_a_reason():
    assert set(SWEPT) | set(NOT_SWEPT) == set(VOCABULARY)
    assert not set(SWEPT) & set(NOT_SWEPT)
    assert set(NOT_SWEPT.values()) == set(REASONS)


def test_no_fact_of_a_reply_alone_is_left_out_but_those_that_only_texts_name():
    rows = replies(9, 150)
    dump = by_id(rows)
    known = {name for row in dump.values() for name in dossier(row, dump).facts}
    assert {NOT_SWEPT[name] for name in known - set(SWEPT)} <= {"words"}
    assert len(known & set(SWEPT)) > 35


def test_hostile_cells_are_facts_that_nobody_knows():
    deep = "[" * 50_000 + "]" * 50_000
    rows = table([{"id": "a/b", "siblings": [{"rfilename": "x.gguf"}]}] * 9)
    cards = [
        json.dumps({"license": "cc-by-nc-4.0"}),
        "{", "", "null", deep, '{"license": ' + deep + "}", '{"license": "\\ud800"}', '{"license": NaN}',
        json.dumps({"license": "x" * 10_000_000}),
    ]  # fmt: skip
    ids = [
        "a/plain",
        "'; DROP TABLE own; --",
        'a/"b',
        "a/\x00b",
        "",
        None,
        "x" * 100_000,
        "a/\U0001f600",
        "\n",
    ]
    rows = rows.set_column(rows.column_names.index("cardData"), "cardData", [cards])
    rows = rows.set_column(rows.column_names.index("id"), "id", [ids])
    swept = sweep(rows)
    assert len(swept) == 9
    assert swept[0]["facts"]["license.class"] == "noncommercial"
    silent = {at for at, row in enumerate(swept) if "license.class" not in row["facts"]}
    assert silent == {1, 2, 8}, "what cannot be read may be any license"
    assert swept[3]["facts"]["license.class"] == swept[4]["facts"]["license.class"] == "none"
    assert {swept[at]["facts"]["license.class"] for at in (5, 6, 7)} == {"custom-unknown"}
    assert [row["row"] for row in swept] == list(range(9))


def test_hostile_words_of_bases_name_no_base():
    rows = [
        {
            "id": "a/b",
            "cardData": {"base_model": "'; DROP TABLE own; --"},
            "tags": ["base_model:" + "x/" * 5_000],
        },
        {"id": "a/c", "cardData": {"base_model": ["a/c", "A/C"]}},
        {"id": "n/a", "cardData": {"base_model": "n/a", "license": "mit"}},
    ]
    assert differences(rows) == {}
    assert [row["bases"] for row in sweep(table(rows))] == [[], [], []]
