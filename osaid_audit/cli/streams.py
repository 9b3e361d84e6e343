"""Standard output for data, standard error for the rest; no secret and no control character there."""

import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import count
from shutil import get_terminal_size
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

import click

from osaid_audit.errors import InternalError, OsaidError
from osaid_audit.messages import Message, say

if TYPE_CHECKING:
    from osaid_audit.schema.base import Level, Text

_TOKEN = re.compile(r"\b(hf_|gh[oprsu]_|github_pat_)[A-Za-z0-9_]{16,}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LINKING_SIGNS = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
_LINKING = {"iTerm.app", "WezTerm", "vscode", "ghostty", "xterm-kitty", "xterm-ghostty", "foot", "alacritty"}
_LEAST_COLUMNS = 60
_VTE_BROKEN = 5000
"""VTE 0.50.0 shows links and crashes on some; later ones are right."""
_SURE = 3
"""Finished models from which on the end is estimated."""
_REPORT_IT = Message("Please report this with the command you ran; -v shows the details.")


def _environment_secrets() -> set[str]:
    return set(filter(None, [os.environ.get("GITHUB_TOKEN", "").strip()]))


@dataclass
class Console:
    """How much is said, and what must never be: shared by one run of the command line."""

    quiet: bool = False
    verbose: bool = False
    secrets: set[str] = field(default_factory=_environment_secrets)
    counts: bool = field(default=False, init=False)

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

    def failures(self, errors: "Sequence[tuple[str, OsaidError]]") -> None:
        """Errors of several models: a line each, and each next step once."""
        hints: dict[str, None] = {}
        for about, error in errors:
            inner = isinstance(error, InternalError)
            sentence = say("internal error: {error}", error=error) if inner else str(error)
            self.error(sentence if about in sentence else say("{name}: {what}", name=about, what=sentence))
            hints[error.hint or (str(_REPORT_IT) if inner else "")] = None
            if inner:
                self.trace(error)
        for hint in filter(None, hints):
            _say(self.clean(say("next: {hint}", hint=hint)))

    def note(self, text: str) -> None:
        """One line for a person, unless -q; above the count of models, where there is one."""
        if not self.quiet:
            self.aside()
            _say(self.clean(text))

    def waiting(self, seconds: float) -> None:
        """All requests wait for the Hub's quota."""
        self.note(say("the Hub's quota is used up; waiting {n} s", n=round(seconds)))

    def aside(self) -> None:
        """Take the count of models away, where there is one: something is written to the terminal."""
        if self.counts:
            _say("\r\x1b[K", end="")

    @contextmanager
    def counting(self, total: int, before: int = 0) -> Iterator[Callable[[Any], None] | None]:
        """Count finished models, how many a second and how long it will take, in one line.

        Only where somebody is watching. `before` of them were done earlier, and say nothing of the speed.
        """
        if self.quiet or self.verbose or not sys.stderr.isatty():
            yield None
            return
        finished, lock, began = count(1), Lock(), monotonic()

        def done(model: Any) -> None:
            with lock:
                number = next(finished)
                pace = _pace(number - before, total - number, monotonic() - began) if total > 1 else ""
                line = f"{number}/{total}  {pace}{self.clean(str(model))}"
                _say(f"\r\x1b[K{line[: get_terminal_size().columns - 1]}", end="")

        _say(f"0/{total}", end="")
        self.counts = True
        try:
            yield done
        finally:
            self.counts = False
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


def _pace(finished: int, left: int, seconds: float) -> str:
    """How many a second, and about how long the rest takes; nothing before anything was finished."""
    if finished <= 0:
        return ""
    rate = finished / max(seconds, 0.001)
    rest = round(left / rate)
    if left and finished >= _SURE:
        minutes, rest = divmod(rest, 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
        return say("{rate}/s, {time} left", rate=f"{rate:.1f}", time=clock) + "  "
    return f"{rate:.1f}/s  "


def leveled(level: "Level", model: str, message: "Text") -> str:
    """An alert as one line."""
    lines = {
        "error": Message("error: {model}: {message}", model=model, message=message),
        "warning": Message("warning: {model}: {message}", model=model, message=message),
        "note": Message("note: {model}: {message}", model=model, message=message),
    }
    return str(lines[level])


def columns(most: int) -> int | None:
    """The columns of the terminal that standard output is, from 60 to `most`; None when it is none."""
    return min(max(get_terminal_size().columns, _LEAST_COLUMNS), most) if sys.stdout.isatty() else None


def color_wanted(stream: TextIO) -> bool:
    """Whether to color: NO_COLOR says no, FORCE_COLOR yes, else only a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def links_wanted(stream: TextIO) -> bool:
    """Whether to write links (OSC 8): only on a terminal that is known to show them, never in a file or pipe.

    FORCE_HYPERLINK=1 says yes for a terminal we do not know, FORCE_HYPERLINK=0 no; NO_COLOR and a terminal
    inside tmux or screen, which may be any, say no.
    """
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    forced = os.environ.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in {"", "0"}
    if any(os.environ.get(name) for name in ("NO_COLOR", "CI", "TMUX", "STY")):
        return False
    return _shows_links()


def _shows_links() -> bool:
    if any(os.environ.get(name) for name in _LINKING_SIGNS):
        return True
    named = {os.environ.get("TERM_PROGRAM"), os.environ.get("TERM")}
    vte = os.environ.get("VTE_VERSION", "")
    return bool(named & _LINKING) or (vte.isascii() and vte.isdecimal() and int(vte[:9]) > _VTE_BROKEN)


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
