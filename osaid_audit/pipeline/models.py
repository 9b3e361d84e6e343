# ruff: noqa: PLC0415 - a saved dossier needs neither the client nor what reads its replies
"""A model as it was named -> its dossier: from the Hub, from a file, or one of those that are shipped."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.errors import NotFound, OfflineMiss, UnreadableInput, UsageError
from osaid_audit.gather.reading.records import read_dossier
from osaid_audit.gather.reading.subject import parse_subject
from osaid_audit.gather.settings import PUBLIC_ENDPOINT, Settings, default_cache_dir
from osaid_audit.messages import Message, reason
from osaid_audit.pipeline.options import GatherOptions, Model, settings_of
from osaid_audit.pipeline.reach import Reach
from osaid_audit.pipeline.runs import Run
from osaid_audit.resources import data
from osaid_audit.schema.dossier import Dossier

if TYPE_CHECKING:
    from osaid_audit.gather.fetching.hub import Hub
    from osaid_audit.gather.fetching.quota import Waiting

MAX_INPUT = 64 * 1024 * 1024
"""Bytes of a dossier that are read at most: far above the largest real one."""


def check(model: Model, *, revision: str | None = None, endpoint: str | None = None) -> None:
    """Raise UsageError when this cannot be a model, before any socket is opened."""
    if dossier_file(model) is None:
        _subject(str(model), revision, endpoint or PUBLIC_ENDPOINT)


def dossier_file(model: Model) -> Path | None:
    """The path, when a dossier file is meant; a file that happens to bear a model's id never is."""
    text = os.fspath(model)
    looks = text.endswith(".json") and "://" not in text
    if isinstance(model, str) and not (looks or text.startswith(("./", "../", "/", "~"))):
        return None
    try:
        return Path(text).expanduser()
    except RuntimeError:  # the home of nobody
        return Path(text)


def bundled(name: str, revision: str | None, endpoint: str) -> Dossier | None:
    """The shipped dossier of that id at that endpoint; `revision` None or the very commit it speaks of."""
    for file in sorted(data("dossiers").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".json"):
            continue
        dossier = read_dossier(file.read_text(encoding="utf-8"))
        subject = dossier.subject
        same = name in {subject.id, subject.canonical_id} and _same_place(dossier.endpoint, endpoint)
        if same and revision in {None, subject.revision}:
            return dossier
    return None


def check_evidence(model: Model, folder: Path) -> None:
    """Raise UsageError when no copies can be kept: of a saved dossier, or in that folder."""
    if dossier_file(model) is not None:
        raise UsageError(
            "A saved dossier holds places and hashes, no copies to keep.", "Name the model itself."
        )
    from osaid_audit.gather.evidence import check_folder

    check_folder(folder)


class Keeping(NamedTuple):
    """What is kept of what is read, and who is told of a wait.

    evidence  a folder for copies of everything that is read
    run       a run directory: what is there is not gathered again
    waiting   told when the Hub's quota is used up, and for how many seconds all requests wait
    """

    evidence: Path | None = None
    run: Run | None = None
    waiting: "Waiting | None" = None


class _Client:
    """One run's client, closed with `stack`; offline it is made when a model needs it, which few do."""

    def __init__(self, settings: Settings, stack: ExitStack, waiting: "Waiting | None") -> None:
        self.settings = settings
        self.reach = Reach(settings)
        self._stack = stack
        self._waiting = waiting
        self._hub: Hub | None = None
        self._lock = Lock()

    def hub(self) -> "Hub":
        """The client, the same for all models."""
        from osaid_audit.gather.fetching.hub import Hub

        with self._lock:
            if self._hub is None:
                self._hub = self._stack.enter_context(Hub(self.settings, self._waiting))
            return self._hub

    def check(self) -> None:
        """Raise UsageError for a wrong token, before any audit; make the client unless that can wait."""
        self.settings.secrets()
        self.reach = Reach.of(self.settings)
        if not self.settings.offline:
            self.hub()

    def abandon(self) -> None:
        """Do not wait for answers under way: nobody wants them any more."""
        self._stack.pop_all()
        if self._hub is not None:
            self._hub.abandon()


@contextmanager
def reader(
    models: Sequence[Model],
    options: GatherOptions,
    keeping: Keeping = Keeping(),  # noqa: B008 - an immutable record
) -> Iterator[Callable[[Model], Dossier]]:
    """How each of these models becomes a dossier; they share connections, and what several of them name."""
    settings, revision = settings_of(options), options.get("revision")
    with ExitStack() as stack:
        client = _Client(settings, stack, keeping.waiting)
        if any(dossier_file(model) is None for model in models):
            client.check()
        try:
            yield partial(_dossier, revision=revision, client=client, keeping=keeping)
        except (KeyboardInterrupt, GeneratorExit):
            client.abandon()
            raise


def done_in(run: Run, models: Sequence[Model], options: GatherOptions) -> list[bool]:
    """For each model whether the run directory has it; a dossier file is never there."""
    settings, revision = settings_of(options), options.get("revision")
    reach = Reach.of(settings)

    def is_done(model: Model) -> bool:
        if dossier_file(model) is not None:
            return False
        return run.has(*_subject(str(model), revision, settings.endpoint), reach)

    return [is_done(model) for model in models]


def _dossier(model: Model, *, revision: str | None, client: _Client, keeping: Keeping) -> Dossier:
    file = dossier_file(model)
    if file is not None:
        return _at_revision(read_dossier(read_text(file, Message("dossier"))), revision)
    settings = client.settings
    name, wanted = _subject(str(model), revision, settings.endpoint)
    kept = keeping.run.get(name, wanted, client.reach) if keeping.run else None
    if kept is not None:
        return kept
    if settings.offline and not _is_kept(name, wanted, settings):
        stored = bundled(name, wanted, settings.endpoint)
        if stored is not None and keeping.evidence is not None:
            raise OfflineMiss(
                "Offline there is only the bundled dossier of '{name}': it holds no copies to keep.",
                "Leave --offline or --evidence out.",
                name=name,
            )
        if stored is not None:
            return stored
    return _gathered(name, wanted, client, keeping)


def _gathered(name: str, revision: str | None, client: _Client, keeping: Keeping) -> Dossier:
    from osaid_audit.gather.evidence import keep
    from osaid_audit.gather.fetching.rounds import fetch
    from osaid_audit.gather.hosted import refuse_hosted
    from osaid_audit.gather.reading.assembly import assemble
    from osaid_audit.gather.unanswered import unanswered

    try:
        gathered = fetch(name, revision, client.settings, hub=client.hub())
    except (OfflineMiss, NotFound) as missing:
        refuse_hosted(name, revision, missing)
        raise
    if keeping.evidence is not None:
        keep(gathered, keeping.evidence, client.settings.secrets())
    dossier = assemble(gathered)
    if keeping.run is not None and unanswered(gathered) and not client.settings.offline:
        keeping.run.leave(name)
    elif keeping.run is not None:
        keeping.run.keep(name, revision, client.reach, dossier)
    return dossier


def _is_kept(name: str, revision: str | None, settings: Settings) -> bool:
    """Whether an earlier run kept what the Hub says of a model, without which nothing is told offline."""
    from osaid_audit.gather.fetching.addresses import info_url
    from osaid_audit.gather.fetching.cache import Cache

    cache = Cache(settings.cache_dir or default_cache_dir(), settings.secret())
    return cache.get(info_url(settings.endpoint, "models", name, revision)) is not None


def _subject(text: str, revision: str | None, endpoint: str) -> tuple[str, str | None]:
    name, named = parse_subject(text, endpoint)
    if revision and named and revision != named:
        raise UsageError(
            "'{text}' names a revision and --revision another.", "Give only one of the two.", text=text
        )
    return name, named or revision


def read_text(path: Path, what: Message, instead: Message | None = None) -> str:
    """The text of a file that the user named. Raises UnreadableInput with the reason.

    instead  what to do when it is no text; else to give one that was made by this tool
    """
    try:
        if path.stat().st_size > MAX_INPUT:
            raise UnreadableInput(
                "The {what} '{path}' is larger than {most} bytes.",
                "Check the file.",
                what=what,
                path=path,
                most=MAX_INPUT,
            )
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableInput(
            "There is no {what} '{path}'.", "Check the path.", what=what, path=path
        ) from error
    except OSError as error:
        raise UnreadableInput(
            "The {what} '{path}' cannot be read: {why}.",
            "Check the path.",
            what=what,
            path=path,
            why=reason(error),
        ) from error
    except ValueError as error:  # also a path with a NUL
        raise UnreadableInput(
            "The {what} '{path}' is not UTF-8 text.",
            instead or "Give a {what} made by osaid-audit.",
            what=what,
            path=path,
        ) from error


def _at_revision(dossier: Dossier, revision: str | None) -> Dossier:
    """A dossier speaks of one commit; asking it about another is a mistake."""
    if revision and revision != dossier.subject.revision:
        raise UsageError(
            "The dossier speaks of commit {commit}, not of '{revision}'.",
            "Leave --revision out, or audit the model itself.",
            commit=dossier.subject.revision or Message("unknown"),
            revision=revision,
        )
    return dossier


def _same_place(one: str, other: str) -> bool:
    return one.rstrip("/").casefold() == other.rstrip("/").casefold()
