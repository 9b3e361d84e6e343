"""Records about licenses: table entries, identified texts, statements and what they add up to."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import Basis, Fact, Freedom, Record, Source

ClauseId = Literal[
    "field_of_use",
    "acceptable_use_policy",
    "mutable_policy",
    "noncommercial",
    "research_only",
    "revenue_threshold",
    "user_threshold",
    "geography",
    "output_training_ban",
    "naming",
    "branding",
    "remote_restriction",
    "must_update",
    "guardrail_lock",
    "unilateral_change",
    "revocable",
    "flow_down",
    "no_derivatives",
    "no_redistribution",
    "personal",
]
LicenseClass = Literal[
    "noncommercial",
    "no-derivatives",
    "use-restricted",
    "threshold-restricted",
    "custom-unknown",
    "open-not-osi",
    "osi",
    "none",
]
RESTRICTED: tuple[LicenseClass, ...] = (
    "noncommercial",
    "no-derivatives",
    "use-restricted",
    "threshold-restricted",
)
OPEN: frozenset[LicenseClass] = frozenset({"osi", "open-not-osi"})
PRECEDENCE: tuple[LicenseClass, ...] = (*RESTRICTED, "custom-unknown", "open-not-osi", "osi")
"""Worst first: the more restrictive of two identified sides decides (design §2.6)."""

UNIDENTIFIED = "LicenseRef-unidentified"
"""The id of terms that nobody identified; it names no license, and people are told so in words."""

Match = Literal["exact", "near", "modified", "mention", "unknown"]


class Residual(Record):
    """A stretch of a text that the known text does not have, or a place where words of it are missing.

    words    as written, at most 600 characters; empty where words are missing
    missing  how many words of the known text are missing near `first_line`, or stood in place of the words
    clauses  clauses found by pattern in these words; they decide nothing
    holds    ids of other licenses whose text, whole or changed, the words are
    """

    words: str = ""
    first_line: int
    last_line: int
    missing: int = 0
    clauses: tuple[ClauseId, ...] = ()
    holds: tuple[str, ...] = ()


class Identification(Record):
    """What a license text was found to be; the contract of `license --format json`.

    `similarity` is 0..1. Only `exact` may carry `osi_approved: true`. `breaks` lists the freedoms taken
    away by the clauses of an identified entry; `leads` are clauses found by pattern, which decide nothing.
    `base` is the license that a `near` or `modified` text comes from; `ids` lists the licenses of a file
    that holds several, whose relation (all of them, or a choice) is for a human to say. `alike` lists other
    licenses that a `near` or `modified` text may as well come from, and restricted ones hardly farther.
    """

    match: Match
    id: str | None = None
    name: str | None = None
    similarity: float | None = None
    osi_approved: bool | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    clauses: tuple[ClauseId, ...] = ()
    breaks: tuple[Freedom, ...] = ()
    leads: tuple[ClauseId, ...] = ()
    residual: tuple[Residual, ...] = ()
    base: str | None = None
    ids: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


Covers = Literal["weights", "code", "data", "documentation", "other"]
"""What terms govern; `other` is a part that is neither: pictures, samples, works of third parties."""

Role = Literal["declared", "misspelt", "name", "link", "tag", "header", "file", "policy", "gate", "prose"]
"""Who speaks; `header` is that of a weight file, as far as the Hub's reply shows it."""


class Statement(Record):
    """One thing said about the license, by whom (`role`) and where.

    value      as written: the id, name, URL, or path of the file
    read       False: it exists and could not be read
    text       what the text behind it is, when there is a text
    component  path prefix of the component it speaks of; "" for the whole
    covers     what it governs; a code license is not the weights' license
    stands_in  the text is a recorded copy from elsewhere, so it proves nothing about the file itself
    unconfirmed  only the Hub's reply says so, not the card it was taken from: it may restrict, never open
    """

    role: Role
    value: str
    source: Source
    read: bool = True
    text: Identification | None = None
    component: str = ""
    covers: Covers = "weights"
    stands_in: bool = False
    unconfirmed: bool = False


class Search(Record):
    """How far the search for a grant went; all true is what makes an absence an observed one.

    `sources` are the places searched (card, listing, prompt): an observed absence is cited to them.
    """

    card_parsed: bool = False
    card_language_read: bool = False
    prose_searched: bool = False
    listing_complete: bool = False
    problem_pending: bool = False
    base_declared: bool = False
    sources: tuple[Source, ...] = ()


class Declared(Record):
    """A declared license as written (list members apart) and the license it was taken for."""

    value: str
    role: Role
    id: str | None = None
    source: Source | None = None


class Concluded(Record):
    """The subject's own terms, as far as the evidence carries; `on_the_word_of` those who correct them."""

    id: str
    name: str | None = None
    cls: LicenseClass = Field(alias="class")
    basis: Basis
    osi_approved: bool | None = None
    clauses: tuple[ClauseId, ...] = ()
    breaks: tuple[Freedom, ...] = ()
    on_the_word_of: str | None = None


class Component(Record):
    """A part of the subject with a license of its own."""

    path: str
    id: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")


class LicenseFile(Record):
    """A license-like or policy file of the repository and what it was found to be; no `match` when unread."""

    path: str
    match: Match | None = None
    id: str | None = None
    similarity: float | None = None
    covers: str = "weights"
    leads: tuple[ClauseId, ...] = ()
    source: Source | None = None


class Conflict(Record):
    """Two sides that disagree, or of which nobody can say whether they agree, each quoted with its place."""

    left: Declared
    right: Declared


class LicenseBlock(Record):
    """The `license` part of dossier and report: the subject's own terms only."""

    declared: tuple[Declared, ...] = ()
    concluded: Concluded | None = None
    components: tuple[Component, ...] = ()
    files: tuple[LicenseFile, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def said(self, *roles: Role) -> Declared | None:
        """The first thing declared in one of these roles, the first role first."""
        return next((each for role in roles for each in self.declared if each.role == role), None)


class Conclusion(Record):
    """What all statements add up to: the block to show and the `license.*` facts to judge by."""

    block: LicenseBlock
    facts: dict[str, Fact]
