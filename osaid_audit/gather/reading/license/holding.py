"""The limits that hold for a subject: those of its own terms, and those of the models it was made from."""

from collections.abc import Iterator, Mapping, Sequence

from osaid_audit import licenses
from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.files.plan import (
    CONFIGS,
    LOADING_CONFIGS,
    is_small_config,
    read_recipes,
    tags_of,
)
from osaid_audit.gather.reading.repository.problems import is_plain_absence
from osaid_audit.gather.reading.sources import of_reply
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED

_ADAPTER_TAGS = frozenset({"lora", "dora", "adapter", "peft"})
_COMMERCE = "license.commercial_limited"
_SHOWN = 6

Facts = Mapping[str, Fact]


def limits_that_hold(
    subject: Repository, facts: Facts, hops: Sequence[Hop], hinted: Sequence[str | None] = ()
) -> dict[str, Fact]:
    """The facts, with the limits of a read base added, and no limit denied while a base may hold it.

    `hinted` are the bases that the page only hints at, None for one without a name. Where a limit is neither
    known nor denied, `license.waits_for` says what stands in the way.
    """
    found = dict(facts)
    doubts = tuple(dict.fromkeys(_bases_in_doubt(subject, facts, hops, hinted)))
    if doubts:
        for name in licenses.limit_clauses():
            if name in found and found[name].value is False:
                del found[name]
    price = facts.get("access.price_named")
    if price is not None and price.value is True and (known := found.get(_COMMERCE)) and known.value is False:
        del found[_COMMERCE]
    for hop in hops:
        if hop.cls in RESTRICTED and hop.license:
            said = Source(url=subject.page_url, quote=f"{hop.id} ({hop.license})")
            for name in sorted(licenses.limits_of(hop.license)):
                known = found.get(name)
                sources = (*(known.sources if known else ()), said)
                found[name] = Fact(value=True, basis="stated", sources=sources)
    if any(name not in found for name in licenses.limit_clauses()):
        waits = tuple(dict.fromkeys((*_unread(subject), *doubts))) or _own_terms(facts)
        place = of_reply(subject, "/siblings")
        found["license.waits_for"] = Fact(value=waits[:_SHOWN], basis="stated", sources=(place,))
    return found


def _bases_in_doubt(
    subject: Repository, facts: Facts, hops: Sequence[Hop], hinted: Sequence[str | None]
) -> Iterator[str]:
    """What may show a base whose terms are not known: ids, paths, and words that begin with @."""
    complete = facts.get("lineage.complete"), facts.get("lineage.restricted")
    if all(complete) and complete[1] is not None and complete[1].value is False:
        return
    named = [*(hop.id for hop in hops if hop.cls not in RESTRICTED), *(name for name in hinted if name)]
    yield from named
    if not named and ("lineage.declared_base" in facts or "lineage.undecided" in facts):
        yield "@base"
    adapter = facts.get("weights.needs_base")
    if (adapter is not None and adapter.value is True) or _ADAPTER_TAGS & set(tags_of(subject.info)):
        yield "@adapter"
    if "lineage.origin_spoken" in facts:
        yield "@origin"
    yield from (path for path in _unread(subject) if is_small_config(path))
    small = {*CONFIGS, *read_recipes(subject.listing)}
    yield from sorted({file.path for file in subject.listing} & small - set(subject.files))


def _unread(subject: Repository) -> Iterator[str]:
    """Files and links that may carry terms or name a base, and were not read."""
    for name, fetched in (*subject.files.items(), *subject.links.items()):
        opens = name in LOADING_CONFIGS and name not in CONFIGS
        if isinstance(fetched, Missed) and not opens and not is_plain_absence(subject, fetched):
            yield name


def _own_terms(facts: Facts) -> tuple[str, ...]:
    """Why the subject's own terms leave a limit open, when all that could be fetched was."""
    policy = facts.get("license.usage_policy")
    if "license.read_all" not in facts:
        return ("@terms",)
    return ("@policy",) if policy is not None and policy.value is True else ("@unknown",)
