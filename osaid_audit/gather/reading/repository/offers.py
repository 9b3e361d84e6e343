"""Weights that a card offers elsewhere: plainly, or perhaps. Only the first is a fact."""

import re

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.files.formats import weight_format
from osaid_audit.gather.reading.files.plan import base_names
from osaid_audit.gather.reading.prose.card import Block
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import README, of_file
from osaid_audit.gather.reading.subject import id_from_address
from osaid_audit.resources import Pattern
from osaid_audit.schema.base import Source

_FILE_HOSTS = (
    "drive.google.com",
    "dropbox.com",
    "mega.nz",
    "zenodo.org",
    "pan.baidu.com",
    "modelscope.cn",
    "1drv.ms",
)
_WEIGHT_WORDS = Pattern("offers", "weights")
_THING = Pattern("offers", "thing")
_OFFERS = Pattern("offers", "offers")
_HINTS = (
    *_FILE_HOSTS,
    *(".zip", ".tar", ".7z", "/models/", "/releases", "ftp://", "amazonaws.com", "storage.googleapis.com"),
    *("blob.core.windows.net", "sharepoint.com", "onedrive", "figshare.com", "osf.io", "kaggle.com/models"),
    *("mediafire.com", "wetransfer.com", "box.com/", "civitai.com", "ollama.com"),
)
_PLACE = re.compile(
    r"(?<![\w.@/-])(?:[\w-]{1,60}\.){1,4}(?:com|org|net|io|ai|fr|de|edu|eu|dev|co|cn|ru|jp|uk|ch)/\w"
)
_FETCHES = re.compile(r"\b(?:wget|curl|gdown|aria2c?|axel)\b")


def link_to_weights(page: Page) -> Source | None:
    """A link of the card that offers weights elsewhere: a file, or a file host offered for download."""
    for link in page.card.links():
        address = link.url.lower().split("?")[0]
        file = "://" in address and weight_format(address) not in {None, "archive", "tensorflow"}
        words = _WEIGHT_WORDS.search(link.text) is not None
        hosted = words and any(host in address for host in _FILE_HOSTS)
        if page.raw is not None and (file or hosted):
            return of_file(page.raw, link.line, link.url[:120])
    return None


def may_offer(repository: Repository, page: Page) -> bool:
    """Whether anything on the card might lead to weights: enough doubt not to say that there are none."""
    bases = {name for name, _ in base_names(repository.info, repository.files.get(README))}
    own = {repository.asked, repository.canonical}
    for link in page.card.links():
        address = link.url.lower()
        shown = f"{link.text.lower()} {address}"
        hinted = any(hint in shown for hint in _HINTS) or _WEIGHT_WORDS.search(shown)
        elsewhere = id_from_address(link.url)
        if hinted or weight_format(address.split("?")[0]) or (elsewhere and elsewhere not in bases | own):
            return True
    offered = any(_offers(block) for block in page.card.blocks)
    return offered or _FETCHES.search(page.front.body) is not None


def _offers(block: Block) -> bool:
    """Whether a paragraph speaks of getting the model and names a place."""
    if not _THING.search(block.text) or not _OFFERS.search(block.text):
        return False
    return any("://" in link.url for link in block.links) or _PLACE.search(block.text) is not None
