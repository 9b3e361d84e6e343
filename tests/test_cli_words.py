"""The commands that explain: help, explain, rules, schema. All answer offline."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from door import OPEN, dossier, osaid_audit, saved

from osaid_audit import licenses
from osaid_audit.cli.explaining import Guide
from osaid_audit.evaluate import load
from osaid_audit.schema.base import Outcome
from osaid_audit.schema.vocabulary import VOCABULARY

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [
    ("audit",),
    ("gather",),
    ("license",),
    ("explain",),
    ("render",),
    ("schema",),
    ("rules", "list"),
    ("rules", "check"),
    ("rules", "test"),
]
HEAVY = ["huggingface_hub", "pydantic", "spdx_tools", "requests", "jinja2"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_help_has_three_examples(capsys, command):
    ran = osaid_audit(capsys, *command, "--help")
    assert (ran.code, ran.err) == (0, "")
    examples = ran.out.split("Examples:")[1].split("\n\n")[0].strip().splitlines()
    assert len(examples) == 3
    assert all(line.strip().startswith("osaid-audit ") for line in examples)


def test_the_help_of_audit_names_the_exit_codes(capsys):
    told = osaid_audit(capsys, "audit", "--help").out.split("Exit codes:")[1]
    assert [line.split()[0] for line in told.strip().splitlines()[:5]] == ["0", "1", "2", "3", "4"]


def test_the_first_help_shows_only_what_is_there(capsys):
    told = osaid_audit(capsys, "--help").out.split("Commands:")[1].split("Examples:")[0]
    listed = [line.split()[0] for line in told.splitlines() if line.startswith("  ") and line[2] != " "]
    assert sorted(listed) == [
        "attest",
        "audit*",
        "compare",
        "explain",
        "gather",
        "license",
        "render",
        "rules",
        "scan",
        "schema",
        "sweep",
    ]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["audit", "--help"], ["rules", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    """In a process of its own, since this one has imported everything long ago."""
    script = (
        "import sys; from osaid_audit.cli.main import run; code = run(sys.argv[1:]);"
        f"print(code, [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "0 []"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("weights-license", ["weights-license (rule)", "osaid-1.0", "license.class"]),
        ("osaid-1.0", ["osaid-1.0 (framework)", "weights-license"]),
        ("practical", ["practical (framework)", "Questions", "- upkeep: Has it changed", "met: yes"]),
        ("eu-ai-act-53-2", ["not_met: does not appear met", "E13. The exception", "eli/reg/2024/1689"]),
        ("mof", ["class-ii: training-code, inference-code", "Labels, low to high"]),
        ("class-iii", ["class-iii (label)", "Class III, Open Model"]),
        ("upkeep", ["upkeep (rule)", "subject.days_since_change > 365"]),
        ("open-weights", ["open-weights (label)", "g7-2026"]),
        ("apache-2.0", ["Apache-2.0 (license)", "an open source license"]),
        ("llama3.2", ["(license)", "uses are restricted", "acceptable_use_policy"]),
        ("acceptable_use_policy", ["acceptable_use_policy (clause)"]),
        ("needs_review", ["needs_review (outcome)", "human"]),
        ("NEEDS-REVIEW", ["(outcome)", "human"]),
        ("license.class", ["license.class (fact)", "noncommercial"]),
        ("lineage.accepted", ["(fact)", "a reviewer only"]),
    ],
)
def test_explain_knows_every_kind_of_name(capsys, name, words):
    ran = osaid_audit(capsys, "explain", name)
    assert (ran.code, ran.err) == (0, "")
    assert [word for word in words if word not in ran.out] == []


def test_explain_speaks_both_languages(capsys):
    english = osaid_audit(capsys, "explain", "not_met", "--lang", "en").out
    french = osaid_audit(capsys, "explain", "not_met", "--lang", "fr").out
    assert "breach" in english
    assert "manquement" in french


def test_explain_offers_near_names(capsys):
    ran = osaid_audit(capsys, "explain", "weight-licence")
    assert (ran.code, ran.out) == (2, "")
    assert "'weights-license'" in ran.err
    assert "rules list" in osaid_audit(capsys, "explain", "zzzzzz").err


def test_everything_that_a_report_names_can_be_explained():
    ruleset = load()
    names = [*ruleset.rules, *ruleset.frameworks, *licenses.clauses(), *Outcome, *VOCABULARY]
    names += [rung.id for framework in ruleset.frameworks.values() for rung in framework.rungs]
    names += [entry.id for entry in licenses.entries()]
    names += [hub_id for entry in licenses.entries() for hub_id in entry.hub_ids]
    for lang in ("en", "fr"):
        guide = Guide(ruleset, lang)
        assert [name for name in names if not list(guide.page(name).lines(80))] == []


def test_rules_list_shows_each_rule_once(capsys):
    rows = json.loads(osaid_audit(capsys, "rules", "list", "--format", "json").out)
    assert sorted(row["id"] for row in rows) == sorted(load().rules)
    text = osaid_audit(capsys, "rules", "list").out
    assert [row["id"] for row in rows if text.count(f"  {row['id']} ") != 1] == []
    assert rows[0]["title"]["fr"] in osaid_audit(capsys, "rules", "list", "--lang", "fr").out


def test_the_shipped_rules_are_right_and_pass_their_cases(capsys):
    assert osaid_audit(capsys, "rules", "check").code == 0
    ran = osaid_audit(capsys, "rules", "test")
    assert ran.code == 0
    assert ran.out.split()[0] == str(sum(len(rule.cases) for rule in load().rules.values()))


HOUSE = """\
id: house-weights
element: parameters
freedoms: [use]
title: {en: Weights are there, fr: Les poids sont là}
why: {en: We run models ourselves., fr: Nous exécutons les modèles nous-mêmes.}
references: [{text: House policy, url: "https://example.org/policy"}]
not_met: ["weights.present == false"]
met: ["weights.present"]
says:
  met: {en: They are., fr: Ils y sont.}
  not_met: {en: They are not., fr: Ils n'y sont pas.}
  insufficient_evidence: {en: Unknown., fr: Inconnu.}
cases:
  - {facts: {weights.present: true}, expect: met}
  - {facts: {weights.present: false}, expect: not_met}
"""
NORM = """\
id: house
kind: binary
version: "1"
title: {en: House, fr: Maison}
url: https://example.org/policy
note: {en: Ours., fr: La nôtre.}
requirements: [{id: weights, rules: [house-weights]}]
"""


@pytest.fixture
def house(tmp_path):
    folder = tmp_path / "house"
    (folder / "frameworks").mkdir(parents=True)
    (folder / "house-weights.yaml").write_text(HOUSE)
    (folder / "frameworks" / "house.yaml").write_text(NORM)
    return folder


def test_rules_of_ones_own_are_checked_listed_and_used(capsys, house, tmp_path):
    assert osaid_audit(capsys, "rules", "check", house).out == "All is right: 1 rule, 1 framework.\n"
    assert osaid_audit(capsys, "rules", "test", house).out == "2 cases give what they expect.\n"
    rows = json.loads(osaid_audit(capsys, "rules", "list", "--rules", house, "-f", "json").out)
    assert [row["frameworks"] for row in rows if row["id"] == "house-weights"] == [["house"]]
    path = saved(tmp_path, OPEN)
    ran = osaid_audit(capsys, path, "--rules", house, "--framework", "house", "-f", "json")
    finding = json.loads(ran.out)["frameworks"][0]["findings"][0]
    assert (ran.code, finding["outcome"]) == (0, "met")
    assert finding["origin"].endswith("house-weights.yaml")


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("weights.present == false", "weights.presnt == false", "weights.presnt"),
        ("weights.present == false", "weights.present == 'no'", "overload"),
        ("{weights.present: true}, expect: met", "{weights.present: true}, expect: needs_review", "expects"),
        ("id: house-weights", "id: weights-license", "weights-license"),
        ("element: parameters", "elemnt: parameters", "elemnt: there is no such key"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(capsys, house, good, bad, words):
    file = house / "house-weights.yaml"
    file.write_text(HOUSE.replace(good, bad))
    for arguments in (
        ["rules", "check", house],
        ["rules", "test", house],
        [saved(house.parent, OPEN), "--rules", house],
    ):
        ran = osaid_audit(capsys, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert f"error: {file}:" in ran.err
        assert words in ran.err


def test_schema_describes_what_is_written(capsys):
    for name in ("report", "dossier", "rule", "framework", "lock", "baseline"):
        ran = osaid_audit(capsys, "schema", name)
        tree = json.loads(ran.out)
        assert tree["$schema"].endswith("2020-12/schema")
        assert '"null"' not in ran.out
        assert ran.out == json.dumps(tree, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    schema = json.loads(osaid_audit(capsys, "schema", "dossier").out)
    assert set(json.loads(dossier(OPEN).model_dump_json(exclude_none=True))) <= set(schema["properties"])
