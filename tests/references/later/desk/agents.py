import dspy
import guidance
import outlines
from haystack.components.embedders import SentenceTransformersTextEmbedder
from haystack.components.generators import HuggingFaceLocalGenerator
from huggingface_hub import InferenceClient
from langchain_community.embeddings import HuggingFaceBgeEmbeddings
from langchain_huggingface import ChatHuggingFace, HuggingFaceEndpoint, HuggingFaceEmbeddings, HuggingFacePipeline
from litellm import acompletion, completion
from llama_cpp import Llama
from llama_index.core import Settings
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.huggingface import HuggingFaceLLM
from mlx_lm import load
from openai import OpenAI
from smolagents import TransformersModel
from vllm import LLM, EngineArgs
from vllm.lora.request import LoRARequest

ROUTES = ["api/v1", "admin/users"]
DEFAULT = (
    "mistralai/"
    "Mistral-Nemo-Instruct-2407"
)

Settings.embed_model = HuggingFaceEmbedding(model_name="BAAI/bge-small-en-v1.5")
Settings.llm = HuggingFaceLLM(model_name=DEFAULT, tokenizer_name=DEFAULT)
bge = HuggingFaceBgeEmbeddings(model_name="BAAI/bge-large-en-v1.5", model_kwargs={"device": "cpu"})
mpnet = HuggingFaceEmbeddings()
pipe = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")
hosted = ChatHuggingFace(llm=HuggingFaceEndpoint(repo_id="HuggingFaceH4/zephyr-7b-beta"))
text = SentenceTransformersTextEmbedder(model="sentence-transformers/paraphrase-albert-small-v2")
gen = HuggingFaceLocalGenerator("google/flan-t5-large", task="text2text-generation")
client = InferenceClient(model="CohereForAI/c4ai-command-r-v01")
spec = outlines.models.transformers("microsoft/Phi-3-mini-4k-instruct", device="cuda")
guide = guidance.models.Transformers("HuggingFaceTB/SmolLM-360M")
cpp = Llama.from_pretrained(repo_id="Qwen/Qwen2-0.5B-Instruct-GGUF", filename="*q8_0.gguf")
file = Llama(model_path="weights/qwen2")
model, tokenizer = load("mlx-community/Mistral-7B-Instruct-v0.3-4bit")
agent = TransformersModel(model_id="HuggingFaceTB/SmolLM2-1.7B-Instruct")
engine = LLM(
    "facebook/opt-1.3b",
    revision="aa6ac1e23bb9a499be2b7400079cd2a7b8a1309a",
    download_dir="cache/opt",
)
spec_engine = LLM(model="lmsys/vicuna-13b-v1.5", speculative_config={"model": "yuhuili/EAGLE-Vicuna-13B-v1.3"})
args = EngineArgs(model="tiiuae/falcon-7b", tokenizer="tiiuae/falcon-7b-instruct")
lora = LoRARequest("sql", 1, "yard1/llama-2-7b-sql-lora-test")
lm = dspy.LM("openai/gpt-4o-mini")
answer = completion(model="anthropic/claude-3-5-sonnet-20240620", messages=[])
other = acompletion(model="bedrock/meta.llama3-70b-instruct-v1:0", messages=[])
own = OpenAI(base_url="http://localhost:8000/v1").chat.completions.create(
    model="NousResearch/Hermes-3-Llama-3.1-8B",
    messages=[{"role": "user", "content": "Compare acme/one with acme/two."}],
)
