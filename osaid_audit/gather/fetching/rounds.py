"""From a model id to everything gathered: two rounds of requests, and one more for each model behind it.

Round 1  the info reply and the README beside it
Round 2  license, notice and policy files, cards beside the README, small configs, license links, datasets,
         direct bases with their READMEs
Round 3  the direct bases' own files, and their bases with their READMEs; and so on, hop by hop
Beside these, from round 2 on: each linked code repository's commit, file list and license (see codehosts)

A chain of d bases thus takes 2 + d rounds, however broad it is. Everything of a repository is read at the
commit its info reply named (design §2.8). A README that came from another commit is asked for again, and a
listing that is not complete is read page by page: a round more.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from osaid_audit.gather.fetching import addresses, datasets
from osaid_audit.gather.fetching.failures import Failure, error_for
from osaid_audit.gather.fetching.hub import Answer, Hub
from osaid_audit.gather.fetching.visits import (
    CARD,
    Known,
    Opened,
    as_listed,
    canonical_id,
    info_reply,
    no_commit,
    open_repository,
    settle,
)
from osaid_audit.gather.raw import CodeHost, Fetched, Gathered, Missed, Repository
from osaid_audit.gather.reading.code.codelinks import wanted_repositories
from osaid_audit.gather.reading.data.datasetnames import wanted_datasets
from osaid_audit.gather.reading.files.plan import (
    declared_bases,
    license_links,
    wanted_files,
)
from osaid_audit.gather.reading.lineage.walk import Walk
from osaid_audit.gather.reading.repository.details import CYCLE
from osaid_audit.gather.reading.repository.page import read_page
from osaid_audit.gather.reading.subject import parse_subject
from osaid_audit.gather.settings import Settings
from osaid_audit.schema.base import Text

if TYPE_CHECKING:
    from concurrent.futures import Future

_LIMITS = {
    "token": Text(
        en="No token was used: gated and private files could not be read.",
        fr="Aucun jeton n'a été utilisé : les fichiers à accès restreint ou privés n'ont pas pu être lus.",
    ),
    "offline": Text(
        en="Offline: everything comes from this machine's cache and may be out of date.",
        fr="Hors ligne : tout provient du cache de cette machine et peut être périmé.",
    ),
    "links": Text(
        en="Links that leave the Hub, to licenses and to code repositories, were not followed.",
        fr="Les liens qui sortent du Hub, vers des licences et des dépôts de code, n'ont pas été suivis.",
    ),
}


def fetch(
    asked: str,
    revision: str | None,
    settings: Settings,
    source: Literal["hub", "recorded"] = "hub",
    hub: Hub | None = None,
) -> Gathered:
    """Everything that is wanted about one model, at one commit.

    `asked` is an id, `id@revision` or a page's address; `revision` wins over one named there. Give `hub` to
    share connections and replies between several models. Raises CannotAudit when the model itself cannot be
    read, UsageError when `asked` is no model; whatever else is missing is a Missed with its reason.
    """
    repo_id, named = parse_subject(asked, settings.endpoint)
    shared: AbstractContextManager[Hub] = nullcontext(hub) if hub else Hub(settings)
    with shared as active:
        return _gather(active, repo_id, revision or named, source)


@dataclass(frozen=True)
class _Rest:
    """A repository's further files and links under way."""

    files: Mapping[str, "Future[Answer]"]
    links: Mapping[str, "Future[Fetched]"]


def _gather(hub: Hub, repo_id: str, revision: str | None, source: Literal["hub", "recorded"]) -> Gathered:
    gathered_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    opened = open_repository(hub, repo_id, revision, 1, "revalidate")
    info, first = info_reply(hub, opened, 1)
    if isinstance(info, Failure):
        raise error_for(info, repo_id, hub.endpoint, token_used=hub.token_used, revision=revision)
    known = settle(hub, opened, info, first)
    round_ = known.round + 1
    rest = _ask_rest(hub, known, round_)
    named = {
        name: hub.start(hub.info, "datasets", name, None, round_, keep="an hour")
        for name in wanted_datasets(info.data, known.card)
    }
    code = _ask_code(hub, known, round_)
    bases = _bases(hub, known, round_)
    return Gathered(
        subject=_repository(hub, known, rest),
        endpoint=hub.endpoint,
        token_used=hub.token_used,
        gathered_at=gathered_at,
        source=source,
        datasets={name: datasets.repository(hub, name, future.result()) for name, future in named.items()},
        bases=bases,
        repositories={url: future.result() for url, future in code.items()},
        limits=_limits(hub),
    )


def _ask_rest(hub: Hub, known: Known, round_: int, *, loaded: bool = True) -> _Rest:
    wanted = [path for path in wanted_files(known.listing, "models", loaded=loaded) if path != CARD]
    own = (known.canonical, known.asked)
    links = {}
    for link in license_links(known.info.data, known.card):
        links[link] = hub.start(_link_work(hub, known, link, own, round_))
    files = {path: hub.start(_own_file, hub, known, path, round_) for path in wanted}
    return _Rest(files, links)


def _ask_code(hub: Hub, known: Known, round_: int) -> "dict[str, Future[CodeHost | Missed]]":
    """The code repositories that the card links, each through all its rounds beside the rest."""
    page = read_page(_repository(hub, known, _Rest({}, {})))
    wanted = wanted_repositories(page) if hub.settings.links else ()
    return {url: hub.start(hub.code_hosts.read, url, round_) for url in wanted}


def _own_file(hub: Hub, known: Known, path: str, round_: int) -> Answer:
    """A file at the subject's commit; behind a gate that refused the card no further door is tried."""
    commit = known.info.commit
    if commit is None:
        return Answer(no_commit(path, addresses.page_url(hub.endpoint, "models", known.canonical)))
    if isinstance(known.card, Missed) and known.card.state == "gated":
        url = addresses.file_url(hub.endpoint, "models", known.canonical, commit, path)
        return Answer(replace(known.card, what=path, url=url), commit)
    answer = hub.file("models", known.canonical, commit, path, round_)
    return replace(answer, fetched=as_listed(answer.fetched, path, known.listing, complete=known.complete))


def _link_work(hub: Hub, known: Known, link: str, own: tuple[str, str], round_: int) -> Callable[[], Fetched]:
    """What reading this link means: a file of this repository, of another one, or a page."""
    target = addresses.link_target(link, hub.endpoint, own)
    refused = _link_refused(hub, known, link, target)
    if refused is not None or target is None:
        return lambda: refused or Missed(link, link, "unsupported", "neither a web address nor a path")
    if isinstance(target, addresses.Page):
        return lambda: hub.page(link, target.url, round_)
    if target.revision is None:
        return lambda: _own_file(hub, known, target.path, round_).fetched
    at = target.revision
    return lambda: hub.file(target.kind, target.repo_id, at, target.path, round_).fetched


def _link_refused(
    hub: Hub, known: Known, link: str, target: addresses.Page | addresses.RepoFile | None
) -> Missed | None:
    """Why this link is not asked for, if so."""
    if isinstance(target, addresses.Page):
        on_hub = target.url.startswith(hub.endpoint + "/")
        if not hub.settings.links and not on_hub:
            return Missed(link, target.url, "unreachable", "links that leave the Hub are not followed")
    elif target is not None:
        if addresses.is_weights(target.path):
            return Missed(link, link, "unsupported", "a weight file, which is never read")
        own = target.revision is None and known.complete
        if own and target.path not in {file.path for file in known.listing}:
            return Missed(target.path, link, "absent", "not in the listing")
    return None


def _repository(hub: Hub, known: Known, rest: _Rest) -> Repository:
    files = {CARD: known.card} | {path: future.result().fetched for path, future in rest.files.items()}
    return Repository(
        kind="models",
        asked=known.asked,
        canonical=known.canonical,
        page_url=addresses.page_url(hub.endpoint, "models", known.canonical),
        revision=known.info.commit,
        info=known.info.data,
        info_raw=known.info.raw,
        listing=known.listing,
        listing_complete=known.complete,
        listing_pages=known.pages,
        listing_missed=known.unlisted,
        files=files,
        links={link: future.result() for link, future in rest.links.items()},
    )


def _bases(hub: Hub, subject: Known, round_: int) -> dict[str, Repository | Missed]:
    """Every model behind the subject, breadth first; a level's own files go with the opening of the next."""
    walk = Walk(subject.asked, subject.canonical)
    found: dict[str, Known | Missed] = {}
    rests: dict[str, _Rest] = {}
    level = [subject]
    while level:
        declared = [name for base in level for name, _ in declared_bases(base.info.data, base.card)]
        opened = [open_repository(hub, name, None, round_, "an hour") for name in walk.level(declared)]
        fresh: dict[str, Known] = {}
        for each in opened:
            base = _base(hub, each, subject, found, round_)
            found[each.repo_id] = base
            if isinstance(base, Known) and base.canonical not in rests:
                fresh[base.canonical] = base
        level = list(fresh.values())
        round_ = max((base.round for base in level), default=round_) + 1
        rests |= {name: _ask_rest(hub, base, round_, loaded=False) for name, base in fresh.items()}
        walk.met(fresh)
    known = {base.canonical: base for base in found.values() if isinstance(base, Known)}
    read = {name: hub.same(_repository(hub, base, rests[name])) for name, base in known.items()}
    return {
        name: base if isinstance(base, Missed) else read[base.canonical] for name, base in found.items()
    } | walk.refused


def _base(
    hub: Hub, opened: Opened, subject: Known, found: Mapping[str, Known | Missed], round_: int
) -> Known | Missed:
    """One base as far as its first two requests tell; under a second name it is what it was before."""
    name = opened.repo_id
    info, first = info_reply(hub, opened, round_)
    page = addresses.page_url(hub.endpoint, "models", name)
    if isinstance(info, Failure):
        return Missed(name, page, info.state, info.detail)
    canonical = canonical_id(info, name)
    if canonical == subject.canonical:
        return Missed(name, page, "malformed", CYCLE)
    twins = (each for each in found.values() if isinstance(each, Known) and each.canonical == canonical)
    return next(twins, None) or settle(hub, opened, info, first)


def _limits(hub: Hub) -> tuple[Text, ...]:
    holds = {"token": not hub.token_used, "offline": hub.settings.offline, "links": not hub.settings.links}
    return tuple(_LIMITS[name] for name, limited in holds.items() if limited)
