"""What Python modules name: each form that counts beside one that looks like it and does not."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_audit.scan.finders.python import find
from osaid_audit.scan.hits import Doubt, Hit, Malformed

IMPORTS = "from transformers import AutoModel, pipeline\nimport os\n"


def hits(code):
    return [place for place in find(code) if isinstance(place, Hit)]


def ids(code):
    return sorted(hit.id for hit in hits(IMPORTS + code) if hit.confidence == "high")


def doubts(code):
    return [(place.why, place.text) for place in find(IMPORTS + code) if isinstance(place, Doubt)]


LOAD = "AutoModel.from_pretrained"
FOUND = {
    "literal": f"{LOAD}('acme/kiwi-7b')",
    "several lines": f"{LOAD}(\n  'acme/'\n  'kiwi-7b',\n)",
    "constant": f"M = 'acme/kiwi-7b'\n{LOAD}(M)",
    "class field": f"class C:\n  NAME = 'acme/kiwi-7b'\n  def f(self): return {LOAD}(self.NAME)",
    "attribute": f"class C:\n  def __init__(self, q): self.q = q\n  def f(self): {LOAD}(self.q)\nC('acme/kiwi-7b')",  # noqa: E501
    "default": f"def f(x='acme/kiwi-7b'):\n  return {LOAD}(x)",
    "argument of one's own function": f"def f(x):\n  return {LOAD}(x)\nf('acme/kiwi-7b')",
    "f-string": f"O = 'acme'\n{LOAD}(f'{{O}}/kiwi-{{7}}b')",
    "percent": f"{LOAD}('%s/%s' % ('acme', 'kiwi-7b'))",
    "format": f"{LOAD}('{{}}/{{n}}'.format('acme', n='kiwi-7b'))",
    "plus": f"O = 'acme/'\n{LOAD}(O + 'kiwi-7b')",
    "or": f"{LOAD}(None or 'acme/kiwi-7b')",
    "environment": f"{LOAD}(os.environ.get('X', 'acme/kiwi-7b'))",
    "getenv": f"{LOAD}(os.getenv('X', 'acme/kiwi-7b'))",
    "dictionary": f"C = {{'m': {{'n': 'acme/kiwi-7b'}}}}\n{LOAD}(C['m']['n'])",
    "loop": f"for m in ['acme/kiwi-7b']:\n  {LOAD}(m)",
    "items": f"for k, m in {{'a': 'acme/kiwi-7b'}}.items():\n  {LOAD}(m)",
    "comprehension": f"x = [{LOAD}(m) for m in ('acme/kiwi-7b',)]",
    "walrus": f"if (m := 'acme/kiwi-7b'):\n  {LOAD}(m)",
    "unpacking": f"m, n = 'acme/kiwi-7b', 3\n{LOAD}(m)",
    "enum": f"class E(Enum):\n  A = 'acme/kiwi-7b'\n{LOAD}(E.A.value)",
    "dataclass": f"@dataclass\nclass Args:\n  which: str = field(default='acme/kiwi-7b')\n{LOAD}(args.which)",
    "argparse": f"p.add_argument('-q', '--which-one', default='acme/kiwi-7b')\n{LOAD}(args.which_one)",
    "click": f"@click.option('--which', default='acme/kiwi-7b')\ndef f(which): {LOAD}(which)",
    "typer": f"def f(which: str = typer.Option('acme/kiwi-7b')): {LOAD}(which)",
    "unpacked keywords": f"k = {{'pretrained_model_name_or_path': 'acme/kiwi-7b'}}\n{LOAD}(**k)",
    "pipeline": "pipeline('task', 'acme/kiwi-7b')",
    "pipeline by keyword": "pipeline(model='acme/kiwi-7b')",
    "renamed import": "from transformers import pipeline as p\np('task', 'acme/kiwi-7b')",
    "download": "from huggingface_hub import snapshot_download\nsnapshot_download(repo_id='acme/kiwi-7b')",
    "vllm": "from vllm import LLM\nLLM('acme/kiwi-7b')",
    "langchain": "HuggingFaceEndpoint(repo_id='acme/kiwi-7b')",
    "litellm": "from litellm import completion\ncompletion(model='huggingface/acme/kiwi-7b')",
    "timm": "import timm\ntimm.create_model('hf_hub:acme/kiwi-7b')",
    "ollama from the Hub": "ChatOllama(model='hf.co/acme/kiwi-7b:Q4')",
    "a name that holds ids": "MODEL_ID = 'acme/kiwi-7b'",
    "a keyword that holds ids": "anything(model_id='acme/kiwi-7b')",
    "a file on the Hub": "x = 'https://huggingface.co/acme/kiwi-7b/resolve/main/a.bin'",
}
NOT_FOUND = {
    "comment": f"# {LOAD}('acme/kiwi-7b')\nx = 1",
    "docstring": f"def f():\n  '''{LOAD}('acme/kiwi-7b') https://huggingface.co/acme/kiwi-7b/resolve/main/a'''",
    "path": f"{LOAD}('./acme/kiwi-7b')",
    "absolute path": f"{LOAD}('/acme/kiwi-7b')",
    "home": f"{LOAD}('~/acme/kiwi-7b')",
    "three steps": f"{LOAD}('acme/kiwi/7b')",
    "parent": f"{LOAD}('acme/../kiwi')",
    "blank": f"{LOAD}('acme/kiwi 7b')",
    "file": f"{LOAD}('acme/kiwi.safetensors')",
    "joined path": f"{LOAD}(os.path.join('acme', 'kiwi-7b'))",
    "own output": "model.push_to_hub('acme/kiwi-7b')",
    "own output by keyword": "HfApi().create_repo(repo_id='acme/kiwi-7b')",
    "own output by a constant": "REPO_ID = 'acme/kiwi-7b'\nmodel.push_to_hub(REPO_ID)",
    "saved before": f"m.save_pretrained('acme/kiwi-7b')\n{LOAD}('acme/kiwi-7b')",
    "a metric": "import evaluate\nevaluate.load('acme/kiwi-7b')",
    "torch hub": "import torch\ntorch.hub.load('acme/kiwi-7b', 'x')",
    "pipeline of another package": "from sklearn.x import pipeline\npipeline('task', 'acme/kiwi-7b')",
    "media type": "model_type = 'text/plain'",
    "overwritten": f"m = 'acme/kiwi-7b'\nm = f()\n{LOAD}(m)",
    "other branch": f"if a:\n  m = 'acme/kiwi-7b'\nelse:\n  m = g()\n  {LOAD}(m)",
    "a class's name is not seen from its methods": f"class C:\n  n = 'acme/kiwi-7b'\n  def f(self): {LOAD}(n)",  # noqa: E501
    "a comparison": "x = y == 'acme/kiwi-7b'",
    "ollama's own": "ChatOllama(model='acme/kiwi-7b')",
}


@pytest.mark.parametrize("name", FOUND)
def test_a_reference_is_found(name):
    assert ids(FOUND[name]) == ["acme/kiwi-7b"]


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_only_looks_like_one_is_not(name):
    assert ids(NOT_FOUND[name]) == []


def test_both_branches_and_both_sides_are_told():
    code = f"m = 'acme/a-1b' if x else 'acme/b-1b'\nif y:\n  n = 'acme/c-1b'\nelse:\n  n = 'acme/d-1b'\n{LOAD}(m)\n{LOAD}(n)"  # noqa: E501
    assert ids(code) == ["acme/a-1b", "acme/b-1b", "acme/c-1b", "acme/d-1b"]


def test_the_place_is_that_of_the_literal():
    [hit] = hits(f"x = 1\n\né, M = 2, 'acme/kiwi-7b'\n{LOAD}(\n  M,\n  revision='v1')\n")
    assert (hit.line, hit.column, hit.revision, hit.how) == (3, 11, "v1", "from_pretrained:constant")


def test_a_revision_that_may_be_one_or_another_is_none():
    [hit] = hits(f"{LOAD}('acme/kiwi-7b', revision='a' if x else 'b')")
    assert hit.revision is None
    [hit] = hits(f"R = 'a'\n{LOAD}('acme/kiwi-7b', revision=R)")
    assert hit.revision == "a"


def test_datasets_are_told_apart():
    code = "from datasets import load_dataset\nload_dataset('acme/kiwi')\nfrom .data import load_dataset as own\nown('acme/other')\n"  # noqa: E501
    assert [(hit.id, hit.kind) for hit in hits(code)] == [("acme/kiwi", "dataset")]
    [hit] = hits("snapshot_download('acme/kiwi', repo_type='dataset')")
    assert hit.kind == "dataset"
    assert hits("snapshot_download('acme/kiwi', repo_type='space')") == []


def test_a_name_without_owner_belongs_to_the_library():
    [hit] = hits("SentenceTransformer('kiwi-v2')")
    assert hit.id == "sentence-transformers/kiwi-v2"
    assert ids(f"{LOAD}('kiwi-base-uncased')") == ["kiwi-base-uncased"]
    [hit] = hits("from mine import Net\nNet.from_pretrained('kiwi-base-uncased')")
    assert hit.confidence == "low"


def test_what_cannot_be_told_is_a_doubt():
    assert doubts(f"{LOAD}(unknown)") == [("variable", "unknown")]
    assert doubts("ChatOllama(model='kiwi')") == [("other registry", "kiwi")]
    assert doubts("from modelscope import AutoModel as M\nM.from_pretrained('acme/kiwi')") == [
        ("other registry", "acme/kiwi")
    ]
    assert doubts("pipeline('task', model=model)") == []


@pytest.mark.parametrize(
    "code",
    [
        "from_pretrained(" * 100_000,
        "x = from_pretrained" + "(" * 5_000 + ")" * 5_000,
        "from_pretrained(\0)",
        "def from_pretrained(:\n",
        "x = from_pretrained(" + "+".join(["'a'"] * 100_000) + ")",
    ],
)
def test_what_is_no_python_is_malformed_and_quickly(code):
    start = time.process_time()
    with pytest.raises(Malformed):
        list(find(code))
    assert time.process_time() - start < 2


HOSTILE = {
    "one long line": f"x = '{'a/' * 500_000}'\n{LOAD}(x)",
    "itself": f"x = x + x\ndef f(a=f(b)): return f(a)\n{LOAD}(f(x))",
    "doubling": "a0 = 'acme/x'\n"
    + "".join(f"a{i + 1} = a{i} + a{i}\n" for i in range(500))
    + f"{LOAD}(a500)",
    "many calls of one": "def f(m): " + LOAD + "(m)\n" + "".join(f"f('acme/m{i}')\n" for i in range(2_000)),
    "wide": "d = {" + ",".join(f"{i}: 'acme/m{i}'" for i in range(5_000)) + "}\n" + f"{LOAD}(d[x])\n" * 500,
    "fields": f"x = f'{'{x}' * 2_000}'\n{LOAD}(x)",
    "wide format": f"{LOAD}('%99999999999s' % 'a', '{{:>99999999999}}'.format('a'))",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_costs_little(name):
    start = time.process_time()
    try:
        places = list(find(IMPORTS + HOSTILE[name]))
    except Malformed:
        places = []
    assert time.process_time() - start < 4
    assert len(places) < 5_000


def test_worn_out_by_questions_a_literal_is_still_read_and_the_file_noted():
    junk = "".join(f"a{i + 1} = a{i} if c else a{i} or b\n" for i in range(200)) * 30
    asked = "".join(f"{LOAD}(a{i})\n" for i in range(200)) * 20
    found = []
    with pytest.raises(Malformed):
        found.extend(find(f"{IMPORTS}{junk}{asked}{LOAD}('acme/kiwi-7b')\n"))
    assert "acme/kiwi-7b" in [place.id for place in found if isinstance(place, Hit)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["", IMPORTS, "AutoModel.from_pretrained("]))
def test_no_text_breaks_the_finder(text, start):
    with contextlib.suppress(Malformed):
        assert all(place.line >= 1 for place in find(start + text))


@settings(max_examples=50, deadline=None)
@given(
    st.text("abcxyz09-", min_size=3, max_size=12),
    st.sampled_from(["# {}", "'''{}'''", "x = 1  # {}", "f'{{1}}{}'"]),
)
def test_an_id_in_a_comment_or_docstring_is_never_a_hit(name, form):
    model = f"acme{name}/kiwi{name}9"
    code = form.format(f"from_pretrained({model}) https://huggingface.co/{model}/resolve/main/x.bin")
    assert list(find(f"from_pretrained = 1\n{code}\n")) == []
