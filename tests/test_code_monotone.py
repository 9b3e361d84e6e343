"""Reading one more thing about linked code never reverses a decided answer, in whatever order it is read."""

from itertools import chain, combinations

import pytest
from hub.world import apache_text, mit_text, nc_text
from raw_samples import SHA, card, gathered, raw, repository

from osaid_audit import evaluate as evaluation
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import CodeHost, Listed, Missed
from osaid_audit.gather.reading.files.codefiles import license_files
from osaid_audit.schema.base import Outcome

RULESET = evaluation.load()
DECIDED = {Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE}
NC = nc_text()
ONE, TWO = "https://github.com/acme/one", "https://github.com/acme/two"
PROSE = "# Model\n\nA small model for the study of text, made by a school and free to try out.\n\n"
WORLDS = {
    "its own, open": ({ONE: {"LICENSE": apache_text(), "train.py": ""}}, f"Code: {ONE}\n", {}),
    "its own, restricted": ({ONE: {"LICENSE": NC, "train.py": ""}}, f"Code: {ONE}\n", {}),
    "two of its own": (
        {ONE: {"LICENSE": apache_text(), "train.py": ""}, TWO: {"LICENSE": NC, "inference.py": ""}},
        f"Training code: {ONE}\n\nInference code: {TWO}\n",
        {"LICENSE-CODE": mit_text()},
    ),
    "one of two licenses restricts": (
        {ONE: {"LICENSE": NC, "LICENSE-MIT": mit_text(), "train.py": ""}},
        f"Code: {ONE}\n",
        {"LICENSE-CODE": mit_text()},
    ),
    "linked and aside": (
        {ONE: {"LICENSE": NC, "train.py": ""}, TWO: {"LICENSE": NC, "train.py": ""}},
        f"More code is at {ONE}.\n\nBased on {TWO}.\n",
        {},
    ),
    "gone": ({}, f"Code: {ONE}\n", {"LICENSE-CODE": apache_text()}),
}


def items(world):
    """Everything that may be read or missed: the card, each repository, its list, its licenses."""
    linked, _, files = WORLDS[world]
    parts = ((url, f"{url} tree", *(f"{url} {path}" for path in files_)) for url, files_ in linked.items())
    named = [each for each in chain(*parts) if not each.endswith(".py")]
    return ("README.md", *files, *named)


def host(url, files, seen):
    if url not in seen:
        return Missed(url, url, "unreachable", "no connection")
    if f"{url} tree" not in seen:
        return CodeHost(url, url, SHA, Missed("tree", url, "unreachable"), complete=False)
    listing = tuple(Listed(path, 10) for path in files)
    read = {
        path: raw(path, files[path])
        if f"{url} {path}" in seen
        else Missed(path, f"{url}/{path}", "unreachable")
        for path in license_files(listing)
    }
    return CodeHost(url, url, SHA, raw("tree", "{}"), listing, complete=True, files=read)


def judged(world, seen):
    linked, body, files = WORLDS[world]
    text = card(PROSE + body, license="apache-2.0")
    read = {
        path: raw(path, content) if path in seen else Missed(path, path, "gated")
        for path, content in {"README.md": text, **files}.items()
    }
    subject = repository(None, {"cardData": {"license": "apache-2.0"}, "library_name": "transformers"}, read)
    hosts = {url: host(url, inside, seen) for url, inside in linked.items()}
    if not linked:
        hosts = {ONE: Missed(ONE, ONE, "not_found_or_private")}
    report = evaluation.evaluate(assemble(gathered(subject, repositories=hosts)), RULESET)
    return {
        (framework.id, each.rule): each.outcome
        for framework in report.frameworks
        for each in framework.findings
        if each.outcome in DECIDED
    }


@pytest.mark.parametrize("world", WORLDS)
def test_in_whatever_order_code_is_read_no_decided_answer_turns(world):
    every = items(world)
    sets = chain.from_iterable(combinations(every, size) for size in range(len(every) + 1))
    answers = {frozenset(some): judged(world, frozenset(some)) for some in sets}
    for some, before in answers.items():
        for item in every:
            assert before.items() <= answers[some | {item}].items()


def test_the_worlds_decide_in_both_ways():
    """A test over worlds that never decide would show nothing."""
    if "full text is not part" in NC:
        pytest.skip("../shared is not beside this checkout: no restricting license text to read")
    last = {
        world: judged(world, frozenset(items(world))).get(("osaid-1.0", "code-license")) for world in WORLDS
    }
    assert last == dict.fromkeys(WORLDS) | {
        "its own, restricted": Outcome.NOT_MET,
    }
