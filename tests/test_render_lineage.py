"""How the models behind a subject are shown: one step further in for each step back."""

import re

import pytest
from samples import MERGED, restricted, undecided

from osaid_audit.render import render
from osaid_audit.schema.dossier import Hop


def chain(length):
    ids = [None, *(f"org/base-{at}" for at in range(1, length + 1))]
    return tuple(
        Hop(id=ids[at], relation="finetune", depth=at, via=ids[at - 1], license="mit", cls="osi")
        for at in range(1, length + 1)
    )


def shown(lineage, form, lang="en"):
    page = render(restricted().model_copy(update={"lineage": lineage}), form, lang)
    return page[page.index("</style>") :].partition("<script")[0] if form == "html" else page


def columns(page, lineage):
    """The column at which the line of each hop begins, in order."""
    found = [line for line in page.splitlines() if re.match(r" *- .*\(step \d+\)", line)]
    assert len(found) == len(lineage)
    return [line.index("-") for line in found]


@pytest.mark.parametrize(("form", "margin"), [("text", 2), ("markdown", 0)])
@pytest.mark.parametrize("length", [1, 10])
def test_a_chain_goes_one_step_in_for_each_hop(form, margin, length):
    lineage = chain(length)
    assert columns(shown(lineage, form), lineage) == [margin + 2 * at for at in range(length)]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_tree_shows_each_base_under_what_was_made_from_it(form):
    first, *rest = columns(shown(MERGED, form), MERGED)
    assert [at - first for at in rest] == [2, 4, 0, 2, 2]


@pytest.mark.parametrize("length", [1, 10])
def test_a_page_lists_its_bases_in_a_table_further_in_for_each_step(length):
    page = shown(chain(length), "html")
    table = page[page.index('<table class="listed bases">') :].partition("</table>")[0]
    rows = re.findall(r'<tr id="b(\d+)"><th scope="row"><span class="level l(\d)"><bdi>([^<]*)<', table)
    assert rows == [(str(at), str(min(at - 1, 6)), f"org/base-{at}") for at in range(1, length + 1)]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_hop_that_breaks_a_freedom_says_which(form):
    assert "freedoms taken: use, share" in " ".join(shown(MERGED, form).split())
    assert "libertés retirées : utiliser, partager" in " ".join(shown(MERGED, form, "fr").split())
    assert "freedoms taken:" not in shown(chain(3), form)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_without_a_base_there_is_no_such_part(form):
    heading = {"text": "LINEAGE\n", "markdown": "### Lineage", "html": ">Models behind it<"}[form]
    assert heading in shown(MERGED, form)
    assert heading not in shown((), form)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_depths_that_nobody_could_have_read_are_shown_all_the_same(form):
    """A report from elsewhere may say anything: steps left out, and thousands of them."""
    odd = (Hop(id="org/a", relation="merge", depth=7), Hop(id="org/b", relation="merge", depth=-1))
    assert "org/b" in shown(odd, form)
    assert "org/base-2000" in shown(chain(2000), form)


def test_an_spdx_document_has_each_base_once_and_every_way_to_it():
    tag = render(undecided().model_copy(update={"lineage": MERGED}), "spdx")
    names = re.findall(r"^PackageName: (press/.*|orchard/.*)$", tag, re.MULTILINE)
    assert names[1:] == ["press/half-dry", "orchard/juice-3b", "orchard/must", "press/half-sweet"]
    drawn = re.findall(r"^Relationship: (\S+) \w+ (SPDXRef-Base-\d)$", tag, re.MULTILINE)
    assert drawn == [
        ("SPDXRef-Model", "SPDXRef-Base-1"),
        ("SPDXRef-Base-1", "SPDXRef-Base-2"),
        ("SPDXRef-Base-2", "SPDXRef-Base-3"),
        ("SPDXRef-Model", "SPDXRef-Base-4"),
        ("SPDXRef-Base-4", "SPDXRef-Base-2"),
        ("SPDXRef-Base-4", "SPDXRef-Base-1"),
    ]
