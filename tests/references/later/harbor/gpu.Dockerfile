FROM ghcr.io/huggingface/text-generation-inference:2.2
ENV MODEL_ID=bigscience/bloom-560m REVISION=ac2ae5fab2ce3f9f40dc79b5ca9f637430d24971
EXPOSE 80/tcp
