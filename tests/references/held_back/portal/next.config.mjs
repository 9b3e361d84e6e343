export default {
  basePath: "/portal/app",
  async rewrites() {
    return [{ source: "/hf/:path*", destination: "https://api-inference.huggingface.co/models/google/pegasus-xsum" }];
  },
  env: { WHISPER_MODEL: "onnx-community/whisper-tiny.en" },
};
