"""Batches: the same answers as a single audit, unread is never open, and every row keeps its place."""

import json
from dataclasses import replace
from itertools import pairwise

import pyarrow as pa
import pytest
from door import outcomes_of
from hub.world import apache_text, mit_text
from hypothesis import given, settings
from raw_samples import SHA, card, gathered, raw
from test_gather_monotone import LINK, PROSE, ROWS, WORLDS, a_step, behind, keys, repo

from osaid_audit.batches import audit_batch, cells, contract, schema
from osaid_audit.errors import CannotAudit, RuleFileError, UsageError
from osaid_audit.evaluate import load
from osaid_audit.gather import Settings, assemble, fetch
from osaid_audit.gather.fetching.replies import parsed
from osaid_audit.gather.raw import Missed, Raw, Repository
from osaid_audit.gather.reading.data.datasetnames import wanted_datasets
from osaid_audit.pipeline import evaluate

pytest_plugins = ("hub.fixtures",)
RULESET = load()
ALL = tuple(RULESET.frameworks)
DAY = "2026-06-01"
DECIDED = {"met", "not_met", "not_applicable", "does_not_conform"}
RUNGS = [
    RULESET.framework("g7-2026").floor,
    *(rung.id for rung in RULESET.framework("g7-2026").rungs),
]
WEIGHTS = {"rfilename": "model.safetensors", "size": 5_000_000_000}


def answers(*rows, **options):
    """The answers to rows given as mappings, with the columns that any of them has."""
    names = dict.fromkeys(name for row in rows for name in row)
    table = pa.RecordBatch.from_pylist([{name: row.get(name) for name in names} for row in rows])
    return audit_batch(table, **{"as_of": DAY, **options}).to_pylist()


def reply(*paths, name="org/model", **more):
    """A reply that lists weights and these files."""
    siblings = [WEIGHTS, *({"rfilename": path} for path in paths)]
    return json.dumps({"id": name, "sha": SHA, "gated": False, "siblings": siblings, **more})


def given_files(**texts):
    return [{"path": path, "text": text} for path, text in texts.items()]


# --- both doors -------------------------------------------------------------------------------------------


def text_of(fetched):
    return fetched.body.decode("utf-8", "replace") if isinstance(fetched, Raw) else None


def row_of(repository):
    """The row that somebody would write who has read just what the fetch has read."""
    readable = {path: text_of(each) for path, each in repository.files.items()}
    pages = {link: text_of(each) for link, each in repository.links.items() if "://" in link}
    rest = {path: text for path, text in {**readable, **pages}.items() if path != "README.md"}
    return {
        "id": repository.asked,
        "reply": repository.info_raw.body.decode(),
        "card": readable.get("README.md"),
        "files": given_files(**rest),
    }


def alike(gathered):
    """What was gathered without what no row holds: datasets, code repositories, and the page of a Hub."""
    card = gathered.subject.files.get("README.md")
    names = wanted_datasets(gathered.subject.info, card)
    datasets = {name: Missed(name, "", "unreachable") for name in names}
    return replace(gathered, datasets=datasets, repositories={})


def both_doors(gathered):
    """The same model through a single audit and through a batch."""
    seen = alike(gathered)
    bases = {name: base for name, base in seen.bases.items() if isinstance(base, Repository)}
    row = row_of(seen.subject)
    row["bases"] = [{**row_of(base), "id": name} for name, base in bases.items()]
    dossier = assemble(seen)
    expected = {"id": seen.subject.asked, **outcomes_of(evaluate(dossier, RULESET, ALL, DAY))}
    concluded = dossier.license.concluded
    expected["license"] = concluded.id if concluded else None
    found = dossier.facts.get("license.class")
    expected["license_class"] = found.value if found and found.basis != "lead" else None
    return row, {**expected, "problem": None}


def of_hub(hub, folder, step=1):
    """Models of a local Hub, gathered over HTTP; one of `step`."""
    where = Settings(endpoint=hub.url, links=False, cache_dir=folder)
    names = sorted(repo.id for repo in hub.repos.values() if repo.kind == "models")
    for name in names[::step]:
        try:
            yield fetch(name, None, where)
        except CannotAudit:  # private or disabled: nothing to judge
            continue


def same(gathered):
    rows, expected = zip(*map(both_doors, gathered), strict=True)
    found = answers(*rows, frameworks=ALL)
    assert [each["id"] for each in found] == [each["id"] for each in expected]
    for mine, theirs in zip(found, expected, strict=True):
        assert {name: mine.get(name) for name in theirs} == theirs
    return found


def test_a_small_hub_through_both_doors(local_hub, tmp_path):
    found = same(of_hub(local_hub, tmp_path))
    assert {"met", "not_met"} <= {each["weights_license"] for each in found}


def test_real_models_through_both_doors(corpus_hub, tmp_path):
    found = same(of_hub(corpus_hub, tmp_path, step=6))  # all of them agree too, in 40 seconds
    assert len(found) > 30
    assert {"open-weights", "weights-available", "undetermined"} <= {each["label"] for each in found}


def test_two_doors_that_differ_would_be_seen(local_hub, tmp_path):
    """The mirror: one text less on one side, and the answers part."""
    gathered = fetch("acme/open-7b", None, Settings(endpoint=local_hub.url, links=False, cache_dir=tmp_path))
    row, expected = both_doors(gathered)
    [found] = answers({**row, "card": None}, frameworks=ALL)
    assert (expected["weights_license"], found["weights_license"]) == ("met", "insufficient_evidence")


# --- unread is never open, and reading more turns nothing -------------------------------------------------


def world_row(world, seen):
    """What somebody has of this world: the replies are whole, the texts are those in `seen`."""

    def one(name, files, prefix, rows):
        front = keys(files.get("README.md", ""))
        siblings = [*rows, *({"rfilename": path, "size": len(text.encode())} for path, text in files.items())]
        info = {"id": name, "sha": SHA, "gated": False, "cardData": front, "siblings": siblings}
        texts = {path: text for path, text in files.items() if prefix + path in seen}
        body = json.dumps({**info, "library_name": "transformers"})
        rest = given_files(**{path: text for path, text in texts.items() if path != "README.md"})
        return {"id": name, "reply": body, "card": texts.get("README.md"), "files": rest}

    row = one("org/model", world.files, "", world.rows)
    if world.link is not None and "link" in seen:
        row["files"] = [*row["files"], {"path": LINK, "text": world.link}]
    bases = {name: files for name, files in world.bases.items() if name in seen}
    row["bases"] = [one(name, files, f"{name}/", ROWS) for name, files in bases.items()]
    return row


def stands(before, after):
    """Whether all that was decided before is so after."""
    for name, word in before.items():
        if name in {"license", "license_class"} or name.startswith("label"):
            continue
        assert word not in DECIDED or after[name] == word, name
    assert RUNGS.index(after["label_at_most"]) <= RUNGS.index(before["label_at_most"])


@pytest.mark.parametrize("name", WORLDS)
def test_text_by_text_no_decided_answer_turns(name):
    world = WORLDS[name]
    steps = [frozenset(world.items[:size]) for size in range(len(world.items) + 1)]
    found = answers(*(world_row(world, seen) for seen in steps), frameworks=ALL)
    for before, after in pairwise(found):
        stands(before, after)


@settings(max_examples=60, deadline=None)
@given(a_step())
def test_one_more_text_never_turns_an_answer(step):
    world, some, more = step
    stands(*answers(world_row(world, some), world_row(world, more), frameworks=ALL))


@settings(max_examples=60, deadline=None)
@given(a_step())
def test_whatever_was_read_a_row_says_what_a_report_says(step):
    """The single audit is told of each unread file that a gate or the network stood in the way."""
    world, seen, _ = step
    links = {}
    if world.link is not None:
        links = {LINK: raw("license", world.link) if "link" in seen else Missed(LINK, LINK, "unreachable")}
    subject = repo(world.files, seen, links=links, rows=world.rows)
    report = evaluate(assemble(gathered(subject, behind(world, subject, seen))), RULESET, ALL, DAY)
    [found] = answers(world_row(world, seen), frameworks=ALL)
    expected = outcomes_of(report)
    assert {name: found[name] for name in expected} == expected


def test_a_turned_answer_would_be_seen():
    world = WORLDS["open, all agree"]
    changed = replace(world, files={"README.md": card(PROSE, license="cc-by-nc-4.0")})
    before, after = answers(*(world_row(each, frozenset(each.items)) for each in (world, changed)))
    with pytest.raises(AssertionError):
        stands(before, after)


APACHE = card(PROSE, license="apache-2.0")
OPEN = {
    "id": "org/model",
    "reply": reply("README.md", "LICENSE", cardData={"license": "apache-2.0"}),
    "card": APACHE,
    "files": given_files(LICENSE=apache_text()),
}
WANTING = {
    "no card": {"card": None},
    "an empty card, which may be a gap in the table": {"card": ""},
    "no license file": {"files": None},
    "a license file without its text": {"files": [{"path": "LICENSE", "text": None}]},
    "an empty license file": {"files": given_files(LICENSE="")},
    "two texts for one file": {"files": [*OPEN["files"], *given_files(LICENSE=mit_text())]},
    "a second license file that nobody read": {
        "reply": reply("README.md", "LICENSE", "LICENSE-MODEL", cardData={"license": "apache-2.0"})
    },
    "a card that the dump has cut": {
        "reply": json.dumps(
            {**json.loads(OPEN["reply"]), "siblings": [WEIGHTS, {"rfilename": "README.md", "size": 9_999}]}
        )
    },
    "no reply": {"reply": None},
    "no list of files": {"reply": json.dumps({"id": "org/model", "cardData": {"license": "apache-2.0"}})},
    "a license link that nobody followed": {
        "card": card(PROSE, license="apache-2.0", license_link=LINK),
    },
    "a base that is not in the row": {"card": card(PROSE, license="apache-2.0", base_model="org/base")},
}


def test_all_read_is_open():
    [found] = answers(OPEN)
    assert (found["weights_license"], found["label"], found["problem"]) == ("met", "open-weights", None)
    assert (found["license"], found["license_class"]) == ("Apache-2.0", "osi")


@pytest.mark.parametrize("name", WANTING)
def test_what_was_not_read_opens_nothing(name):
    [found] = answers({**OPEN, **WANTING[name]})
    assert found["problem"] is None
    assert found["label"] == "undetermined"
    if "base" not in name:
        assert found["weights_license"] == "insufficient_evidence"
    assert "not_met" not in {found["weights_license"], found["inherited_license"]}


def test_an_unread_card_is_no_absent_card():
    without = json.dumps({**json.loads(reply()), "cardData": {}})
    unread, absent = answers(
        {"id": "org/model", "reply": reply("README.md", cardData={})}, {"id": "org/model", "reply": without}
    )
    assert (unread["weights_license"], unread["label"]) == ("insufficient_evidence", "undetermined")
    assert (absent["weights_license"], absent["label"]) == ("not_met", "no-license")


def test_a_link_is_read_where_its_text_is_given():
    linked = {**OPEN, "card": card(PROSE, license="other", license_link=LINK), "files": []}
    linked["reply"] = reply("README.md", cardData={"license": "other", "license_link": LINK})
    unread, read, other = answers(
        linked,
        {**linked, "files": [{"path": LINK, "text": apache_text()}]},
        {**linked, "files": [{"path": f"{LINK}/old", "text": apache_text()}]},
    )
    assert unread["weights_license"] == other["weights_license"] == "insufficient_evidence"
    assert read["weights_license"] != "insufficient_evidence"


def test_bases_are_followed_as_far_as_the_row_goes():
    tuned = card(PROSE, license="apache-2.0", base_model="org/base")
    base = {"id": "Org/Base", "reply": reply("README.md", name="org/base"), "card": APACHE}
    closed = {**base, "card": card(PROSE, license="cc-by-nc-4.0")}
    row = {**OPEN, "card": tuned}
    unknown, open_, restricted, twice, broken = answers(
        *(
            {**row, "bases": given}
            for given in ([], [base], [closed], [base, closed], [{**base, "reply": "{"}])
        )
    )
    assert (unknown["inherited_license"], unknown["label"]) == ("insufficient_evidence", "undetermined")
    assert (open_["inherited_license"], open_["label"]) == ("insufficient_evidence", "open-weights")
    assert (restricted["inherited_license"], restricted["label"]) == ("not_met", "weights-available")
    for one in (twice, broken):
        assert (one["inherited_license"], one["problem"]) == ("insufficient_evidence", None)
        assert one["label"] == "undetermined"


def test_bases_in_a_circle_end():
    def one(name, base):
        text = card(PROSE, license="mit", base_model=base)
        return {"id": name, "reply": reply("README.md", name=name), "card": text}

    row = {**one("a/a", "b/b"), "bases": [one("b/b", "c/c"), one("c/c", "a/a"), one("a/a", "b/b")]}
    [found] = answers(row)
    assert (found["problem"], found["label"]) == (None, "undetermined")


# --- the columns of a dump --------------------------------------------------------------------------------

DUMP = {
    "id": "org/model",
    "sha": SHA,
    "cardData": json.dumps({"license": "apache-2.0"}),
    "tags": ["license:apache-2.0"],
    "siblings": ["model.safetensors", "README.md", "LICENSE"],
    "config": json.dumps({"architectures": ["A"]}),
    "safetensors": {"parameters": {"BF16": 7}, "total": 7},
    "gguf": None,
    "library_name": "transformers",
    "pipeline_tag": "text-generation",
    "lastModified": "2026-01-02T03:04:05.000Z",
    "gated": "False",
    "card": APACHE,
    "files": given_files(LICENSE=apache_text()),
}
AS_REPLY = {
    "id": "org/model",
    "card": APACHE,
    "files": DUMP["files"],
    "reply": json.dumps(
        {
            "id": "org/model",
            "sha": SHA,
            "cardData": {"license": "apache-2.0"},
            "tags": ["license:apache-2.0"],
            "siblings": [{"rfilename": name} for name in DUMP["siblings"]],
            "config": {"architectures": ["A"]},
            "safetensors": DUMP["safetensors"],
            "library_name": "transformers",
            "pipeline_tag": "text-generation",
            "lastModified": "2026-01-02T03:04:05.000Z",
            "gated": False,
        }
    ),
}


def as_records(row):
    return {**row, "siblings": [{"rfilename": name, "size": None} for name in row["siblings"]]}


SAME = {
    "names": DUMP,
    "records": as_records(DUMP),
    "JSON in a text": {**DUMP, "siblings": json.dumps(DUMP["siblings"]), "tags": json.dumps(DUMP["tags"])},
    "structs": {**DUMP, "cardData": {"license": "apache-2.0", "license_link": None, "base_model": None}},
    "the names of another dump": {
        **{key: value for key, value in DUMP.items() if key not in {"id", "lastModified"}},
        "modelId": "org/model",
        "last_modified": "2026-01-02T03:04:05.000Z",
    },
}


@pytest.mark.parametrize("name", SAME)
def test_columns_of_a_dump_say_what_the_reply_says(name):
    frameworks = ALL
    assert answers(SAME[name], frameworks=frameworks) == answers(AS_REPLY, frameworks=frameworks)


def test_moments_of_whatever_kind_are_days():
    import datetime as dt

    day = dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    [expected] = answers(AS_REPLY, frameworks=ALL)
    for kind in (pa.timestamp("ns", "UTC"), pa.timestamp("us"), pa.date32()):
        table = pa.RecordBatch.from_pylist([DUMP])
        column = pa.array([day.date() if kind == pa.date32() else day.replace(tzinfo=None)]).cast(kind)
        at = table.schema.get_field_index("lastModified")
        table = table.set_column(at, "lastModified", column)
        assert audit_batch(table, frameworks=ALL, as_of=DAY).to_pylist() == [expected]


NOTHING_SAID = {
    "gated": [None, "", "no", "0", "yes"],
    "siblings": [None, "README.md", "{}", "[1"],
    "cardData": [None, "", "[]", "license: mit", "null", "{" * 100_000],
    "tags": [None, "license:mit", "{}"],
    "sha": [None, "", "main", "A" * 40],
    "lastModified": [None, ""],
}


@pytest.mark.parametrize("name", NOTHING_SAID)
def test_a_cell_that_says_nothing_is_no_answer(name):
    """NULL, empty and of the wrong shape are the same: not known, hence neither false nor zero."""
    rows = [{**DUMP, name: value} for value in NOTHING_SAID[name]]
    found = answers(*rows, frameworks=ALL)
    assert all(each == found[0] for each in found)
    assert found[0]["problem"] is None
    assert found[0] == answers({key: each for key, each in DUMP.items() if key != name}, frameworks=ALL)[0]


def test_a_gate_is_known_only_from_the_hubs_own_words():
    found = answers(*({**DUMP, "gated": word} for word in ("False", "auto", "manual", None)))
    words = ["met", "needs_review", "needs_review", "insufficient_evidence"]
    assert [each["access_gating"] for each in found] == words


def test_a_list_with_a_hole_is_not_the_whole_list():
    whole, holed = answers(DUMP, {**DUMP, "siblings": [*DUMP["siblings"], None]})
    assert (whole["weights_license"], holed["weights_license"]) == ("met", "insufficient_evidence")


# --- rows that nobody can read ----------------------------------------------------------------------------

BAD = {
    "no id": ({"id": None}, "no id"),
    "an empty id": ({"id": ""}, "no id"),
    "no model's id": ({"id": "../../etc/passwd"}, "not that of a model"),
    "a page for an id": ({"id": "<script>alert(1)</script>"}, "not that of a model"),
    "no JSON": ({"reply": "<html>"}, "not JSON"),
    "no end": ({"reply": "[" * 200_000}, "not JSON"),
    "no reply of a repository": ({"reply": "[]"}, "not a repository's"),
    "an error in its place": ({"reply": '{"error": "not found"}'}, "not a repository's"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_be_read_keeps_its_place_and_takes_no_other_down(name):
    change, words = BAD[name]
    bad = {**OPEN, **change}
    first, found, last = answers(OPEN, bad, OPEN)
    assert words in found.pop("problem")
    assert found.pop("id") == bad["id"]
    assert set(found.values()) == {None}
    assert first == last == answers(OPEN)[0]
    assert first["weights_license"] == "met"


def test_a_text_that_is_no_utf8_is_a_problem_of_its_row():
    good = pa.array(["a/b", "c/d", "e/f"])
    cards = pa.Array.from_buffers(pa.string(), 3, pa.array([b"x", b"\xff\xfe", None], pa.binary()).buffers())
    found = audit_batch(pa.RecordBatch.from_arrays([good, cards], names=["id", "card"])).to_pylist()
    assert [each["problem"] for each in found] == [None, "a text of the row is not UTF-8", None]
    ids = pa.Array.from_buffers(pa.string(), 2, pa.array([b"a/b", b"c/\xff"], pa.binary()).buffers())
    found = audit_batch(pa.RecordBatch.from_arrays([ids], names=["id"])).to_pylist()
    assert [each["id"] for each in found] == ["a/b", "c/\ufffd"]
    assert [each["problem"] is None for each in found] == [True, False]


def test_a_fault_of_the_tool_is_told_and_nothing_of_the_row_with_it(monkeypatch):
    def crash(gathered):
        if gathered.subject.asked == "org/bad":
            raise ValueError("secret text of a card")
        return assemble(gathered)

    monkeypatch.setattr("osaid_audit.gather.assemble", crash, raising=False)
    good, bad = answers(OPEN, {**OPEN, "id": "org/bad", "reply": reply(name="org/bad")})
    assert bad["problem"] == "a fault of the tool: ValueError"
    assert (good["weights_license"], bad["weights_license"], bad["label"]) == ("met", None, None)


HOSTILE = {
    "a great many lines": "x\n" * 400_000,
    "nested quotes": "> " * 20_000 + "x",
    "front matter that never ends": "---\n" + "a: &a [*a]\n" * 20_000,
    "no letters": "\u202e\ufeff\x00" * 50_000,
    "a page of script": f"---\nlicense: '<script>alert(1)</script>'\n---\n{PROSE}",
    "lone marks": f"{PROSE}\n" + "[" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_card_gets_an_answer_like_any_other(name):
    hostile = {"id": "org/model", "reply": reply("README.md"), "card": HOSTILE[name]}
    found, after = answers(hostile, OPEN)
    assert found["problem"] is None
    assert (found["weights_license"] == "met", found["label"] == "open-weights") == (False, False)
    assert after["weights_license"] == "met"


def test_half_a_character_of_a_reply_is_a_mark_and_no_fault():
    half = reply("README.md", "LICENSE\udc00", cardData={"license": "\ud800"}, tags=["\udfff"])
    whole = reply("README.md", "LICENSE?", cardData={"license": "?"}, tags=["?"])
    row = {"id": "org/model", "card": PROSE}
    found, expected = answers({**row, "reply": half}, {**row, "reply": whole})
    assert found == expected
    assert (found["problem"], found["weights_license"]) == (None, "insufficient_evidence")
    assert parsed(half.encode())["tags"] == ["?"]
    assert parsed(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


def test_cells_beyond_the_limits_of_an_audit_are_unread():
    card_, answer, front = answers(
        {**OPEN, "card": APACHE + "x" * 3_000_000},
        {**OPEN, "reply": json.dumps({"id": "org/model", "x": "y" * 17_000_000})},
        {**DUMP, "cardData": json.dumps({"license": "mit", "x": "y" * 17_000_000})},
    )
    assert (card_["weights_license"], card_["problem"]) == ("insufficient_evidence", None)
    assert "larger than" in answer["problem"]
    assert front["problem"] is None


def test_of_a_list_beyond_reason_nothing_is_known(monkeypatch):
    monkeypatch.setattr(cells, "_MOST", 3)
    whole, longer = answers(DUMP, {**DUMP, "siblings": [*DUMP["siblings"], "notes.txt"]})
    assert (whole["weights_license"], longer["weights_license"]) == ("met", "insufficient_evidence")


def test_a_column_of_nulls_is_a_column_that_is_not_there():
    names = ("reply", "card", "files", "bases", "cardData", "siblings", "tags", "gated")
    table = pa.table({"id": ["a/b"], **{name: pa.nulls(1) for name in names}}).to_batches()[0]
    [found] = audit_batch(table, as_of=DAY).to_pylist()
    assert found == answers({"id": "a/b"})[0]
    assert (found["problem"], found["label"]) == (None, "undetermined")


def test_other_columns_and_other_kinds_of_text_change_nothing():
    table = pa.RecordBatch.from_pylist([{**OPEN, "downloads": 3, "likes": "x", "private": True}])
    assert audit_batch(table, as_of=DAY).to_pylist() == answers(OPEN)
    texts = pa.RecordBatch.from_arrays(
        [
            pa.array([OPEN["id"]]).dictionary_encode(),
            pa.array([OPEN["reply"]], pa.large_string()),
            pa.array([OPEN["card"].encode()], pa.large_binary()),
            pa.array([[("LICENSE", apache_text())]], pa.map_(pa.string(), pa.string())),
        ],
        names=["id", "reply", "card", "files"],
    )
    assert audit_batch(texts, as_of=DAY).to_pylist() == answers(OPEN)


@pytest.mark.parametrize("name", ["examples/ray/audit.py", "examples/spark/audit.py"])
def test_the_page_shows_the_example_as_it_is(root, name):
    page = (root / "docs" / "scale.md").read_text(encoding="utf-8")
    shown = page.split(f"<!-- example: {name} -->\n```python\n")[1].split("```")[0]
    assert shown == (root / name).read_text(encoding="utf-8")


def test_the_page_names_the_columns_that_are_read(root):
    page = (root / "docs" / "scale.md").read_text(encoding="utf-8")
    assert [name for name in contract._KNOWN if f"`{name}`" not in page and "_" not in name] == []


# --- the contract -----------------------------------------------------------------------------------------


def test_the_schema_is_known_before_and_does_not_move():
    names = schema().names
    assert names[:4] == ["id", "label", "label_at_most", "osaid_1_0"]
    assert names[-3:] == ["license", "license_class", "problem"]
    assert "weights_license" in names
    empty = pa.RecordBatch.from_pylist([], schema=pa.schema([("id", pa.string())]))
    bad = pa.RecordBatch.from_pylist([{"id": None}], schema=empty.schema)
    for batch in (empty, bad, pa.RecordBatch.from_pylist([OPEN])):
        answer = audit_batch(batch)
        assert answer.schema == schema()
        assert answer.num_rows == batch.num_rows
    more = schema(frameworks=["mof"])
    assert "mof" in more.names
    assert more == audit_batch(empty, frameworks=["mof"]).schema


def test_ones_own_rules_are_asked(tmp_path):
    from test_docs import examples_in

    (tmp_path / "frameworks").mkdir()
    for name, text in examples_in("docs/adding-a-rule.md").items():
        place = tmp_path / ("frameworks" if name == "purchasing.yaml" else "") / name
        place.write_text(text, encoding="utf-8")
    [found] = answers(OPEN, rules=tmp_path, frameworks=["purchasing"])
    assert found["published_results"]
    assert "published_results" in schema(rules=str(tmp_path), frameworks=["purchasing"]).names
    assert "published_results" not in answers(OPEN)[0]


def test_the_rules_are_read_once_in_a_process():
    contract._judge.cache_clear()
    for _ in range(3):
        answers(OPEN)
    assert contract._judge.cache_info().misses == 1


def test_the_day_is_that_which_was_asked():
    late, early = (answers(AS_REPLY, frameworks=ALL, as_of=day)[0] for day in ("2029-01-01", "2026-01-03"))
    assert late["upkeep"] != early["upkeep"]


WRONG = {
    "no ids": ({"name": ["a/b"]}, {}, "no column 'id'"),
    "numbers for ids": ({"id": [1]}, {}, "'id' cannot hold"),
    "numbers for cards": ({"id": ["a/b"], "card": [1.5]}, {}, "'card' cannot hold"),
    "a text for files": ({"id": ["a/b"], "files": ["LICENSE"]}, {}, "'files' cannot hold"),
    "no day": ({"id": ["a/b"]}, {"as_of": "soon"}, "'soon' is not a day"),
    "no framework": ({"id": ["a/b"]}, {"frameworks": ["osaid"]}, "osaid"),
    "no folder": ({"id": ["a/b"]}, {"rules": "/no/such/folder"}, "no folder"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_table_or_an_option_that_is_wrong_is_refused(name):
    columns, options, words = WRONG[name]
    with pytest.raises(UsageError, match=words):
        audit_batch(pa.RecordBatch.from_pydict(columns), **options)


def test_two_columns_of_one_name_are_refused_and_a_wrong_rule_is_named(tmp_path):
    twice = pa.RecordBatch.from_arrays([pa.array(["a/b"]), pa.array(["c/d"])], names=["id", "id"])
    with pytest.raises(UsageError, match="two columns called 'id'"):
        audit_batch(twice)
    (tmp_path / "x.yaml").write_text("id: x\n")
    with pytest.raises(RuleFileError, match=r"x\.yaml"):
        answers(OPEN, rules=tmp_path)
