"""Which language the command line speaks, and how click comes to speak it."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from osaid_audit.messages import LANGUAGES, Lang, translate, translate_counted

OPTION: Final = "--lang"
VARIABLE: Final = "OSAID_AUDIT_LANG"

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = frozenset({"", "c", "posix"})


def chosen(arguments: Sequence[str]) -> Lang:
    """The language of a run: --lang, else the environment's.

    It must be known before click reads the command line, since click's first word may be an error. A word
    that is no language of ours is passed over here; click refuses it.
    """
    named = [lang for word in _asked(arguments) if (lang := _known(word))]
    return named[-1] if named else preferred()


def preferred() -> Lang:
    """The environment's: OSAID_AUDIT_LANG, else what the locale says, else English."""
    said = (_known(word) for word in (os.environ.get(VARIABLE, ""), *_of_locale()))
    return next((lang for lang in said if lang), "en")


def teach_click() -> None:
    """Let click ask our catalogue for its own sentences.

    click knows gettext's global domain only: that takes a folder, which a zipped wheel is not, and chooses
    by the environment alone. So its modules get our two functions in the place of gettext's.
    """
    ours = {"_": translate, "ngettext": translate_counted}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for word, mine in ours.items():
                if getattr(getattr(module, word, None), "__module__", "") == "gettext":
                    setattr(module, word, mine)


def _asked(arguments: Sequence[str]) -> Iterator[str]:
    """The values of --lang, up to `--`."""
    for at, word in enumerate(arguments):
        if word == "--":
            return
        name, equals, value = word.partition("=")
        if name == OPTION:
            yield value if equals else "".join(arguments[at + 1 : at + 2])


def _of_locale() -> Iterator[str]:
    """The languages that the locale prefers, as gettext reads them: LANGUAGE says more, unless it is C."""
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    if locale and _primary(locale) in _NO_LANGUAGE:
        return
    yield from os.environ.get("LANGUAGE", "").split(":")
    yield locale


def _known(word: str) -> Lang | None:
    primary = _primary(word)
    return next((lang for lang in LANGUAGES if lang == primary), None)


def _primary(locale: str) -> str:
    """`fr` of `fr_FR.UTF-8`."""
    return re.split(r"[_.@-]", locale.strip().lower(), maxsplit=1)[0]
