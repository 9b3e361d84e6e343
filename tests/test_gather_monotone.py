"""Reading one more file never reverses a decided answer: whole worlds, from raw bytes to the findings."""

import json
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

import pytest
from hub.world import apache_text, mit_text
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_samples import HUB, card, gathered, raw, repository

from osaid_audit import evaluate as evaluation
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.files.plan import declared_bases
from osaid_audit.gather.reading.prose.frontmatter import read_front_matter
from osaid_audit.schema.base import Outcome

RULESET = evaluation.load()
DECIDED = {Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE}
RUNGS = [
    RULESET.framework("g7-2026").floor,
    *(rung.id for rung in RULESET.framework("g7-2026").rungs),
]
PROSE = "A small model for the study of French and English text, made by a school and free to try out."
NC = "You may use these weights for non-commercial research purposes only."
LLAMA = "Llama 2 Community License"
DATA = f"## Training data\n\n{PROSE}"
REFUSED = "We do not disclose the training data."
NAMED = "License: Fjordland Shared License."
LINK = "https://terms.test/license"
CONFIG = json.dumps({"architectures": ["A"]})
REMOTE = json.dumps({"architectures": ["A"], "auto_map": {"AutoModel": "modeling_a.A"}})
TUNED = json.dumps({"architectures": ["A"], "_name_or_path": "org/other-base"})
ROWS = ({"rfilename": "model.safetensors", "size": 5_000_000_000},)


@dataclass(frozen=True)
class World:
    """All that there is to read: the subject's files, the page behind its link, and those of its bases."""

    files: dict[str, str]
    link: str | None = None
    bases: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: tuple[dict[str, object], ...] = ROWS

    @property
    def items(self):
        """Everything that may be read or missed, by name."""
        own = [*self.files, *(["link"] if self.link is not None else [])]
        theirs = [[name, *(f"{name}/{path}" for path in files)] for name, files in self.bases.items()]
        return (*own, *chain.from_iterable(theirs))


def keys(text):
    return dict(read_front_matter(text.encode()).mapping()) if text else {}


def repo(files, seen, name="org/model", prefix="", *, links=None, rows=ROWS):
    """The reply always shows the card's metadata; a file that is not seen is gated."""
    read = {
        path: raw(path, body) if prefix + path in seen else Missed(path, f"{HUB}/{path}", "gated")
        for path, body in files.items()
    }
    info = {"cardData": keys(files.get("README.md", "")), "library_name": "transformers"}
    return repository(None, info, read, rows, name=name, links=links)


def behind(world, subject, seen):
    """The bases as a walk meets them: those of a base are known only when its reply was read."""
    found, waiting = {}, [name for name, _ in declared_bases(subject.info, None)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            read = repo(world.bases[name], seen, name, f"{name}/")
            found[name] = read if name in seen else Missed(name, HUB, "unreachable")
            waiting += [each for each, _ in declared_bases(read.info, None)] if name in seen else []
    return found


def judged(world, seen):
    """The decided findings, and what the frameworks make of them."""
    links = {}
    if world.link is not None:
        links = {LINK: raw("license", world.link) if "link" in seen else Missed(LINK, LINK, "unreachable")}
    subject = repo(world.files, seen, links=links, rows=world.rows)
    read = assemble(gathered(subject, behind(world, subject, seen)))
    report = evaluation.evaluate(read, RULESET, list(RULESET.frameworks))
    found = {
        (framework.id, each.rule): each.outcome
        for framework in report.frameworks
        for each in framework.findings
        if each.outcome in DECIDED
    }
    return found, report.framework("osaid-1.0").verdict, report.label


def stands(before, after):
    """Whether all that was decided before is so after."""
    assert before[0].items() <= after[0].items()
    assert before[1] != "does_not_conform" or after[1] == "does_not_conform"
    assert RUNGS.index(after[2].at_most) <= RUNGS.index(before[2].at_most)


def every_step(world):
    """Each set of read items and each set with one more: all orders of reading go along these steps."""
    items = world.items
    sets = chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
    answers = {frozenset(some): judged(world, frozenset(some)) for some in sets}
    for some, before in answers.items():
        for item in items:
            yield before, answers[some | {item}]


APACHE = card(PROSE, license="apache-2.0")
WORLDS = {
    "open, all agree": World({"README.md": APACHE, "LICENSE": apache_text(), "config.json": CONFIG}),
    "the file restricts what the card opens": World(
        {"README.md": APACHE, "LICENSE": NC, "USE_POLICY.md": NC, "config.json": REMOTE}
    ),
    "the card restricts what the file opens": World(
        {"README.md": card(PROSE, license="cc-by-nc-4.0"), "LICENSE": mit_text(), "config.json": TUNED}
    ),
    "the prose restricts what its metadata open": World(
        {"README.md": card(f"{PROSE}\n\n## License\n\n{LLAMA}", license="mit"), "LICENSE": NC}
    ),
    "no grant anywhere": World({"README.md": PROSE, "config.json": CONFIG}),
    "no grant on the page, a license in a file": World({"README.md": PROSE, "LICENSE": apache_text()}),
    "no grant of its own, an open base": World(
        {"README.md": card(PROSE, base_model="org/base")},
        bases={"org/base": {"README.md": APACHE, "LICENSE": apache_text()}},
    ),
    "an open card on a restricted base": World(
        {"README.md": card(PROSE, license="mit", base_model="org/base"), "LICENSE": mit_text()},
        bases={"org/base": {"README.md": card(PROSE, license="cc-by-nc-4.0")}},
    ),
    "an open card on a base without a grant": World(
        {"README.md": card(PROSE, license="mit", base_model="org/base")},
        bases={"org/base": {"README.md": PROSE, "LICENSE": "Nobody knows these words."}},
    ),
    "a link to other terms": World(
        {"README.md": card(PROSE, license="other", license_link=LINK), "config.json": CONFIG}, link=NC
    ),
    "a link to open terms": World(
        {"README.md": card(PROSE, license="apache-2.0", license_link=LINK), "LICENSE": mit_text()},
        link=apache_text(),
    ),
    "metadata out of place": World(
        {"README.md": f"{PROSE}\n---\nlicense: cc-by-nc-4.0\n---\n", "LICENSE": apache_text()}
    ),
    "an explicit name that nobody knows": World(
        {"README.md": card(f"{PROSE}\n\n{NAMED}", license="mit"), "LICENSE": mit_text()}
    ),
    "a restriction at the third hop": World(
        {"README.md": card(f"{PROSE}\n\n{DATA}", license="mit", base_model="org/base")},
        bases={
            "org/base": {"README.md": card(PROSE, license="mit", base_model="org/root")},
            "org/root": {"README.md": card(REFUSED, license="mit", base_model="org/seed")},
            "org/seed": {"README.md": card(PROSE, license="cc-by-nc-4.0")},
        },
    ),
    "a circle with a restriction in it": World(
        {"README.md": card(f"{PROSE}\n\n{REFUSED}", license="mit", base_model="org/base")},
        bases={
            "org/base": {"README.md": card(REFUSED, license="mit", base_model="org/root")},
            "org/root": {"README.md": card(PROSE, license="cc-by-nc-4.0", base_model="org/base")},
        },
    ),
    "a merge of an open and a restricted parent with one root": World(
        {"README.md": card(PROSE, license="mit", base_model="[org/base, org/root]")},
        bases={
            "org/base": {"README.md": card(PROSE, license="mit", base_model="org/seed")},
            "org/root": {"README.md": card(PROSE, license="cc-by-nc-4.0", base_model="org/seed")},
            "org/seed": {"README.md": f"{PROSE}\n\n{REFUSED}"},
        },
    ),
    "an open card that names its origin in words": World(
        {
            "README.md": card(f"{PROSE}\n\nIt is a fine-tuned version of Fjord 2.", license="mit"),
            "LICENSE": mit_text(),
            "config.json": CONFIG,
        }
    ),
    "a tokenizer that names code, on a page that asks for money": World(
        {
            "README.md": card(f"{PROSE}\n\nCompanies must buy a license from us.", license="mit"),
            "config.json": CONFIG,
            "tokenizer_config.json": json.dumps({"auto_map": {"AutoTokenizer": "a/b--t.T"}}),
        }
    ),
    "weights elsewhere": World(
        {"README.md": f"{PROSE}\n\n[Download the weights](https://drive.google.com/file/d/1)"},
        rows=({"rfilename": "notes.txt", "size": 5},),
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_in_whatever_order_the_files_are_read_no_decided_answer_turns(name):
    for before, after in every_step(WORLDS[name]):
        stands(before, after)


def test_the_worlds_decide_in_both_ways():
    """A test over worlds that never decide would show nothing."""
    last = {name: judged(world, frozenset(world.items)) for name, world in WORLDS.items()}
    licenses = {name: found.get(("osaid-1.0", "weights-license")) for name, (found, _, _) in last.items()}
    assert licenses["open, all agree"] == Outcome.MET
    assert licenses["an explicit name that nobody knows"] is None
    assert licenses["metadata out of place"] == licenses["no grant anywhere"] == Outcome.NOT_MET
    bases = {name: found.get(("osaid-1.0", "inherited-license")) for name, (found, _, _) in last.items()}
    assert bases["an open card on a restricted base"] == Outcome.NOT_MET
    assert bases["a restriction at the third hop"] == Outcome.NOT_MET
    assert bases["a circle with a restriction in it"] == Outcome.NOT_MET
    assert bases["a merge of an open and a restricted parent with one root"] == Outcome.NOT_MET
    described = last["a restriction at the third hop"][0].get(("osaid-1.0", "data-described"))
    assert described == Outcome.NOT_MET


def test_a_turned_answer_would_be_seen():
    """The mirror: a world that changes under the reader is caught."""
    before = judged(WORLDS["open, all agree"], frozenset(WORLDS["open, all agree"].items))
    changed = replace(WORLDS["open, all agree"], files={"README.md": card(PROSE, license="cc-by-nc-4.0")})
    with pytest.raises(AssertionError):
        stands(before, judged(changed, frozenset(changed.items)))


CARDS = st.sampled_from(
    [
        PROSE,
        APACHE,
        card(PROSE, license="other"),
        card(PROSE, license="cc-by-nc-4.0"),
        card(PROSE, license="apache-2.0", license_link=LINK, base_model="org/base"),
        card(f"{PROSE}\n\nLicensed under the Fjordland License.", license="mit", base_model="org/base"),
        card(f"{PROSE}\n\n## License\n\n[Terms](https://ai.google.dev/gemma/terms)", license="mit"),
        f"---\n{PROSE}",
        f"{PROSE}\n---\nlicense: mit\nbase_model: org/base\n---\n",
    ]
)
TEXTS = st.sampled_from([apache_text(), mit_text(), NC, "Nobody knows these words.", "%PDF-1.7"])
PATHS = {
    "LICENSE": TEXTS,
    "LICENSE-MODEL": TEXTS,
    "USE_POLICY.md": st.sampled_from([NC, "Be kind to each other."]),
    "NOTICE": st.sampled_from(["Copyright 2024 A School", NC]),
    "config.json": st.sampled_from([CONFIG, REMOTE, TUNED, "{"]),
}


BEHIND = ("org/base", "org/root", "org/seed")


def _a_base_card(drawn):
    """A card of a base, which may name the others: chains, merges and circles."""
    body, license_id, names = drawn
    front = {"license": license_id} if license_id else {}
    return card(body, **front, **({"base_model": f"[{', '.join(names)}]"} if names else {}))


BASES = st.fixed_dictionaries(
    {
        "README.md": st.tuples(
            st.sampled_from(
                [PROSE, f"{PROSE}\n\n{DATA}", REFUSED, f"Fine-tuned from org/hinted.\n\n{PROSE}"]
            ),
            st.sampled_from(["apache-2.0", "mit", "cc-by-nc-4.0", "other", ""]),
            st.lists(st.sampled_from(BEHIND), unique=True, max_size=2),
        ).map(_a_base_card)
    },
    optional={"LICENSE": TEXTS},
)


@st.composite
def a_step(draw):
    """A world, some of it read, and the same with one item more."""
    own = draw(st.fixed_dictionaries({"README.md": CARDS}, optional=PATHS))
    declared = keys(own["README.md"])
    bases = {name: draw(BASES) for name in BEHIND} if "base_model" in declared else {}
    world = World(own, link=draw(TEXTS) if "license_link" in declared else None, bases=bases)
    order = draw(st.permutations(world.items))
    at = draw(st.integers(0, len(order) - 1))
    return world, frozenset(order[:at]), frozenset(order[: at + 1])


@settings(max_examples=250, deadline=None)
@given(a_step())
def test_one_more_file_never_turns_an_answer(step):
    world, some, more = step
    stands(judged(world, some), judged(world, more))
