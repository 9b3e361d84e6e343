"""The facts behind the practical questions: limits of the terms, weight files, what a page announces."""

import json
from dataclasses import replace

import pytest
from hub.world import apache_text
from raw_samples import card, gathered, raw, repository

from osaid_audit import licenses
from osaid_audit.errors import RuleFileError
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.licenses import limits as limits_file
from osaid_audit.licenses.voices import Voice
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import ClauseId, Statement
from osaid_audit.schema.vocabulary import VOCABULARY

PROSE = "A small model for the study of French and English text, made by a school of the town for its pupils."
CONFIG = json.dumps({"architectures": ["SmallModel"]})
LIMITS = sorted(licenses.limit_clauses())


def facts(page=PROSE, info=None, files=None, rows=None, **keys):
    reply = {"cardData": keys, **(info or {})}
    rows = rows or ({"rfilename": "model.safetensors", "size": 2_000_000_000},)
    subject = repository(card(page, **keys), reply, {"config.json": CONFIG, **(files or {})}, rows)
    return {name: each.value for name, each in assemble(gathered(subject)).facts.items()}


def limited(found):
    return {name.removeprefix("license.") for name in LIMITS if found.get(name) is True}


# Limits of the terms


def test_every_limit_is_a_fact_with_clauses_and_every_such_fact_has_some():
    assert all(licenses.limit_clauses().values())
    assert {name for name in VOCABULARY if name.endswith("_limited")} <= set(LIMITS)


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [
        ("cc-by-nc-4.0", {"commercial_limited", "sharing_limited"}),
        ("cc-by-nd-4.0", {"changes_limited"}),
        ("llama3.1", {"field_limited", "threshold", "sharing_limited"}),
        ("creativeml-openrail-m", {"field_limited", "sharing_limited", "revocable", "unilateral_change"}),
    ],
)
def test_an_identified_clause_makes_its_limit_true(license_id, expected):
    found = facts(license=license_id)
    assert expected <= limited(found)
    assert not limited(facts(license="apache-2.0"))


@pytest.mark.parametrize("license_id", ["apache-2.0", "mit", "cc-by-4.0", "gpl-3.0"])
def test_where_all_is_read_and_known_no_limit_is_denied_for_nothing(license_id):
    found = facts(license=license_id)
    assert [found.get(name) for name in LIMITS] == [False] * len(LIMITS)


UNREAD = Missed("LICENSE", "https://hub.test/LICENSE", "unreachable")


@pytest.mark.parametrize(
    "found",
    [
        facts(),
        facts(license="other"),
        facts(license="apache-2.0", files={"LICENSE": "Nobody knows these words, and they bind you."}),
        facts(license="apache-2.0", files={"LICENSE": UNREAD}),
        facts(license="apache-2.0", files={"LICENSE": f"{apache_text()}\nNot for use on Sundays."}),
        facts(license="apache-2.0", files={"USE_POLICY.md": "Please use this model with care and respect."}),
        facts(license="apache-2.0", base_model="org/base"),
        facts(license="openrail"),
    ],
    ids=["none", "other", "unknown text", "unread text", "changed text", "policy", "base", "family"],
)
def test_where_anything_is_not_known_no_limit_is_denied(found):
    assert [found[name] for name in LIMITS if name in found] == []


def test_a_limit_that_binds_some_only_is_neither_true_nor_denied():
    found = facts(license="llama3.2")
    assert "license.geography_limited" not in found
    assert found["license.threshold"] is True


def test_a_restriction_counts_before_everything_is_read():
    found = facts(license="cc-by-nc-4.0", files={"LICENSE": UNREAD})
    assert found["license.commercial_limited"] is True
    assert found["license.mof_open"] is False
    assert "license.geography_limited" not in found


@pytest.mark.parametrize(
    ("license_id", "answer"),
    [
        *(("Apache-2.0", True), ("CC-BY-4.0", True), ("CC0-1.0", True), ("WTFPL", True), ("GPL-3.0", True)),
        *(
            ("etalab-2.0", False),
            ("CC-BY-NC-4.0", False),
            ("LicenseRef-llama-2", False),
            ("C-UDA-1.0", False),
        ),
        *(("PDDL-1.0", None), ("LicenseRef-OpenMDW-1.1", None)),
        *((f"CC-BY-{version}", True) for version in ("1.0", "2.0", "2.5", "3.0")),
        *((f"CC-BY-SA-{version}", True) for version in ("1.0", "2.0", "2.5", "3.0", "4.0")),
        *((f"CC-BY-ND-{version}", False) for version in ("1.0", "2.0", "2.5", "3.0", "4.0")),
        *((f"CC-BY-NC-SA-{version}", False) for version in ("1.0", "2.0", "2.5", "3.0", "4.0")),
        *(("CDLA-Permissive-1.0", True), ("CDLA-Permissive-2.0", True), ("CDLA-Sharing-1.0", True)),
        *(("ODC-By-1.0", True), ("ODbL-1.0", True), ("ODbL-1.1", False), ("ODC-By-1.1", False)),
        *(("GFDL-1.3", True), ("GFDL-1.3-only", True), ("GFDL-1.3-or-later", True)),
        *((f"OGL-UK-{version}", True) for version in ("1.0", "2.0", "3.0")),
        *(("OGL-Canada-2.0", True), ("OGL-Canada-1.0", False), ("OGL-UK-4.0", False)),
        *(("OpenMDW-1.0", True), ("OpenMDW-2.0", False)),
    ],
)
def test_the_list_of_the_model_openness_framework(license_id, answer):
    assert licenses.mof_open(license_id) is answer


LIMITED_BY = {
    "field_of_use": "field_limited",
    "acceptable_use_policy": "field_limited",
    "mutable_policy": "mutable_policy",
    "noncommercial": "commercial_limited sharing_limited",
    "research_only": "commercial_limited field_limited sharing_limited",
    "revenue_threshold": "threshold",
    "user_threshold": "threshold",
    "geography": "geography_limited",
    "output_training_ban": "field_limited",
    "naming": "",
    "branding": "",
    "remote_restriction": "revocable",
    "must_update": "unilateral_change",
    "guardrail_lock": "changes_limited",
    "unilateral_change": "unilateral_change",
    "revocable": "revocable",
    "flow_down": "sharing_limited",
    "no_derivatives": "changes_limited",
    "no_redistribution": "sharing_limited",
    "personal": "commercial_limited field_limited sharing_limited",
}
"""What somebody who is held to one clause alone finds limited."""


@pytest.mark.parametrize("clause", ClauseId.__args__)
def test_one_clause_alone_limits_what_it_is_about_and_nothing_else(clause):
    said = Statement(role="declared", value="x", source=Source(path="README.md"))
    heard = Voice(said, "identified", "LicenseRef-x", ("LicenseRef-x",), "use-restricted", clauses=(clause,))
    assert set(limits_file.held([heard])) == {f"license.{name}" for name in LIMITED_BY[clause].split()}
    assert limits_file.held([replace(heard, kind="unknown")]) == {}


@pytest.mark.parametrize(
    "text", ["- a", "license.nonsense: [noncommercial]", "license.threshold: [cap]", "a: b"]
)
def test_a_wrong_table_of_limits_is_refused(monkeypatch, tmp_path, text):
    (tmp_path / "limits.yaml").write_text(text)
    monkeypatch.setattr(limits_file.resources, "data", lambda _: tmp_path)
    limits_file.limit_clauses.cache_clear()
    with pytest.raises(RuleFileError, match=r"limits\.yaml"):
        licenses.limit_clauses()
    monkeypatch.undo()
    limits_file.limit_clauses.cache_clear()
    assert licenses.limit_clauses()


# Weight files


def files(**sizes):
    """Rows of a listing; two underscores are a slash, one before the ending a dot."""
    return tuple({"rfilename": name, "size": size} for name, size in sizes.items())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"model.safetensors": 10}, (10, 10, True, False)),
        ({"pytorch_model.bin": 10}, (10, 10, False, True)),
        ({"model.safetensors": 10, "pytorch_model.bin": 20}, (30, 10, True, False)),
        ({"vae/model.safetensors": 1, "pytorch_model.bin": 20}, (21, 1, None, False)),
        ({"a-00001-of-00002.safetensors": 5, "a-00002-of-00002.safetensors": 6}, (11, 11, True, False)),
        ({"m-q4.gguf": 4, "m-q8.gguf": 8, "mmproj-m.gguf": 1}, (13, 4, True, False)),
        ({"m-00001-of-00002.gguf": 4, "m-00002-of-00002.gguf": 3, "big.gguf": 9}, (16, 7, True, False)),
        ({"model.h5": 7}, (7, 7, False, None)),
        ({"model.bin": 7}, (7, 7, False, None)),
        ({"model.pt": 7, "model.bin": 7}, (14, 7, False, None)),
    ],
    ids=str,
)
def test_sizes_and_kinds_of_weight_files(rows, expected):
    found = facts(license="mit", rows=files(**rows))
    names = ("weights.bytes", "weights.set_bytes", "weights.safe_format", "weights.pickle_only")
    assert tuple(found.get(name) for name in names) == expected


def test_a_size_that_is_missing_leaves_the_whole_unknown():
    rows = ({"rfilename": "a.safetensors", "size": 4}, {"rfilename": "b.safetensors"})
    found = facts(license="mit", rows=rows)
    assert "weights.bytes" not in found
    assert "weights.set_bytes" not in found
    assert found["weights.safe_format"] is True


def test_a_file_that_may_be_weights_leaves_size_and_kind_unknown():
    rows = ({"rfilename": "model.safetensors", "size": 4}, {"rfilename": "blob", "size": 9_000_000_000})
    found = facts(license="mit", rows=rows)
    assert not {"weights.bytes", "weights.safe_format"} & set(found)
    assert found["weights.pickle_only"] is False


@pytest.mark.parametrize(
    ("paths", "there"),
    [
        (("checkpoint-100/model.safetensors", "checkpoint-200/model.safetensors"), True),
        (("step1000/model.bin", "step2000/model.bin"), True),
        (("checkpoint-100/model.safetensors", "model.safetensors"), None),
        (("checkpoints.safetensors", "stepwise.safetensors"), None),
    ],
    ids=str,
)
def test_checkpoints_are_several_and_numbered(paths, there):
    rows = tuple({"rfilename": path, "size": 5} for path in paths)
    assert facts(license="mit", rows=rows).get("weights.checkpoints") is there


# What a page announces


@pytest.mark.parametrize(
    ("task", "expected"),
    [("text-generation", "text-generation"), ("", None), (7, None), ("Drop <b>table</b>", None)],
)
def test_the_task_is_the_hubs_word_or_nothing(task, expected):
    assert facts(license="mit", info={"pipeline_tag": task}).get("subject.task") == expected


def test_a_card_copied_from_a_parent_announces_nothing():
    page = f"GGUF version of org/base.\n\n{PROSE}\n\n[copyright policy](https://o.test/c)"
    assert "documents.copyright_policy" not in facts(page, license="mit")
    assert "documents.copyright_policy" in facts(page.partition("\n\n")[2], license="mit")


def test_where_it_was_read_is_kept():
    subject = repository(
        card(PROSE, license="mit"),
        {"lastModified": "2025-01-01T00:00:00Z"},
        {"config.json": raw("config.json", CONFIG)},
    )
    found = assemble(gathered(subject)).facts
    assert found["subject.last_modified"].sources[0].pointer == "/lastModified"
    assert found["weights.bytes"].sources[0].path == "model.safetensors"
