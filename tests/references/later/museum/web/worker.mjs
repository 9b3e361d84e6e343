import * as hub from '@xenova/transformers';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';

class Singleton {
  static task = 'automatic-speech-recognition';
  static model = 'Xenova/whisper-tiny.en';
  static async get(progress_callback = null) {
    return (this.instance ??= hub.pipeline(this.task, this.model, { progress_callback }));
  }
}

const local = createOpenAI({ baseURL: 'http://gpu:8000/v1', apiKey: 'none' });
await generateText({ model: local('google/gemma-2-9b-it'), prompt: 'say and/or' });
self.postMessage({ type: 'worker/ready' });
const response = new Response('{}', { headers: { 'content-type': 'application/json' } });
const worker = new Worker(new URL('./web/worker', import.meta.url));
const weights = 'https://huggingface.co/Xenova/yolos-tiny/resolve/main/onnx/model.onnx';
console.log('use MODEL=acme/other to change it');
