"""A reviewer closes an audit: draft, answers, signature, verdict; and everything that does not count."""

import json
from functools import partial

import pytest
import yaml
from door import osaid_audit as command
from hub import world
from hub.repos import Repo, Weights
from hub.world import apache_text, card
from signing import PROOF, answer, correction, keeper, sign

import osaid_audit
from osaid_audit.render import WHOLE, read_report, render
from osaid_audit.schema.attestation import Attestation

pytest_plugins = ("hub.fixtures",)
MODEL = world.OPEN


@pytest.fixture
def ask(ask_at, local_hub):
    return partial(ask_at, local_hub)


@pytest.fixture
def keep(tmp_path):
    return keeper(tmp_path)


@pytest.fixture
def draft(ask):
    return ask("attest", MODEL).out


def judged(ask, *files, model=MODEL, more=()):
    """The report of an audit with these attestations, and what was said on stderr."""
    given = [part for file in files for part in ("--attestation", file)]
    ran = ask(model, "-f", "json", "--no-links", *given, *more)
    assert ran.out, ran.err
    return json.loads(ran.out), ran


def osaid(report):
    return next(each for each in report["frameworks"] if each["id"] == "osaid-1.0")


def finding(report, rule):
    return next(each for each in osaid(report)["findings"] if each["rule"] == rule)


def without_attestations(report):
    """All else; two audits of the local Hub differ in the second they were made in, and so in the dossier."""
    apart = {"attestations", "gathered_at", "dossier_sha256"}
    return {name: value for name, value in report.items() if name not in apart}


# The whole way


def test_draft_answers_signature_and_the_audit_closes(ask, keep, draft, local_hub):
    open_before = osaid(judged(ask)[0])
    assert (open_before["verdict"], "on_the_word_of" in open_before) == ("undetermined", False)
    report, ran = judged(ask, keep(sign(answer(draft))))
    assert (ran.code, ran.err) == (0, "")
    assert osaid(report)["verdict"] == "conforms"
    assert osaid(report)["on_the_word_of"] == "Ada Exemple"
    assert report["label"]["value"] == "open-source-ai-with-open-data"
    shown = report["attestations"]
    assert [(each["reviewer"]["name"], each["date"], "ignored" in each) for each in shown] == [
        ("Ada Exemple", "2025-01-20", False)
    ]
    assert {each["evidence"][0]["url"] for each in shown[0]["statements"]} == {PROOF["url"]}
    assert finding(report, "training-code")["evidence"][0]["quote"] == PROOF["quote"]
    assert local_hub.violations == []


@pytest.mark.parametrize("form", WHOLE)
def test_every_format_says_on_whose_word(ask, keep, draft, form):
    report = read_report(json.dumps(judged(ask, keep(sign(answer(draft))))[0]))
    shown = render(report, form)
    assert ("on_the_word_of" if form == "json" else "on the word of Ada Exemple") in shown
    for told in ("Ada Exemple", "2025-01-20", "data.description_complete", "acme.example"):
        assert told.replace("_", r"\_") in shown or told in shown
    if form in {"text", "markdown", "html"}:
        assert "sur la foi de Ada Exemple" in render(report, form, "fr")


def test_one_statement_less_and_it_stays_undetermined(ask, keep, draft):
    for dropped in ("training-code", "data-terms"):
        fact = {"training-code": "code.training_complete", "data-terms": "data.terms_accepted"}[dropped]
        report, _ = judged(ask, keep(sign(answer(draft, skip=("lineage.accepted", fact)))))
        assert osaid(report)["verdict"] == "undetermined"
        assert osaid(report)["open_items"] == 1
        assert finding(report, dropped)["outcome"] in {"needs_review", "insufficient_evidence"}


def test_a_second_draft_leaves_out_what_somebody_has_signed(ask, keep, draft):
    half = answer(draft)
    half["statements"] = half["statements"][:4]
    left = yaml.safe_load(ask("attest", MODEL, "--attestation", keep(sign(half))).out)
    asked = {each["fact"] for each in left["statements"]}
    assert not asked & {each["fact"] for each in half["statements"]}
    assert "code.training_complete" in asked


def test_an_unanswered_question_says_nothing(ask, keep, draft):
    filled = sign(answer(draft))
    filled["statements"][0]["value"] = "?"
    report, _ = judged(ask, keep(filled))
    assert osaid(report)["verdict"] == "undetermined"
    assert filled["statements"][0]["fact"] not in json.dumps(report["attestations"])


def test_a_reviewers_no_is_a_breach_on_their_word(ask, keep, draft):
    report, ran = judged(ask, keep(sign(answer(draft, no=("code.training_complete",)))))
    assert (ran.code, osaid(report)["verdict"]) == (1, "does_not_conform")
    refused = finding(report, "training-code")
    assert (refused["outcome"], refused["attested"]) == ("not_met", True)
    assert osaid(report)["on_the_word_of"] == "Ada Exemple"


def test_a_no_comes_before_a_yes_and_both_are_shown(ask, keep, draft):
    yes = keep(sign(answer(draft)), "yes.yaml")
    only = answer(draft, no=("code.training_complete",))
    only["statements"] = [s for s in only["statements"] if s["fact"] == "code.training_complete"]
    no = keep(sign(only, "Ben Sample"), "no.yaml")
    for files in ((yes, no), (no, yes)):
        report, ran = judged(ask, *files)
        assert finding(report, "training-code")["outcome"] == "not_met"
        overruled = [each for each in report["attestations"] if each.get("ignored")]
        assert [(e["reviewer"]["name"], e["ignored"]) for e in overruled] == [("Ada Exemple", "contradicts")]
        assert "Ben Sample says no" in overruled[0]["statements"][0]["why"]["en"]
        assert "yes.yaml: ignored" in ran.err


def test_two_reviewers_are_both_named(ask, keep, draft):
    first, second = answer(draft), answer(draft)
    first["statements"], second["statements"] = first["statements"][:4], second["statements"][4:]
    one, two = keep(sign(first), "1.yaml"), keep(sign(second, "Ben Sample"), "2.yaml")
    report, _ = judged(ask, one, two)
    assert osaid(report)["verdict"] == "conforms"
    assert osaid(report)["on_the_word_of"] == "Ada Exemple, Ben Sample"
    report, _ = judged(ask, one)
    assert (osaid(report)["verdict"], osaid(report)["on_the_word_of"]) == ("undetermined", "Ada Exemple")


# What does not count


def test_a_draft_is_ignored_as_it_is_and_valid_by_the_published_schema(ask, capsys, tmp_path, draft):
    written, schema = yaml.safe_load(draft), json.loads(command(capsys, "schema", "attestation").out)
    assert set(schema["required"]) <= set(written) <= set(schema["properties"])
    one = schema["$defs"]["AttestedStatement"]
    assert all(set(one["required"]) <= set(each) <= set(one["properties"]) for each in written["statements"])
    assert Attestation.model_validate_json(json.dumps(written), strict=True).signed is False
    file = tmp_path / "draft.yaml"
    file.write_text(draft, encoding="utf-8")
    report, ran = judged(ask, file)
    assert [each["ignored"] for each in report["attestations"]] == ["unsigned"]
    assert "draft.yaml: ignored for acme/open-7b: unsigned" in ran.err


IGNORED = {
    "unsigned": {"signed": False},
    "not-yet": {"date": "2026-11-23"},
    "expired": {"expires": "2026-11-21"},
    "other-model": {"subject": "acme/closed-7b"},
    "other-revision": {"revisions": ["ab" * 20]},
}


@pytest.mark.parametrize("reason", IGNORED)
def test_what_is_ignored_changes_no_byte_of_the_verdict_and_is_told_everywhere(ask, keep, draft, reason):
    file = keep({**sign(answer(draft)), **IGNORED[reason]})
    day = ("--as-of", "2026-11-22")
    plain, _ = judged(ask, more=day)
    report, ran = judged(ask, file, more=day)
    assert without_attestations(report) == without_attestations(plain)
    assert [each["ignored"] for each in report["attestations"]] == [reason]
    assert report["attestations"][0]["why"]["fr"]
    assert f"signed.yaml: ignored for {MODEL}: {reason}" in ran.err
    record = read_report(json.dumps(report))
    told = {
        "not-yet": "signed after the day of this report",
        "other-model": "about another model",
        "other-revision": "about another revision",
    }.get(reason, reason)
    for form in WHOLE:
        assert (reason if form == "json" else f"ignored: {told}") in render(record, form)
        assert "on the word of" not in render(record, form).replace("on the word of a reviewer", "")


def test_the_last_day_still_counts(ask, keep, draft):
    file = keep(sign(answer(draft), expires="2026-11-22"))
    verdict = {
        day: osaid(judged(ask, file, more=("--as-of", day))[0])["verdict"]
        for day in ("2026-11-22", "2026-11-23")
    }
    assert verdict == {"2026-11-22": "conforms", "2026-11-23": "undetermined"}


def test_an_attestation_about_another_model_is_not_this_ones(ask, keep, draft):
    report, ran = judged(ask, keep(sign(answer(draft))), model=world.RENAMED)
    assert [each["ignored"] for each in report["attestations"]] == ["other-model"]
    assert "speaks of acme/open-7b" in ran.err


def test_of_several_models_each_takes_the_statements_about_it(ask, keep, draft):
    file = keep(sign(answer(draft)))
    ran = ask(MODEL, world.RENAMED, "-f", "json", "--no-links", "--attestation", file)
    first, second = json.loads(ran.out)
    assert (osaid(first)["verdict"], second["attestations"]) == ("conforms", [])
    assert ran.err == ""
    lost = ask(world.RENAMED, world.LISTED, "-f", "json", "--no-links", "--attestation", file)
    assert "signed.yaml: not used: it speaks of none of these models" in lost.err


# Corrections


RESTRICTED = "acme/wrongly-tagged"


@pytest.fixture
def tagged(ask, local_hub):
    """A model whose card says non-commercial, which its makers meant for something else."""
    files = {"README.md": card("license: cc-by-nc-4.0"), "LICENSE": apache_text()}
    local_hub.add(Repo(RESTRICTED, files=files, weights=(Weights("model.safetensors", 10**9),)))
    return judged(ask, model=RESTRICTED)[0]


def attested(report, *statements):
    return sign(
        {"subject": RESTRICTED, "revisions": [report["subject"]["revision"]], "statements": list(statements)}
    )


def test_a_yes_lifts_no_breach(ask, keep, tagged):
    report, _ = judged(ask, keep(attested(tagged, correction("license.accepted", True))), model=RESTRICTED)
    assert finding(report, "weights-license")["outcome"] == "not_met"
    assert [each["ignored"] for each in report["attestations"]] == ["contradicts"]
    assert "weights-license" in report["attestations"][0]["statements"][0]["why"]["en"]
    assert without_attestations(report) == without_attestations(tagged)


@pytest.mark.parametrize(
    "contradicts",
    [{}, {"path": "LICENSE"}, {"path": "README.md", "line": 77}, {"url": "https://elsewhere.example/"}],
)
def test_a_correction_that_does_not_name_the_source_is_ignored(ask, keep, tagged, contradicts):
    file = keep(attested(tagged, correction("license.class", "osi", **contradicts)))
    report, ran = judged(ask, file, model=RESTRICTED)
    assert without_attestations(report) == without_attestations(tagged)
    assert [each["ignored"] for each in report["attestations"]] == ["contradicts"]
    assert "'license.class' is known as noncommercial" in ran.err
    assert "path README.md, line 2" in ran.err


def test_a_correction_comes_before_what_is_concluded_from_it(ask, keep, tagged):
    assert tagged["label"]["value"] == "weights-available"
    fix = correction("license.class", "osi", path="README.md", line=2)
    ids = correction("license.ids", ["Apache-2.0"])
    report, ran = judged(ask, keep(attested(tagged, fix, ids)), model=RESTRICTED)
    settled = finding(report, "weights-license")
    assert (ran.code, settled["outcome"], settled["attested"]) == (0, "met", True)
    assert "Apache-2.0" in settled["message"]["en"]
    assert settled["evidence"][0]["url"]
    assert report["label"]["value"] == "open-weights"
    assert report["license"]["concluded"]["id"] == "Apache-2.0"
    assert "license.breaks" not in report["facts"]
    assert osaid(report)["on_the_word_of"] == "Ada Exemple"


def test_a_correction_without_a_license_names_none(ask, keep, tagged):
    fix = correction("license.class", "osi", path="README.md")
    report, _ = judged(ask, keep(attested(tagged, fix)), model=RESTRICTED)
    assert "concluded" not in report["license"]
    message = finding(report, "weights-license")["message"]["en"]
    assert PROOF["url"] in message
    assert "cc-by-nc" not in message.lower()


def test_reviewers_who_correct_differently_correct_nothing(ask, keep, tagged):
    names = ("Ada Exemple", "Ben Sample")
    files = [
        keep(
            {
                **attested(tagged, correction("license.class", cls, path="README.md")),
                "reviewer": {"name": name},
            },
            f"{cls}.yaml",
        )
        for name, cls in zip(names, ("osi", "open-not-osi"), strict=True)
    ]
    report, _ = judged(ask, *files, model=RESTRICTED)
    assert without_attestations(report) == without_attestations(tagged)
    assert [each["ignored"] for each in report["attestations"]] == ["contradicts", "contradicts"]


def test_a_fact_that_can_only_be_true_can_be_taken_back(ask, keep, local_hub):
    prose = "# A model\n\n## Training data\n\nWe do not disclose the training data.\n"
    local_hub.add(Repo("acme/shy", files={"README.md": card("license: mit", prose)}))
    plain, _ = judged(ask, model="acme/shy")
    assert "data.withheld" in plain["facts"], "the card is read as a refusal"
    record = {"subject": "acme/shy", "revisions": [plain["subject"]["revision"]]}
    back = correction("data.withheld", False, path="README.md")
    report, _ = judged(ask, keep(sign({**record, "statements": [back]})), model="acme/shy")
    assert "data.withheld" not in report["facts"]
    assert "ignored" not in report["attestations"][0]
    assert finding(plain, "data-described")["outcome"] == "not_met"
    assert finding(report, "data-described")["outcome"] != "not_met"


def test_from_scratch_is_ignored_where_a_base_is_declared(ask, keep):
    plain, _ = judged(ask, model=world.FINETUNE)
    record = {"subject": world.FINETUNE, "revisions": [plain["subject"]["revision"]]}
    file = keep(sign({**record, "statements": [correction("lineage.from_scratch", True)]}))
    report, _ = judged(ask, file, model=world.FINETUNE)
    assert [each["ignored"] for each in report["attestations"]] == ["contradicts"]
    assert without_attestations(report) == without_attestations(plain)


def test_what_only_repeats_the_evidence_is_no_sign_off(ask, keep, tagged):
    file = keep(attested(tagged, correction("license.class", "noncommercial")))
    report, _ = judged(ask, file, model=RESTRICTED)
    assert without_attestations(report) == without_attestations(tagged)
    assert "ignored" not in report["attestations"][0]


# Bound to content


def changed(hub, card_says="Rewritten.", **files):
    """The same model at a new commit: another card, and files as given."""
    old = hub.repo(MODEL)
    prose = old.files["README.md"] + f"\n{card_says}\n".encode()
    weights = files.pop("weights", old.weights)
    hub.add(Repo(MODEL, files={**old.files, "README.md": prose, **files}, weights=weights, info=old.info))


@pytest.fixture
def bound(ask, keep, draft):
    """A sign-off bound to the content as well as to the commit."""
    digests = yaml.safe_load(
        "\n".join(line[2:] for line in draft.splitlines() if line.startswith(("# digests", "#   ")))
    )
    filled = sign({**answer(draft), **digests})
    assert {**digests["digests"]} == judged(ask)[0]["subject"]["digests"]
    return keep(filled)


def test_digests_carry_a_sign_off_to_another_commit_with_the_same_content(ask, keep, draft, bound, local_hub):
    by_commit = keep(sign(answer(draft)), "commit.yaml")
    before = judged(ask)[0]["subject"]["revision"]
    changed(local_hub)
    report, _ = judged(ask, bound)
    assert report["subject"]["revision"] != before
    assert osaid(report)["verdict"] == "conforms"
    assert judged(ask, by_commit)[0]["attestations"][0]["ignored"] == "other-revision"


@pytest.mark.parametrize(
    "change",
    [
        {"LICENSE": world.mit_text()},
        {"weights": (Weights("model.safetensors", 14_000_000_000),)},
        {"USE_POLICY.md": "Do no harm.\n"},
    ],
    ids=["license", "weights", "a second text"],
)
def test_other_content_ends_it(ask, bound, local_hub, change):
    changed(local_hub, **change)
    report, _ = judged(ask, bound)
    assert [each["ignored"] for each in report["attestations"]] == ["other-revision"]
    assert osaid(report)["verdict"] == "undetermined"
    assert "nor the same license texts and weights" in report["attestations"][0]["why"]["en"]


def test_without_every_hash_there_are_no_digests(ask, local_hub):
    assert "digests" in judged(ask)[0]["subject"]
    assert "digests" not in judged(ask, model=world.UNLICENSED)[0]["subject"]
    assert "no commit" not in ask("attest", world.UNLICENSED).err


# The library


def test_the_library_takes_files_and_records(ask, keep, draft, local_hub, tmp_path):
    file = keep(sign(answer(draft)))
    where = {"endpoint": local_hub.url, "cache_dir": tmp_path / "cache", "links": False}
    by_file = osaid_audit.audit(MODEL, attestations=[file], **where)
    assert by_file.framework("osaid-1.0").verdict == "conforms"
    record = osaid_audit.Attestation.model_validate(yaml.safe_load(file.read_text()))
    dossier = osaid_audit.gather(MODEL, **where)
    again = osaid_audit.evaluate(dossier, attestations=[record])
    assert again.framework("osaid-1.0").on_the_word_of == "Ada Exemple"
    assert again.framework("osaid-1.0") == by_file.framework("osaid-1.0")
    assert osaid_audit.evaluate(dossier).attestations == ()
    with pytest.raises(osaid_audit.UsageError, match="do not go together"):
        osaid_audit.evaluate(dossier, attestations=[record], attested={"license.accepted": True})
    with pytest.raises(osaid_audit.UsageError, match="no attestation file"):
        osaid_audit.audit(MODEL, attestations=[tmp_path / "gone.yaml"], **where)


# What it would take


def test_would_pass_with_other_terms_is_said_only_when_all_else_is_attested(ask, keep, draft, local_hub):
    old = local_hub.repo(MODEL)
    front = old.files["README.md"].replace(b"license: apache-2.0", b"license: cc-by-nc-4.0")
    local_hub.add(Repo(MODEL, files={**old.files, "README.md": front}, weights=old.weights, info=old.info))
    revision = judged(ask)[0]["subject"]["revision"]
    full = keep(sign({**answer(ask("attest", MODEL).out), "revisions": [revision]}))
    ran = ask(MODEL, "--no-links", "--attestation", full)
    assert "does not conform" in ran.out
    told = " ".join(ran.out.split())
    assert (
        "It would pass with other terms: everything else that is required is met, on the word of Ada" in told
    )
    for given in (
        (),
        (
            "--attestation",
            keep(
                sign(answer(ask("attest", MODEL).out, skip=("lineage.accepted", "code.training_complete"))),
                "less.yaml",
            ),
        ),
    ):
        less = " ".join(ask(MODEL, "--no-links", *given).out.split())
        assert "would pass" not in less
        assert "only breach proven so far" in less
