"""Everything that can stop an audit, as one tree.

    OsaidError
    ├── UsageError             exit 2   the call or its configuration is wrong
    │   └── RuleFileError      exit 2   a rule or framework file is wrong, with its place
    ├── CannotAudit            exit 3   there is nothing to judge, or it cannot be reached
    │   ├── NotFound           exit 3   missing, or private and not readable with this token
    │   ├── Unreachable        exit 3   network, server or rate limit
    │   ├── OfflineMiss        exit 3   offline, and not on this machine
    │   └── UnreadableInput    exit 3   a dossier, report or list given by the user cannot be read
    └── InternalError          exit 4   ours

Each error is one sentence (`str(error)`) and the next step (`error.hint`), in English unless the command
line speaks another language. An error knows what it says in each: `in_language`.
"""

from osaid_audit.messages import Lang, Message


class OsaidError(Exception):
    """Root of the tree; `exit_code` is what the command line ends with.

    Sentence and hint are keys of the catalogue: written where the error is raised, with `{name}` where a
    value belongs.
    """

    exit_code = 4

    def __init__(self, sentence: str | Message, hint: str | Message = "", /, **values: object) -> None:
        super().__init__(sentence)
        self._sentence = _with(sentence, values)
        self._hint = _with(hint, values)

    def __str__(self) -> str:
        return str(self._sentence)

    @property
    def hint(self) -> str:
        """The next step; empty when there is none to name."""
        return str(self._hint)

    def in_language(self, lang: Lang) -> tuple[str, str]:
        """The sentence and the next step in that language, whatever is spoken."""
        return self._sentence.said(lang), self._hint.said(lang)


class UsageError(OsaidError):
    """The call or its configuration is wrong."""

    exit_code = 2


class RuleFileError(UsageError):
    """A rule, framework or license file is wrong; the place is part of the sentence."""

    def __init__(self, place: str, problem: str | Message, hint: str = "") -> None:
        super().__init__("{place}: {problem}", hint or _MEND, place=place, problem=problem)
        self.place = place


class CannotAudit(OsaidError):  # noqa: N818 - it is a statement about the audit, the tree reads better so
    """There is nothing to judge, or it cannot be reached."""

    exit_code = 3


class NotFound(CannotAudit):
    """The repository is missing, or private and not readable with this token."""


class Unreachable(CannotAudit):
    """The network, the server or a rate limit stands in the way."""


class OfflineMiss(CannotAudit):
    """Offline was asked for and the answer is not on this machine."""


class UnreadableInput(CannotAudit):
    """A dossier, report or list that the user named cannot be read."""


class InternalError(OsaidError):
    """A fault of the tool itself."""


_MEND = Message("Mend the file and run 'osaid-audit rules check'.")


def _with(said: str | Message, values: dict[str, object]) -> Message:
    return said.filled(**values) if isinstance(said, Message) else Message(said, **values)
