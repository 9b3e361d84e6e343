"""Lineages over the local Hub: what is asked for in how many rounds, and what it gives."""

from collections import Counter
from dataclasses import dataclass
from itertools import count
from threading import Barrier, BrokenBarrierError

import pytest
from hub.repos import Repo, Weights
from hub.world import apache_text, card

from osaid_audit import evaluate as evaluation
from osaid_audit.gather import assemble
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Gathered, Repository
from osaid_audit.gather.reading.files.plan import MAX_BASES, MAX_DATASETS, MAX_DEPTH
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.report import Report

pytest_plugins = ("hub.fixtures",)

RULESET = evaluation.load()
WEIGHTS = (Weights("model.safetensors", 10**9),)
OPEN_END = "open-source-ai-with-open-data"
RESTRICTED = ("does_not_conform", "weights-available", "weights-available", "not_met")
OPEN = ("undetermined", "open-weights", OPEN_END, "insufficient_evidence")
UNDECIDED = ("undetermined", "undetermined", OPEN_END, "insufficient_evidence")


@dataclass(frozen=True)
class Run:
    """One audit and what it took."""

    gathered: Gathered
    dossier: Dossier
    report: Report
    log: list

    @property
    def answer(self):
        """Verdict, label, its ceiling, and the rule on inherited terms."""
        main = self.report.framework("osaid-1.0")
        inherited = next(each.outcome for each in main.findings if each.rule == "inherited-license")
        return main.verdict, self.report.label.value, self.report.label.at_most, inherited

    @property
    def cost(self):
        """Requests without the further hops of redirects, and rounds."""
        return len([entry for entry in self.log if not entry.hop]), max(entry.round for entry in self.log)

    @property
    def hops(self):
        return [(hop.id, hop.depth, hop.via, hop.cls, hop.problem) for hop in self.dossier.lineage]

    @property
    def problems(self):
        return {each.what: each.state for each in self.dossier.problems}

    def value(self, name):
        fact = self.dossier.facts.get(name)
        return None if fact is None else fact.value


@pytest.fixture
def audit(empty_hub, settings_for, tmp_path):
    """Audit with an empty cache each time: no request twice, no weights asked for."""
    caches = count()

    def run(name, **options):
        settings = settings_for(empty_hub, cache_dir=tmp_path / f"cache-{next(caches)}", **options)
        with Hub(settings) as hub:
            gathered = fetch(name, None, settings, hub=hub)
            log = list(hub.log)
        assert empty_hub.violations == []
        assert max(Counter(entry.url for entry in log if not entry.hop).values()) == 1
        dossier = assemble(gathered)
        return Run(gathered, dossier, evaluation.evaluate(dossier, RULESET), log)

    return run


@pytest.fixture
def put(empty_hub):
    """Add a model: its id, license, bases and relation; further text for its card; a LICENSE of its own."""

    def add(name, license_id="apache-2.0", *bases, relation="finetune", body="", text=True, **more):
        front = [f"license: {license_id}"] if license_id else []
        front += ["base_model:", *(f"- {base}" for base in bases)] if bases else []
        front += [f"base_model_relation: {relation}"] if bases else []
        files = {"README.md": card("\n".join(front), f"# A model\n\nWritten for a test.\n\n{body}\n")}
        files |= {"LICENSE": apache_text()} if text and license_id == "apache-2.0" else {}
        return empty_hub.add(Repo(name, files=files, weights=WEIGHTS, **more))

    return add


@pytest.fixture
def chain(put):
    """Models `a/0` to `a/N`, each made from the next; the licenses in this order."""

    def build(*licenses, relation="finetune"):
        last = len(licenses) - 1
        for at, license_id in enumerate(licenses):
            bases = (f"a/{at + 1}",) if at < last else ()
            put(f"a/{at}", license_id, *bases, relation=relation)
        return "a/0"

    return build


OSI = "apache-2.0"


# Chains


@pytest.mark.parametrize("depth", [0, 1, 2, 4])
def test_each_hop_costs_one_round_and_three_requests(audit, chain, depth):
    """Info, card and license text of every model; a hop's own files go with the opening of the next."""
    run = audit(chain(*[OSI] * (depth + 1)))
    assert run.cost == (3 * (depth + 1), 2 + depth)
    assert [hop.depth for hop in run.dossier.lineage] == list(range(1, depth + 1))
    assert run.answer == OPEN


def test_a_chain_of_four_open_hops_is_open_and_never_said_to_be_complete(audit, chain):
    run = audit(chain(OSI, OSI, OSI, OSI, OSI))
    assert run.hops == [
        ("a/1", 1, None, "osi", None),
        ("a/2", 2, "a/1", "osi", None),
        ("a/3", 3, "a/2", "osi", None),
        ("a/4", 4, "a/3", "osi", None),
    ]
    assert (run.value("lineage.undecided"), run.value("lineage.complete")) == (None, None)
    assert run.problems == {}


def test_a_restriction_four_hops_back_holds_and_the_way_to_it_is_named(audit, chain):
    run = audit(chain(OSI, OSI, OSI, OSI, "cc-by-nc-4.0"))
    assert run.answer == RESTRICTED
    assert run.cost == (14, 5)  # the last has no further file, so nothing is left for a sixth round
    assert run.hops[3] == ("a/4", 4, "a/3", "noncommercial", None)
    assert run.dossier.lineage[3].breaks == ("use", "share") == run.value("lineage.broken_freedoms")
    assert [hop.breaks for hop in run.dossier.lineage[:3]] == [(), (), ()]
    main = run.report.framework("osaid-1.0")
    finding = next(each for each in main.findings if each.rule == "inherited-license")
    assert "a/1 > a/2 > a/3 > a/4 (CC-BY-NC-4.0)" in finding.message.en
    assert "a/1 > a/2 > a/3 > a/4 (CC-BY-NC-4.0)" in finding.message.fr
    assert main.only_proven_breach == "license"


def test_a_chain_whose_third_hop_is_not_read_is_undecided(audit, chain, empty_hub):
    name = chain(OSI, OSI, OSI, OSI, "cc-by-nc-4.0")
    empty_hub.fault("/api/models/a/3", "html")
    run = audit(name)
    assert run.answer == UNDECIDED
    assert [hop.id for hop in run.dossier.lineage] == ["a/1", "a/2", "a/3"]
    assert run.problems == {"a/3": "malformed"}


def test_a_restriction_is_enough_though_the_rest_of_the_chain_is_not_read(audit, chain, put):
    chain(OSI, OSI, "cc-by-nc-4.0", OSI)
    put("a/3", OSI, "nobody/there")
    run = audit("a/0")
    assert run.answer == RESTRICTED
    assert run.value("lineage.undecided") is True
    assert run.problems == {"nobody/there": "not_found_or_private"}


def test_a_base_without_any_terms_at_depth_two_breaks_use_modify_and_share(audit, chain):
    run = audit(chain(OSI, OSI, None))
    assert run.answer == RESTRICTED
    assert run.dossier.lineage[1].breaks == ("use", "modify", "share")


def test_no_terms_of_its_own_on_open_bases_is_undecided_and_on_a_restricted_one_breaks(audit, chain):
    run = audit(chain(None, None, OSI))
    assert run.answer == UNDECIDED
    assert run.value("license.inherited_only") is True
    run = audit(chain(None, None, "cc-by-nc-4.0"))
    assert run.answer == RESTRICTED
    assert run.value("license.inherited_only") is True


def test_an_adapter_of_a_quantization_of_a_fine_tune(audit, put):
    put("x/adapter", OSI, "x/quant", relation="adapter")
    put("x/quant", OSI, "x/tune", relation="quantized")
    put("x/tune", OSI, "x/root")
    put("x/root", "llama3.1", text=False)
    run = audit("x/adapter")
    assert [(hop.relation, hop.id) for hop in run.dossier.lineage] == [
        ("adapter", "x/quant"),
        ("quantized", "x/tune"),
        ("finetune", "x/root"),
    ]
    assert run.answer == RESTRICTED
    assert run.cost == (11, 4)
    put("x/root", OSI)
    assert (audit("x/adapter").answer, audit("x/adapter").cost) == (OPEN, (12, 5))


def test_a_chain_longer_than_the_limit_is_a_problem_and_undecided(audit, chain):
    run = audit(chain(*[OSI] * (MAX_DEPTH + 3)))
    assert run.answer == UNDECIDED
    assert run.cost == (3 * (MAX_DEPTH + 1), 2 + MAX_DEPTH)
    assert run.hops[-1] == (f"a/{MAX_DEPTH + 1}", MAX_DEPTH + 1, f"a/{MAX_DEPTH}", None, "too_large")
    assert run.problems == {f"a/{MAX_DEPTH + 1}": "too_large"}
    assert str(MAX_DEPTH) in run.dossier.problems[0].why.en
    assert run.value("lineage.complete") is None


def test_a_chain_as_long_as_the_limit_is_read_to_its_end(audit, chain):
    run = audit(chain(*[OSI] * MAX_DEPTH, "cc-by-nc-4.0"))
    assert run.answer == RESTRICTED
    assert run.problems == {}


# Merges


def test_a_merge_of_an_open_and_a_restricted_parent_breaks(audit, put):
    put("m/merge", OSI, "m/free", "m/bound", relation="merge")
    put("m/free")
    put("m/bound", "cc-by-nc-4.0")
    run = audit("m/merge")
    assert run.answer == RESTRICTED
    assert run.cost == (8, 3)
    assert [(hop.id, hop.breaks) for hop in run.dossier.lineage] == [
        ("m/free", ()),
        ("m/bound", ("use", "share")),
    ]


def test_a_diamond_reads_the_common_base_once_and_shows_it_under_both(audit, put):
    put("d/merge", OSI, "d/left", "d/right", relation="merge")
    put("d/left", OSI, "d/root")
    put("d/right", OSI, "d/root", relation="adapter")
    put("d/root", OSI, "d/seed")
    put("d/seed", "cc-by-nc-4.0")
    run = audit("d/merge")
    assert run.cost == (14, 4)
    assert [(hop.id, hop.via, hop.relation) for hop in run.dossier.lineage] == [
        ("d/left", None, "merge"),
        ("d/root", "d/left", "finetune"),
        ("d/seed", "d/root", "finetune"),
        ("d/right", None, "merge"),
        ("d/root", "d/right", "adapter"),
    ]
    assert run.answer == RESTRICTED


def test_a_common_base_is_concluded_once(audit, put, monkeypatch):
    put("d/merge", OSI, "d/left", "d/right", relation="merge")
    put("d/left", OSI, "d/root")
    put("d/right", OSI, "d/root")
    put("d/root")
    from osaid_audit.gather.reading.lineage import facts as lineage

    seen, really = Counter(), lineage.conclusion_of

    def counting(repository, page):
        seen[repository.canonical] += 1
        return really(repository, page)

    monkeypatch.setattr(lineage, "conclusion_of", counting)
    assert audit("d/merge").answer == OPEN
    assert seen == {"d/left": 1, "d/right": 1, "d/root": 1}


def test_a_merge_of_forty_is_read_up_to_the_limit(audit, put):
    names = [f"m/{at:02}" for at in range(40)]
    put("m/merge", OSI, *names, relation="merge")
    for name in names:
        put(name)
    run = audit("m/merge")
    assert run.cost == (3 * (MAX_BASES + 1), 3)
    assert run.answer == UNDECIDED
    assert run.problems == dict.fromkeys(names[MAX_BASES:], "too_large")
    assert len(run.dossier.lineage) == 40


def test_the_limit_holds_for_the_lineage_as_a_whole(audit, put):
    """Four merges of twelve: level one is read, of level two what is left."""
    put("w/merge", OSI, *(f"w/{at}" for at in range(4)), relation="merge")
    for at in range(4):
        put(f"w/{at}", OSI, *(f"w/{at}-{leaf:02}" for leaf in range(12)), relation="merge")
        for leaf in range(12):
            put(f"w/{at}-{leaf:02}")
    run = audit("w/merge")
    read = [each for each in run.gathered.bases.values() if isinstance(each, Repository)]
    assert len(read) == MAX_BASES
    assert run.cost == (3 * (MAX_BASES + 1), 4)
    assert len(run.problems) == 4 + 48 - MAX_BASES


def test_a_page_that_names_thousands_of_bases_is_bounded(audit, put):
    put("m/merge", OSI, *(f"n/{at:04}" for at in range(2000)), relation="merge")
    run = audit("m/merge")
    assert run.cost[0] <= 3 + 2 * MAX_BASES  # nobody waits for the card of a model that is not there
    assert run.answer == UNDECIDED
    assert len(run.dossier.lineage) <= 100


# Circles


def test_a_circle_of_two_is_a_problem_and_undecided(audit, put):
    put("c/one", OSI, "c/two")
    put("c/two", OSI, "c/one")
    run = audit("c/one")
    assert run.answer == UNDECIDED
    assert run.cost == (6, 3)
    assert run.hops == [("c/two", 1, None, "osi", None), ("c/one", 2, "c/two", None, "malformed")]
    assert "a cycle" in run.dossier.problems[0].why.en
    assert "un cycle" in run.dossier.problems[0].why.fr


def test_a_circle_of_three_behind_the_model_is_seen(audit, put):
    put("c/zero", OSI, "c/one")
    put("c/one", OSI, "c/two")
    put("c/two", OSI, "c/three")
    put("c/three", OSI, "c/one")
    run = audit("c/zero")
    assert run.answer == UNDECIDED
    assert run.cost == (12, 5)
    assert run.hops[-1] == ("c/one", 4, "c/three", None, "malformed")
    assert "a base of c/three that stems from it as well" in run.dossier.problems[0].why.en
    assert "une base de c/three qui en est issue aussi" in run.dossier.problems[0].why.fr


def test_a_circle_between_two_direct_bases_is_seen(audit, put):
    put("c/zero", OSI, "c/one", "c/two")
    put("c/one", OSI, "c/two")
    put("c/two", OSI, "c/one")
    run = audit("c/zero")
    assert run.answer == UNDECIDED
    assert {hop.problem for hop in run.dossier.lineage} == {None, "malformed"}


def test_a_restriction_within_a_circle_still_breaks(audit, put):
    put("c/one", OSI, "c/two")
    put("c/two", "cc-by-nc-4.0", "c/one")
    assert audit("c/one").answer == RESTRICTED


@pytest.mark.parametrize("own", ["s/self", "S/Self"])
def test_a_model_that_names_itself_is_a_circle_wherever_it_stands(audit, put, own):
    put("s/self", OSI, own)
    run = audit("s/self")
    assert run.answer == UNDECIDED
    assert run.cost == (3, 2)
    assert run.problems == {own: "malformed"}
    put("s/child", OSI, "s/self")
    run = audit("s/child")
    assert run.answer == UNDECIDED
    assert run.hops[1] == (own, 2, "s/self", None, "malformed")


# Bases that do not come


def test_a_missing_base_at_any_depth_is_a_problem(audit, chain, put):
    chain(OSI, OSI)
    put("a/1", OSI, "nobody/there")
    run = audit("a/0")
    assert run.answer == UNDECIDED
    assert run.hops[1] == ("nobody/there", 2, "a/1", None, "not_found_or_private")
    assert run.problems == {"nobody/there": "not_found_or_private"}


@pytest.mark.parametrize(
    ("license_id", "answer", "problem"), [(OSI, UNDECIDED, "gated"), ("cc-by-nc-4.0", RESTRICTED, None)]
)
def test_a_gated_base_restricts_by_its_reply_and_opens_nothing(audit, put, license_id, answer, problem):
    put("g/tune", OSI, "g/mid")
    put("g/mid", OSI, "g/root")
    put("g/root", license_id, gated="manual")
    run = audit("g/tune")
    assert run.answer == answer
    assert run.dossier.lineage[1].problem == problem
    assert run.problems == ({"g/root": "gated"} if problem else {})


def test_a_gated_base_is_read_with_a_token(audit, put, empty_hub):
    put("g/tune", OSI, "g/root")
    put("g/root", OSI, gated="manual")
    empty_hub.tokens = {"hf_good": {"*"}}
    assert audit("g/tune", token="hf_good").answer == OPEN


def test_a_renamed_base_is_one_model_under_both_names(audit, put):
    put("r/merge", OSI, "r/left", "r/right", relation="merge")
    put("r/left", OSI, "r/new")
    put("r/right", OSI, "r-old/old")
    put("r/new", OSI, "r/seed", aliases=("r-old/old",))
    put("r/seed", "cc-by-nc-4.0")
    run = audit("r/merge")
    assert run.answer == RESTRICTED
    assert [(hop.id, hop.via) for hop in run.dossier.lineage] == [
        ("r/left", None),
        ("r/new", "r/left"),
        ("r/seed", "r/new"),
        ("r/right", None),
        ("r-old/old", "r/right"),
    ]
    requests, rounds = run.cost
    assert (requests <= 3 + 6 + 3 + 2 + 2, rounds) == (True, 4)  # the old name: an info and a card, no files
    assert not any("r-old" in entry.url and "LICENSE" in entry.url for entry in run.log)
    assert len({id(run.gathered.bases[name]) for name in ("r/new", "r-old/old")}) == 1


def test_a_base_found_under_a_new_name_is_not_asked_for_again_under_it(audit, put):
    put("r/tune", OSI, "r-old/old", "r/side")
    put("r/side", OSI, "r/new")
    put("r/new", OSI, aliases=("r-old/old",))
    run = audit("r/tune")
    assert run.answer == OPEN
    assert run.cost == (9, 3)
    assert run.hops[-1] == ("r/new", 2, "r/side", "osi", None)


def test_a_base_of_unknown_relation_is_judged_like_any_other(audit, put, empty_hub):
    put("u/tune", OSI, "u/root", info={"tags": ["base_model:u/root", "base_model:sibling:u/root"]})
    front = "license: apache-2.0\nbase_model: u/root\nbase_model_relation: cousin"
    empty_hub.add(Repo("u/odd", files={"README.md": card(front)}, weights=WEIGHTS))
    put("u/root", "cc-by-nc-4.0")
    run = audit("u/odd")
    assert (run.answer, run.dossier.lineage[0].relation) == (RESTRICTED, "unknown")


def test_case_and_number_hide_no_base(audit, put):
    """Spellings of one id are one base; a base that is the last of three hundred leaves a doubt."""
    spelt = [f"{'N/' if at % 2 else 'n/'}{'Open' if at // 2 % 2 else 'oPen'}" for at in range(4)]
    put("n/tune", OSI, *spelt, "n/bound")
    put("n/open")
    put("n/bound", "cc-by-nc-4.0")
    run = audit("n/tune")
    assert run.answer == RESTRICTED
    assert len(run.dossier.lineage) == 2
    put("n/tune", OSI, *(f"n/{at}" for at in range(300)), "n/bound")
    assert audit("n/tune").answer == UNDECIDED


def test_offline_and_a_second_run_give_the_same_chain(chain, empty_hub, settings_for):
    name = chain(OSI, OSI, OSI, "cc-by-nc-4.0")
    found = []
    for offline in (False, False, True):
        settings = settings_for(empty_hub, offline=offline)
        with Hub(settings) as hub:
            found.append((fetch(name, None, settings, hub=hub).bases, [entry.status for entry in hub.log]))
    assert found[0][0] == found[1][0] == found[2][0]
    assert [log for _, log in found[1:]] == [[304], []]


# Hints


def test_a_hint_at_an_undeclared_base_leaves_a_doubt_at_any_depth(audit, chain, put, empty_hub):
    chain(OSI, OSI, OSI)
    put("a/2", OSI, body="This model is a fine-tuned version of [h/hint](https://huggingface.co/h/hint).")
    put("h/hint", "cc-by-nc-4.0")
    run = audit("a/0")
    assert run.answer == UNDECIDED
    assert run.hops[-1] == ("h/hint", 3, "a/2", None, "not_read")
    assert not any("h/hint" in entry.url for entry in run.log)


def test_a_hint_at_a_model_that_is_declared_further_back_is_no_doubt(audit, chain, put):
    chain(OSI, OSI, OSI)
    put("a/0", OSI, "a/1", body="This model is a fine-tuned version of [a/2](https://huggingface.co/a/2).")
    run = audit("a/0")
    assert run.answer == OPEN
    assert run.value("lineage.undecided") is None


# Data and code


DESCRIBED = "## Training data\n\n{} letters that pupils wrote for this purpose in the spring of last year.\n"


def layered(put, *told, relation="finetune"):
    last = len(told) - 1
    for at, body in enumerate(told):
        bases = (f"l/{at + 1}",) if at < last else ()
        way = relation[at] if isinstance(relation, tuple) and at < last else "finetune"
        packs = {"config": {"quantization_config": {"bits": 4}}} if way == "quantized" else {}
        put(f"l/{at}", OSI, *bases, relation=way, body=body, info=packs)
    return "l/0"


def test_every_layer_of_fine_tunes_must_describe_its_data(audit, put):
    some = [DESCRIBED.format(word) for word in ("Ten thousand", "Nine thousand", "Eight thousand")]
    assert audit(layered(put, *some)).value("data.described") is True
    assert len(audit(layered(put, *some)).dossier.facts["data.described"].sources) == 3


@pytest.mark.parametrize("silent", [0, 1, 2])
def test_one_silent_layer_is_enough_to_miss_the_description(audit, put, silent):
    some = [DESCRIBED.format(word) for word in ("Ten thousand", "Nine thousand", "Eight thousand")]
    some[silent] = ""
    assert audit(layered(put, *some)).value("data.described") is None


def test_a_quantization_of_a_quantization_has_the_evidence_of_what_it_packs(audit, put):
    packed = layered(put, "", "", DESCRIBED.format("Ten thousand"), relation=("quantized", "quantized"))
    assert audit(packed).value("data.described") is True


def test_a_quantization_of_a_bare_fine_tune_has_none(audit, put):
    packed = layered(put, "", "", DESCRIBED.format("Ten thousand"), relation=("quantized", "finetune"))
    assert audit(packed).value("data.described") is None


def test_a_refusal_at_the_end_of_the_chain_holds_for_the_whole(audit, put):
    some = [DESCRIBED.format("Ten thousand"), DESCRIBED.format("Nine thousand")]
    name = layered(put, *some, "We do not disclose the training data.")
    assert audit(name).value("data.withheld") is True


# Datasets


def test_two_hundred_datasets_are_looked_up_up_to_the_limit_and_the_report_says_so(audit, empty_hub):
    names = [f"data/{at:03}" for at in range(200)]
    front = "license: apache-2.0\ndatasets:\n" + "\n".join(f"- {name}" for name in (*names, "Data/000"))
    empty_hub.add(Repo("big/model", files={"README.md": card(front)}, weights=WEIGHTS))
    for name in names:
        empty_hub.add(Repo(name, kind="datasets", files={"README.md": card("license: cc-by-4.0")}))
    run = audit("big/model")
    assert run.cost == (2 + MAX_DATASETS, 2)
    assert [limit.en for limit in run.report.limits if "200" in limit.en]
    assert [limit.fr for limit in run.report.limits if "200" in limit.fr]
    assert run.value("data.linked_datasets") is None


def test_a_few_datasets_are_all_looked_up_and_no_limit_is_told(audit, empty_hub):
    front = "license: apache-2.0\ndatasets:\n- data/one\n- DATA/One\n- data/two"
    empty_hub.add(Repo("big/model", files={"README.md": card(front)}, weights=WEIGHTS))
    for name in ("data/one", "data/two"):
        empty_hub.add(Repo(name, kind="datasets", files={"README.md": card("license: cc-by-4.0")}))
    run = audit("big/model")
    assert run.cost == (4, 2)
    assert not any("datasets" in limit.en for limit in run.report.limits)


def test_datasets_and_bases_are_asked_for_side_by_side(audit, put, empty_hub, monkeypatch):
    """Each of four lookups waits for the three others: one after the other none would ever come."""
    front = "license: apache-2.0\nbase_model:\n- p/one\n- p/two\ndatasets:\n- p/data\n- p/more"
    empty_hub.add(Repo("p/model", files={"README.md": card(front)}, weights=WEIGHTS))
    put("p/one")
    put("p/two")
    meeting, really = Barrier(4, timeout=5), Hub.info

    def waiting(self, kind, repo_id, *rest, **more):
        if repo_id != "p/model":
            meeting.wait()
        return really(self, kind, repo_id, *rest, **more)

    monkeypatch.setattr(Hub, "info", waiting)
    try:
        run = audit("p/model")
    except BrokenBarrierError:
        pytest.fail("they were asked for one after the other")
    assert len(run.dossier.lineage) == len(run.dossier.datasets) == 2
