"""Facts from what is there: the reply, the file list and small configs. Nothing here reads prose."""

from collections.abc import Iterator, Mapping
from typing import Any

from osaid_audit import licenses
from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.libraries import libraries
from osaid_audit.gather.reading.files.listing import (
    code_files,
    components,
    is_adapter_only,
    weights_of,
)
from osaid_audit.gather.reading.files.packing import counted
from osaid_audit.gather.reading.files.plan import card_values, texts
from osaid_audit.gather.reading.files.running import all_read, remote_places, running_facts
from osaid_audit.gather.reading.files.smallfiles import json_object
from osaid_audit.gather.reading.files.termsfiles import terms_role
from osaid_audit.gather.reading.repository.offers import link_to_weights, may_offer
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import fact, of_file, of_listed, of_reply
from osaid_audit.schema.base import Fact

Facts = Iterator[tuple[str, Fact]]
_GATES = {"auto": "auto", "manual": "manual"}
_CONFIGS = ("config.json", "model_index.json")


def thing_facts(repository: Repository, page: Page) -> Facts:
    """Weights, access, architecture, code and components."""
    yield from _weights(repository, page)
    yield from _access(repository)
    yield from _configuration(repository)
    yield from running_facts(repository)
    yield from _library(repository)
    for name, file in code_files(repository.listing):
        yield fact(name, True, "verified", of_listed(repository, file))
    parts = frozenset(components(repository.listing))
    if parts and repository.listing_complete:
        folders = frozenset(parts)
        places = [
            file
            for file in repository.listing
            if file.path.split("/")[0] in folders and terms_role(file.path) == "license"
        ]
        yield fact(
            "components.count", len(parts), "verified", *(of_listed(repository, each) for each in places[:8])
        )
    if evaluation_results(repository.info):
        key = "/model-index" if repository.info.get("model-index") else "/cardData/model-index"
        yield fact("documents.evaluation_results", True, "stated", of_reply(repository, key))


def evaluation_results(info: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The results of the model index, as far as they have the form of results."""
    index = info.get("model-index") or card_values(info).get("model-index")
    entries = [each for each in index if isinstance(each, Mapping)] if isinstance(index, list) else []
    results = [each.get("results") for each in entries]
    return tuple(
        each for group in results if isinstance(group, list) for each in group if isinstance(each, Mapping)
    )


def _weights(repository: Repository, page: Page) -> Facts:
    weights = weights_of(repository.listing)
    external = link_to_weights(page)
    if external is not None:
        yield fact("weights.external", True, "stated", external)
    if weights.by_format:
        shown = tuple(of_listed(repository, file) for _, file in weights.by_format[:3])
        yield fact("weights.present", True, "verified", *shown)
        yield fact("system.machine_learning", True, "verified", *shown)
        if repository.listing_complete:
            yield fact("weights.formats", weights.formats, "verified", *shown)
            yield fact("weights.needs_base", is_adapter_only(repository.listing), "verified", *shown)
    elif (
        repository.listing_complete
        and not weights.doubtful
        and page.known
        and not may_offer(repository, page)
    ):
        yield fact("weights.present", False, "verified", of_reply(repository, "/siblings"))
    for key in counted(repository):
        block = repository.info.get(key)
        total = block.get("total") if isinstance(block, Mapping) else None
        if isinstance(total, int) and not isinstance(total, bool) and total > 0:
            yield fact("weights.parameters", total, "stated", of_reply(repository, f"/{key}/total"))
            return


def _access(repository: Repository) -> Facts:
    gated = repository.info.get("gated")
    if gated is False:
        yield fact("access.gated", "no", "verified", of_reply(repository, "/gated"))
    elif isinstance(gated, str) and gated in _GATES:
        yield fact("access.gated", gated, "verified", of_reply(repository, "/gated"))


def _configuration(repository: Repository) -> Facts:
    reply = repository.info.get("config")
    places: list[tuple[Mapping[str, Any], Any]] = []
    if isinstance(reply, Mapping):
        places.append((reply, lambda step: of_reply(repository, f"/config/{step}")))
    for path in _CONFIGS:
        raw = repository.files.get(path)
        if isinstance(raw, Raw):
            places.append((json_object(raw), lambda step, raw=raw: of_file(raw, pointer=f"/{step}")))
    named = [
        place(key)
        for data, place in places
        for key in ("architectures", "_class_name")
        if texts(data.get(key))
    ]
    gguf = repository.info.get("gguf")
    if isinstance(gguf, Mapping) and texts(gguf.get("architecture")):
        named.append(of_reply(repository, "/gguf/architecture"))
    if named:
        yield fact("code.architecture_found", True, "verified", *named)


def _library(repository: Repository) -> Facts:
    top, inner = repository.info.get("library_name"), card_values(repository.info).get("library_name")
    name = top if isinstance(top, str) else inner
    library = libraries().get(name.strip().lower()) if isinstance(name, str) else None
    if library is None:
        return
    pointer = "/library_name" if isinstance(top, str) else "/cardData/library_name"
    place = of_reply(repository, pointer, str(name)[:80])
    yield fact("code.inference_found", True, "stated", place)
    if all_read(repository) and not any(remote_places(repository)):
        approved = licenses.resolve(library.license).cls == "osi"
        yield fact("code.inference_osi", approved, "stated", place)
