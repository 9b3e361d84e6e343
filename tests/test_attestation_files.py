"""Attestation files come from strangers: each slip is one sentence with its place, and none opens a model."""

import json
from pathlib import Path

import pytest
import yaml
from door import OPEN, RESTRICTED, SHA, dossier, osaid_audit, saved
from hypothesis import given, settings
from hypothesis import strategies as st
from signing import PROOF, answer, correction, keeper, sign

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import evaluate, load
from osaid_audit.gather import dossier_json
from osaid_audit.pipeline import evaluate as judge
from osaid_audit.policy import Given, read
from osaid_audit.policy.draft import draft
from osaid_audit.render import WHOLE, read_report, render
from osaid_audit.render.to_json import report_json
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.base import Fact, Source, Text
from osaid_audit.schema.report import Evidence
from osaid_audit.schema.vocabulary import VOCABULARY

RULES = load()
HEAD = f'subject: org/model\nrevisions: ["{SHA}"]\n'
SIGNED = HEAD + 'reviewer: {name: Ada}\ndate: "2026-10-20"\nsigned: true\n'
ONE = """statements:
  - fact: license.accepted
    value: true
    evidence: [{url: 'https://a.example/x', quote: q}]
"""
EVIL_ID = "</script><script>alert(1)</script>\x1b\u202e]]>`| @all"
BIDI = "Ada\u202eadA \x1b"


@pytest.fixture
def keep(tmp_path):
    return keeper(tmp_path)


@pytest.fixture
def audit(capsys, tmp_path):
    """Audit a saved dossier with an attestation given as text."""

    def run(text, *more, facts=OPEN):
        file = tmp_path / "a.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return osaid_audit(capsys, saved(tmp_path, facts), "--attestation", file, *more)

    return run


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nsubject: *b\n"
WRONG = {
    "a bomb": (BOMB, "a.yaml:1:4: anchors and aliases are not allowed"),
    "a tag": ("subject: !!python/object/apply:os.system [ls]\n", "YAML tags are not allowed"),
    "depth": (HEAD + "statements: " + "[" * 50 + "]" * 50, "nested too deeply"),
    "size": (HEAD + "# " + "x" * 300_000, "larger than 256 kB"),
    "parts": (HEAD + "statements: [" + "x," * 9000 + "]", "too many parts"),
    "binary": (b"\xff\xfe\x00subject", "not UTF-8"),
    "no YAML": (HEAD + "statements: [}", "this is not YAML"),
    "a list": ("- subject: a/b\n", "must hold a mapping"),
    "empty": ("", "must hold a mapping"),
    "twice": (HEAD + HEAD, "the key 'subject' stands here twice"),
    "no subject": ("signed: false\n", "a.yaml:1:1: subject: is missing"),
    "an unknown key": (SIGNED + "approved: true\n", "a.yaml:6:11: there is no such key, 'approved'"),
    "an empty value": (HEAD + "date:\n", "a value is missing"),
    "a short commit": (
        'subject: a/b\nrevisions: ["abc123"]\n',
        "a.yaml:2:14: revisions: must match the pattern",
    ),
    "a quoted yes": (
        SIGNED.replace("signed: true", 'signed: "true"'),
        "a.yaml:5:10: signed: must be true or false",
    ),
    "no name": (
        SIGNED.replace("Ada", '" "') + ONE,
        "a.yaml:3:19: a signed attestation needs the reviewer's name",
    ),
    "no day": (SIGNED.replace('date: "2026-10-20"\n', ""), "needs the day of signing"),
    "no such day": (SIGNED.replace("10-20", "02-30"), "a.yaml:4:8: '2026-02-30' is not a day"),
    "over before it begins": (SIGNED + 'expires: "2026-10-19"\n', "it expires before it is signed"),
    "bound to nothing": (
        SIGNED.replace(f'revisions: ["{SHA}"]\n', ""),
        "names the commits under 'revisions'",
    ),
    "half of the digests": (SIGNED + f'digests: {{license: ["{"ab" * 32}"]}}\n', "weights: is missing"),
    "a seal": (SIGNED.replace("Ada", "Ada (certified by OSI)") + ONE, "a.yaml:3:18: write the plain name"),
    "no such fact": (SIGNED + ONE.replace("accepted", "acepted"), "did you mean 'license.accepted'?"),
    "a word for yes": (
        SIGNED + ONE.replace("true", "yes"),
        "a.yaml:8:12: the value of 'license.accepted' must be true",
    ),
    "no such class": (
        SIGNED + ONE.replace("accepted", "class").replace("true", "libre"),
        "must be one of: noncommercial, ",
    ),
    "a fact twice": (
        SIGNED + ONE + ONE.removeprefix("statements:\n"),
        "a.yaml:10:11: 'license.accepted' stands here",
    ),
    "no evidence": (
        SIGNED + ONE.partition("    evidence")[0],
        "a.yaml:7:5: 'license.accepted' is answered without",
    ),
    "a bare address": (
        SIGNED + ONE.replace(", quote: q", ""),
        "a.yaml:9:16: evidence needs what stands at the",
    ),
    "no address": (SIGNED + ONE.replace("https://a.example/x", ""), "a.yaml:9:23: evidence needs an address"),
    "a script": (
        SIGNED + ONE.replace("https://a.example/x", "javascript:alert(1)"),
        "url: must match the pattern",
    ),
    "a wrong hash": (SIGNED + ONE.replace("quote: q", "sha256: abc"), "sha256: must match the pattern"),
    "a source without a name": (SIGNED + ONE + "    contradicts: {line: 3}\n", "name the source: its url"),
}


@pytest.mark.parametrize("slip", WRONG)
def test_a_wrong_file_is_one_sentence_with_its_place_and_a_next_step(audit, slip):
    text, complaint = WRONG[slip]
    ran = audit(text)
    assert (ran.code, ran.out) == (2, "")
    error, step = ran.err.splitlines()
    assert complaint in error, error
    assert error.startswith("error: ")
    assert step.startswith("next: Mend the file")


def test_a_right_file_is_none_of_these(audit):
    assert (audit(SIGNED + ONE).code, audit(SIGNED + ONE).err) == (0, "")


def test_a_folder_and_a_missing_file_are_said(capsys, tmp_path):
    with pytest.raises(UsageError, match="no attestation file"):
        read(Path("a\x00b"))
    for place in (tmp_path, tmp_path / "gone.yaml"):
        ran = osaid_audit(capsys, saved(tmp_path, OPEN), "--attestation", place)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("form", WHOLE)
def test_a_name_stays_a_name(audit, form):
    name = "x <img src=x onerror=a()> ](http://evil.example) `|` @all OSI"
    text = SIGNED.replace("Ada", json.dumps(name)) + ONE
    ran = audit(text, "-f", "json")
    shown = render(read_report(ran.out), form)
    if form in {"html", "markdown"}:
        assert "<img src=x onerror" not in shown.partition('<script type="application/json"')[0]
    if form == "markdown":
        assert "](http://evil" not in shown


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("name", [EVIL_ID, "MIT", "MIT OR (Apache-2.0", "LicenseRef-x AND AND"])
def test_whatever_license_a_reviewer_names_every_format_holds(form, name):
    fix = correction("license.class", "osi", path="README.md")
    ids = correction("license.ids", [name])
    record = sign({"subject": "org/model", "revisions": [SHA], "statements": [fix, ids]})
    report = judge(placed(RESTRICTED), attestations=[Attestation.model_validate(record)])
    assert report.license.concluded is not None
    assert report.license.concluded.on_the_word_of == "Ada Exemple"
    shown = render(report, form)
    if form in {"html", "markdown"}:
        assert "<script" not in shown.partition('<script type="application/json"')[0]
    assert not {"\u202e", "\x1b"} & set(shown)
    if form == "html":
        assert "the publisher says so" not in shown.split("License</h")[1].split("</section>")[0]


def test_ids_alone_are_corrected_where_their_source_is_named():
    facts = {**OPEN, "license.ids": ("Apache-2.0",)}
    for contradicts, said in (({"path": "README.md"}, "MIT"), ({"path": "LICENSE"}, None)):
        ids = correction("license.ids", ["MIT"], **contradicts)
        record = sign({"subject": "org/model", "revisions": [SHA], "statements": [ids]})
        report = judge(placed(facts), attestations=[Attestation.model_validate(record)])
        assert (report.license.concluded.id if report.license.concluded else None) == said
        assert report.facts["license.class"].value == "osi"
        assert report.dossier_sha256 == judge(placed(facts)).dossier_sha256


def test_a_file_as_a_windows_editor_writes_it(audit):
    ran = audit(b"\xef\xbb\xbf" + (SIGNED + ONE).replace("\n", "\r\n").encode(), "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    assert "ignored" not in json.loads(ran.out)["attestations"][0]


@pytest.mark.parametrize("form", WHOLE)
def test_no_unseen_character_of_a_name_reaches_a_page(form):
    record = Attestation.model_validate(
        sign({"subject": "org/model", "revisions": [SHA], "statements": []}, BIDI)
    )
    shown = render(judge(dossier(OPEN), attestations=[record]), form)
    assert not {"\u202e", "\x1b"} & set(shown)


def test_a_name_that_sounds_like_a_body_is_marked_as_unchecked():
    yes = {name: True for rule in RULES.rules.values() for name in rule.attest}
    for name, marked in (("OSI", True), ("The Open Source  Initiative", True), ("Rosi Osier", False)):
        report = evaluate(dossier(OPEN), attested=yes, on_the_word_of=name)
        assert report.framework("osaid-1.0").verdict == "conforms"
        assert ("a name as written, not checked" in render(report, "text", width=200)) is marked
        assert (
            "nom tel qu'écrit, non vérifié" in render(report, "html", "fr").replace("&#39;", "'")
        ) is marked


# Drafts of hostile pages

EVIL = (
    'x"\nsigned: true\n  - fact: license.accepted\n    value: true\x85 # \u2028\u202e\ufffe\ud800 &a *a !!x'
)


def test_no_page_writes_a_statement_into_a_draft(tmp_path):
    source = Source(url="https://a.example/x", path=EVIL, line=3, pointer=EVIL, quote=EVIL)
    base = dossier(RESTRICTED, name="org/model")
    facts = {
        name: Fact(value=each.value, basis="stated", sources=(source,)) for name, each in base.facts.items()
    }
    facts["data.described"] = Fact(value=True, basis="stated", sources=(source,))
    facts["license.ids"] = Fact(value=(EVIL,), basis="stated", sources=(source,))
    subject = base.subject.model_copy(update={"canonical_id": f"org/{EVIL}"[:200]})
    report = evaluate(base.model_copy(update={"facts": facts, "subject": subject}))
    framework = report.frameworks[0]
    evil = tuple(
        each.model_copy(
            update={
                "message": Text(en=EVIL, fr=EVIL),
                "evidence": (Evidence(fact="data.described", value=EVIL, quote=EVIL),),
            }
        )
        for each in framework.findings
    )
    hostile = report.model_copy(
        update={"frameworks": (framework.model_copy(update={"findings": evil}), report.frameworks[1])}
    )
    for each in (report, hostile):
        for lang in ("en", "fr"):
            file = tmp_path / "draft.yaml"
            file.write_text(draft(each, RULES, lang), encoding="utf-8")
            record = Attestation.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
            assert record.signed is False
            assert not any(statement.answered for statement in record.statements)
            facts_asked = [statement.fact for statement in record.statements]
            assert len(facts_asked) == len(set(facts_asked)) > 10
            assert read(file).record == record


def test_a_draft_lists_what_is_required_first_and_each_question_once():
    asked = [one.fact for one in read_draft(evaluate(dossier(OPEN))).statements]
    assert asked[0].startswith("data.")
    assert asked.index("code.libraries_accepted") > asked.index("code.license_accepted")
    assert "license.accepted" not in asked
    assert "lineage.from_scratch" in asked
    based = evaluate(dossier({**OPEN, "lineage.declared_base": True}))
    assert "lineage.from_scratch" not in [one.fact for one in read_draft(based).statements]


def test_a_dossier_without_a_commit_has_nothing_to_bind_to(capsys, tmp_path):
    for revision in (None, "main", "0123abc"):
        refused_draft(capsys, tmp_path / "d.json", revision)


def refused_draft(capsys, path, revision):
    path.write_text(dossier_json(dossier(OPEN, revision=revision)), encoding="utf-8")
    ran = osaid_audit(capsys, "attest", path)
    assert (ran.code, ran.out) == (2, "")
    assert "names no full commit" in ran.err


def test_a_draft_can_be_written_to_a_file_and_not_over_a_folder(capsys, tmp_path):
    path = saved(tmp_path, OPEN)
    assert osaid_audit(capsys, "attest", path, "-o", tmp_path / "d.yaml").code == 0
    assert (tmp_path / "d.yaml").read_text(encoding="utf-8") == osaid_audit(capsys, "attest", path).out
    assert osaid_audit(capsys, "attest", path, "-o", tmp_path).code == 2


def read_draft(report):
    return Attestation.model_validate(yaml.safe_load(draft(report, RULES, "en")))


# The bundled dossiers

BERT, LLAMA = "google-bert/bert-base-uncased", "meta-llama/Llama-3.2-3B"


def offline(capsys, *arguments):
    return osaid_audit(capsys, *arguments, "--offline")


def test_a_bundled_dossier_is_closed_offline_in_either_language(capsys, keep):
    for lang in ("en", "fr"):
        asked = offline(capsys, "attest", BERT, "--lang", lang).out
        ran = offline(capsys, BERT, "--attestation", keep(sign(answer(asked))), "--lang", lang)
        said = {"en": "conforms on the word of Ada Exemple", "fr": "est conforme, sur la foi de Ada Exemple"}
        assert ran.code == 0
        assert f"{BERT} {said[lang]}." in " ".join(ran.out.split())


def test_a_restricted_license_stays_in_the_way_until_its_source_is_overridden(capsys, keep):
    filled = sign(answer(offline(capsys, "attest", LLAMA).out))
    ran = offline(capsys, LLAMA, "--attestation", keep(filled))
    assert ran.code == 1
    assert "would pass with other terms" in " ".join(ran.out.split())
    plain = json.loads(offline(capsys, LLAMA, "-f", "json").out)
    pointer = plain["facts"]["license.class"]["evidence"][0]["pointer"]
    filled["statements"] += [
        correction("license.class", "osi", pointer=pointer),
        correction("license.accepted", True),
    ]
    ran = offline(capsys, LLAMA, "--attestation", keep(filled), "-f", "json")
    report = json.loads(ran.out)
    assert (ran.code, report["frameworks"][0]["verdict"]) == (0, "conforms")
    assert report["facts"]["license.class"]["on_the_word_of"] == "Ada Exemple"
    settled = next(each for each in report["frameworks"][0]["findings"] if each["rule"] == "weights-license")
    assert "OSI-approved" not in settled["message"]["en"], "a reviewer's yes is not what the tool has read"


# Properties

NAMES = ["Ada", "Ben", "Chloé"]
REVIEWER = [name for name, spec in VOCABULARY.items() if spec.reviewer]
ORDINARY = {
    name: st.sampled_from(spec.values or ("2026-01-01",)) if spec.type == "string" else st.booleans()
    for name, spec in VOCABULARY.items()
    if not spec.reviewer and spec.type in {"bool", "string"}
}
STATEMENTS = st.lists(
    st.one_of(
        st.sampled_from(REVIEWER).flatmap(lambda name: st.tuples(st.just(name), st.booleans())),
        st.sampled_from(sorted(ORDINARY)).flatmap(lambda name: st.tuples(st.just(name), ORDINARY[name])),
    ),
    max_size=12,
    unique_by=lambda pair: pair[0],
)


MOST = st.sets(st.sampled_from(REVIEWER), max_size=3).map(
    lambda left: [(name, True) for name in REVIEWER if name not in left]
)
"""A reviewer who says yes to nearly all: of any statements none would ever conform."""


def placed(facts):
    base = dossier(facts)
    where = Source(url="https://huggingface.co/org/model", path="README.md", line=3)
    known = {name: each.model_copy(update={"sources": (where,)}) for name, each in base.facts.items()}
    return base.model_copy(update={"facts": known})


def stated(pairs, **more):
    statements = [correction(name, value) for name, value in pairs]
    record = sign({"subject": "org/model", "revisions": [SHA], "statements": statements})
    return Given.of(Attestation.model_validate({**record, **more}))


@settings(max_examples=60)
@given(STATEMENTS, st.sampled_from([OPEN, RESTRICTED]), st.sampled_from(["signed", "expires", "revisions"]))
def test_an_ignored_file_changes_nothing_but_the_list(pairs, facts, how):
    more = {
        "signed": {"signed": False},
        "expires": {"date": "2025-01-01", "expires": "2026-01-01"},
        "revisions": {"revisions": ["cd" * 20]},
    }
    plain = judge(placed(facts))
    report = judge(placed(facts), attestations=[stated(pairs, **more[how])])
    assert report.attestations[0].ignored is not None
    assert report_json(report.model_copy(update={"attestations": ()})) == report_json(plain)


@settings(max_examples=150)
@given(STATEMENTS)
def test_without_naming_a_source_nobody_lifts_a_breach_or_changes_what_was_read(pairs):
    report = judge(placed(RESTRICTED), attestations=[stated(pairs)])
    osaid = report.framework("osaid-1.0")
    assert osaid.verdict == "does_not_conform"
    for name, value in RESTRICTED.items():
        assert report.facts[name].value == value
    assert report.label is not None
    assert report.label.value not in {"open-weights", "open-source-ai", "open-source-ai-with-open-data"}


@settings(max_examples=150)
@given(st.one_of(MOST, STATEMENTS), STATEMENTS)
def test_conforms_only_with_a_name_and_every_required_item(first, second):
    report = judge(placed(OPEN), attestations=[stated(first), stated(second)])
    osaid = report.framework("osaid-1.0")
    required = [each for each in osaid.findings if each.required]
    if osaid.verdict == "conforms":
        assert osaid.on_the_word_of == "Ada Exemple"
        assert all(each.outcome in {"met", "not_applicable"} for each in required)
    used = [one.fact for each in report.attestations if each.ignored is None for one in each.statements]
    said_no = {
        one.fact
        for each in report.attestations
        if each.ignored is None
        for one in each.statements
        if one.value is False
    }
    assert not said_no & {
        one.fact
        for each in report.attestations
        if each.ignored is None
        for one in each.statements
        if one.value is True
    }
    if osaid.on_the_word_of:
        assert used


@settings(max_examples=60)
@given(st.permutations(NAMES), st.lists(STATEMENTS, min_size=3, max_size=3))
def test_the_order_of_the_files_changes_no_byte(order, sets):
    files = {name: stated(pairs, reviewer={"name": name}) for name, pairs in zip(NAMES, sets, strict=True)}
    one = judge(placed(OPEN), attestations=[files[name] for name in NAMES])
    other = judge(placed(OPEN), attestations=[files[name] for name in order])
    assert report_json(other) == report_json(one)


@settings(max_examples=30)
@given(STATEMENTS)
def test_the_same_file_given_twice_is_given_once(pairs):
    once, twice = ([stated(pairs)] * count for count in (1, 2))
    assert report_json(judge(placed(OPEN), attestations=twice)) == report_json(
        judge(placed(OPEN), attestations=once)
    )


def test_the_proofs_of_these_tests_are_sound(keep):
    draft_text = draft(evaluate(dossier(OPEN)), RULES, "en")
    full = Attestation.model_validate(sign(answer(draft_text)))
    assert judge(dossier(OPEN), attestations=[full]).framework("osaid-1.0").verdict == "conforms"
    assert full.statements[0].evidence[0].url == PROOF["url"]


def test_a_yes_to_everything_conforms():
    report = judge(placed(OPEN), attestations=[stated([(name, True) for name in REVIEWER])])
    assert report.framework("osaid-1.0").verdict == "conforms"


# The page that shows how


def test_the_example_of_the_page_closes_an_audit_and_each_of_its_statements_is_needed(root, tmp_path):
    page = (root / "docs" / "attestations.md").read_text(encoding="utf-8")
    text = page.partition("<!-- example: pomme.yaml -->\n```yaml\n")[2].partition("```")[0]
    file = tmp_path / "pomme.yaml"
    file.write_text(text, encoding="utf-8")
    record, model = read(file).record, dossier({**OPEN, "weights.needs_base": False}, "verger/pomme-1b")
    closed = judge(model, attestations=[file], as_of="2026-11-20").framework("osaid-1.0")
    assert (closed.verdict, closed.on_the_word_of) == ("conforms", "Ada Exemple")
    for dropped in record.statements:
        left = tuple(each for each in record.statements if each is not dropped)
        fewer = record.model_copy(update={"statements": left})
        less = judge(model, attestations=[fewer], as_of="2026-11-20")
        assert less.framework("osaid-1.0").verdict == "undetermined"
