"""Which code repositories a page links, and which of them it calls its own."""

from time import perf_counter

import pytest
from raw_samples import card, raw, repository

from osaid_audit.gather.reading.code.codelinks import (
    MAX_REPOSITORIES,
    code_links,
    repository_of,
    wanted_repositories,
)
from osaid_audit.gather.reading.files.codefiles import table
from osaid_audit.gather.reading.repository.page import read_page

REPO = "https://github.com/acme/m"


def page(body, **keys):
    return read_page(repository(card(f"# Open model 7B\n\n{body}\n", **keys)))


def standing(body):
    """The standing of the one repository that the body links."""
    (link,) = code_links(page(body))
    return link.standing


@pytest.mark.parametrize(
    "body",
    [
        f"[Code]({REPO})",
        f"📄 [Paper](https://arxiv.org/abs/1) | 💻 [Code]({REPO}) | 🤗 [Model](https://hf.co/a/b)",
        f"- **Repository:** {REPO}",
        f"- **Repository:** [acme/m]({REPO}/tree/main/train)",
        f"Our training code is available at\n[acme/m]({REPO}).",
        f"Code: {REPO}",
        f"Training code: [here]({REPO}.git)",
        f"- Dépôt : {REPO}",
        f"Le code d'entraînement est disponible sur [GitHub]({REPO}).",
        f"See [here]({REPO}) for details.\n\nCode: {REPO}",
        f"## Training code\n\n[acme/m]({REPO})",
        f"## Repository\n\n{REPO}",
    ],
)
def test_a_page_claims_a_repository_as_its_own(body):
    assert standing(body) == "own"


@pytest.mark.parametrize(
    "body",
    [
        f"| Repository | [{REPO}]({REPO}) |",
        f"Code to train the model: {REPO}",
        f"It was fine-tuned with our code ({REPO}).",
        f"We release it all. Our training code is available at {REPO}.",
        f"Our code extends {REPO}.",
        f'<a href="{REPO}">GitHub</a>',
        f"[Repository]({REPO})",
        f"## Tokenizer\n\nCode: {REPO}",
        f"Built on [acme]({REPO}).\n\nCode: {REPO}",
    ],
)
def test_a_page_seems_to_call_a_repository_its_own(body):
    assert standing(body) == "called"


@pytest.mark.parametrize(
    ("end", "whole"),
    [
        ("", True),
        ("/", True),
        (".git", True),
        ("?tab=readme", True),
        ("#use", True),
        ("/tree/main", False),
        ("/tree/main/train", False),
        ("/blob/main/train.py", False),
    ],
)
def test_a_link_to_a_part_is_no_link_to_the_whole(end, whole):
    (link,) = code_links(page(f"Code: {REPO}{end}"))
    assert (link.standing, link.whole) == ("own", whole)
    (link,) = code_links(page(f"Code: {REPO}\n\nSee the code [here]({REPO}{end})."))
    assert link.whole is whole
    (link,) = code_links(page(f"Code: {REPO}\n\nSee [this]({REPO}/issues/3)."))
    assert link.whole


@pytest.mark.parametrize(
    "body",
    [
        f"For details visit the [Github repository]({REPO}).",
        f"## Training code and data\n\nAll is in [M]({REPO}), with notes.",
        f"The training recipe is in [M Developer]({REPO}).",
        f"The training code will be released soon at {REPO}.",
        f"Our training code is not at {REPO}.",
        f"Nous publierons bientôt notre code : {REPO}",
        REPO,
    ],
)
def test_a_page_speaks_of_code_and_not_of_its_own(body):
    assert standing(body) == "linked"


@pytest.mark.parametrize(
    "body",
    [
        f"See [here]({REPO}) for details.",
        f"You may also use [FooChat]({REPO}).",
        f"- [Foo]({REPO}): an agent that works with this model.",
        f"## Agents\n\n{REPO}",
        f"[![stars](https://img.shields.io/badge/x)]({REPO}) and more",
        f"Made with FooTrainer ([GitHub]({REPO})).",
        f"We thank [acme]({REPO}) for their code.",
        f"## Acknowledgements\n\n[Code]({REPO})",
        f"## Training data\n\nRepository: {REPO}",
        f"See [this issue]({REPO}/issues/3).",
        f"![plot]({REPO}/blob/main/plot.png) [plot]({REPO}/blob/main/plot.png)",
        f"Based on the original repository [x]({REPO}).",
        f"License: [MIT]({REPO}/blob/main/LICENSE)",
        f"Converted with [code]({REPO}).",
        f"## Remerciements\n\nDépôt : {REPO}",
    ],
)
def test_a_mention_or_a_link_to_other_code_is_aside(body):
    assert standing(body) == "aside"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{REPO}/blob/main/a/b.py#L3", REPO),
        ("http://www.github.com/acme/m.git", REPO),
        ("https://GitHub.com/acme/m/", REPO),
        ("https://github.com/acme/m?tab=readme", REPO),
        ("https://gitlab.com/acme/m/-/tree/main", "https://gitlab.com/acme/m"),
        ("https://gitlab.com/acme/group/sub/m.git", "https://gitlab.com/acme/group/sub/m"),
        ("https://gitlab.com/acme/m/blob/main/x.py#L3", "https://gitlab.com/acme/m"),
        ("https://gitlab.com/acme/m?tab=x", "https://gitlab.com/acme/m"),
        ("https://gitlab.com/acme/m/../../x", "https://gitlab.com/acme/m"),
        ("https://gitlab.com/acme", None),
        ("https://github.com/acme", None),
        ("https://github.com/orgs/acme/repositories", None),
        ("https://github.com/sponsors/acme", None),
        ("https://gist.github.com/acme/0123", None),
        ("https://github.com/acme/..", None),
        ("https://github.com/../m", None),
        ("https://github.com.evil.org/acme/m", None),
        ("https://evil.org/https://github.com/acme/m", None),
        ("https://user@github.com/acme/m", None),
        ("git@github.com:acme/m.git", None),
    ],
)
def test_which_repository_an_address_lies_in(url, found):
    assert repository_of(url) == found


def test_libraries_and_tools_are_no_model_s_code():
    tools = "https://github.com/huggingface/transformers https://github.com/anyone/vllm"
    assert code_links(page(f"{tools} {REPO}"))[0].url == REPO
    assert len(code_links(page(f"{tools} {REPO}"))) == 1


def test_every_tool_of_the_table_is_written_as_it_is_looked_for():
    """By the last part of its name, in small letters: written otherwise it would never be found."""
    assert len(table().tools) > 50
    for name in table().tools:
        assert code_links(page(f"Code: https://github.com/anyone/{name.title()}")) == ()
    assert code_links(page("Code: https://github.com/anyone/vllmx"))


def test_its_own_come_first_and_no_more_than_six_are_wanted():
    others = "".join(f"- https://github.com/acme/p{number}\n" for number in range(8))
    wanted = wanted_repositories(page(f"{others}\nCode: {REPO}"))
    assert wanted[0] == REPO
    assert len(wanted) == MAX_REPOSITORIES


def test_a_copied_card_s_links_are_the_parent_s():
    body = f"# Open model 7B\n\nCode: {REPO}\n"
    packed = [{"rfilename": "m.gguf", "size": 10**9}]
    copy = read_page(repository(card(body, base_model="acme/open-7b"), rows=packed))
    assert (copy.parent, wanted_repositories(copy)) == (True, ())
    assert wanted_repositories(page(f"Code: {REPO}")) == (REPO,)


def test_other_hosts_are_listed_and_not_wanted():
    both = page(f"Code: https://codeberg.org/acme/m and {REPO}")
    assert len(code_links(both)) == 2
    assert wanted_repositories(both) == (REPO,)


def test_a_page_full_of_links_costs_no_more_than_its_length():
    began = perf_counter()
    for text in (f"[Code]({REPO}) " * 5_000, f"- [c]({REPO})\n" * 5_000, "https://github.com/" * 20_000):
        code_links(page(text))
    assert perf_counter() - began < 10


def test_no_card_no_links():
    assert code_links(read_page(repository(None))) == ()
    assert code_links(read_page(repository(raw("README.md", b"\xff\xfe").body))) == ()
