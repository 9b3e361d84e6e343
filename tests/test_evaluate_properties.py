"""Learning a fact never reverses a decided answer; and three ways of getting that wrong are caught."""

from collections import Counter

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from osaid_audit.evaluate import cel, findings, ladder, load, verdict
from osaid_audit.evaluate.findings import decide
from osaid_audit.evaluate.lint import worlds
from osaid_audit.schema.base import FREEDOMS, Outcome
from osaid_audit.schema.licenses import PRECEDENCE, RESTRICTED
from osaid_audit.schema.vocabulary import VOCABULARY

RULESET = load()
OSAID, G7 = RULESET.framework("osaid-1.0"), RULESET.framework("g7-2026")
MOF = RULESET.framework("mof")
CLASSES = [MOF.floor, *(rung.id for rung in MOF.rungs)]
RUNGS = [G7.floor, *(rung.id for rung in G7.rungs)]
DECIDED = {Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE}
REVIEWER = sorted(name for name, spec in VOCABULARY.items() if spec.reviewer)
BASES = {"lineage.declared_base", "lineage.undecided", "lineage.restricted", "lineage.broken_freedoms"}
ENGINES: tuple[cel.Engine, ...] = ("cel-expr-python", "cel-python")
QUICK = settings(max_examples=400, deadline=None)
CONDITIONS = sorted(
    {
        *(
            c
            for rule in RULESET.rules.values()
            for c in (*rule.applies, *rule.not_met, *rule.met, *rule.review)
        ),
        *(
            c
            for rung in (*G7.rungs, *MOF.rungs)
            for kind in (rung.excluded, rung.also, rung.doubts)
            for c in kind.values()
        ),
    }
)


def value_of(spec):
    if spec.type == "bool":
        return st.just(True) if spec.only_true else st.booleans()
    if spec.type == "int":
        return st.integers(0, 3)
    words = spec.values or ("gguf", "Apache-2.0")
    one = st.sampled_from(words)
    return one if spec.type == "string" else st.lists(one, unique=True, max_size=3).map(tuple)


# Any facts whatever, consistent or not: enough for the logic of one rule.
ANY_FACTS = st.fixed_dictionaries(
    {},
    optional={name: value_of(spec) for name, spec in VOCABULARY.items() if not spec.reviewer},
)


@st.composite
def known_before(draw, later):
    """What was known earlier: some of the facts, shorter lists, a milder restriction."""
    dropped = draw(st.sets(st.sampled_from(sorted(later)), max_size=6)) if later else set()
    before = {name: value for name, value in later.items() if name not in dropped}
    if later.get("license.class") == "none" and {"license.class", "license.grant_found"} & dropped:
        before = {
            name: value
            for name, value in before.items()
            if name not in ("license.class", "license.grant_found")
        }
    for name in ("license.breaks", "lineage.broken_freedoms"):
        if name in before:
            before[name] = tuple(each for each in before[name] if draw(st.booleans()))
    if before.get("license.class") in RESTRICTED:
        milder = [
            each for each in RESTRICTED if PRECEDENCE.index(each) >= PRECEDENCE.index(before["license.class"])
        ]
        before["license.class"] = draw(st.sampled_from(milder))
    return before


@st.composite
def consistent(draw):
    """A whole world that can exist, and what a reviewer of it may truthfully say.

    Half of the worlds are good ones, signed off throughout; else `conforms` would never be reached.
    """
    good = draw(st.booleans())
    world = {} if good else dict(draw(ANY_FACTS))
    world["license.class"] = "osi" if good else draw(st.sampled_from(("none", *PRECEDENCE)))
    world.update(dict.fromkeys(("license.read_all", "license.consistent", "weights.present"), True))
    world.update({"license.grant_found": world["license.class"] != "none", "access.gated": "no"})
    world.pop("license.mof_open", None)
    if world["license.class"] != "custom-unknown":  # the framework's list is wider than OSI's, never narrower
        beside = world["license.class"] == "open-not-osi" and draw(st.booleans())
        world["license.mof_open"] = world["license.class"] == "osi" or beside
    world["weights.present"] = good or draw(st.integers(0, 3)) != 3
    if not good and draw(st.integers(0, 3)) == 0:  # no grant of its own
        del world["license.class"], world["license.grant_found"]
        world.pop("license.mof_open", None)
        world.update({"license.inherited_only": True, "lineage.declared_base": True})
    else:
        world.pop("license.inherited_only", None)
    if not world["weights.present"]:
        world.pop("weights.external", None)
    lineage(
        world, draw(st.sampled_from(("osi", "open-not-osi", "use-restricted", "unread", "none known"))), good
    )
    if good:  # signed off throughout, or but for one question
        missing = draw(
            st.sampled_from((None, "data.all_released", "code.training_complete", "license.accepted"))
        )
        signed = {name: True for name in REVIEWER if name != missing}
    else:
        signed = draw(st.dictionaries(st.sampled_from(REVIEWER), st.booleans()))
    return world, truthful(signed, world)


def lineage(world, kind, good):
    for name in [name for name in world if name.startswith("lineage.") and name != "lineage.declared_base"]:
        del world[name]
    if kind == "use-restricted" and not good:
        world.update({"lineage.declared_base": True, "lineage.restricted": True})
        world["lineage.broken_freedoms"] = ("use", "share")
    elif kind == "unread":
        world.update({"lineage.declared_base": True, "lineage.undecided": True})
    elif kind in ("osi", "open-not-osi"):
        world.update({"lineage.declared_base": True, "lineage.restricted": False, "lineage.complete": True})
        world["lineage.worst_class"] = kind
    elif "lineage.declared_base" not in world:
        world["lineage.stated_from_scratch"] = True


def truthful(signed, world):
    """Corrections by a reviewer are outside the property: nobody attests the opposite of the world."""
    contradicted = {
        "license.accepted": world.get("license.class") in (*RESTRICTED, "none"),
        "lineage.accepted": world.get("lineage.restricted", False),
        "lineage.from_scratch": "lineage.declared_base" in world or world.get("lineage.restricted", False),
        "weights.confirmed": not world["weights.present"],
        "data.description_complete": "data.withheld" in world,
        "data.all_released": "data.not_released" in world,
        "code.training_complete": "code.training_withheld" in world,
        "license.mof_accepted": not world.get("license.mof_open", True) or not world["weights.present"],
        "code.open_accepted": world.get("code.license_class") in RESTRICTED,
        "code.license_accepted": world.get("code.license_class") in RESTRICTED,
    }
    opposed = {  # a no to what the world proves
        # of a model without any license a reviewer does not judge the terms: there are none
        "license.accepted": world.get("license.class") in ("osi", "none"),
        "lineage.accepted": world.get("lineage.worst_class") == "osi",
        "weights.confirmed": world["weights.present"],
        "access.accepted": True,
        "license.conflict_resolved": True,
        "code.inference_accepted": True,
    }
    return {
        name: value
        for name, value in signed.items()
        if not (contradicted.get(name, False) if value else opposed.get(name, False))
    }


PAIRS = consistent().flatmap(
    lambda pair: st.tuples(known_before(pair[0]), st.just(pair[0]), st.just(pair[1]))
)


def outcomes(values, attested):
    return {name: decide(rule, values, attested).outcome for name, rule in RULESET.rules.items()}


def breaks_conformity(answers):
    required = [name for name, needed in verdict.asked(OSAID).items() if needed]
    return any(answers[name] is Outcome.NOT_MET for name in required)


def named(rule):
    """Every fact that the conditions of a rule speak of."""
    conditions = (*rule.applies, *rule.not_met, *rule.met, *rule.review)
    return sorted({name for condition in conditions for name in cel.compile(condition).names})


@st.composite
def growing_knowledge(draw, rules):
    """One of the rules, some of its facts, and the same with more: any values, consistent or not."""
    rule = RULESET.rules[draw(st.sampled_from(rules))]
    after = draw(
        st.fixed_dictionaries({}, optional={name: value_of(VOCABULARY[name]) for name in named(rule)})
    )
    before = {name: value for name, value in after.items() if draw(st.booleans())}
    return rule, before, after


ALL_RULES = sorted(RULESET.rules)


def facts_of(conditions):
    return {name for condition in conditions for name in cel.compile(condition).names}


# A breach that speaks of other facts than `met` is what the mutants get wrong; most rules speak of the same.
TELLING = [
    name
    for name in ALL_RULES
    if RULESET.rules[name].met and facts_of(RULESET.rules[name].not_met) - facts_of(RULESET.rules[name].met)
]


def one_rule_property(examples=1200, phases=tuple(Phase), rules=ALL_RULES):
    @settings(max_examples=examples, deadline=None, phases=phases, report_multiple_bugs=False)
    @given(growing_knowledge(rules))
    def holds(known):
        rule, before, after = known
        earlier, later = decide(rule, before).outcome, decide(rule, after).outcome
        assert earlier not in DECIDED or later == earlier

    return holds


def test_no_rule_reverses_an_answer_when_a_fact_is_learnt():
    one_rule_property()()


def test_learning_reverses_nothing_over_consistent_worlds():
    seen = Counter()

    @QUICK
    @given(PAIRS)
    def holds(pair):
        before, after, attested = pair
        earlier, later = outcomes(before, attested), outcomes(after, attested)
        for name, answer in earlier.items():
            assert answer not in DECIDED or later[name] is answer, name
        assert not breaks_conformity(earlier) or breaks_conformity(later)
        seen.update(f"{name} {answer}" for name, answer in later.items())
        stand_before, stand_after = ladder.climb(G7, earlier, before), ladder.climb(G7, later, after)
        assert RUNGS.index(stand_after.at_most) <= RUNGS.index(stand_before.at_most)
        classes = [ladder.climb(MOF, each, facts) for each, facts in ((earlier, before), (later, after))]
        assert CLASSES.index(classes[1].at_most) <= CLASSES.index(classes[0].at_most)
        seen[classes[1].value] += 1
        if fell(stand_before.value, stand_after.value):
            assert BASES & {name for name, value in after.items() if before.get(name) != value}
            seen["fell"] += 1
        seen[stand_after.value] += 1
        event(stand_after.value)

    holds()
    reached = {"inherited-license met", "inherited-license not_met", "inherited-license not_applicable"}
    assert {*reached, "weights-license met", "weights-license not_met", "data-described met"} <= set(seen)
    assert {*RUNGS[1:], ladder.UNDETERMINED, CLASSES[0], CLASSES[-1]} <= set(seen)


def fell(before, after):
    if before == ladder.UNDETERMINED:
        return False
    return after == ladder.UNDETERMINED or RUNGS.index(after) < RUNGS.index(before)


def absent_as_false(monkeypatch):
    sound = cel.evaluate
    monkeypatch.setattr(cel, "evaluate", lambda leaf, facts: sound(leaf, facts) is True)


def unknown_breach_lets_met_stand(monkeypatch):
    monkeypatch.setattr(
        findings._Part, "any", property(lambda part: True in [answer for _, answer in part.answers])
    )


def unknown_counts_as_met(monkeypatch):
    monkeypatch.setattr(
        findings._Part, "all", property(lambda part: False not in [answer for _, answer in part.answers])
    )


@pytest.mark.parametrize("mutant", [absent_as_false, unknown_breach_lets_met_stand, unknown_counts_as_met])
def test_the_property_catches(monkeypatch, mutant):
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        one_rule_property(1000, (Phase.generate,), TELLING)()


@st.composite
def leaf_and_facts(draw):
    condition = draw(st.sampled_from(CONDITIONS))
    leaf = cel.compile(condition)
    world = draw(
        st.fixed_dictionaries({}, optional={name: value_of(VOCABULARY[name]) for name in leaf.names})
    )
    return condition, world


def test_both_engines_agree_on_every_leaf():
    compiled = {condition: [cel.compile(condition, engine) for engine in ENGINES] for condition in CONDITIONS}

    @settings(max_examples=400, deadline=None)
    @given(leaf_and_facts())
    def holds(pair):
        condition, facts = pair
        assert len({cel.evaluate(leaf, facts) for leaf in compiled[condition]}) == 1

    holds()


def test_both_engines_agree_on_every_world_of_every_shipped_leaf():
    """Exhaustive where a leaf has few worlds."""
    compared = 0
    for condition in CONDITIONS:
        google, celpy = (cel.compile(condition, engine) for engine in ENGINES)
        for world in worlds(google):
            assert cel.evaluate(google, world) is cel.evaluate(celpy, world)
            compared += 1
    assert compared > 3 * len(CONDITIONS)


def test_broken_freedoms_only_grow_once_they_are_listed():
    rule = RULESET.rules["weights-license"]
    assert findings.broken(rule, {"license.breaks": ("share", "use")}) == ("use", "share")
    assert findings.broken(rule, {"license.breaks": ()}) == rule.freedoms
    assert findings.broken(rule, {}) == rule.freedoms
    assert findings.broken(rule, {"license.breaks": FREEDOMS}) == FREEDOMS
