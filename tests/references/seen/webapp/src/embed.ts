// const old = await pipeline("feature-extraction", "Xenova/gte-small");
import { pipeline, AutoTokenizer, env } from "@huggingface/transformers";
import { chat } from "@/lib/chat";
import type { Chunk } from "../types/chunk";

const MODEL_ID = "Xenova/all-MiniLM-L6-v2";
env.localModelPath = "public/models";

/**
 * Uses Xenova/bge-base-en-v1.5 by default.
 */
export async function load() {
  const extractor = await pipeline("feature-extraction", MODEL_ID, { quantized: true });
  const classifier = await pipeline(
    "text-classification",
    "Xenova/distilbert-base-uncased-finetuned-sst-2-english",
    { revision: "output_attentions" },
  );
  const tok = await AutoTokenizer.from_pretrained('Xenova/bert-base-uncased');
  console.log("loaded Xenova/bert-base-uncased");
  const local = await AutoTokenizer.from_pretrained("./models/tok");
  return { extractor, classifier, tok, local, chat };
}

fetch("/api/chat", { headers: { "Content-Type": "application/json" } });
