"""The models behind a model: who declares whom, what hints at others, what they hand on."""
