"use client";
import Link from "next/link";
import { load } from "../lib/models";

export default function Page() {
  // model card: Xenova/opus-mt-fr-en
  return (
    <main className="grid/two">
      <p>Powered by Xenova/opus-mt-en-fr and friends</p>
      <Link href="/docs/models">Models</Link>
      <a href="https://huggingface.co/Xenova/opus-mt-en-de">Card</a>
      <a href="https://huggingface.co/join">Join</a>
      <img src="images/logo.svg" alt="acme/portal" />
      <iframe src="https://huggingface.co/spaces/acme-lab/portal" />
    </main>
  );
}
