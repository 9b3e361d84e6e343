import { InferenceClient } from "@huggingface/inference";
const client = new InferenceClient(process.env.HF_TOKEN);

export async function answer(text) {
  return client.chatCompletion({
    model: "Qwen/Qwen2.5-72B-Instruct",
    messages: [{ role: "user", content: `Ask ${text} about google/gemma-2-2b-it` }],
  });
}

export const MODEL_URL =
  "https://huggingface.co/onnx-community/whisper-base/resolve/ff4177021cc41f7db950912b73ea4fdf7d01d8e7/onnx/encoder_model.onnx";
export const avatar = "images/avatar.png";
export const credit = 'Model: https://huggingface.co/onnx-community/whisper-small';
export const blog = "https://huggingface.co/blog/transformersjs-v3";
export const paper = "https://huggingface.co/papers/2402.19173";
