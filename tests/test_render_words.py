"""The interface in two languages: complete, consistent with the closed vocabularies, loud when it is not."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from sample_hostile import hostile, sparse
from sample_licenses import ANSWERS
from sample_many import show_many
from sample_parts import attestation
from sample_scan import show_all
from samples import SAMPLES

from osaid_audit.errors import InternalError
from osaid_audit.licenses import entries
from osaid_audit.render import WHOLE, read_report, render, render_many, words
from osaid_audit.render.license import license_text
from osaid_audit.render.license_terms import terms_of
from osaid_audit.render.page import RUNGS
from osaid_audit.render.terms import takes
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Basis, Outcome, ProblemState, Source, Text
from osaid_audit.schema.dossier import Digests, Hop
from osaid_audit.schema.licenses import ClauseId, LicenseClass, Match, Role
from osaid_audit.schema.report import Ignored

ROOT = Path(__file__).resolve().parent.parent
STRINGS = ROOT / "reports" / "templates" / "strings.yaml"
SOURCES = [*sorted((ROOT / "osaid_audit" / "render").rglob("*.py")), *STRINGS.parent.glob("*.html")]


def test_every_text_has_both_languages_and_the_same_placeholders() -> None:
    document = yaml.safe_load(STRINGS.read_text(encoding="utf-8"))
    assert set(words.catalogue(document)) == set(document)
    assert len(document) > 150


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"en": "Hello"}, "must have en and fr"),
        ({"en": "Hello", "fr": "Bonjour", "de": "Hallo"}, "must have en and fr"),
        ({"en": "Hello", "fr": ""}, "empty"),
        ({"en": "Hello", "fr": None}, "empty"),
        ({"en": "{n} items", "fr": "des points"}, "placeholders"),
        ("Hello", "must have en and fr"),
    ],
)
def test_a_missing_language_is_loud(entry: object, complaint: str) -> None:
    with pytest.raises(InternalError, match=complaint):
        words.catalogue({"greeting": entry})


def test_a_missing_key_is_loud() -> None:
    with pytest.raises(InternalError, match=r"no\.such\.key"):
        Words("en")("no.such.key")


def test_no_key_stands_twice_in_the_file() -> None:
    keys = re.findall(r"^([\w.-]+): \{", STRINGS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys))


def test_every_text_that_is_asked_for_by_name_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r"(?:words|\bt)\(\s*[\"']([\w.-]*\w)[\"']", source))
    counted = {
        f"{key}.{form}" for key in re.findall(r"count\([\"']([\w.-]+)", source) for form in ("one", "many")
    }
    assert len(asked) > 80
    assert (asked | counted) - set(words.shipped()) == set()


def write_drafts() -> None:
    """Drafts with and without digests, breaches and open questions; a license alone in the way."""
    from door import RESTRICTED, SHA, dossier

    from osaid_audit.evaluate import Signed, evaluate, load
    from osaid_audit.policy.draft import draft
    from osaid_audit.schema.base import Fact, Source

    ruleset = load()
    bare = dossier(RESTRICTED)
    placed = {
        name: Fact(value=each.value, basis="stated", sources=(Source(path="README.md", line=3),))
        for name, each in bare.facts.items()
    }
    hashes = Digests(license=("ab" * 32,), weights=("cd" * 32,))
    subject = bare.subject.model_copy(update={"digests": hashes, "revision": SHA})
    bound = evaluate(bare.model_copy(update={"subject": subject, "facts": placed}))
    for report in (evaluate(bare), bound, bound.model_copy(update={"frameworks": ()})):
        draft(report, ruleset, "fr")
    answers = {name: True for rule in ruleset.rules.values() for name in rule.attest}
    alone = evaluate(dossier(RESTRICTED), signed=Signed.by(answers, "OSI"))
    nobody = attestation("", "", "data.described", ignored="unsigned")
    fixed = {
        "license.class": Fact(value="osi", basis="stated"),
        "license.ids": Fact(value=("MIT",), basis="stated"),
    }
    corrected = Signed(corrected=fixed, reviewers=dict.fromkeys(fixed, ("Ada",)))
    render(alone.model_copy(update={"attestations": (nobody,)}), "text", "fr")
    render(evaluate(dossier(RESTRICTED), signed=corrected), "html", "fr")


def test_no_text_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is shown by some sample, or is a word of a closed vocabulary."""
    shown: set[str] = set()
    speak = Words.__call__

    def record(self: Words, key: str, **values: object) -> str:
        shown.add(key)
        return speak(self, key, **values)

    monkeypatch.setattr(Words, "__call__", record)
    undecided = SAMPLES["undecided"]()
    ladder_alone = undecided.model_copy(update={"frameworks": undecided.frameworks[1:]})
    hint = Hop(id="org/base", relation="unknown", depth=1, hint=Source(path="config.json"))
    hinted = undecided.model_copy(update={"lineage": (hint,)})
    for report in (*(make() for make in SAMPLES.values()), hostile(), sparse(), ladder_alone, hinted):
        for form in WHOLE:
            render(report, form, "fr", width=60)
    render_many([SAMPLES["signed"](), SAMPLES["restricted"]()], "html")
    for answer in ANSWERS:
        license_text(answer, "fr", 60, "1.0.0")
    for entry in entries():
        terms_of(entry, Words("fr"))
    write_drafts()
    show_all()
    show_many()
    closed = (
        "outcome",
        "language",
        "rung",
        "class",
        "role",
        "match",
        "basis",
        "clause",
        "relation",
        "dataset",
        "code.standing",
        "found",
    )
    closed += (
        "availability",
        "license.generic",
        "has",
        "state",
        "source",
        "ignored",
        "verdict",
        "file",
        "finding.more",
        "edge",
        "graph",
        "page.many",
        "scan.why",
        "scan.waiver",
    )
    closed += ("explain",)  # of the command: tests/test_explain.py
    closed += ("fiche", "compare")  # tests/test_fiche.py, tests/test_compare.py
    closed += ("check", "policy", "waiver", "waivers")  # of a judgement: tests/test_policy_words.py
    left = {key for key in set(words.shipped()) - shown if not key.startswith(tuple(f"{f}." for f in closed))}
    assert sorted(key for key in left if not key.endswith((".one", ".many"))) == []


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("outcome", tuple(Outcome)),
        ("basis", get_args(Basis)),
        ("state", get_args(ProblemState)),
        ("clause", get_args(ClauseId)),
        ("class", get_args(LicenseClass)),
        ("role", get_args(Role)),
        ("match", get_args(Match)),
        ("freedom", ("use", "study", "modify", "share")),
        ("element", ("data_information", "code", "parameters")),
        ("source", ("hub", "recorded", "file")),
        ("rung", RUNGS),
        ("relation", ("finetune", "adapter", "merge", "quantized", "unknown")),
        ("availability", ("open", "public", "obtainable", "unshareable")),
        ("ignored", get_args(Ignored)),
    ],
)
def test_every_value_of_a_closed_vocabulary_has_a_word(family: str, values: tuple[str, ...]) -> None:
    speak = Words("fr")
    assert [value for value in values if not speak.has(f"{family}.{value}")] == []


def test_a_value_without_a_word_is_shown_as_it_is() -> None:
    assert Words("en").name("ignored", "some-later-reason") == "some-later-reason"


def test_the_outcome_words_are_those_of_the_glossary() -> None:
    french = [Words("fr")(f"outcome.{outcome}") for outcome in Outcome]
    assert french == ["satisfait", "non satisfait", "à examiner", "non établi", "sans objet", "erreur"]


def test_french_spaces_before_double_marks_do_not_break() -> None:
    assert words.typography("Quoi ? « Oui » : non") == "Quoi\u00a0? «\u00a0Oui\u00a0»\u00a0: non"
    assert words.typography("https://a.example/b?c") == "https://a.example/b?c"
    assert not re.search(" [:;!?»]|« ", "".join(text["fr"] for text in words.shipped().values()))
    assert Words("fr").say(Text(en="What?", fr="Quoi ?")) == "Quoi\u00a0?"
    assert Words("en").say(Text(en="What?", fr="Quoi ?")) == "What?"


def test_french_counts_nought_as_one() -> None:
    assert Words("fr").count("lead.passed", 0) == "0 règle"
    assert Words("en").count("lead.passed", 0) == "0 rules"
    assert Words("en").count("lead.passed", 1) == "1 rule"
    assert Words("fr").count("lead.passed", 2) == "2 règles"


def test_our_clauses_take_what_the_rules_say_they_take() -> None:
    clauses = yaml.safe_load((ROOT / "rules" / "clauses.yaml").read_text(encoding="utf-8"))
    ours = {clause: list(takes(clause)) for clause in get_args(ClauseId)}
    assert ours == {clause: clauses[clause].get("freedoms", []) for clause in clauses}


def test_our_rungs_bear_the_names_the_ladder_gives_them() -> None:
    ladder = yaml.safe_load((ROOT / "rules" / "frameworks" / "g7-2026.yaml").read_text(encoding="utf-8"))
    titles = {ladder["floor"]: ladder["floor_title"]} | {
        rung["id"]: rung["title"] for rung in ladder["rungs"]
    }
    assert tuple(titles) == RUNGS
    for lang in ("en", "fr"):
        assert {rung: Words(lang)(f"rung.{rung}") for rung in RUNGS} == {
            rung: title[lang] for rung, title in titles.items()
        }


def test_the_list_of_files_has_a_name_in_both_languages():
    place = ROOT / "reports" / "examples" / "google--gemma-2b.json"
    report = read_report(place.read_text(encoding="utf-8"))
    assert any(each.what == "file list" for each in report.problems)
    assert "liste des fichiers : injoignable" in render(report, "text", "fr").replace("\u00a0", " ")
    assert "list of files: unreachable" in render(report, "text", "en")
    for form in ("text", "markdown"):
        assert "file list" not in render(report, form, "fr")
