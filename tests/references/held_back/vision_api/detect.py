import argparse
import os

import timm
from transformers import AutoImageProcessor, AutoModelForObjectDetection, pipeline
from ultralytics import YOLO

DEFAULT_MODEL = "facebook/detr-resnet-50"


def parse():
    p = argparse.ArgumentParser(description="Detects things with google/owlvit-base-patch32")
    p.add_argument("-m", "--model-id", dest="checkpoint", default=DEFAULT_MODEL)
    p.add_argument("--processor", default=os.environ.get("PROCESSOR_ID", "facebook/detr-resnet-101"))
    p.add_argument("--images", default="data/images")
    p.add_argument("--format", choices=["image/png", "image/jpeg"], default="image/png")
    return p.parse_args()


class Detector:
    CAPTIONER = "Salesforce/blip-image-captioning-base"

    def __init__(self, checkpoint="hustvl/yolos-tiny", device="cuda/0"):
        self.model = AutoModelForObjectDetection.from_pretrained(checkpoint)
        self.caption = pipeline("image-to-text", model=self.CAPTIONER)

    def depth(self, *, model_id: str = "Intel/dpt-large"):
        return pipeline("depth-estimation", model_id)


def main():
    args = parse()
    model = AutoModelForObjectDetection.from_pretrained(args.checkpoint)
    proc = AutoImageProcessor.from_pretrained(args.processor)
    backbone = timm.create_model("hf_hub:timm/eva02_tiny_patch14_224.mim_in22k", pretrained=True)
    resnet = timm.create_model("resnet50", pretrained=True)
    yolo = YOLO("weights/yolov8n.pt")
    print(f"running {args.checkpoint} on cpu/0")
    return model, proc, backbone, resnet, yolo
