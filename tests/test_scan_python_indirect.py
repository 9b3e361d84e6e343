"""Models that a Python module names by a detour: other names, functions handed on, cases of tests."""

import pytest
from finding import seconds, told

from osaid_audit.scan.finders.python import find

LOAD = "from transformers import AutoModel\nimport pytest\n"
FOUND = {
    "renamed, and another call has that name": "from datasets import load_dataset as load\nload('acme/pears')",  # noqa: E501
    "renamed to a loader's name": "from transformers import pipeline as completion\ncompletion('x', 'acme/kiwi')",  # noqa: E501
    "a module by another name": "import transformers as tf\nm = tf.pipeline('x', model='acme/kiwi')",
    "a part of a module by another name": "import huggingface_hub as hub\nhub.snapshot_download('acme/kiwi')",
    "assigned": "load = AutoModel.from_pretrained\nload('acme/kiwi')",
    "assigned twice": "a = AutoModel.from_pretrained\nb = a\nb('acme/kiwi')",
    "partial": "from functools import partial\nload = partial(AutoModel.from_pretrained, trust=1)\nload('acme/kiwi')",  # noqa: E501
    "partial with the id": "import functools\nload = functools.partial(AutoModel.from_pretrained, 'acme/kiwi')",  # noqa: E501
    "partial in a table": "T = {'a': partial(AutoModel.from_pretrained, 'acme/kiwi')}",
    "thread": "asyncio.to_thread(AutoModel.from_pretrained, 'acme/kiwi')",
    "executor": "loop.run_in_executor(None, AutoModel.from_pretrained, 'acme/kiwi')",
    "map": "list(map(AutoModel.from_pretrained, ['acme/kiwi']))",
    "lambda": "load = lambda name: AutoModel.from_pretrained(name)\nload('acme/kiwi')",
    "lambda by place alone": "load = lambda size, name, /: AutoModel.from_pretrained(name)\nload(7, 'acme/kiwi')",  # noqa: E501
    "in a table of functions": "T = {'a': AutoModel.from_pretrained}\nT['a']('acme/kiwi')",
    "cases": "@pytest.mark.parametrize('which', ['acme/kiwi'])\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases with several values": "@pytest.mark.parametrize('n, which', [(1, 'acme/kiwi')])\ndef test_x(n, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases with names in a list": "@pytest.mark.parametrize(['n', 'which'], [(1, 'acme/kiwi')])\ndef test_x(n, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases with marks": "@pytest.mark.parametrize('which', [pytest.param('acme/kiwi', id='k')])\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases of a constant": "CASES = ('acme/kiwi',)\n@pytest.mark.parametrize('which', CASES)\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
    "cases on the class": "@pytest.mark.parametrize('which', ['acme/kiwi'])\nclass T:\n  def test_x(self, which): AutoModel.from_pretrained(which)",  # noqa: E501
    "parameterized": "class T:\n  @parameterized.expand([('acme/kiwi', 1)])\n  def test_x(self, which, n): AutoModel.from_pretrained(which)",  # noqa: E501
    "a fixture": "@pytest.fixture\ndef which(): return 'acme/kiwi'\ndef test_x(which): AutoModel.from_pretrained(which)",  # noqa: E501
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
    code = "load = partial(AutoModel.from_pretrained, revision='v1')\nload('acme/kiwi')\nload('acme/plum', revision='v2')"  # noqa: E501
    assert sure(LOAD + code) == ["4 acme/kiwi@v1", "5 acme/plum@v2"]


@pytest.mark.parametrize(
    "code",
    [
        "a = b\nb = a\na('acme/kiwi')",
        "a = partial(a, 1)\na('acme/kiwi')",
        "f = lambda x: f(x)\nf('acme/kiwi')",
        "\n".join(f"a{at + 1} = a{at} if c else partial(a{at}, 1)" for at in range(300))
        + "\na300('acme/kiwi')",
    ],
)
def test_names_that_lead_in_circles_cost_little(code):
    assert sure(LOAD + code) == []


LIBRARIES = [
    "from speechbrain.inference import EncoderClassifier\nEncoderClassifier.from_hparams(source='acme/kiwi', savedir='a/b')",  # noqa: E501
    "from faster_whisper import WhisperModel\nWhisperModel('acme/kiwi')",
    "import whisperx\nwhisperx.load_model('acme/kiwi', 'cuda')",
    "import mlx_whisper\nmlx_whisper.transcribe('a.mp3', path_or_hf_repo='acme/kiwi')",
    "from auto_gptq import AutoGPTQForCausalLM\nAutoGPTQForCausalLM.from_quantized('acme/kiwi')",
    "from lmdeploy import pipeline\npipeline('acme/kiwi')",
    "from guidance import models\nmodels.Transformers('acme/kiwi')",
    "import outlines\noutlines.models.transformers('acme/kiwi')",
    "import dspy\ndspy.HFClientVLLM(model='acme/kiwi', port=1)",
    "import dspy\ndspy.LM('huggingface/acme/kiwi')",
    "from haystack.nodes import FARMReader\nFARMReader('acme/kiwi')",
    "from haystack.components.readers import ExtractiveReader\nExtractiveReader(model='acme/kiwi')",
    "from fastembed import TextEmbedding\nTextEmbedding('acme/kiwi')",
    "from rerankers import Reranker\nReranker('acme/kiwi')",
    "from bertopic import BERTopic\nBERTopic(embedding_model='acme/kiwi')",
    "from txtai import Embeddings\nEmbeddings(path='acme/kiwi')",
    "from flair.models import SequenceTagger\nSequenceTagger.load('acme/kiwi')",
    "from simpletransformers.ner import NERModel\nNERModel('bert', 'acme/kiwi')",
    "from lancedb.embeddings import get_registry\nget_registry().get('huggingface').create(name='acme/kiwi')",
    "from mine import OurHuggingFaceReader\nOurHuggingFaceReader(model='acme/kiwi')",
    "import transformers\nKPipeline(repo_id='acme/kiwi')",
    "from llama_index.core import Settings\nSettings.embed_model = 'local:acme/kiwi'",
    "import subprocess\nsubprocess.run(['hf', 'download', 'acme/kiwi'], check=True)",
    "import os\nos.system('vllm serve acme/kiwi --port 1')",
    "import subprocess\nM = 'acme/kiwi'\nsubprocess.run(['vllm', 'serve', M])",
    "x = 'model @ git+https://huggingface.co/acme/kiwi'",
]
NO_LIBRARIES = [
    "from faster_whisper import WhisperModel\nWhisperModel('large-v3')",
    "from flair.models import SequenceTagger\nSequenceTagger.load('ner')",
    "from mine import create, Reranker\nReranker('acme/kiwi')\ncreate(name='acme/kiwi')",
    "from transformers import AutoModel\nOurModelCardData(model_id='acme/kiwi', model_name='acme/kiwi')",
    "from huggingface_hub import ModelCard\nModelCard.from_template(data, model_id='acme/kiwi')",
    "import subprocess\nsubprocess.run(['git', 'checkout', 'acme/kiwi'])",
    "import subprocess\nsubprocess.run(['hf', 'upload', 'acme/kiwi', '.'])",
    "import github\ngithub.get(repo_id='acme/kiwi')",
    "from huggingface_hub import HfApi\nHfApi().create_repo(repo_id='acme/kiwi')",
    "runner.run('hf download acme/kiwi')",
]


@pytest.mark.parametrize("code", LIBRARIES)
def test_other_libraries_loaders_are_known(code):
    assert {each.split(" ")[1] for each in sure(code)} == {"acme/kiwi"}


@pytest.mark.parametrize("code", NO_LIBRARIES)
def test_what_they_do_not_fetch_is_not_told(code):
    assert sure(code) == []


def test_an_owner_is_put_in_front_whoever_wraps_the_class():
    code = "from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction as F\nF(model_name='kiwi-v2')"  # noqa: E501
    assert sure(code) == ["2 sentence-transformers/kiwi-v2"]


def test_an_owner_that_is_a_service_too_is_a_doubt_only_where_services_are_asked():
    assert told(list(find("model_name = 'google/kiwi'"))) == ["1 google/kiwi?"]
    assert told(list(find("import litellm\nmodel_name = 'google/kiwi'"))) == ["2 ~hosted service"]
    assert told(list(find("model_name_or_path = 'google/kiwi'"))) == ["1 google/kiwi"]
    assert told(list(find("import transformers\nmodel_name = 'google/kiwi'"))) == ["2 google/kiwi"]


LONG = "\n".join(["AutoModel.from_pretrained(a)"] * 10_000)


@pytest.mark.parametrize(
    "code",
    [
        f"import subprocess\nC = '''{LONG}'''\n" + "subprocess.run(['python', '-c', C])\n" * 5_000,
        "import os\n" + "os.system('python -c \"import os; os.system(1)\"')\n" * 3_000,
        "import subprocess\n" + "subprocess.run(['hf', 'download', f'{a}/{b}'])\n" * 3_000,
    ],
)
def test_commands_that_run_programs_cost_little(code):
    assert seconds(find, "import transformers\nmodel_id = 'acme/kiwi'\n" + code) < 4
