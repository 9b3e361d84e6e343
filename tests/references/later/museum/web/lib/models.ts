import { pipeline, AutoTokenizer, AutoModelForSequenceClassification, env } from '@huggingface/transformers';
import type { Item } from 'museum/types';
import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers';
import { HfInference } from '@huggingface/inference';
import { KokoroTTS } from 'kokoro-js';

env.localModelPath = 'public/models';
const ORG = 'onnx-community';
export const MODELS = {
  caption: 'Xenova/vit-gpt2-image-captioning',
  search: 'Xenova/bge-small-en-v1.5',
} as const;

// await pipeline('fill-mask', 'acme/retired')
export const caption = await pipeline('image-to-text', MODELS.caption);
export const search = await pipeline('feature-extraction', MODELS['search'], { dtype: 'q8' });
export const segment = await pipeline(
  'image-segmentation',
  'Xenova/detr-resnet-50-panoptic',
  { revision: 'refs/pr/2' },
);
export const depth = await pipeline('depth-estimation', `${ORG}/depth-anything-v2-small`);
const judge = process.env.JUDGE_MODEL ?? 'Xenova/nli-deberta-v3-xsmall';
export const tokenizer = await AutoTokenizer.from_pretrained(judge);
export const model = await AutoModelForSequenceClassification.from_pretrained(judge);
export const tts = await KokoroTTS.from_pretrained('onnx-community/Kokoro-82M-ONNX', { dtype: 'fp32' });
export const embeddings = new HuggingFaceTransformersEmbeddings({ model: 'Xenova/gte-small' });
const hf = new HfInference(process.env.HF_TOKEN);
export const tell = (text: string) => hf.summarization({
  model: 'sshleifer/distilbart-cnn-12-6',
  inputs: text,
});
export async function load(id = 'Xenova/clip-vit-base-patch16') {
  return pipeline('zero-shot-image-classification', id);
}
export const any = (id: string) => pipeline('text-classification', id);
export const items = await fetch('/api/items');
