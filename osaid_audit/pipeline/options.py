"""What the library's verbs are asked with: which model, where to look, what to judge by."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

from osaid_audit.evaluate import RuleSet
from osaid_audit.gather.settings import Settings
from osaid_audit.policy.attestations import Given
from osaid_audit.schema.attestation import Attestation

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
    max_wait     longest pause in seconds that the Hub's quota may ask for: 60, of several models 310
    connections  requests in flight at once: 8, of several models half as many as audits, 8 to 32
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
    max_wait: float | None
    connections: int | None
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


def settings_of(options: GatherOptions) -> Settings:
    """The gathering wing's settings; what was left out keeps its default there."""
    given: dict[str, Any] = {
        key: value for key, value in options.items() if key != "revision" and value is not None
    }
    if "allow_hosts" in given:
        given["allow_hosts"] = tuple(options["allow_hosts"])
    return Settings(**given)
