"""What was asked of a model and by whom: which answers of a run directory do for which question."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from osaid_audit.gather.fetching.cache import reader_of
from osaid_audit.gather.settings import GITHUB_PAGES, Settings
from osaid_audit.schema.dossier import CodeRepository, Dossier

NOBODY = reader_of(None)
_SALT = "osaid-audit run"
_UNREAD = frozenset({"gated", "not_found_or_private"})
"""What a token might have read."""
_COMMIT = re.compile(r"[0-9a-f]{40}")


class Reach(NamedTuple):
    """What limits gathering, as far as answers depend on it: the settings, and who reads (`reader_of`).

    reader       by the token for the Hub
    code_reader  by the token for GitHub
    """

    settings: Settings
    reader: str = NOBODY
    code_reader: str = NOBODY

    @classmethod
    def of(cls, settings: Settings) -> "Reach":
        """That of these settings, with the tokens that they find now."""
        return cls(settings, reader_of(settings.secret()), reader_of(settings.github_secret()))


class Asked(NamedTuple):
    """One question: a model at a revision, and by whom."""

    model: str
    revision: str | None
    reach: Reach

    @property
    def key(self) -> str:
        """What the file of the answer is named by: a hash, which tells no token."""
        settings = self.reach.settings
        asked = [
            *(_SALT, self.model, self.revision, settings.endpoint, settings.github_endpoint),
            *(settings.links, sorted(settings.allow_hosts), settings.offline),
            *(self.reach.reader, self.reach.code_reader),
        ]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]

    def as_good(self) -> Iterator["Asked"]:
        """The question itself, then those of others whose answers do as well.

        Offline what was read online is as good, and with a token what was read without one, where nothing was
        closed: `says_all`. What a token has read is for that token alone: no other may be able to read it.
        """
        settings, reader, code_reader = self.reach
        for place in [settings, replace(settings, offline=False)] if settings.offline else [settings]:
            for one in dict.fromkeys((reader, NOBODY)):
                for other in dict.fromkeys((code_reader, NOBODY)):
                    yield self._replace(reach=Reach(place, one, other))

    def is_answered(self, dossier: Dossier) -> bool:
        """Whether the dossier speaks of that; a branch or tag may since be another commit."""
        subject, revision = dossier.subject, self.revision
        same = subject.id == self.model and dossier.endpoint == self.reach.settings.endpoint
        moved = revision and _COMMIT.fullmatch(revision) and subject.revision not in {None, revision}
        return same and not moved and not (dossier.token_used and self.reach.reader == NOBODY)

    def says_all(self, dossier: Dossier, reach: Reach) -> bool:
        """Whether one with the tokens of that reach could not have read more than this one did."""
        closed = self.reach.reader != reach.reader and any(
            problem.state in _UNREAD for problem in dossier.problems
        )
        hidden = self.reach.code_reader != reach.code_reader and any(
            code.found is False for code in _on_github(dossier)
        )
        return not (closed or hidden)

    def needed(self, dossier: Dossier) -> "Asked":
        """The same without what the answer does not rest on: a token for GitHub that had nothing to read.

        So a job that is given a new token each day asks again only about the models that link code there.
        """
        if self.reach.settings.links and _on_github(dossier):
            return self
        return self._replace(reach=self.reach._replace(code_reader=NOBODY))


def _on_github(dossier: Dossier) -> list[CodeRepository]:
    return [code for code in dossier.code if code.url.startswith(GITHUB_PAGES)]
