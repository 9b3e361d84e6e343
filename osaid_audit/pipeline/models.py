"""A model as it was named -> its dossier: from the Hub, from a file, or one of those that are shipped."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from osaid_audit.errors import NotFound, OfflineMiss, UnreadableInput, UsageError
from osaid_audit.gather.evidence import check_folder, keep
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.quota import Waiting, cut_short
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.hosted import refuse_hosted
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.records import read_dossier
from osaid_audit.gather.reading.subject import parse_subject
from osaid_audit.gather.settings import PUBLIC_ENDPOINT
from osaid_audit.messages import Message, reason
from osaid_audit.pipeline.options import GatherOptions, Model, settings_of
from osaid_audit.pipeline.runs import Reach, Run
from osaid_audit.resources import data
from osaid_audit.schema.dossier import Dossier

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
    return Path(text).expanduser()


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
    check_folder(folder)


class Keeping(NamedTuple):
    """What is kept of what is read, and who is told of a wait.

    evidence  a folder for copies of everything that is read
    run       a run directory: what is there is not gathered again
    waiting   told when the Hub's quota is used up, and for how many seconds all requests wait
    """

    evidence: Path | None = None
    run: Run | None = None
    waiting: Waiting | None = None


@contextmanager
def reader(
    models: Sequence[Model],
    options: GatherOptions,
    keeping: Keeping = Keeping(),  # noqa: B008 - an immutable record
) -> Iterator[Callable[[Model], Dossier]]:
    """How each of these models becomes a dossier; they share connections, and what several of them name."""
    settings, revision = settings_of(options), options.get("revision")
    with ExitStack() as stack:
        hub = None
        if any(dossier_file(model) is None for model in models):
            hub = stack.enter_context(Hub(settings, keeping.waiting))
        try:
            reach = Reach(settings, hub.token_used if hub else False)
            yield partial(_dossier, revision=revision, reach=reach, hub=hub, keeping=keeping)
        except (KeyboardInterrupt, GeneratorExit):
            stack.pop_all()  # whoever stops early does not wait for answers under way
            if hub is not None:
                hub.abandon()
            raise


def done_in(run: Run, models: Sequence[Model], options: GatherOptions) -> list[bool]:
    """For each model whether it need not be gathered: the run directory has it, or it is a dossier file."""
    settings, revision = settings_of(options), options.get("revision")
    reach = Reach.of(settings)

    def is_done(model: Model) -> bool:
        if dossier_file(model) is not None:
            return True
        return run.has(*_subject(str(model), revision, settings.endpoint), reach)

    return [is_done(model) for model in models]


def _dossier(
    model: Model, *, revision: str | None, reach: Reach, hub: Hub | None, keeping: Keeping
) -> Dossier:
    file = dossier_file(model)
    if file is not None:
        return _at_revision(read_dossier(read_text(file, Message("dossier"))), revision)
    name, wanted = _subject(str(model), revision, reach.settings.endpoint)
    kept = keeping.run.get(name, wanted, reach) if keeping.run else None
    return kept or _gathered(name, wanted, reach, hub, keeping)


def _gathered(name: str, wanted: str | None, reach: Reach, hub: Hub | None, keeping: Keeping) -> Dossier:
    settings, evidence, run = reach.settings, keeping.evidence, keeping.run
    try:
        gathered = fetch(name, wanted, settings, hub=hub)
    except OfflineMiss as miss:
        stored = bundled(name, wanted, settings.endpoint)
        if stored is not None and evidence is not None:
            raise OfflineMiss(
                "Offline there is only the bundled dossier of '{name}': it holds no copies to keep.",
                "Leave --offline or --evidence out.",
                name=name,
            ) from miss
        if stored is not None:
            return stored
        refuse_hosted(name, wanted, miss)
        raise
    except NotFound as missing:
        refuse_hosted(name, wanted, missing)
        raise
    if evidence is not None:
        keep(gathered, evidence, settings.secrets())
    dossier = assemble(gathered)
    if run is not None and cut_short(gathered):
        run.leave(name)
    elif run is not None:
        run.keep(name, wanted, reach, dossier)
    return dossier


def _subject(text: str, revision: str | None, endpoint: str) -> tuple[str, str | None]:
    name, named = parse_subject(text, endpoint)
    if revision and named and revision != named:
        raise UsageError(
            "'{text}' names a revision and --revision another.", "Give only one of the two.", text=text
        )
    return name, named or revision


def read_text(path: Path, what: Message) -> str:
    """The text of a file that the user named. Raises UnreadableInput with the reason."""
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
            "Give a {what} made by osaid-audit.",
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
