"""Répond aux élèves."""

from langchain_ollama import ChatOllama, OllamaEmbeddings
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.huggingface import HuggingFaceLLM

DOCS = "cours/maths"
chat = ChatOllama(model="mistral-nemo", temperature=0)
gguf = ChatOllama(model="hf.co/bartowski/Phi-3.5-mini-instruct-GGUF:Q4_K_M")
vec = OllamaEmbeddings(model="nomic-embed-text")
embed = HuggingFaceEmbedding(model_name="OrdalieTech/Solon-embeddings-large-0.1")
llm = HuggingFaceLLM(
    model_name="croissantllm/CroissantLLMBase",
    tokenizer_name="croissantllm/CroissantLLMBase",
    context_window=2048,
)
print("Voir https://huggingface.co/settings/tokens et la page d'aide/faq")
