"""Routes requests."""

import litellm
from openai import OpenAI
from vllm import LLM, SamplingParams
from huggingface_hub import InferenceClient

client = OpenAI(base_url="http://localhost:8000/v1")
llm = LLM(model="mistralai/Mistral-Small-24B-Instruct-2501", tokenizer_mode="mistral", tensor_parallel_size=2)
small = LLM("facebook/opt-350m", dtype="half", revision="main")
hub = InferenceClient(model="microsoft/Phi-3.5-mini-instruct")
answer = litellm.completion(model="groq/llama3-70b-8192", messages=[])
other = litellm.completion(
    model="openrouter/meta-llama/llama-3.1-8b-instruct",
    messages=[{"role": "user", "content": "hi/there"}],
)
third = client.chat.completions.create(model="gpt-4o-mini", messages=[])
raise SystemExit("no such backend: vllm/none")
