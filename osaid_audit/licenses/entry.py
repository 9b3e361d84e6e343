"""What the license table holds: one strict record per license, and one per clause."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from osaid_audit.schema.base import Freedom, Record, Text
from osaid_audit.schema.licenses import ClauseId, LicenseClass

EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$", max_length=80)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$", max_length=300)]


class TextSource(Record):
    """Where the row was learnt and when it was read there.

    `text`: the license text was read; `hub`: an excerpt or the Hub's own list; `secondary`: a page about
    it; `unverified`: known from memory only, which never establishes a class of its own. `name`
    is that of a file, page or package, else words of ours in both languages; `url` is the place itself, or
    the package that holds the text.
    """

    kind: Literal["text", "hub", "secondary", "unverified"]
    name: Name | Text
    url: Url | None = None
    date: date


class ClauseUse(Record):
    """One clause of a license: where it stands and which freedoms it takes.

    `place` is a number or heading of the text itself, else words of ours in both languages; `freedoms`
    defaults to those of the clause; `when` is the condition of a clause that does not bind everyone, in
    which case it enters neither class nor breaks.
    """

    id: ClauseId
    place: Name | Text
    freedoms: tuple[Freedom, ...] | None = None
    when: Text | None = None


class Policies(Record):
    """Policy files that the license itself makes part of its terms: file names and URLs."""

    place: Name
    files: tuple[Name, ...] = ()
    links: tuple[Name, ...] = ()


class Entry(Record):
    """One license or family.

    hub_ids     ids the Hub accepts in `license`
    aliases     strings seen in `license_name` or prose; several entries may bear the same one
    links       URLs of the canonical text; `*` stands for one path segment, at the end for any rest
    family      a family without a version, or no name at all: never enough by itself
    members     of a family: the prefixes of the ids that belong to it
    stands_for  SPDX ids this id leaves open (GPL-3.0: -only or -or-later); OSI must approve all
    mentions    False when the names are too ordinary to be recognised in prose
    """

    id: EntryId
    name: Name | None = None
    hub_ids: tuple[Name, ...] = ()
    aliases: tuple[Name, ...] = ()
    links: tuple[Name, ...] = ()
    family: bool = False
    members: tuple[Name, ...] = ()
    stands_for: tuple[EntryId, ...] = ()
    clauses: tuple[ClauseUse, ...] = ()
    policies: Policies | None = None
    source: TextSource
    note: Text | None = None
    mentions: bool = True


class KnownEntry(Entry):
    """An entry with what the table derives from it; nothing here is written by hand.

    `cls` and `breaks` follow from the unconditional clauses, `osi_approved` and `fsf_libre` from the SPDX
    list alone. The two lists differ: neither decides for the other.
    """

    title: str
    cls: LicenseClass = Field(alias="class")
    breaks: tuple[Freedom, ...] = ()
    osi_approved: bool | None = None
    fsf_libre: bool | None = None
    origin: str = ""

    @property
    def clause_ids(self) -> tuple[ClauseId, ...]:
        """The clauses that bind everyone, in order."""
        return tuple(dict.fromkeys(clause.id for clause in self.clauses if clause.when is None))


class Clause(Record):
    """A kind of restriction, and the freedoms it takes. Wordings that hint at it are in `rules/prose`."""

    id: ClauseId
    title: Text
    explanation: Text
    freedoms: tuple[Freedom, ...] = ()
