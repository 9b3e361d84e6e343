"""An image service.

>>> DiffusionPipeline.from_pretrained("runwayml/stable-diffusion-v1-5")
"""
from __future__ import annotations

import os
from typing import Final

import torch
from diffusers import AutoencoderKL, ControlNetModel, DiffusionPipeline, StableDiffusionXLPipeline
from diffusers import StableDiffusionControlNetPipeline as ControlPipe
from transformers import CLIPModel, CLIPProcessor

BASE: Final[str] = "stabilityai/stable-diffusion-xl-base-1.0"
REFINER: Final = "stabilityai/stable-diffusion-xl-refiner-1.0"
PINS = {"refiner": "5d4cfe854c9a9a87939ff3653551c2b3c99a4356"}
CLIP_SIZE = "large"
CLIP_ID = f"openai/clip-vit-{CLIP_SIZE}-patch14"
LORA = "acme-lab/" + "poster-style"
STATIC = "static/img"
PROMPT = "a cat and/or a dog"
NEGATIVE = "blurry, low/quality"

vae = AutoencoderKL.from_pretrained("madebyollin/sdxl-vae-fp16-fix", torch_dtype=torch.float16)
pipe = StableDiffusionXLPipeline.from_pretrained(
    BASE,
    vae=vae,
    variant="fp16",
)
refiner = DiffusionPipeline.from_pretrained(REFINER, revision="5d4cfe854c9a9a87939ff3653551c2b3c99a4356")
pipe.load_lora_weights(LORA, weight_name="poster/style.safetensors")
pipe.load_ip_adapter("h94/IP-Adapter", subfolder="sdxl_models", weight_name="ip-adapter_sdxl.bin")
canny = ControlNetModel.from_pretrained(
    pretrained_model_name_or_path="lllyasviel/sd-controlnet-canny",
)
control = ControlPipe.from_pretrained("stable-diffusion-v1-5/stable-diffusion-v1-5", controlnet=canny)
clip = CLIPModel.from_pretrained(CLIP_ID)
processor = CLIPProcessor.from_pretrained(CLIP_ID)
vae_only = AutoencoderKL.from_pretrained("CompVis/stable-diffusion-v1-4", subfolder="vae/fp16")
checkpoint = os.path.join("weights/sd", "model.ckpt")
single = StableDiffusionXLPipeline.from_single_file("weights/sd/model.safetensors")
remote = StableDiffusionXLPipeline.from_single_file(
    "https://huggingface.co/Lykon/dreamshaper-xl-1-0/blob/main/dreamshaper-xl.safetensors"
)
torch.save(pipe.unet.state_dict(), "out/unet.pt")
assert pipe is not None, "cannot load stabilityai/sdxl-turbo"
