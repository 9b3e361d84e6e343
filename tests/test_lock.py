"""The lock: what it holds, what it says of a Hub that moved, and what it makes of a hostile file."""

import json
import shutil
from itertools import count
from pathlib import Path

import pytest
from hub import world
from hub.repos import Repo, Weights
from hub.server import Fault
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SAMPLES

from osaid_audit.errors import OsaidError, Unreachable, UnreadableInput, UsageError
from osaid_audit.pipeline import audit_many
from osaid_audit.policy.lock import (
    Named,
    alerts_of,
    compare,
    lock_json,
    lock_of,
    read_lock,
    write_lock,
)
from osaid_audit.policy.lock.make import digest_of
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import LicenseFile
from osaid_audit.schema.policy import LockDemands, Policy
from osaid_audit.schema.scan import Reference

pytest_plugins = ("hub.fixtures",)

MODEL = "acme/small"
BASE = "acme/base"
CARD = world.card("license: apache-2.0")
WEIGHTS = (Weights("model.safetensors", 10**9),)
VOCABULARY = {"vocab.txt": "a b c"}


def repo(name: str = MODEL, card: str = CARD, files: dict[str, str] | None = None) -> Repo:
    """A model under Apache-2.0; of `files` an empty one takes a file away."""
    own = {"README.md": card, "LICENSE": world.apache_text(), **(files or {})}
    return Repo(name, files={path: text for path, text in own.items() if text}, weights=WEIGHTS)


@pytest.fixture
def ask(empty_hub, tmp_path):
    """Audit models of the Hub as it is now, no reply reused: `ask("org/name", "org/name@rev")`."""
    caches = (tmp_path / f"cache{number}" for number in count())

    def run(*models, **options):
        where = {"endpoint": empty_hub.url, "cache_dir": next(caches), "timeout": 3.0}
        found = audit_many(models, **where, **options)
        return [(Named(*model.split("@")), answer) for model, answer in zip(models, found, strict=True)]

    return run


@pytest.fixture
def moved(empty_hub, ask):
    """What is told when the Hub moves from these repositories to those."""

    def run(before, after, model=MODEL, options=None, then=None):
        for each in before:
            empty_hub.add(each)
        lock = lock_of(ask(model, **(options or {})))
        for each in after:
            empty_hub.add(each)
        return compare(lock, ask(model, **(then if then is not None else options or {})))

    return run


def kinds(changes):
    return [each.kind for each in changes]


def gating(changes, policy=None):
    return [each.message.en for each in alerts_of(changes, policy or Policy()) if each.level == "error"]


# What changed


def test_nothing_is_told_of_a_hub_that_did_not_move(moved):
    assert moved([repo()], []) == ()


def test_an_edited_card_is_a_note_that_names_the_card(moved):
    changes = moved([repo()], [repo(card=CARD + "\nMore words about the weather.\n")])
    assert kinds(changes) == ["card", "commit"]
    assert "README.md" in changes[0].message.en
    assert "Neither the license nor the verdict changed" in changes[0].message.en
    assert gating(changes) == []
    assert [each.level for each in alerts_of(changes, Policy())] == ["note"], "the commit is not told twice"


def test_a_changed_license_fails_and_names_the_file(moved):
    changes = moved([repo()], [repo(files={"LICENSE": world.mit_text()})])
    assert "license" in kinds(changes)
    (license_change, *_) = changes
    assert "LICENSE is another text" in license_change.message.en
    assert license_change.was != license_change.now
    assert any("LICENSE" in each for each in gating(changes))


def test_a_license_file_that_comes_or_goes_is_a_license_change(moved):
    policy = "Our acceptable use policy. Do no harm.\n"
    changes = moved([repo()], [repo(files={"USE-POLICY.md": policy})])
    assert "USE-POLICY.md is new" in changes[0].message.en
    assert changes[0].kind == "license"
    gone = moved([repo(name="acme/b")], [repo(name="acme/b", files={"LICENSE": ""})], model="acme/b")
    assert "LICENSE is gone" in gone[0].message.en
    assert gone[0].kind == "license"


def test_a_declared_license_that_changes_is_a_license_change(moved):
    changes = moved([repo()], [repo(card=world.card("license: cc-by-nc-4.0"))])
    assert kinds(changes)[:2] == ["license", "verdict"]
    assert "now declares 'license: cc-by-nc-4.0'" in changes[0].message.en
    assert "n'est plus" in changes[0].message.fr or "ne déclare plus" in changes[0].message.fr
    assert "The license changed, the rules did not" in changes[1].message.en
    assert len(gating(changes)) == 2


def test_another_file_is_a_note_about_the_commit(moved):
    changes = moved([repo()], [repo(files=VOCABULARY)])
    assert kinds(changes) == ["commit"]
    assert "license, card and verdict are the same" in changes[0].message.en
    assert gating(changes) == []


def test_a_changed_license_of_a_base_is_a_license_change_that_names_it(moved):
    tuned = repo(card=world.card(f"license: apache-2.0\nbase_model: {BASE}"))
    changes = moved(
        [tuned, repo(BASE)],
        [repo(BASE, card=world.card("license: cc-by-nc-4.0"), files={"LICENSE": world.nc_text()})],
    )
    assert kinds(changes)[:2] == ["license", "verdict"]
    assert f"the base {BASE}" in changes[0].message.en
    assert f"modèle de base {BASE}" in changes[0].message.fr


def test_an_edited_card_of_a_base_is_nothing(moved):
    tuned = repo(card=world.card(f"license: apache-2.0\nbase_model: {BASE}"))
    assert moved([tuned, repo(BASE)], [repo(BASE, card=CARD + "\nMore words about the weather.\n")]) == ()


def test_a_new_base_is_a_license_change(moved):
    tuned = repo(card=world.card(f"license: apache-2.0\nbase_model: {BASE}"))
    changes = moved([repo(), repo(BASE)], [tuned])
    assert changes[0].kind == "license"
    assert f"the base {BASE} (Apache-2.0 (osi)) is new" in changes[0].message.en


def test_a_base_that_can_no_longer_be_read_fails(moved, empty_hub):
    tuned = repo(card=world.card(f"license: apache-2.0\nbase_model: {BASE}"))
    private = repo(BASE)
    private.private = True
    changes = moved([tuned, repo(BASE)], [private])
    assert changes[0].kind == "license"
    assert f"the terms of the base {BASE} could not be re-read" in changes[0].message.en


def test_a_license_that_can_no_longer_be_read_fails_as_not_known(moved):
    closed = repo()
    closed.gated = "manual"
    changes = moved([repo()], [closed])
    (first, *_) = changes
    assert first.kind == "license"
    assert "LICENSE could not be re-read" in first.message.en
    assert gating(changes)


def test_what_was_never_read_is_compared_by_the_commit_alone(moved):
    closed, other = repo(), repo(files=VOCABULARY)
    closed.gated = other.gated = "manual"
    assert moved([closed], []) == ()
    changes = moved([closed], [other])
    assert changes[0].kind == "license"
    assert changes[0].unsure
    assert changes[0].message.en.startswith("Whether the license changed is not known")
    (alert,) = [each for each in alerts_of(changes, Policy()) if each.level == "error"]
    assert "token" in alert.next.en


def test_a_name_that_leads_to_another_model_is_told(moved):
    first = repo("acme/second")
    first.aliases = ("acme/old",)
    then = repo("acme/third")
    then.aliases = ("acme/old",)
    changes = moved([first], [then], model="acme/old")
    assert "The Hub now answers as acme/third, no longer as acme/second." in [c.message.en for c in changes]


def test_a_tag_that_moves_is_told_and_another_revision_is_another_entry(ask, empty_hub):
    tagged = repo()
    tagged.revisions = ("v1",)
    empty_hub.add(tagged)
    lock = lock_of(ask(MODEL, f"{MODEL}@v1"))
    assert [(each.id, each.revision) for each in lock.models] == [(MODEL, None), (MODEL, "v1")]
    again = repo(files=VOCABULARY)
    again.revisions = ("v1",)
    empty_hub.add(again)
    assert [(each.revision, each.kind) for each in compare(lock, ask(f"{MODEL}@v1"), whole=False)] == [
        ("v1", "commit")
    ]
    pinned = f"{MODEL}@{again.sha}"
    assert kinds(compare(lock, ask(pinned), whole=False)) == ["new"]


# Rules


def test_changed_rules_are_told_apart_from_a_changed_model(moved, house_rules):
    changes = moved([repo()], [], then={"rules": house_rules})
    assert kinds(changes) == ["rules"]
    assert "The verdict is the same" in changes[0].message.en
    assert gating(changes) == []
    assert gating(changes, Policy(lock=LockDemands(fails=("rules",)))) == [changes[0].message.en]


@pytest.fixture
def house_rules(tmp_path: Path) -> Path:
    """A folder with one rule of one's own, which no shipped norm asks."""
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "house-weights.yaml").write_text(HOUSE, encoding="utf-8")
    return folder


HOUSE = """
id: house-weights
title: {en: "Are there weights?", fr: "Y a-t-il des poids ?"}
why: {en: "We download them.", fr: "Nous les téléchargeons."}
element: parameters
freedoms: [use]
references: [{text: "House rules", url: "https://example.org/rules"}]
met: [weights.present == true]
not_met: [weights.present == false]
says:
  met: {en: "Yes.", fr: "Oui."}
  not_met: {en: "No.", fr: "Non."}
  needs_review: {en: "See.", fr: "Voir."}
  insufficient_evidence: {en: "Not known.", fr: "Inconnu."}
cases:
  - facts: {weights.present: true}
    expect: met
  - facts: {weights.present: false}
    expect: not_met
"""


def other_rules(answers):
    """The same answers as judged by rules that find the license of the weights broken."""
    return [(named, judged_otherwise(report)) for named, report in answers]


def judged_otherwise(report):
    rules = report.rules.model_copy(update={"sha256": "f" * 64, "version": "9.9"})
    label = report.label.model_copy(update={"value": "weights-available"})
    return report.model_copy(update={"rules": rules, "label": label})


def test_a_verdict_that_only_the_rules_moved_says_so(ask, empty_hub):
    empty_hub.add(repo())
    answers = ask(MODEL)
    changes = compare(lock_of(answers), other_rules(answers))
    assert kinds(changes) == ["verdict", "rules"]
    assert "The rules moved it" in changes[0].message.en
    assert len(gating(changes)) == 1


def test_when_rules_and_model_both_moved_no_cause_is_claimed(ask, empty_hub):
    empty_hub.add(repo())
    lock = lock_of(ask(MODEL))
    empty_hub.add(repo(files=VOCABULARY))
    changes = compare(lock, other_rules(ask(MODEL)))
    assert "which of the two did it is not known" in changes[0].message.en


def test_another_reading_of_the_same_text_is_the_rules_doing(ask, empty_hub):
    empty_hub.add(repo())
    answers = ask(MODEL)
    (named, report), *_ = answers
    concluded = report.license.concluded.model_copy(update={"id": "LicenseRef-x", "cls": "use-restricted"})
    block = report.license.model_copy(update={"concluded": concluded})
    reread = report.model_copy(update={"license": block})
    rules = report.rules.model_copy(update={"sha256": "f" * 64})
    by_rules = compare(lock_of(answers), [(named, reread.model_copy(update={"rules": rules}))])
    assert kinds(by_rules) == ["rules"]
    assert "LicenseRef-x (use-restricted)" in by_rules[0].message.en
    assert kinds(compare(lock_of(answers), [(named, reread)])) == ["license"], "the rules are the same"
    moved = reread.subject.model_copy(update={"revision": "a" * 40})
    both = reread.model_copy(update={"rules": rules, "subject": moved})
    found = compare(lock_of(answers), [(named, both)])
    assert found[0].kind == "license", "which of the two it was is not known"
    assert "The rules moved too" in found[0].message.en


def attested(answers, **given):
    """The same answers with a license that a reviewer says."""
    found = []
    for named, report in answers:
        concluded = report.license.concluded.model_copy(update={"on_the_word_of": "Ada Exemple", **given})
        block = report.license.model_copy(update={"concluded": concluded})
        found.append((named, report.model_copy(update={"license": block})))
    return found


def test_what_a_reviewer_says_of_the_license_is_no_change_of_the_license(ask, empty_hub):
    empty_hub.add(repo())
    plain = ask(MODEL)
    said = attested(plain, id="MIT")
    assert "Ada" not in lock_json(lock_of(said))
    assert compare(lock_of(said), said) == ()
    for was, now in ((plain, said), (said, plain)):
        changes = compare(lock_of(was), now)
        assert kinds(changes) == ["rules"]
        assert changes[0].message.en.startswith("What a reviewer says of the terms")
    empty_hub.add(repo(files={"LICENSE": world.mit_text()}))
    assert compare(lock_of(said), ask(MODEL))[0].kind == "license", "the text did change"


def with_policy_file(answers, rules="f" * 64):
    """The same answers of a program that takes one more file for a policy."""
    ((named, report),) = answers
    more = LicenseFile(path="AUP.md", match="unknown", source=Source(sha256="a" * 64))
    block = report.license.model_copy(update={"files": (*report.license.files, more)})
    judged = report.rules.model_copy(update={"sha256": rules})
    return [(named, report.model_copy(update={"license": block, "rules": judged}))]


def test_a_file_that_only_the_rules_made_a_license_is_told_as_theirs(ask, empty_hub):
    empty_hub.add(repo())
    answers = ask(MODEL)
    changes = compare(lock_of(answers), with_policy_file(answers))
    assert kinds(changes) == ["rules"]
    assert "AUP.md is new" in changes[0].message.en
    same_rules = with_policy_file(answers, answers[0][1].rules.sha256)
    assert kinds(compare(lock_of(answers), same_rules)) == ["license"]
    empty_hub.add(repo(files=VOCABULARY))
    assert compare(lock_of(answers), with_policy_file(ask(MODEL)))[0].kind == "license"


# What was not read then


def without(report, **given):
    """The report of an older dossier, which lacks these."""
    subject = report.subject.model_copy(update={"card_sha256": None})
    hops = [hop.model_copy(update={"terms_sha256": None, "revision": None}) for hop in report.lineage]
    return report.model_copy(update={"subject": subject, "lineage": tuple(hops), **given})


def test_a_lock_that_knows_less_claims_no_edit(ask, empty_hub):
    empty_hub.add(repo())
    answers = ask(MODEL)
    poor = lock_of([(named, without(report)) for named, report in answers])
    assert compare(poor, answers) == (), "the same commit is the same card"
    empty_hub.add(repo(files=VOCABULARY))
    card_change = compare(poor, ask(MODEL))[0]
    assert card_change.kind == "card"
    assert "is new, or had not been read" in card_change.message.en


def test_terms_of_a_base_that_a_lock_does_not_know_are_not_taken_for_the_same(ask, empty_hub):
    empty_hub.add(repo(card=world.card(f"license: apache-2.0\nbase_model: {BASE}")))
    empty_hub.add(repo(BASE))
    answers = ask(MODEL)
    poor = lock_of([(named, without(report)) for named, report in answers])
    changes = compare(poor, answers)
    assert kinds(changes) == ["license"]
    assert changes[0].unsure
    assert compare(poor, [(named, without(report)) for named, report in answers]) == ()


# Models that come and go


def test_a_model_that_is_not_in_the_lock_fails_and_one_not_in_use_is_a_note(ask, empty_hub):
    for name in (MODEL, "acme/second"):
        empty_hub.add(repo(name))
    lock = lock_of(ask(MODEL))
    changes = compare(lock, ask("acme/second"))
    assert [(each.id, each.kind) for each in changes] == [("acme/second", "new"), (MODEL, "gone")]
    assert gating(changes) == ["This model is not in the lock."]
    assert kinds(compare(lock, ask("acme/second"), whole=False)) == ["new"]


def test_a_model_that_could_not_be_audited_keeps_its_entry(ask, empty_hub):
    empty_hub.add(repo())
    lock = lock_of(ask(MODEL))
    down: list[tuple[Named, OsaidError]] = [(Named(MODEL), Unreachable("The network is down."))]
    assert lock_of(down, lock) == lock
    assert lock_of(down).models == ()
    assert compare(lock, down) == ()


# Alerts


def reference(**given):
    usual = {"id": MODEL, "kind": "model", "file": "app.py", "line": 3, "how": "x", "confidence": "high"}
    return Reference(**(usual | given))


def test_alerts_stand_at_every_place_that_names_the_model(moved):
    changes = moved([repo()], [repo(files={"LICENSE": ""})])
    places = [
        reference(),
        reference(file="b.py", line=9, confidence="low"),
        reference(revision="v1"),
        reference(kind="dataset", file="c.py"),
    ]
    alerts = [each for each in alerts_of(changes, Policy(), places) if each.message == changes[0].message]
    assert [(each.file, each.line, each.level) for each in alerts] == [
        ("app.py", 3, "error"),
        ("b.py", 9, "note"),
    ]
    assert len({each.fingerprint for each in alerts}) == 2
    assert {each.check for each in alerts} == {"lock-changed"}


def test_two_changes_at_one_place_have_fingerprints_of_their_own(moved):
    changes = moved([repo()], [repo(card=world.card("license: cc-by-nc-4.0"))])
    alerts = alerts_of(changes, Policy(), [reference()])
    assert len(alerts) > 1
    assert len({each.fingerprint for each in alerts}) == len(alerts)
    other = [each.model_copy(update={"revision": "v1"}) for each in changes]
    both = alerts_of((*changes, *other), Policy(), [reference(), reference(revision="v1")])
    assert len({each.fingerprint for each in both}) == 2 * len(alerts)


def test_names_of_files_cannot_drive_a_terminal():
    evil = "LICENSE\u202e\x1b[31m.md"
    report = SAMPLES["restricted"]()
    more = LicenseFile(path=evil, match="unknown", source=Source(sha256="a" * 64))
    block = report.license.model_copy(update={"files": (more,)})
    changed = report.model_copy(update={"license": block})
    found = compare(lock_of([(Named("o/m"), report)]), [(Named("o/m"), changed)])
    assert "LICENSE\\u{202E}" in found[0].message.en
    assert all(char.isprintable() for char in found[0].message.en + found[0].message.fr)
    text = lock_json(lock_of([(Named("o/m"), changed)]))
    assert "\u202e" not in text
    assert json.loads(text)["models"][0]["license"]["terms"]["files"][0]["path"] == evil


def test_the_policy_says_what_fails(moved):
    changes = moved([repo()], [repo(card=CARD + "\nMore words about the weather.\n")])
    assert len(gating(changes, Policy(lock=LockDemands(fails=("card",))))) == 1
    both = Policy(lock=LockDemands(fails=("card", "commit")))
    assert len(gating(changes, both)) == 2, "what the policy fails on is told although another change says it"


# The command line


@pytest.fixture
def cli(ask_at, empty_hub, tmp_path, monkeypatch):
    """Run `audit` from an empty folder against the Hub as it is now, no reply reused."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*arguments):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        return ask_at(empty_hub, *arguments)

    return run


def test_a_model_is_locked_and_held_to_it(cli, empty_hub):
    empty_hub.add(repo())
    ran = cli(MODEL, "--update-lock")
    assert (ran.code, ran.err) == (0, "osaid-audit.lock: written, 1 model\n")
    assert "unchanged" in cli(MODEL, "--update-lock").err
    assert (cli(MODEL, "--locked").code, cli(MODEL, "--locked").err) == (0, "")
    empty_hub.add(repo(card=CARD + "\nMore words about the weather.\n"))
    ran = cli(MODEL, "--locked")
    assert ran.code == 0
    assert ran.err.startswith(f"note: {MODEL}: The model card (README.md) was edited.")
    empty_hub.add(repo(files={"LICENSE": world.mit_text()}))
    ran = cli(MODEL, "--locked", "--lang", "fr")
    assert ran.code == 1
    assert f"erreur : {MODEL} : La licence a changé : le texte de LICENSE" in ran.err.replace("\u00a0", " ")
    assert "à faire" in ran.err
    assert cli(MODEL, "--update-lock").code == 0
    assert cli(MODEL, "--locked").code == 0


def test_a_model_is_one_entry_however_it_is_named(cli, empty_hub):
    empty_hub.add(repo())
    cli(MODEL, "--update-lock", "--lock", "own.lock")
    for name in (MODEL, f"{empty_hub.url}/{MODEL}", f"{empty_hub.url}/{MODEL}/"):
        assert cli(name, "--locked", "--lock", "own.lock").code == 0
    ran = cli(MODEL, "--revision", "main", "--locked", "--lock", "own.lock")
    assert (ran.code, "This model is not in the lock" in ran.err) == (1, True)


def test_the_rules_are_told_apart_on_the_command_line(cli, empty_hub, house_rules):
    empty_hub.add(repo())
    cli(MODEL, "--update-lock")
    ran = cli(MODEL, "--locked", "--rules", house_rules)
    assert ran.code == 0
    assert ran.err.startswith(f"note: {MODEL}: The rules moved from ")


def test_updating_writes_exactly_what_was_audited(cli, empty_hub):
    for name in (MODEL, "acme/second", "acme/third"):
        empty_hub.add(repo(name))
    cli(MODEL, "acme/second", "--update-lock")
    assert cli(MODEL, "--locked").err == "", "the others were not asked about"
    cli("acme/second", "acme/third", "--update-lock")
    held = read_lock(Path("osaid-audit.lock"))
    assert [each.id for each in held.models] == ["acme/second", "acme/third"]


def test_a_model_out_of_reach_stays_in_the_lock_and_is_3(cli, empty_hub):
    empty_hub.add(repo())
    cli(MODEL, "--update-lock")
    before = Path("osaid-audit.lock").read_bytes()
    empty_hub.faults.append(Fault(".*", "status", status=503))
    assert cli(MODEL, "--locked").code == 3
    assert cli(MODEL, "--update-lock").code == 3
    assert Path("osaid-audit.lock").read_bytes() == before


def test_a_lock_that_cannot_be_read_is_written_anew(cli, empty_hub):
    empty_hub.add(repo())
    Path("osaid-audit.lock").write_text("<<<<<<< ours")
    assert cli(MODEL, "--locked").code == 3
    assert cli(MODEL, "--update-lock").code == 0
    assert cli(MODEL, "--locked").code == 0


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--locked"], 2, "There is no lock file 'osaid-audit.lock'"),
        (["--locked", "--update-lock"], 2, "do not go together"),
        (["--locked", "--lock", "bad.lock"], 3, "'bad.lock' is not valid JSON"),
        (["--update-lock", "--lock", "nowhere/x.lock"], 2, "There is no folder 'nowhere'"),
        (["--locked", "--policy", "out.toml"], 2, "does not lie beside the policy"),
    ],
)
def test_what_is_wrong_is_said_before_any_request(cli, empty_hub, options, code, said):
    Path("bad.lock").write_text("{")
    Path("out.toml").write_text('[lock]\nfile = "../../x.lock"\n')
    ran = cli(MODEL, *options)
    assert ran.code == code
    assert said in ran.err
    assert "next: " in ran.err
    assert empty_hub.seen == []


def test_the_policy_names_the_lock_and_what_fails(cli, empty_hub):
    empty_hub.add(repo())
    Path("house").mkdir()
    file = Path("house/osaid-audit.toml")
    file.write_text('[policy]\nrequire = "none"\n[lock]\nfile = "models.lock"\nfails = ["commit"]\n')
    cli(MODEL, "--update-lock", "--policy", file)
    assert Path("house/models.lock").is_file()
    empty_hub.add(repo(files=VOCABULARY))
    assert cli(MODEL, "--locked", "--policy", file).code == 1


# The file


def sample_answers():
    return [(Named(f"org/{name}", None), make()) for name, make in SAMPLES.items()]


@settings(max_examples=20)
@given(st.permutations(sample_answers()), st.dates().map(str))
def test_the_bytes_depend_neither_on_the_order_nor_on_the_day(answers, day):
    later = [
        (
            named,
            report.model_copy(update={"as_of": day, "gathered_at": f"{day}T00:00:00Z", "token_used": True}),
        )
        for named, report in answers
    ]
    assert lock_json(lock_of(later)) == lock_json(lock_of(sample_answers()))


def test_no_word_of_a_reviewer_is_in_the_lock():
    names = {each.reviewer.name for each in SAMPLES["signed"]().attestations if each.reviewer.name}
    assert names
    text = lock_json(lock_of(sample_answers()))
    assert [name for name in names if name in text] == []


def test_a_lock_is_read_back_as_it_was_written(tmp_path):
    path = tmp_path / "osaid-audit.lock"
    lock = lock_of(sample_answers())
    assert write_lock(lock, path)
    assert read_lock(path) == lock
    before = path.stat().st_mtime_ns
    assert not write_lock(read_lock(path), path)
    assert path.stat().st_mtime_ns == before
    assert [each.name for each in tmp_path.iterdir()] == ["osaid-audit.lock"]


def test_a_lock_is_read_in_any_order(tmp_path):
    path = tmp_path / "x.lock"
    lock = lock_of(sample_answers())
    data = json.loads(lock_json(lock))
    data["models"].reverse()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_lock(path) == lock


def written(tmp_path, change) -> Path:
    path = tmp_path / "x.lock"
    data = json.loads(lock_json(lock_of(sample_answers())))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def _sneak(data):
    data["models"][0]["verdict"]["label"] = "open-source-ai"


def _twice(data):
    data["models"].append(data["models"][0])


def _foreign(data):
    data["models"][0]["extra"] = 1


HOSTILE = {
    "a verdict changed by hand": (_sneak, "changed by hand"),
    "a model twice": (_twice, "twice"),
    "an unknown key": (_foreign, "extra"),
    "a number for a text": (lambda data: data["models"][0].update(id=7), "id"),
    "no list": (lambda data: data.update(models="x"), "models"),
    "a later form": (lambda data: data.update(schema_version="2"), "schema_version"),
    "no digest": (lambda data: data["models"][0]["rules"].update(sha256="../../etc/passwd"), "sha256"),
    "an empty id": (lambda data: data["models"][0].update(id=""), "id"),
    "a huge id": (lambda data: data["models"][0].update(id="x" * 10_000), "id"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_lock_is_refused_with_the_place(case, tmp_path):
    change, said = HOSTILE[case]
    with pytest.raises(UnreadableInput, match=said) as caught:
        read_lock(written(tmp_path, change))
    assert "--update-lock" in caught.value.hint
    assert "\n" not in str(caught.value)


RAW = {
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "cut": b'{"schema_version": "1", "models": [',
    "a key twice": b'{"schema_version": "1", "models": [], "models": []}',
    "NaN": b'{"schema_version": "1", "models": [NaN]}',
    "Infinity": b'{"schema_version": "1", "models": -Infinity}',
    "a list": b"[]",
    "null": b"null",
    "deep": b"[" * 200_000,
    "a long number": b'{"schema_version": ' + b"9" * 10_000 + b"}",
    "half a pair": b'{"schema_version": "\\ud800"}',
}


@pytest.mark.parametrize("case", RAW)
def test_what_is_no_lock_is_refused_in_a_sentence(case, tmp_path):
    path = tmp_path / "x.lock"
    path.write_bytes(RAW[case])
    with pytest.raises(UnreadableInput, match="is not valid"):
        read_lock(path)


def test_a_huge_lock_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("osaid_audit.policy.lock.files.MAX_BYTES", 1000)
    path = tmp_path / "x.lock"
    path.write_bytes(b" " * 1001)
    with pytest.raises(UnreadableInput, match="larger than 1000 bytes"):
        read_lock(path)


@pytest.mark.parametrize("place", ["missing.lock", ".", "a\0b"])
def test_a_lock_that_is_not_there_says_what_to_do(place, tmp_path):
    with pytest.raises(OsaidError) as caught:
        read_lock(tmp_path / place)
    assert caught.value.hint


def test_a_lock_that_cannot_be_written_is_an_error_of_the_call(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        write_lock(lock_of([]), tmp_path / "nowhere" / "x.lock")


def test_a_report_beyond_measure_still_gives_a_lock_that_can_be_read(tmp_path):
    report = SAMPLES["restricted"]()
    concluded = report.license.concluded.model_copy(update={"id": " AND ".join(["LicenseRef-long"] * 1000)})
    block = report.license.model_copy(update={"concluded": concluded})
    path = tmp_path / "x.lock"
    write_lock(lock_of([(Named("o/n"), report.model_copy(update={"license": block}))]), path)
    (model,) = read_lock(path).models
    assert digest_of(model.license) == model.license.sha256
