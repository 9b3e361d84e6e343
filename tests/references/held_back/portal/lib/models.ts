import { pipeline as makePipeline, AutoModelForCausalLM, AutoProcessor } from "@huggingface/transformers";
import { HfInference } from "@huggingface/inference";
import styles from "@/styles/home.module.css";

export const MODELS = {
  caption: "onnx-community/Florence-2-base-ft",
  route: "app/caption",
} as const;

const TAG = 'v1.0';
const model = await AutoModelForCausalLM.from_pretrained("HuggingFaceTB/SmolLM2-135M-Instruct", {
  dtype: "q4",
  revision: "main",
});
const proc = await AutoProcessor.from_pretrained(`onnx-community/moonshine-tiny-ONNX`);
const chat = await makePipeline('text-generation', 'onnx-community/Qwen2.5-0.5B-Instruct', { device: 'webgpu' });
const name = process.env.NEXT_PUBLIC_MODEL ?? "Xenova/bge-small-en-v1.5";
const embed = await makePipeline("feature-extraction", name);
const any = await makePipeline("fill-mask", pick());
/* await makePipeline("translation", "Xenova/nllb-200-distilled-600M"); */
const re = /Xenova\/t5-small/g;
throw new Error(`cannot load Xenova/t5-base`);
