from dataclasses import dataclass
from enum import Enum

from gliner import GLiNER
from huggingface_hub import AsyncInferenceClient, InferenceClient, hf_hub_url, model_info
from speechbrain.inference.speaker import EncoderClassifier
from transformers import AutoProcessor, BarkModel, AutoModelForSpeechSeq2Seq


@dataclass(frozen=True)
class Config:
    asr: str = "distil-whisper/distil-small.en"
    tts: str = "suno/bark-small"
    tts_revision: str = "dacf2d3b8a3d6a3f2ce6b0d3e5c5e6b5b8f1c9aa"
    sounds: str = "assets/sounds"
    locale: str = "fr/FR"


class Speaker(Enum):
    ENGLISH = "v2/en_speaker_6"
    FRENCH = "v2/fr_speaker_1"


config = Config()
recogniser = AutoModelForSpeechSeq2Seq.from_pretrained(config.asr)
voice = BarkModel.from_pretrained(config.tts)
inputs = AutoProcessor.from_pretrained(config.tts)(text="ok", voice_preset="v2/en_speaker_9")
speaker = EncoderClassifier.from_hparams(source="speechbrain/spkrec-ecapa-voxceleb", savedir="pretrained/ecapa")
entities = GLiNER.from_pretrained("urchade/gliner_multi-v2.1")
client = InferenceClient("HuggingFaceH4/zephyr-7b-alpha")
client.chat_completion(messages=[], model="meta-llama/Llama-3.2-3B-Instruct")
url = hf_hub_url("pyannote/segmentation-3.0", "pytorch_model.bin", revision="main")
info = model_info("pyannote/speaker-diarization-3.1")
GREETING = """
Bonjour, je suis openai/whisper-tiny.en.
from_pretrained("facebook/m2m100_418M")
"""
TOPIC = "mqtt/bot/in"
