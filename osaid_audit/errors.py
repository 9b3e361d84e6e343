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

Each error is one sentence (`str(error)`) and the next step (`error.hint`).
"""


class OsaidError(Exception):
    """Root of the tree; `exit_code` is what the command line ends with."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(OsaidError):
    """The call or its configuration is wrong."""

    exit_code = 2


class RuleFileError(UsageError):
    """A rule, framework or license file is wrong; the place is part of the sentence."""

    def __init__(self, place: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{place}: {problem}", hint or "Mend the file and run 'osaid-audit rules check'.")
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
