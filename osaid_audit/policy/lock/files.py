"""The lock as a file: always the same bytes for the same lock; whatever is read is not trusted."""

import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from osaid_audit.errors import OsaidError, UnreadableInput, UsageError
from osaid_audit.messages import Message, reason
from osaid_audit.policy.lock.make import Named, digest_of, order
from osaid_audit.render.safe import escape_unseen
from osaid_audit.schema.base import Record
from osaid_audit.schema.lock import Lock, LockedModel
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.wrong import wrong_in

MAX_BYTES = 16 * 1024 * 1024
"""About five thousand models at 3 kB each."""

_HINT = Message("Write it anew with --update-lock, and read the difference before you commit it.")

_WHAT, _LICENSE, _VERDICT = Message("lock file"), Message("license"), Message("verdict")

R = TypeVar("R", bound=Record)


def lock_path(policy: Policy, folder: Path) -> Path:
    """Where the lock of a policy lies: in this folder, that of its file, or below it.

    Raises UsageError for a name that leads out of there: a policy comes with a code base, and a lock is
    written over.
    """
    name = policy.lock.file
    if not name or "\0" in name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise UsageError(
            "The policy's lock file {name} does not lie beside the policy.",
            "Name a file in the same folder or below it, or give --lock.",
            name=repr(name[:100]),
        )
    return folder / name


def lock_json(lock: Lock) -> str:
    """The text of the file: sorted keys, absent values left out, no unseen character."""
    data = lock.model_dump(mode="json", by_alias=True, exclude_none=True)
    return escape_unseen(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def write_lock(lock: Lock, path: Path) -> bool:
    """Write the file whole or not at all; False when it holds just this already.

    Raises UsageError when it cannot be written.
    """
    raw = lock_json(lock).encode()
    try:
        if path.is_file() and path.read_bytes() == raw:
            return False
    except OSError:
        pass  # what cannot be read is written anew, or refused below
    replace(path, raw, _WHAT)
    return True


def read_lock(path: Path) -> Lock:
    """The lock in a file.

    Raises UsageError when there is none, UnreadableInput when it is not one: too large, no JSON, a key
    twice, a value of another kind, a model twice, or a digest that is not that of the values beside it.
    """
    lock = parsed(read_bytes(path, MAX_BYTES, _WHAT, Message("Make one with --update-lock.")), Lock, path)
    counted = Counter(Named(each.id, each.revision) for each in lock.models)
    twice = next((named for named, times in counted.items() if times > 1), None)
    if twice is not None:
        raise UnreadableInput(
            "The lock file '{path}' holds {id} twice.", _HINT, path=path, id=repr(twice.id[:100])
        )
    for each in lock.models:
        _check(each, path)
    return lock.model_copy(update={"models": tuple(sorted(lock.models, key=_order))})


def lock_if_any(path: Path) -> Lock | None:
    """The lock that is to be written anew; None where there is none, or none that can be read.

    For that is what the error of `read_lock` asks for: to write it anew.
    """
    try:
        return read_lock(path)
    except OsaidError:
        return None


def read_bytes(path: Path, most: int, what: Message, hint: Message) -> bytes:
    """A file that the user named. Raises UsageError when there is none, UnreadableInput otherwise."""
    try:
        if not path.is_file():
            raise UsageError("There is no {what} '{path}'.", hint, what=what, path=path)
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        raise UnreadableInput(
            "The {what} '{path}' cannot be read: {why}.",
            "Check the path.",
            what=what,
            path=path,
            why=reason(error),
        ) from None
    if len(raw) > most:
        raise UnreadableInput(
            "The {what} '{path}' is larger than {most} bytes.",
            "Check the path.",
            what=what,
            path=path,
            most=most,
        )
    return raw


def parsed(raw: bytes, record: type[R], path: Path, hint: Message = _HINT) -> R:
    """Strictly: each key once, no NaN, no number for a text. Raises UnreadableInput with the place."""
    try:
        plain = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
        return record.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableInput("'{path}' is not valid: {why}.", hint, path=path, why=wrong_in(first)) from None
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, a key twice, a number of 5000 digits
        if isinstance(error, _WrongError):
            raise UnreadableInput(
                "'{path}' is not valid JSON: {why}.", hint, path=path, why=error.what
            ) from None
        raise UnreadableInput("'{path}' is not valid JSON.", hint, path=path) from None


def replace(path: Path, raw: bytes, what: Message) -> None:
    """Put a file in place in one step, so that nobody reads half of it. Raises UsageError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
            Path(name).chmod(_mode(path))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise UsageError(
            "The {what} '{path}' cannot be written: {why}.",
            "Check the path.",
            what=what,
            path=path,
            why=reason(error),
        ) from None


def _mode(path: Path) -> int:
    """That of the file it replaces, else what any new file gets that everybody may read."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644


def _order(model: LockedModel) -> tuple[str, str]:
    return order(Named(model.id, model.revision))


def _check(model: LockedModel, path: Path) -> None:
    """Whether the digests are those of the values: after a merge by hand they often are not."""
    for name, part in ((_LICENSE, model.license), (_VERDICT, model.verdict)):
        if digest_of(part) != part.sha256:
            raise UnreadableInput(
                "'{path}' was changed by hand: the {part} of {id} is not what its digest says.",
                _HINT,
                path=path,
                part=name,
                id=repr(model.id[:100]),
            )


class _WrongError(ValueError):
    """What is wrong with JSON that the parser would take."""

    def __init__(self, what: Message) -> None:
        super().__init__(str(what))
        self.what = what


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _WrongError(Message("the key {key} stands twice", key=repr(twice[:60])))
    return found


def _refuse(word: str) -> NoReturn:
    raise _WrongError(Message("{word} is no value", word=word))
