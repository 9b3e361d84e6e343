"""What files are for, by their names: measured on trees of our own making, and claimed no further."""

from time import perf_counter

import pytest

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.codefiles import (
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


def test_every_pattern_of_the_table_hits_something():
    """A pattern that no tree reaches would be a claim that nobody checked."""
    assert set(table().roles) == set(ROLES)
    for role, names in table().roles.items():
        reached = [tree for tree, (_, shown) in TREES.items() if role in shown.split()]
        assert reached, role
        assert names.names or names.paths


def test_a_large_or_hostile_list_costs_no_more_than_its_length():
    steps = "train/" * 60
    rows = [Listed(f"{steps}{number}x" + "_a" * 40, 1) for number in range(1_000)]
    rows += [Listed(f"run_{'data_' * 60}{number}.py", 1) for number in range(1_000)]
    rows += [Listed(f"src/part{number}/module{number}.py", 1) for number in range(50_000)]
    began = perf_counter()
    roles_shown(rows, folders=True)
    assert perf_counter() - began < 15
