"""The hallway: a model id, an address or a dossier file -> dossier -> report."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypedDict, Unpack, cast

from osaid_audit.errors import (
    InternalError,
    NotFound,
    OfflineMiss,
    OsaidError,
    UnreadableInput,
    UsageError,
)
from osaid_audit.evaluate import RuleSet, load
from osaid_audit.evaluate import evaluate as judge
from osaid_audit.gather.evidence import check_folder, keep
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.hosted import refuse_hosted
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.records import read_dossier
from osaid_audit.gather.reading.subject import parse_subject
from osaid_audit.gather.settings import PUBLIC_ENDPOINT, Settings
from osaid_audit.policy import Given, speaks_of, weigh
from osaid_audit.policy import read as read_attestation
from osaid_audit.resources import data
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.names import name_fault
from osaid_audit.schema.report import Report

DEFAULT_FRAMEWORKS = ("osaid-1.0", "g7-2026")
MAX_INPUT = 64 * 1024 * 1024
"""Bytes of a dossier that are read at most: far above the largest real one."""

Model = str | os.PathLike[str]
"""An id, `id@revision` or address; a dossier file is a path object, ends in .json or starts with . / ~"""


Attested = Attestation | Given | str | os.PathLike[str]
"""An attestation: its file, or a record made by a program."""


class GatherOptions(TypedDict, total=False):
    """Where and how facts are gathered; none of these changes how they are judged.

    revision     branch, tag or commit; the default branch when left out
    token        None: no token at all; True: the environment's; or the token itself
    offline      open no socket: cached replies or a bundled dossier, else OfflineMiss
    endpoint     address of the Hub or of a mirror
    links        follow links that lead outside the Hub, to licenses and to code repositories
    github_endpoint  address of GitHub's API or of a mirror
    github_token     None: no token; True: the environment's GITHUB_TOKEN; or the token itself
    cache_dir    where replies are kept between runs
    timeout      seconds without an answer
    allow_hosts  hosts that may be reached although their address is private
    """

    revision: str | None
    token: str | bool | None
    offline: bool
    endpoint: str | None
    links: bool
    github_endpoint: str | None
    github_token: str | bool | None
    cache_dir: Path | None
    timeout: float | None
    allow_hosts: Sequence[str]


class AuditOptions(GatherOptions, total=False):
    """Beside those of gathering: what is asked.

    frameworks    ids of the norms; osaid-1.0 and g7-2026 when left out
    rules         a folder of further rules and frameworks, or a loaded rule set
    as_of         the day (YYYY-MM-DD) the report speaks of; the day of gathering when left out
    attestations  files or records of reviewers' statements; of several models each takes those about it
    """

    frameworks: Sequence[str] | None
    rules: Path | RuleSet | None
    as_of: str | None
    attestations: Sequence[Attested]


def audit(model: Model, **options: Unpack[AuditOptions]) -> Report:
    """Audit one model: an id, `id@revision`, a page address, or a saved dossier.

    Raises UsageError for a wrong id, framework, date or attestation, RuleFileError for a wrong rule file,
    and CannotAudit when the model is missing, unreadable with this token, or out of reach.
    """
    question, where = _split(options)
    with _reader([model], where) as read:
        return question.answer(read(model))


def audit_many(
    models: Iterable[Model],
    *,
    jobs: int = 8,
    done: Callable[[Model], None] | None = None,
    **options: Unpack[AuditOptions],
) -> list[Report | OsaidError]:
    """Audit several models at once; the answers stand in the order of `models`.

    A model that cannot be audited gives its error in its place (CannotAudit, or InternalError for a fault
    of the tool); the others are not stopped. What is wrong with the call itself is raised before any audit.
    `done` is told each model as it is finished, from the thread that finished it.
    """
    asked = list(models)
    question, where = _split(options)
    question = question._replace(many=len(asked) > 1)
    for model in asked:
        check(model, revision=where.get("revision"), endpoint=where.get("endpoint"))
    with _reader(asked, where) as read:
        one = partial(_one, question=question, read=read, done=done)
        pool = ThreadPoolExecutor(max_workers=max(1, min(jobs, len(asked))))
        try:
            return list(pool.map(one, asked))
        finally:
            # After Ctrl-C nobody waits for audits that have not begun.
            pool.shutdown(wait=False, cancel_futures=True)


def gather(model: Model, *, evidence: Path | None = None, **options: Unpack[GatherOptions]) -> Dossier:
    """Gather the facts about one model without judging them; raises like `audit`.

    With `evidence`, a folder, copies of everything that was read are kept there under their hashes (see
    gather/evidence.py); a saved or bundled dossier has nothing to copy and is refused.
    """
    if evidence is not None:
        _check_evidence(model, evidence)
    with _reader([model], options, evidence) as read:
        return read(model)


def evaluate(
    dossier: Dossier,
    ruleset: RuleSet | None = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
    *,
    attestations: Sequence[Attested] = (),
    attested: Mapping[str, bool] | None = None,
    on_the_word_of: str | None = None,
) -> Report:
    """Judge a dossier: no network, no clock.

    attestations    files or records of reviewers' statements, weighed against the dossier
    attested        the short form: facts that only a reviewer supplies, by name, taken as they are
    on_the_word_of  and who supplies them; `attested` needs it
    Raises UsageError for a framework that does not exist, an attestation that cannot be read, or `attested`
    without a name that a signed file could bear.
    """
    if not attestations:
        _check_name(attested, on_the_word_of)
        return judge(dossier, ruleset, frameworks, as_of, attested=attested, on_the_word_of=on_the_word_of)
    if attested or on_the_word_of:
        raise UsageError(
            "Attestations and the short form 'attested' do not go together.", "Give one of the two."
        )
    rules = ruleset or load()
    chosen = choose_frameworks(rules, frameworks)
    return _Question(rules, chosen, _day(as_of), tuple(map(given, attestations))).answer(dossier)


def _check_name(attested: Mapping[str, bool] | None, name: str | None) -> None:
    """No verdict rests on nobody's word: the short form needs the name that a signed file needs."""
    problem = name_fault(name or "") if attested or name else None
    if problem:
        raise UsageError(
            f"Facts that a reviewer supplies stand on a name: {problem}.",
            "Give the name in 'on_the_word_of'.",
        )


def given(attested: Attested) -> Given:
    """An attestation, read if it is a file. Raises UsageError with the place of what is wrong in it."""
    if isinstance(attested, Given):
        return attested
    return Given.of(attested) if isinstance(attested, Attestation) else read_attestation(Path(attested))


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


def choose_frameworks(ruleset: RuleSet, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The framework ids, each once; the default ones for None. Raises UsageError and names the near one."""
    return tuple(ruleset.framework(name).id for name in dict.fromkeys(wanted or DEFAULT_FRAMEWORKS))


class _Question(NamedTuple):
    """What is asked of every dossier of one call."""

    ruleset: RuleSet
    frameworks: tuple[str, ...]
    as_of: str | None
    attestations: tuple[Given, ...] = ()
    many: bool = False
    """Several models are asked about: each report then shows the attestations about its own model alone."""

    def answer(self, dossier: Dossier) -> Report:
        about = [each for each in self.attestations if not self.many or speaks_of(each, dossier)]
        if not about:
            return judge(dossier, self.ruleset, self.frameworks, self.as_of)
        day = self.as_of or dossier.gathered_at[:10]
        latest = self.as_of or _next_day(day)
        signed, records = weigh(dossier, about, day, self.ruleset, latest)
        report = judge(dossier, self.ruleset, self.frameworks, day, signed=signed)
        return report.model_copy(update={"attestations": records})


def _split(options: AuditOptions) -> tuple[_Question, GatherOptions]:
    """Rules and date are checked here, before anything is fetched."""
    rules = options.get("rules")
    ruleset = rules if isinstance(rules, RuleSet) else load(rules)
    frameworks = choose_frameworks(ruleset, options.get("frameworks"))
    where = {key: value for key, value in options.items() if key in GatherOptions.__annotations__}
    attestations = tuple(map(given, options.get("attestations", ())))
    question = _Question(ruleset, frameworks, _day(options.get("as_of")), attestations)
    return question, cast("GatherOptions", where)


def _one(
    model: Model,
    *,
    question: _Question,
    read: Callable[[Model], Dossier],
    done: Callable[[Model], None] | None,
) -> Report | OsaidError:
    try:
        return question.answer(read(model))
    except OsaidError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one model's crash must not take the others' answers away
        fault = InternalError(f"{type(error).__name__}: {error}")
        fault.__cause__ = error
        return fault
    finally:
        if done is not None:
            done(model)


def _check_evidence(model: Model, folder: Path) -> None:
    if dossier_file(model) is not None:
        raise UsageError(
            "A saved dossier holds places and hashes, no copies to keep.", "Name the model itself."
        )
    check_folder(folder)


@contextmanager
def _reader(
    models: Sequence[Model], options: GatherOptions, evidence: Path | None = None
) -> Iterator[Callable[[Model], Dossier]]:
    """How each of these models becomes a dossier; they share connections, and what several of them name."""
    settings, revision = _settings(options), options.get("revision")
    with ExitStack() as stack:
        hub = None
        if any(dossier_file(model) is None for model in models):
            hub = stack.enter_context(Hub(settings))
        try:
            yield partial(_dossier, revision=revision, settings=settings, hub=hub, evidence=evidence)
        except KeyboardInterrupt:
            stack.pop_all()  # whoever interrupts does not wait for answers under way
            raise


def _dossier(
    model: Model, *, revision: str | None, settings: Settings, hub: Hub | None, evidence: Path | None
) -> Dossier:
    file = dossier_file(model)
    if file is not None:
        return _at_revision(read_dossier(read_text(file, "dossier")), revision)
    name, wanted = _subject(str(model), revision, settings.endpoint)
    try:
        gathered = fetch(name, wanted, settings, hub=hub)
    except OfflineMiss as miss:
        stored = bundled(name, wanted, settings.endpoint)
        if stored is not None and evidence is not None:
            raise OfflineMiss(
                f"Offline there is only the bundled dossier of '{name}': it holds no copies to keep.",
                "Leave --offline or --evidence out.",
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
    return assemble(gathered)


def _settings(options: GatherOptions) -> Settings:
    """The gathering wing's settings; what was left out keeps its default there."""
    given: dict[str, Any] = {
        key: value for key, value in options.items() if key != "revision" and value is not None
    }
    if "allow_hosts" in given:
        given["allow_hosts"] = tuple(options["allow_hosts"])
    return Settings(**given)


def _subject(text: str, revision: str | None, endpoint: str) -> tuple[str, str | None]:
    name, named = parse_subject(text, endpoint)
    if revision and named and revision != named:
        raise UsageError(f"'{text}' names a revision and --revision another.", "Give only one of the two.")
    return name, named or revision


def read_text(path: Path, what: str) -> str:
    """The text of a file that the user named. Raises UnreadableInput with the reason."""
    try:
        if path.stat().st_size > MAX_INPUT:
            raise UnreadableInput(
                f"The {what} '{path}' is larger than {MAX_INPUT} bytes.", f"Check the {what}."
            )
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableInput(f"There is no {what} '{path}'.", "Check the path.") from error
    except OSError as error:
        raise UnreadableInput(
            f"The {what} '{path}' cannot be read: {error.strerror}.", "Check the path."
        ) from error
    except ValueError as error:  # also a path with a NUL
        raise UnreadableInput(
            f"The {what} '{path}' is not UTF-8 text.", f"Give a {what} made by osaid-audit."
        ) from error


def _at_revision(dossier: Dossier, revision: str | None) -> Dossier:
    """A dossier speaks of one commit; asking it about another is a mistake."""
    if revision and revision != dossier.subject.revision:
        raise UsageError(
            f"The dossier speaks of commit {dossier.subject.revision or 'unknown'}, not of '{revision}'.",
            "Leave --revision out, or audit the model itself.",
        )
    return dossier


def _same_place(one: str, other: str) -> bool:
    return one.rstrip("/").casefold() == other.rstrip("/").casefold()


def _next_day(day: str) -> str:
    """The day after: whoever signs in the east is a day ahead of the hour of gathering, which is in UTC."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"'{text}' is not a day.", "Write it as YYYY-MM-DD.") from error
