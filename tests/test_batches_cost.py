"""A row of whoever's making cannot hold a core: work grows as its list of files does, not as its square."""

import json
import sys
import time

import pytest
from raw_samples import card
from test_batches import answers

from osaid_audit.gather import raw

FEW, MANY = 300, 1_200
KINDS = {
    "license files": "LICENSE{}.txt",
    "policies": "USE_POLICY_{}.md",
    "licenses in folders": "part-{}/LICENSE",
    "cards beside the README": "README_{}.md",
    "cards in folders": "part-{}/README.md",
    "adapters in folders": "part-{}/adapter_config.json",
    "configs in folders": "part-{}/config.json",
    "pipelines in folders": "part-{}/model_index.json",
    "shards": "model-{:05}-of-30000.safetensors",
    "weights in folders": "part-{}/model.safetensors",
    "checkpoints": "checkpoint-{}/optimizer.pt",
    "adapters of checkpoints": "checkpoint-{}/adapter_config.json",
    "quantized": "model-Q{}.gguf",
    "recipes": "mergekit_{}.yaml",
    "code": "modeling_{}.py",
    "data": "data/{}.jsonl",
}


def names(pattern, count):
    return ["README.md", "model.safetensors", *(pattern.format(at) for at in range(count))]


def row(paths, **more):
    """A row that lists these files and brings a text for each."""
    texts = [{"path": path, "text": "Some text."} for path in paths]
    return {"id": "org/model", "siblings": json.dumps(paths), "files": texts, **more}


def calls(work):
    """How many calls this takes, those of built-in functions and the steps of generators among them."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def growth(of):
    """How many times the calls of FEW files MANY take; the first run reads rules and tables."""
    of(3)
    few, many = (calls(lambda size=size: of(size)) for size in (FEW, MANY))
    return few, many


@pytest.mark.parametrize("name", KINDS)
def test_calls_grow_as_the_list_does(name):
    few, many = growth(lambda size: answers(row(names(KINDS[name], size), card=card("# A"))))
    assert many < few * (MANY / FEW) * 1.5


MORE = {
    "tags of licenses that nobody knows": lambda size: {
        "tags": [f"license:house-{at}" for at in range(size)]
    },
    "tags of licenses that all know": lambda size: {"tags": [*["license:mit", "license:gemma"] * size]},
    "tags beside policies": lambda size: {
        "siblings": json.dumps(names("USE_POLICY_{}.md", size)),
        "tags": ["license:mit"] * size,
    },
    "components": lambda size: {
        "siblings": json.dumps(
            [f"part-{at}/{name}" for at in range(size) for name in ("a.safetensors", "LICENSE", "README.md")]
        )
    },
}


@pytest.mark.parametrize("name", MORE)
def test_calls_grow_as_whatever_else_is_listed(name):
    few, many = growth(lambda size: answers({**row([]), "card": card("# A"), **MORE[name](size)}))
    assert many < few * (MANY / FEW) * 1.5


def test_a_search_of_the_list_for_each_file_would_be_seen(monkeypatch):
    class Searched:
        def __init__(self, rows):
            self.rows = rows

        def get(self, path):
            return next((at for at, each in enumerate(self.rows) if each.get("rfilename") == path), None)

    searched = property(lambda self: Searched(self.info["siblings"]))
    monkeypatch.setattr(raw.Repository, "positions", searched)
    few, many = growth(lambda size: answers(row(names("LICENSE{}.txt", size))))
    assert many > few * (MANY / FEW) * 1.5


def test_twenty_thousand_names_of_every_kind_take_a_few_times_what_five_thousand_take():
    def seconds(size):
        paths = [path for pattern in KINDS.values() for path in names(pattern, size // len(KINDS))]
        begin = time.process_time()
        [found] = answers(row(list(dict.fromkeys(paths)), card=card("# A")))
        assert found["problem"] is None
        return time.process_time() - begin

    seconds(100)
    few, many = (seconds(size) for size in (5_000, 20_000))
    assert many < 10 * few  # twice and a half of what is linear; the square would be 16
