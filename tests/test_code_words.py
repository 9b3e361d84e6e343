"""What the words around a link, and names of repositories and files, make of linked code: case by case."""

from pathlib import Path

import pytest
import yaml
from raw_samples import card, repository

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.code.codelinks import code_links
from osaid_audit.gather.reading.files.codefiles import is_of_a_model, table
from osaid_audit.gather.reading.repository.page import read_page

REPO = "https://github.com/acme/m"
CASES = yaml.safe_load((Path(__file__).parent / "code_linked.yaml").read_text(encoding="utf-8"))


def links(body):
    """The repositories that a page of that body links, in the order of their standing."""
    return code_links(read_page(repository(card(f"# Open model 7B\n\n{body}\n"))))


def standing(body):
    """The standing of our repository in the body."""
    (found,) = (each.standing for each in links(body) if each.url == REPO)
    return found


def holds_a_model(name, path):
    return is_of_a_model(f"https://github.com/acme/{name}", (Listed(path, 10),))


@pytest.mark.parametrize("url", CASES["tools"])
def test_a_tool_that_many_models_use_is_no_model_s_code(url):
    assert links(f"It was made with [a tool]({url}). Code: {REPO}")[0].url == REPO
    assert links(f"It was made with [a tool]({url}).") == ()
    assert [each.url for each in links(f"See the code [here]({url}-pear).")] == [f"{url}-pear"]


def test_each_tool_of_the_table_is_one_that_a_page_links():
    linked = {url.rpartition("/")[2].lower() for url in CASES["tools"]}
    assert len(linked) > 50
    assert table().tools == linked


@pytest.mark.parametrize("label", CASES["beside"])
def test_a_label_of_something_else_of_the_model_leaves_the_claim_its_own(label):
    assert standing(f"- {label}: https://acme.example/1\n- Code: {REPO}") == "own"
    assert standing(f"{label}: here\nCode: {REPO}") == "own"


@pytest.mark.parametrize("label", CASES["not_beside"])
def test_a_label_of_another_work_leaves_the_claim_in_doubt(label):
    assert standing(f"- {label}: https://acme.example/1\n- Code: {REPO}") == "called"
    assert standing(f"{label}: here\nCode: {REPO}") == "linked"


@pytest.mark.parametrize("before", [*CASES["others"], *CASES["named"]])
def test_a_sentence_before_the_claim_that_speaks_of_another_work_leaves_it_in_doubt(before):
    assert standing(f"{before}\n\nCode: {REPO}") == "called"


@pytest.mark.parametrize("before", CASES["not_others"])
def test_a_sentence_before_the_claim_that_speaks_of_the_model_leaves_it_its_own(before):
    assert standing(f"{before}\n\nCode: {REPO}") == "own"


@pytest.mark.parametrize("after", CASES["after"])
def test_a_sentence_behind_the_claim_that_goes_on_about_code_leaves_it_in_doubt(after):
    assert standing(f"Code: {REPO}\n\n{after}") == "called"


@pytest.mark.parametrize("after", CASES["not_after"])
def test_a_sentence_or_label_behind_the_claim_that_takes_nothing_back_leaves_it_its_own(after):
    assert standing(f"Code: {REPO}\n\n{after}") == "own"


@pytest.mark.parametrize("name", CASES["elsewhere"])
def test_a_repository_named_for_something_else_holds_no_model(name):
    assert not holds_a_model(name, "train.py")


@pytest.mark.parametrize("path", CASES["demos"])
def test_a_file_that_only_shows_a_model_makes_no_repository_one_of_a_model(path):
    assert not holds_a_model("m", path)


@pytest.mark.parametrize("name", CASES["not_elsewhere"])
def test_a_repository_named_nearly_so_may_hold_a_model(name):
    assert holds_a_model(name, "train.py")


@pytest.mark.parametrize("path", CASES["not_demos"])
def test_a_file_named_nearly_so_shows_training(path):
    assert holds_a_model("m", path)
