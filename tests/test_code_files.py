"""What files are for, by their names: measured on trees of our own making, and claimed no further."""

import re
from time import perf_counter

import pytest

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.codefiles import (
    ROLES,
    further_terms,
    license_files,
    roles_shown,
    table,
)

# Two trees per kind of project, as such projects are usually laid out.
TREES = {
    "a language model with everything": (
        """README.md LICENSE pyproject.toml requirements.txt src/model/modeling.py src/train.py
        configs/7b.yaml scripts/pretrain.sh data_prep/crawl.py data_prep/dedup.py eval/run_eval.py
        inference/generate.py tests/test_train.py""",
        "training data_processing evaluation inference architecture libraries",
    ),
    "one folder, one file each": (
        "LICENSE train.py model.py sample.py data/books/prepare.py config/train_small.py bench.py",
        "training inference architecture data_processing",
    ),
    "a fine-tune in notebooks": ("finetune.ipynb README.md environment.yml", "training libraries"),
    "shell scripts only": (
        "run_train.sh run_eval.sh prepare_dataset.sh",
        "training evaluation data_processing",
    ),
    "an inference package": (
        "setup.py pkg/inference/runner.py pkg/models/transformer.py pkg/utils.py examples/chat.py",
        "inference architecture libraries",
    ),
    "in C": ("LICENSE main.c inference.cu train.cu Makefile", "training inference"),
    "data work alone": (
        "download_corpus.py filter_web_docs.py tokenize.py requirements.txt",
        "data_processing libraries",
    ),
    "an evaluation harness": ("evaluation/tasks/qa.py evaluate.py setup.cfg", "evaluation libraries"),
    "a page": ("index.html style.css LICENSE README.md images/training.png", ""),
    "a data set": ("README.md train.csv test.csv train.jsonl evaluation.json data/train.txt", ""),
    "a paper": ("paper.tex evaluation.tex training.bib README.md", ""),
    "tests and vendored code alone": (
        "tests/train.py third_party/x/train.py docs/inference.py vendor/eval/run.py .github/train.py",
        "",
    ),
    "near misses": (
        """regenerated.txt trainer_state.json training_args.bin constrain.py strain.py retrieval.py
        medieval.py build.py clean.sh test_train.py train_tokenizer.py train_utils.py demography.py""",
        "",
    ),
}


def listed(paths):
    return tuple(Listed(path, 10) for path in paths.split())


@pytest.mark.parametrize("name", TREES)
def test_what_a_tree_shows(name):
    paths, expected = TREES[name]
    assert set(roles_shown(listed(paths), folders=True)) == set(expected.split())


def test_folders_count_in_a_repository_of_code_alone():
    paths = listed("training/loop.py eval/score.py")
    assert set(roles_shown(paths, folders=True)) == {"training", "evaluation"}
    assert roles_shown(paths, folders=False) == {}


def test_the_nearest_files_are_named_and_no_more_than_three():
    deep = " ".join(f"a/b{number}/train.py" for number in range(9))
    shown = roles_shown(listed(f"{deep} train.py"), folders=True)
    assert [file.path for file in shown["training"]] == ["train.py", "a/b0/train.py", "a/b1/train.py"]


@pytest.mark.parametrize(
    ("paths", "read", "more"),
    [
        ("LICENSE", ["LICENSE"], False),
        ("LICENSE-MIT LICENSE-APACHE", ["LICENSE-APACHE", "LICENSE-MIT"], False),
        ("LICENSE MODEL_LICENSE", ["LICENSE"], True),
        ("LICENSE DATA_LICENSE", ["LICENSE"], True),
        ("LICENSE LICENSES/MIT.txt", ["LICENSE"], True),
        (
            "LICENSES/MIT.txt LICENSES/CC0-1.0.txt src/LICENSE",
            ["LICENSES/CC0-1.0.txt", "LICENSES/MIT.txt"],
            False,
        ),
        ("src/LICENSE third_party/a/LICENSE", [], False),
        ("UNLICENSE", ["UNLICENSE"], False),
        ("LICENSE.pdf", [], True),
        ("COPYING COPYING.md LICENSE LICENSE.md LICENCE", ["COPYING", "COPYING.md", "LICENCE"], True),
        ("license.py train.py", [], False),
        ("", [], False),
    ],
)
def test_which_license_files_are_about_the_code(paths, read, more):
    assert list(license_files(listed(paths))) == read
    assert further_terms(listed(paths)) is more


SHOWN = {
    "training": """train.py train.ipynb train.sh train.jl train.r train.lua train.c train.cc train.cpp
    train.cu train.rs run_glue.py training/loop.py""",
    "data_processing": """preprocess.py build_corpus.scala filter_texts.sql data_cleaning.py dataprep/crawl.py
    dedup/main.py data/books/download.py""",
    "evaluation": "evaluate.py eval/tasks/qa.py",
    "inference": "generate.py modeling_pear.py inference/runner.py",
    "architecture": "modeling.py src/models/attention.py transformer.py",
    "libraries": """requirements.txt requirements/dev.txt pyproject.toml setup.cfg environment.yaml
    environment.yml pipfile uv.lock""",
}
"""By role one path at least for each pattern of the table, and for each extension."""
SKIPPED = """test tests testing doc docs third_party third-party thirdparty 3rdparty vendor vendored external
externals node_modules site-packages .github .ci"""
TEXTS = {
    "own": ("our training code", "dépôt github"),
    "says": (
        "see our repository",
        "the full code will be found there",
        "code used to train it",
        "notre code",
    ),
    "places": ("/issues/3", "/blob/main/plot.png", "/blob/main/LICENSE"),
    "labels": ("source code", "our github page", "training scripts", "code du modèle"),
    "shapes": (
        "all our training code is available at §",
        "our code: §",
        "model code is available here: §",
        "code to train this model: §",
        "we release our code at §",
        "find our code at §",
        "notre code est disponible sur §",
        "nous publions notre code ici §",
    ),
    "pointers": ("here", "ici"),
    "headings": (
        "model sources",
        "training code",
        "this model",
        "quick links",
        "sources du modèle",
        "notre code et liens",
    ),
}
"""One text for each pattern about links, in the order of the table."""


@pytest.mark.parametrize("role", ROLES)
def test_every_pattern_of_a_role_is_what_shows_some_file(role):
    """A pattern that no file reaches, or that another one covers, would be a claim that nobody checked."""
    names = table().roles[role]
    reached: dict[str, list[str]] = {}
    for path in SHOWN[role].split():
        assert role in roles_shown(listed(path), folders=True), path
        hits = [each for each in names.names if re.fullmatch(each, path.rpartition("/")[2], re.IGNORECASE)]
        hits += [each for each in names.paths if re.fullmatch(each, path, re.IGNORECASE)]
        if len(hits) == 1:
            reached.setdefault(hits[0], []).append(path)
    assert [each for each in (*names.names, *names.paths) if each not in reached] == []


def test_every_extension_is_that_of_some_file():
    shown = " ".join((*SHOWN.values(), *(paths for paths, _ in TREES.values())))
    ends = {path.lower().rpartition("/")[2].rpartition(".")[2] for path in shown.split()}
    assert table().extensions - ends == set()


@pytest.mark.parametrize("folder", SKIPPED.split())
def test_a_folder_of_other_code_shows_nothing(folder):
    assert roles_shown(listed(f"{folder}/train.py {folder}/a/requirements.txt"), folders=True) == {}
    assert "training" in roles_shown(listed(f"{folder}x/train.py"), folders=True)


@pytest.mark.parametrize("name", TEXTS)
def test_every_pattern_about_links_is_reached_by_a_text(name):
    found = table()
    patterns = next(
        getattr(part, name) for part in (found, found.claims, found.aside) if name in type(part).model_fields
    )
    whole = name in {"own", "labels", "shapes", "pointers", "headings"}
    match = re.fullmatch if whole else re.search
    for text, pattern in zip(TEXTS[name], patterns, strict=True):
        assert [each for each in patterns if match(each, text, re.IGNORECASE)] == [pattern], text


def test_a_large_or_hostile_list_costs_no_more_than_its_length():
    steps = "train/" * 60
    rows = [Listed(f"{steps}{number}x" + "_a" * 40, 1) for number in range(1_000)]
    rows += [Listed(f"run_{'data_' * 60}{number}.py", 1) for number in range(1_000)]
    rows += [Listed(f"src/part{number}/module{number}.py", 1) for number in range(50_000)]
    began = perf_counter()
    roles_shown(rows, folders=True)
    assert perf_counter() - began < 15
