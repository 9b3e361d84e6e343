"""Code repositories as their hosts show them: whether they exist, at which commit, with which files.

Each repository is read once in a run, through its host's door. The Hub's token goes to none of them.
"""

from osaid_audit.gather.fetching.failures import FailureError
from osaid_audit.gather.fetching.github import GitHub
from osaid_audit.gather.fetching.gitlab import PAGES, GitLab
from osaid_audit.gather.fetching.transport import Logged
from osaid_audit.gather.raw import CodeHost, Missed
from osaid_audit.gather.settings import Settings


class CodeHosts:
    """One run's view of the code hosts; share it between audits."""

    def __init__(self, settings: Settings, log: list[Logged]) -> None:
        self._github = GitHub(settings, log)
        self._gitlab = GitLab(settings, log)

    def read(self, url: str, round_: int) -> CodeHost | Missed:
        """The repository behind its page's address; it takes three rounds at most, from `round_` on."""
        try:
            if url.startswith(PAGES):
                return self._gitlab.read(url, round_)
            return self._github.read(url, round_)
        except FailureError as error:
            return Missed(url, url, error.failure.state, error.failure.detail)
