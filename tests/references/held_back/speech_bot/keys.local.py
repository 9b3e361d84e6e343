from transformers import AutoModel
AutoModel.from_pretrained("facebook/encodec_48khz")
