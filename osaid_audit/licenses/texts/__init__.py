"""Recognises license texts by hashes of their words; `identify` is the only door used from outside."""
