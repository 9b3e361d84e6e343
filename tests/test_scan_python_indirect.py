"""Models that a Python module names by a detour: other names, functions handed on, cases of tests."""

import pytest
from finding import told

from osaid_audit.scan.finders.python import find

LOAD = "from transformers import AutoModel\nimport pytest\n"
FOUND = {
    "renamed, and another call has that name": "from datasets import load_dataset as load\nload('acme/pears')",
    "renamed to a loader's name": "from transformers import pipeline as completion\ncompletion('x', 'acme/kiwi')",
    "a module by another name": "import transformers as tf\nm = tf.pipeline('x', model='acme/kiwi')",
    "a part of a module by another name": "import huggingface_hub as hub\nhub.snapshot_download('acme/kiwi')",
    "assigned": "load = AutoModel.from_pretrained\nload('acme/kiwi')",
    "assigned twice": "a = AutoModel.from_pretrained\nb = a\nb('acme/kiwi')",
    "partial": "from functools import partial\nload = partial(AutoModel.from_pretrained, trust=1)\nload('acme/kiwi')",
    "partial with the id": "import functools\nload = functools.partial(AutoModel.from_pretrained, 'acme/kiwi')",
    "partial in a table": "T = {'a': partial(AutoModel.from_pretrained, 'acme/kiwi')}",
    "thread": "asyncio.to_thread(AutoModel.from_pretrained, 'acme/kiwi')",
    "executor": "loop.run_in_executor(None, AutoModel.from_pretrained, 'acme/kiwi')",
    "map": "list(map(AutoModel.from_pretrained, ['acme/kiwi']))",
    "lambda": "load = lambda name: AutoModel.from_pretrained(name)\nload('acme/kiwi')",
    "in a table of functions": "T = {'a': AutoModel.from_pretrained}\nT['a']('acme/kiwi')",
    "cases": "@pytest.mark.parametrize('which', ['acme/kiwi'])\ndef test_x(which): AutoModel.from_pretrained(which)",
    "cases with several values": "@pytest.mark.parametrize('n, which', [(1, 'acme/kiwi')])\ndef test_x(n, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases with names in a list": "@pytest.mark.parametrize(['n', 'which'], [(1, 'acme/kiwi')])\ndef test_x(n, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases with marks": "@pytest.mark.parametrize('which', [pytest.param('acme/kiwi', id='k')])\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases of a constant": "CASES = ('acme/kiwi',)\n@pytest.mark.parametrize('which', CASES)\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases on the class": "@pytest.mark.parametrize('which', ['acme/kiwi'])\nclass T:\n  def test_x(self, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "parameterized": "class T:\n  @parameterized.expand([('acme/kiwi', 1)])\n  def test_x(self, which, n): AutoModel.from_pretrained(which)",  # noqa: E501
    "a fixture": "@pytest.fixture\ndef which(): return 'acme/kiwi'\ndef test_x(which): AutoModel.from_pretrained(which)",
    "a fixture's cases": "@pytest.fixture(params=['acme/kiwi'])\ndef f(request): return AutoModel.from_pretrained(request.param)",  # noqa: E501
}
NOT_FOUND = {
    "another parameter's cases": "@pytest.mark.parametrize('n, which', [('acme/kiwi', x)])\ndef test_x(n, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "partial of something else": "partial(print, 'acme/kiwi')",
    "an assigned function of another kind": "load = shutil.copy\nload('acme/kiwi')",
    "one's own function of that name": "def load_dataset(x): return open(x)\nload_dataset('acme/pears')",
    "a renamed function of one's own": "from .data import read as load_dataset\nload_dataset('acme/pears')",
    "an output handed on": "asyncio.to_thread(model.push_to_hub, 'acme/kiwi')",
}


def sure(text):
    return [each for each in told(list(find(text))) if not each.endswith("?") and "~" not in each]


@pytest.mark.parametrize("name", FOUND)
def test_a_detour_is_followed(name):
    [one] = sure(LOAD + FOUND[name])
    assert one.split(" ")[1].strip("[]") in {"acme/kiwi", "acme/pears"}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_only_looks_like_one_is_not(name):
    assert sure(LOAD + NOT_FOUND[name]) == []


def test_a_revision_bound_before_holds_for_the_call():
    code = "load = partial(AutoModel.from_pretrained, revision='v1')\nload('acme/kiwi')\nload('acme/plum', revision='v2')"
    assert sure(LOAD + code) == ["4 acme/kiwi@v1", "5 acme/plum@v2"]


@pytest.mark.parametrize(
    "code",
    [
        "a = b\nb = a\na('acme/kiwi')",
        "a = partial(a, 1)\na('acme/kiwi')",
        "f = lambda x: f(x)\nf('acme/kiwi')",
        "\n".join(f"a{at + 1} = a{at} if c else partial(a{at}, 1)" for at in range(300)) + "\na300('acme/kiwi')",
    ],
)
def test_names_that_lead_in_circles_cost_little(code):
    assert sure(LOAD + code) == []
