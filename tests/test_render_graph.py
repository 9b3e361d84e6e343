"""The picture of what a model was made from: everything in its place, every word in its box."""

import re
import time
from itertools import pairwise

import pytest
from samples import MERGED, restricted, undecided
from test_render_lineage import chain

from osaid_audit.render import render
from osaid_audit.render.graph import Graph, graph, short
from osaid_audit.render.layers import draw
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Source
from osaid_audit.schema.dossier import Dataset, Hop


def drawn(lineage=(), datasets=(), lang="en") -> Graph | None:
    report = restricted().model_copy(update={"lineage": lineage, "datasets": datasets})
    return graph(report, Words(lang))


def merge(count: int) -> tuple[Hop, ...]:
    """Bases merged into one model, all fine-tuned from the same."""
    hops = []
    for at in range(count):
        hops.append(Hop(id=f"org/base-{at}", relation="merge", depth=1))
        above = f"org/base-{at}"
        hops.append(Hop(id="org/root", relation="finetune", depth=2, via=above, license="mit", cls="osi"))
    return tuple(hops)


# Layers


def test_columns_are_longest_paths_and_heights_keep_apart() -> None:
    found = draw(5, [(0, 1), (1, 2), (0, 2), (0, 3), (2, 4)], 40, 10)
    assert found.columns == (0, 1, 2, 1, 3)
    assert len(found.ways[0, 2]) == 1
    assert found.ways[0, 1] == ()
    first = sorted([found.heights[1], found.heights[3], found.ways[0, 2][0]])
    assert all(below - above >= 25 for above, below in pairwise(first))


def test_a_circle_is_drawn_all_the_same() -> None:
    found = draw(3, [(0, 1), (1, 2), (2, 0), (2, 1), (1, 1)], 40, 10)
    assert found.columns == (0, 1, 2)
    assert found.ways[2, 0] == ()


def test_a_lone_node_stands_at_the_top() -> None:
    found = draw(1, [], 40, 10)
    assert (found.columns, found.heights, found.bottom) == ((0,), (20,), 40)


def test_neighbours_stand_side_by_side() -> None:
    found = draw(42, [(0, n) for n in range(1, 41)] + [(n, 41) for n in range(1, 41)], 40, 10)
    assert found.heights[0] == found.heights[41] == found.bottom / 2


# The picture


def test_each_model_has_one_box_however_many_were_made_from_it() -> None:
    picture = drawn(MERGED)
    assert picture
    assert [node.full for node in picture.nodes] == [
        "orchard/cider-3b",
        "press/half-dry",
        "orchard/juice-3b",
        "orchard/must",
        "press/half-sweet",
    ]
    assert [line.word for line in picture.lines] == [
        "merge",
        "quantization",
        "base",
        "merge",
        "adapter",
        "fine-tuning",
    ]


def test_a_box_says_its_terms_in_a_shape_and_in_words() -> None:
    picture = drawn(MERGED)
    assert picture
    assert [(node.shape, node.word) for node in picture.nodes] == [
        ("subject", "the audited model"),
        ("met", "open source license"),
        ("not_met", "uses are restricted"),
        ("insufficient_evidence", "terms not read"),
        ("insufficient_evidence", "terms undecided"),
    ]


def test_the_way_on_which_a_freedom_is_lost_is_marked_and_the_others_are_not() -> None:
    picture = drawn(MERGED, (Dataset(id="city/corpus", role="training"),))
    assert picture
    assert [line.broken for line in picture.lines] == [True, True, False, True, True, True, False]
    assert not any(line.broken for line in drawn(chain(3)).lines)


def test_a_hint_is_a_hint_and_a_dataset_a_dataset() -> None:
    hint = Hop(id="org/maybe", relation="unknown", depth=1, hint=Source(path="config.json"))
    picture = drawn((hint,), (Dataset(id="city/corpus", role="training", found=True),))
    assert picture
    _, model, data = picture.nodes
    assert (model.word, model.hinted, data.word, data.shape) == ("only hinted at", True, "found", "data")
    assert [(line.word, line.hinted) for line in picture.lines] == [("perhaps", True), ("training", False)]


@pytest.mark.parametrize("lineage", [chain(1), chain(4), merge(3), merge(20), merge(40), MERGED])
def test_boxes_stay_in_the_picture_and_never_touch(lineage) -> None:
    picture = drawn(lineage)
    assert picture
    boxes = [(node.x, node.y) for node in picture.nodes]
    wide, high = picture.box
    assert all(0 <= x <= picture.width - wide and 0 <= y <= picture.height - high for x, y in boxes)
    close = [
        (one, other)
        for at, one in enumerate(boxes)
        for other in boxes[:at]
        if abs(one[0] - other[0]) < wide and abs(one[1] - other[1]) < high
    ]
    assert close == []


def test_many_edges_into_one_box_carry_their_words_where_they_come_from() -> None:
    picture = drawn(merge(40))
    assert picture
    spots = [(line.x, line.y) for line in picture.lines]
    assert len(spots) == 80
    assert len(set(spots)) == 80


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_box_leads_to_its_row_and_keeps_its_whole_name(lang) -> None:
    long = Hop(id="a-rather-long-name/of-a-model-that-does-not-fit-into-a-box", relation="merge", depth=1)
    report = undecided().model_copy(update={"lineage": (long, *MERGED)})
    page = render(report, "html", lang)
    picture = page[page.index('<svg class="c') :].partition("</svg>")[0]
    targets = re.findall(r'<a href="#([^"]*)"', picture)
    assert targets == ["title", "b1", "b2", "b3", "b4", "b5", "d1", "d2"]
    assert all(f'id="{target}"' in page for target in targets)
    assert f"<title>{long.id}</title>" in picture
    assert re.search(r">a-rath[^<]*…[^<]*to-a-box<", picture)
    assert picture.count(long.id) == 1
    assert picture.count('role="img"') == 1
    assert picture.count("<desc") == 1


def test_names_are_cut_only_when_they_must_be() -> None:
    assert short("org/name", 26) == "org/name"
    assert short("an-organization/model-7b-instruct", 26) == "an-org…/model-7b-instruct"
    assert short("an-organization/model-7b-instruct", 14) == "an-org…nstruct"
    assert short("M" * 40, 26) == "M" * 5 + "…" + "M" * 14
    assert short("漢" * 30, 26) == "漢" * 3 + "…" + "漢" * 9
    assert short("an-organization-with-a-long-name/", 26) == "an-org…-with-a-long-name/"


def test_names_that_differ_at_the_end_are_told_apart() -> None:
    names = [f"some-team/base-model-with-a-rather-long-name-{n}" for n in range(24)]
    for most in (20, 26):
        assert len({short(name, most) for name in names}) == 24
        assert all(short(name, most).startswith("some") for name in names)


def test_what_has_no_room_is_counted() -> None:
    picture = drawn(chain(2000), [Dataset(id=f"org/data-{n}") for n in range(100)])
    assert picture
    assert len(picture.nodes) == 60
    assert picture.left_out == 2000 + 100 - 59
    assert drawn(chain(3)).left_out == 0


@pytest.mark.parametrize(("count", "columns", "left_out"), [(4, 5, 0), (5, 6, 0), (6, 2, 5), (50, 2, 49)])
def test_a_chain_whose_every_model_is_declared_makes_no_endless_row(count, columns, left_out) -> None:
    """Where second ways would need more columns than a page has, the tables alone tell them."""
    ids = [f"org/base-{at}" for at in range(count)]
    direct = [Hop(id=name, relation="finetune", depth=1) for name in ids]
    again = [Hop(id=two, relation="finetune", depth=2, via=one) for one, two in pairwise(ids)]
    picture = drawn((*direct, *again))
    assert picture
    assert (picture.columns, picture.left_out) == (columns, left_out)
    assert len(picture.nodes) == count + 1
    assert picture.width < 2000


def test_a_breach_is_marked_on_every_way_though_not_every_way_is_drawn() -> None:
    ids = [f"org/base-{at}" for at in range(9)]
    taken = {"cls": "noncommercial", "breaks": ("use",)}
    direct = [Hop(id=name, relation="finetune", depth=1) for name in ids]
    again = [Hop(id=two, relation="finetune", depth=2, via=one) for one, two in pairwise(ids)]
    for restricted_too in (True, False):
        last = direct[-1].model_copy(update=taken if restricted_too else {})
        picture = drawn((*direct[:-1], last, *again))
        assert picture
        assert {line.broken for line in picture.lines} == {restricted_too}


def test_without_bases_and_datasets_there_is_no_picture() -> None:
    assert drawn() is None


def test_odd_lineages_from_elsewhere_are_drawn_or_counted() -> None:
    odd = (
        Hop(id="org/a", relation="merge", depth=7),
        Hop(id="org/b", relation="merge", depth=3, via="org/nowhere"),
        Hop(id="org/c", relation="finetune", depth=2, via="org/c"),
        Hop(id="org/d", relation="finetune", depth=-1),
        Hop(id="org/e", relation="finetune", depth=2, via="org/d"),
        Hop(id="org/d", relation="finetune", depth=3, via="org/e"),
    )
    picture = drawn(odd)
    assert picture
    assert {node.full for node in picture.nodes} == {"orchard/cider-3b", "org/a", "org/d", "org/e"}
    assert picture.left_out == 2


def test_forty_bases_are_laid_out_in_no_time() -> None:
    start = time.process_time()
    drawn(merge(40))
    assert time.process_time() - start < 0.5
