"""Bases: what is declared, what one read hop says, and hints at a base that nobody declares."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from osaid_audit.gather.raw import Gathered, Missed, Raw, Relation, Repository
from osaid_audit.gather.reading.card import Block
from osaid_audit.gather.reading.page import Page, read_page
from osaid_audit.gather.reading.plan import MAX_CONFIG_BYTES, base_names, texts
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.gather.reading.statements import conclusion_of
from osaid_audit.gather.reading.subject import id_from_address, is_model_id
from osaid_audit.schema.base import FREEDOMS, Fact, Freedom, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED, Conclusion, LicenseClass

_LOCAL = re.compile(
    r"\A(?:checkpoints?|outputs?|models?|results?|ckpts?|data|home|tmp|mnt|workspace|root|runs?"
    r"|experiments?|saved?"
    r"|saved_models?|scratch|local|weights|content|kaggle|cache|artifacts|exp|logs?|train\w*|pretrained\w*"
    r"|llm|hf)/"
    r"|(?:^|/)(?:checkpoint|epoch|step|iter|global_step)[-_]?\d*\Z|\A[./~]|\A[A-Za-z]:|\\",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"\bfine-?tuned? (?:(?:version|variant|model) )?(?:from|of|on top of)\b|\bfine-?tun(?:e|ed"
    r"|ing) (?:\w+ ){0,3}on top of\b"
    r"|^\W{0,4}(?:base|original|parent|source|finetuned from)(?: models?)?\W{0,4}[:|]"
    r"|^\W{0,4}finetuned from\b"
    r"|\b(?:model|which|it|we|lora|adapter|checkpoint) (?:is|was|are|were) (?:\w+ ){0,3}(?:based|built"
    r"|trained) (?:up)?on(?: top of)?\b"
    r"|\bfine-?tuned (?:using|with) (?:the )?(?=\[?[\w.-]{1,60}/)|\b(?:is|was) (?:a "
    r"|an )?(?:\w+ ){0,2}merge\b|\bmerge of\b"
    r"|\b(?:included|used) in the merge\b|\bmodels? merged\b|\bcreated by combining\b"
    r"|\bquanti[sz](?:ed|ations?) (?:\w+ ){0,3}of\b|\bgguf (?:\w+ ){0,3}of\b|\b(?:converted"
    r"|quanti[sz]ed) (?:\w+ ){0,3}from\b"
    r"|\bthis (?:model |repo |repository )?is (?:a|an|the) (?:[\w+-]+ ){0,4}version of\b"
    r"|\bmodel files for\b|\b(?:lora|adapter)s? (?:for|on|of|trained)\b"
    r"|\bderived from\b|\binitiali[sz]ed (?:from|with)\b|\bcontinued? (?:pre-?)?train\w* (?:of|from)\b"
    r"|\bdistill\w* (?:from|of|version)\b|\baffiné\w* (?:à partir|de)\b|\bmodèle de base\b|\bdérivé de\b",
    re.IGNORECASE,
)
_NOT_ABOUT_ORIGIN = re.compile(
    r"\bmodel card\b|\bif you\b|\bcompar|\bleaderboard\b|\bdemo\b|\bsee also\b", re.IGNORECASE
)
_LISTED = 200
_DERIVED = re.compile(r"[-_](?:gguf|ggml|awq|gptq|exl2|mlx|fp8|int4|int8)\b", re.IGNORECASE)
_AFTER_TRIGGER = re.compile(
    r"(?:from(?: model)?|of|on|model|for|de"
    r"|base)\s{0,2}:?\s{0,2}((?=[\w.-]{0,95}[A-Za-z])[A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{2,95})",
    re.IGNORECASE,
)
_CONFIGS = (("config.json", "_name_or_path"), ("adapter_config.json", "base_model_name_or_path"))
_NO_GRANT: tuple[Freedom, ...] = ("use", "modify", "share")


@dataclass(frozen=True)
class Lead:
    """A hint at a base that is not declared."""

    name: str
    source: Source


@dataclass(frozen=True)
class Lineage:
    """The hops that are known and the facts they give."""

    hops: tuple[Hop, ...]
    facts: tuple[tuple[str, Fact], ...]


def lineage_of(gathered: Gathered, page: Page) -> Lineage:
    """Declared bases with what one read hop says, and leads. Never says that a chain is complete."""
    subject = gathered.subject
    declared = base_names(subject.info, subject.files.get(README))
    places = declared_places(subject, page)
    judged = [_Judged(name, relation, gathered.bases.get(name)) for name, relation in declared]
    leads = leads_of(subject, page)
    return Lineage(tuple(hop for each in judged for hop in each.hops()), tuple(_facts(judged, leads, places)))


def declared_places(repository: Repository, page: Page) -> tuple[Source, ...]:
    """Where bases are declared."""
    found = []
    data = repository.info.get("cardData")
    if isinstance(data, Mapping) and data.get("base_model"):
        found.append(of_reply(repository, "/cardData/base_model", phrase(str(data["base_model"]))))
    if page.raw is not None:
        entries = page.front.values("base_model")
        found += [of_file(page.raw, each.line, phrase(f"base_model: {each.value}")) for each in entries]
    tags = repository.info.get("tags")
    for at, tag in enumerate(tags if isinstance(tags, list) else []):
        if isinstance(tag, str) and tag.startswith("base_model:"):
            found.append(of_reply(repository, f"/tags/{at}", phrase(tag)))
    return tuple(found)


class _Judged:
    """One declared base and what is known about its terms."""

    def __init__(self, name: str, relation: Relation, base: Repository | Missed | None) -> None:
        self.name = name
        self.relation = relation
        self.base = base
        page = read_page(base) if isinstance(base, Repository) else None
        self.page = page or Page()
        self.conclusion: Conclusion | None = (
            conclusion_of(base, self.page) if isinstance(base, Repository) else None
        )

    @property
    def cls(self) -> LicenseClass | None:
        """The class of the base's own terms, if it is bound."""
        bound = self.conclusion.facts.get("license.class") if self.conclusion else None
        known: dict[str, LicenseClass] = {name: name for name in get_args(LicenseClass)}
        return known.get(str(bound.value)) if bound else None

    @property
    def broken(self) -> tuple[Freedom, ...]:
        """The freedoms that the base's terms take away."""
        if self.cls == "none":
            return _NO_GRANT
        bound = self.conclusion.facts.get("license.breaks") if self.conclusion else None
        named = bound.value if bound is not None and isinstance(bound.value, tuple) else ()
        return tuple(freedom for freedom in FREEDOMS if freedom in named)

    @property
    def breaks(self) -> bool:
        """Whether this hop takes a freedom away."""
        return self.cls in RESTRICTED or self.cls == "none"

    @property
    def decided(self) -> bool:
        """Whether the terms of this hop, and of what stands behind it, are known to be open."""
        return self.cls in {"osi", "open-not-osi"} and not self.behind()

    def behind(self) -> tuple[tuple[str, Relation], ...]:
        """Bases of the base, and leads to them: the chain goes on and was not read."""
        if not isinstance(self.base, Repository):
            return ()
        named = base_names(self.base.info, self.base.files.get(README))
        leads = leads_of(self.base, self.page)
        return (*named, *((lead.name, "unknown") for lead in leads))

    def hops(self) -> Iterator[Hop]:
        """The hop itself, and those behind it, which are known by name only."""
        concluded = self.conclusion.block.concluded if self.conclusion else None
        problem = self.base.state if isinstance(self.base, Missed) else None
        if self.base is None:
            problem = "malformed"
        yield Hop(
            id=self.name,
            relation=self.relation,
            depth=1,
            license=concluded.id if concluded else None,
            cls=self.cls,
            problem=problem,
        )
        for name, relation in self.behind():
            yield Hop(id=name, relation=relation, depth=2, problem="not_read")

    def sources(self) -> tuple[Source, ...]:
        """Where the base's terms were read, at most a few places."""
        bound = self.conclusion.facts.get("license.class") if self.conclusion else None
        return bound.sources[:4] if bound else ()


def _facts(
    judged: list["_Judged"], leads: tuple[Lead, ...], places: tuple[Source, ...]
) -> Iterator[tuple[str, Fact]]:
    if judged:
        yield fact("lineage.declared_base", True, "stated", *places)
    breaking = [each for each in judged if each.breaks]
    if breaking:
        sources = [source for each in breaking for source in each.sources()] or list(places)
        yield fact("lineage.restricted", True, "stated", *sources)
        broken = {freedom for each in breaking for freedom in each.broken}
        if broken:
            named = tuple(freedom for freedom in FREEDOMS if freedom in broken)
            yield fact("lineage.broken_freedoms", named, "stated", *sources)
    open_hops = [each for each in judged if not each.breaks and not each.decided]
    if open_hops or leads:
        hinted = [lead.source for lead in leads] or list(places)
        yield fact("lineage.undecided", True, "stated", *hinted)


def leads_of(repository: Repository, page: Page) -> tuple[Lead, ...]:
    """Hints at a base that is not declared, each name once."""
    own = {repository.asked, repository.canonical}
    declared = {name for name, _ in base_names(repository.info, repository.files.get(README))}
    found: dict[str, Lead] = {}
    for lead in (*_config_leads(repository), *_misplaced_leads(page), *_prose_leads(page)):
        if lead.name not in declared | own and not _is_own_tail(lead.name, own | declared):
            found.setdefault(lead.name, lead)
    return tuple(found.values())


def _is_own_tail(name: str, known: set[str]) -> bool:
    """A name without organisation that ends a known id: the same model under its early name."""
    return "/" not in name and any(each.rsplit("/", 1)[-1] == name for each in known)


def _config_leads(repository: Repository) -> Iterator[Lead]:
    for path, key in _CONFIGS:
        raw = repository.files.get(path)
        name = json_object(raw).get(key)
        if isinstance(raw, Raw) and isinstance(name, str) and _is_base_name(name):
            yield Lead(name, of_file(raw, pointer=f"/{key}", quote=phrase(name)))


def _misplaced_leads(page: Page) -> Iterator[Lead]:
    """A base named in a block of keys that the Hub ignores."""
    for entry in page.front.misplaced if page.raw else ():
        for name in texts(entry.value) if entry.key == "base_model" and page.raw else ():
            if is_model_id(name) and page.raw:
                yield Lead(name, of_file(page.raw, entry.line, phrase(f"base_model: {name}")))


def json_object(fetched: Raw | Missed | None) -> Mapping[str, Any]:
    """A small JSON file as a mapping; empty when it is none."""
    return _parsed(fetched) or {}


def is_json_object(fetched: Raw | Missed | None) -> bool:
    """Whether a small JSON file was read and is a mapping."""
    return _parsed(fetched) is not None


def _parsed(fetched: Raw | Missed | None) -> Mapping[str, Any] | None:
    if not isinstance(fetched, Raw) or len(fetched.body) > MAX_CONFIG_BYTES:
        return None
    try:
        data = json.loads(fetched.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _is_base_name(name: str) -> bool:
    """Whether a name has the form of a Hub id rather than of a folder; a bare one must look like a name."""
    local = _LOCAL.search(name) or _DERIVED.search(name)
    return is_model_id(name) and not local and ("/" in name or "-" in name)


def _prose_leads(page: Page) -> Iterator[Lead]:
    """Ids named after words of origin, in the sentence or in the list that it opens."""
    raw = page.raw
    if raw is None:
        return
    opened: tuple[str, ...] | None = None
    for block in page.card.blocks:
        after = _after_trigger(block.text)
        if after is not None:
            opened = block.headings if block.text.endswith(":") else None
        elif opened == block.headings and block.links and len(block.text) < _LISTED:
            after = block.text
        else:
            opened = None
        for name in _named_in(block, after) if after is not None else ():
            yield Lead(name, of_file(raw, block.line, phrase(block.text)))


def _after_trigger(text: str) -> str | None:
    found = _TRIGGER.search(text)
    if found is None or _NOT_ABOUT_ORIGIN.search(text):
        return None
    return text[found.start() : found.end() + 400]


def _named_in(block: Block, after: str) -> Iterator[str]:
    for link in block.links:
        name = id_from_address(link.url) if "://" in link.url else None
        linked = link.text in after if link.text else link.url in after
        if name and "/" in name and linked and _is_base_name(name):
            yield name
    for match in _AFTER_TRIGGER.finditer(after):
        name = match[1].rstrip(".")
        if _is_base_name(name):
            yield name
