"""Standard output for data, standard error for the rest; no secret and no control character there."""

import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any, TextIO

import click

from osaid_audit.errors import InternalError, OsaidError
from osaid_audit.messages import Message, say

if TYPE_CHECKING:
    from osaid_audit.schema.base import Level, Text

_TOKEN = re.compile(r"\b(hf_|gh[oprsu]_|github_pat_)[A-Za-z0-9_]{16,}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_REPORT_IT = Message("Please report this with the command you ran; -v shows the details.")


def _environment_secrets() -> set[str]:
    return set(filter(None, [os.environ.get("GITHUB_TOKEN", "").strip()]))


@dataclass
class Console:
    """How much is said, and what must never be: shared by one run of the command line."""

    quiet: bool = False
    verbose: bool = False
    secrets: set[str] = field(default_factory=_environment_secrets)

    def clean(self, text: str) -> str:
        """One printable line without the token: names and replies from outside end up in messages."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return _UNSAFE.sub("\ufffd", _TOKEN.sub(r"\1***", text))

    def error(self, message: str, hint: str = "") -> None:
        """`error:` one sentence, `next:` what to do."""
        _say(self.clean(say("error: {message}", message=message)))
        if hint:
            _say(self.clean(say("next: {hint}", hint=hint)))

    def failure(self, error: OsaidError, about: str = "") -> None:
        """An error of one model; `about` names it when there are several."""
        inner = isinstance(error, InternalError)
        sentence = say("internal error: {error}", error=error) if inner else str(error)
        hint = error.hint or (str(_REPORT_IT) if inner else "")
        named = about not in sentence
        self.error(say("{name}: {what}", name=about, what=sentence) if named else sentence, hint)
        if isinstance(error, InternalError):
            self.trace(error)

    def note(self, text: str) -> None:
        """One line for a person, unless -q."""
        if not self.quiet:
            _say(self.clean(text))

    @contextmanager
    def counting(self, total: int) -> Iterator[Callable[[Any], None] | None]:
        """Count finished models in one line that is rewritten; only where somebody is watching."""
        if self.quiet or self.verbose or not sys.stderr.isatty():
            yield None
            return
        finished, lock = count(1), Lock()

        def done(model: Any) -> None:
            with lock:
                _say(f"\r\x1b[K{next(finished)}/{total} {self.clean(str(model))[:60]}", end="")

        _say(f"0/{total}", end="")
        try:
            yield done
        finally:
            _say("\r\x1b[K", end="")

    @contextmanager
    def requests(self) -> Iterator[None]:
        """With -v, say each request that the gathering wing logs."""
        if not self.verbose:
            yield
            return
        logger, handler = logging.getLogger("osaid_audit"), _Speaker(self)
        before = logger.level
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(before)

    def trace(self, error: BaseException) -> None:
        """The traceback, for those who asked with -v."""
        if self.verbose:
            for line in "".join(traceback.format_exception(error)).splitlines():
                _say(self.clean(line))


class _Speaker(logging.Handler):
    """Log records as lines on standard error."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.INFO)
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        _say(self._console.clean(record.getMessage()))


def leveled(level: "Level", model: str, message: "Text") -> str:
    """An alert as one line."""
    lines = {
        "error": Message("error: {model}: {message}", model=model, message=message),
        "warning": Message("warning: {model}: {message}", model=model, message=message),
        "note": Message("note: {model}: {message}", model=model, message=message),
    }
    return str(lines[level])


def color_wanted(stream: TextIO) -> bool:
    """Whether to color: NO_COLOR says no, FORCE_COLOR yes, else only a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def emit(text: str) -> None:
    """Data to standard output. A reader that has gone (`| head`) is no error."""
    try:
        click.echo(text, nl=not text.endswith("\n"), color=True)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare() -> None:
    """UTF-8 into files and pipes; on a terminal that cannot show a character, a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _say(text: str, end: str = "\n") -> None:
    try:
        click.echo(text + end, nl=False, err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
