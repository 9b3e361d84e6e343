import keras_hub
import whisperx
from nemo.collections.asr.models import ASRModel
from parler_tts import ParlerTTSForConditionalGeneration
from pyannote.audio import Model, Pipeline
from speechbrain.inference import EncoderClassifier
from transformers import AutoProcessor, VitsModel
from modelscope import snapshot_download
import gymnasium as gym
import evaluate
import mlflow

diarize = Pipeline.from_pretrained("pyannote/speaker-diarization-3.1", use_auth_token="hf/xyz")
segment = Model.from_pretrained("pyannote/segmentation-3.0")
speaker = EncoderClassifier.from_hparams(source="speechbrain/spkrec-ecapa-voxceleb", savedir="tmp/ecapa")
asr = ASRModel.from_pretrained("nvidia/parakeet-ctc-1.1b")
tts = ParlerTTSForConditionalGeneration.from_pretrained("parler-tts/parler-tts-mini-v1")
gemma = keras_hub.models.GemmaCausalLM.from_preset("hf://google/gemma-2b-keras")
vits, proc = (cls.from_pretrained("facebook/mms-tts-deu") for cls in (VitsModel, AutoProcessor))
aligned = whisperx.load_align_model(language_code="de", model_name="jonatasgrosman/wav2vec2-large-xlsr-53-german")
elsewhere = snapshot_download("iic/speech_paraformer-large_asr_nat-zh-cn")
game = gym.make("ALE/Pong-v5")
score = evaluate.load("lvwerra/test")
kept = mlflow.pyfunc.load_model("models:/voice/3")
