"""What a row says and what it only seems to say: whose reply, which side, which text is whole."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hub.world import apache_text
from raw_samples import SHA, card
from test_batches import APACHE, DAY, DUMP, OPEN, WEIGHTS, answers, reply
from test_gather_monotone import PROSE

from osaid_audit.batches import audit_batch, cells
from osaid_audit.errors import UsageError
from osaid_audit.evaluate import load

# --- whose reply it is ------------------------------------------------------------------------------------


def said_of(**names):
    return json.dumps({**json.loads(OPEN["reply"]), "id": None, **names})


def test_the_reply_of_another_model_is_no_answer_about_this_one():
    own, spelt, other, also, odd = answers(
        OPEN,
        {**OPEN, "reply": said_of(id="Org/Model", modelId="org/MODEL")},
        {**OPEN, "reply": said_of(id="org/renamed")},
        {**OPEN, "reply": said_of(id="org/model", modelId="org/renamed")},
        {**OPEN, "reply": said_of(id="<b>" * 99)},
    )
    assert [each["weights_license"] for each in (own, spelt)] == ["met", "met"]
    for each in (other, also):
        assert each["problem"] == "the reply speaks of another model: org/renamed"
    assert odd["problem"] == "the reply speaks of another model"
    assert {each["label"] for each in (other, also, odd)} == {None}


def test_the_reply_of_another_model_is_no_base():
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    base = {"id": "org/base", "reply": reply("README.md", name="org/base"), "card": APACHE}
    own, other = answers(
        {**row, "bases": [base]}, {**row, "bases": [{**base, "reply": reply("README.md", name="org/other")}]}
    )
    assert (own["label"], other["label"], other["problem"]) == ("open-weights", "undetermined", None)
    assert other["inherited_license"] == "insufficient_evidence"


def test_either_name_of_the_id_serves_and_two_models_are_none():
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    base = {"reply": reply("README.md", name="org/base"), "card": card(PROSE, license="cc-by-nc-4.0")}
    plain, named, two = answers(
        {**row, "bases": [{**base, "id": "org/base"}]},
        {**row, "bases": [{**base, "modelId": "org/base"}]},
        {**row, "bases": [{**base, "id": "org/base", "modelId": "org/other"}]},
    )
    assert plain == named
    assert (named["inherited_license"], two["inherited_license"]) == ("not_met", "insufficient_evidence")
    same, other = answers({**OPEN, "modelId": "Org/Model"}, {**OPEN, "modelId": "org/other"})
    assert same == answers(OPEN)[0]
    [unnamed] = answers({**OPEN, "id": None, "modelId": "org/model"})
    assert unnamed == same
    assert (other["problem"], other["label"]) == ("id and modelId name two models", None)


def test_a_text_beside_the_list_means_that_the_list_is_not_whole():
    listed = {**OPEN, "reply": json.dumps({**json.loads(OPEN["reply"]), "siblings": [WEIGHTS, *LISTED]})}
    beside = {**listed, "files": [*OPEN["files"], {"path": "LICENSE-2", "text": OPEN["files"][0]["text"]}]}
    whole, cut = answers(listed, beside)
    assert (whole["weights_license"], cut["weights_license"]) == ("met", "insufficient_evidence")


LISTED = [{"rfilename": "README.md"}, {"rfilename": "LICENSE"}]

# --- which text is whole ----------------------------------------------------------------------------------

BLANK = ["", " ", "\n", " \r\n\t", "\ufeff", "\u200b\n", "\x00"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_text_that_nobody_sees_is_read_only_where_the_list_says_so(blank):
    size = len(blank.encode())
    rows = [WEIGHTS, {"rfilename": "README.md"}, {"rfilename": "LICENSE"}]
    sized = [*rows[:2], {"rfilename": "LICENSE", "size": size}]
    texts = [{"path": "LICENSE", "text": blank}]
    replies = [json.dumps({**json.loads(OPEN["reply"]), "siblings": listed}) for listed in (rows, sized)]
    unread, empty = answers(*({**OPEN, "files": texts, "reply": each} for each in replies))
    assert (unread["weights_license"], unread["label"]) == ("insufficient_evidence", "undetermined")
    assert empty["problem"] is None
    if not blank.strip():
        assert empty["weights_license"] == "met"
    [no_card] = answers({**OPEN, "card": blank})
    assert no_card["weights_license"] == "insufficient_evidence"


@pytest.mark.parametrize("path", ["README.md", "LICENSE"])
def test_a_text_of_another_size_than_the_list_says_is_not_that_file(path):
    size = len((APACHE if path == "README.md" else apache_text()).encode())

    def of_size(listed):
        rows = [WEIGHTS, *({"rfilename": each} for each in {"README.md", "LICENSE"} - {path})]
        siblings = [*rows, {"rfilename": path, "size": listed}]
        return {**OPEN, "reply": json.dumps({**json.loads(OPEN["reply"]), "siblings": siblings})}

    right, shorter, longer = answers(*map(of_size, (size, size + 1, size - 1)))
    words = [each["weights_license"] for each in (right, shorter, longer)]
    assert words == ["met", "insufficient_evidence", "insufficient_evidence"]


# --- which side speaks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cells.ALIASES)
def test_two_columns_that_say_the_same_thing_are_refused(name):
    other = cells.ALIASES[name]
    for one in (name, other):
        assert answers({"id": "org/model", one: None})[0]["problem"] is None
    with pytest.raises(UsageError, match=f"'{name}' and '{other}', two names of one"):
        answers({"id": "org/model", name: None, other: None})


BESIDE = {
    "cardData": ('{"license": "apache-2.0"}', '{"license": "cc-by-nc-4.0"}'),
    "tags": (["license:apache-2.0"], ["license:cc-by-nc-4.0"]),
    "siblings": (["model.safetensors", "README.md", "LICENSE"], ["model.safetensors", "README.md"]),
    "gated": ("False", "manual"),
    "sha": (SHA, "b" * 40),
    "lastModified": ("2026-01-02 03:04:05", "2026-01-03"),
    "pipeline_tag": ("text-generation", "translation"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_column_beside_the_reply_says_nothing_else(name):
    more = {"tags": ["license:apache-2.0"], "lastModified": "2026-01-02T03:04:05.000Z"}
    said = {**json.loads(OPEN["reply"]), **more, "pipeline_tag": "text-generation"}
    row = {**OPEN, "reply": json.dumps(said)}
    same, other = BESIDE[name]
    alone, repeated, contradicted = answers(row, {**row, name: same}, {**row, name: other})
    assert alone == repeated
    assert (alone["weights_license"], contradicted["label"]) == ("met", None)
    assert contradicted["problem"] == f"the reply and the column {name} say two things"


def test_a_base_of_two_minds_is_unread():
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    base = {"id": "org/base", "siblings": ["README.md", "a.safetensors"], "card": APACHE, "tags": ["x"]}
    data, other = {"license": "apache-2.0"}, {"license": "cc-by-nc-4.0"}
    one, same, two = answers(
        {**row, "bases": [{**base, "cardData": data, "card_data": None}]},
        {**row, "bases": [{**base, "cardData": data, "card_data": data}]},
        {**row, "bases": [{**base, "cardData": data, "card_data": other}]},
    )
    assert one == same
    assert (one["label"], two["label"], two["problem"]) == ("open-weights", "undetermined", None)


# --- kinds of cells ---------------------------------------------------------------------------------------


def table_of(row, **columns):
    """The row as a batch, with these columns in place of its own."""
    plain = pa.RecordBatch.from_pylist([{key: row[key] for key in row if key not in columns}])
    arrays = [*plain.columns, *columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=[*plain.schema.names, *columns])


def test_a_text_of_a_named_kind_is_a_text(tmp_path):
    kind = pa.json_(pa.string())
    typed = {name: pa.array([OPEN[name]], kind) for name in ("reply", "card")}
    path = tmp_path / "models.parquet"
    pq.write_table(pa.Table.from_batches([table_of(OPEN, **typed)]), path)
    [batch] = pq.read_table(path).to_batches()
    assert batch.schema.field("reply").type == kind
    assert audit_batch(batch, as_of=DAY).to_pylist() == answers(OPEN)
    data = pa.array([DUMP["cardData"]], pa.json_(pa.large_string()))
    assert audit_batch(table_of(DUMP, cardData=data), as_of=DAY).to_pylist() == answers(DUMP)


def test_a_number_of_a_named_kind_is_no_text():
    typed = pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1], pa.int8()))
    with pytest.raises(UsageError, match="'card' cannot hold"):
        audit_batch(table_of(OPEN, card=typed))


def test_a_base_of_a_named_kind_is_read():
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    base = {"id": "org/base", "cardData": '{"license": "cc-by-nc-4.0"}'}
    kind = pa.list_(pa.struct([("id", pa.string()), ("cardData", pa.json_(pa.string()))]))
    texts = pa.array([[base]], pa.list_(pa.struct([("id", pa.string()), ("cardData", pa.string())])))
    [found] = audit_batch(table_of(row, bases=texts.cast(kind)), as_of=DAY).to_pylist()
    assert found == answers({**row, "bases": [base]})[0]
    assert found["inherited_license"] == "not_met"


FAR = {
    "seconds": pa.array([9 * 10**18], pa.timestamp("s")),
    "milliseconds": pa.array([9 * 10**18], pa.timestamp("ms")),
    "microseconds": pa.array([9 * 10**18], pa.timestamp("us", "UTC")),
    "long ago": pa.array([-(9 * 10**18)], pa.timestamp("us")),
    "days": pa.array([2**31 - 1], pa.date32()),
    "no day": pa.array([1], pa.duration("ns")),
    "a text": pa.array(["+292278-01-01"]),
}


@pytest.mark.parametrize("name", FAR)
def test_a_moment_that_is_none_is_no_fact_and_costs_no_answer(name):
    [found] = audit_batch(table_of(DUMP, lastModified=FAR[name]), as_of=DAY).to_pylist()
    assert (found["problem"], found["weights_license"]) == (None, "met")
    near = pa.array([1_767_322_800], pa.timestamp("s", "Europe/Paris"))
    [told] = audit_batch(table_of(DUMP, lastModified=near), as_of=DAY, frameworks=FRAMES).to_pylist()
    [far] = audit_batch(table_of(DUMP, lastModified=FAR[name]), as_of=DAY, frameworks=FRAMES).to_pylist()
    assert told == answers(DUMP, frameworks=FRAMES)[0]
    if name != "a text":
        undated = {key: value for key, value in DUMP.items() if key != "lastModified"}
        assert far == answers(undated, frameworks=FRAMES)[0] != told


def test_of_bases_with_a_moment_that_is_none_nothing_is_read():
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    for unit, moment in (("s", 9 * 10**18), ("s", 1_767_322_800), ("ns", 1_767_322_800_000_000_001)):
        kind = pa.struct([("id", pa.string()), ("lastModified", pa.timestamp(unit))])
        cells = pa.array([[{"id": "org/base", "lastModified": moment}]], pa.list_(kind))
        [found] = audit_batch(table_of(row, bases=cells), as_of=DAY).to_pylist()
        assert (found["problem"], found["weights_license"], found["label"]) == (None, "met", "undetermined")


@pytest.mark.parametrize("odd", [{"id": "org/base"}, 5, [1], True])
def test_a_reply_of_a_base_that_is_no_text_leaves_it_unread(odd):
    row = {**OPEN, "card": card(PROSE, license="apache-2.0", base_model="org/base")}
    read, unread = ({"id": "org/base", "card": APACHE, "reply": each} for each in (REPLY_OF_BASE, odd))
    [good], [found] = answers({**row, "bases": [read]}), answers({**row, "bases": [unread]})
    assert (good["label"], good["problem"]) == ("open-weights", None)
    assert (found["label"], found["problem"], found["weights_license"]) == ("undetermined", None, "met")


WRONG = {
    "a table": (pa.table({"id": ["a/b"]}), DAY, "RecordBatch is asked for, and not 'Table'"),
    "rows": ([{"id": "a/b"}], DAY, "and not 'list'"),
    "a number for a day": (pa.record_batch({"id": ["a/b"]}), 5, "'5' is not a day"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_batch_or_no_day_is_refused(name):
    batch, day, words = WRONG[name]
    with pytest.raises(UsageError, match=words):
        audit_batch(batch, as_of=day)


REPLY_OF_BASE = reply("README.md", name="org/base")
FRAMES = tuple(load().frameworks)
