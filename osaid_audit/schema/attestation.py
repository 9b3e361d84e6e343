"""An attestation: a named reviewer's statements about one model, as in a YAML file (design §1, §2.3).

A draft is an attestation too: nobody has signed it, and a value of "?" is a question nobody has answered.
"""

import datetime as dt
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from osaid_audit.errors import InternalError
from osaid_audit.messages import Message
from osaid_audit.schema.base import FactValue, Record
from osaid_audit.schema.dossier import Digests
from osaid_audit.schema.names import SEALED, is_address, is_seal, is_visible, name_fault
from osaid_audit.schema.vocabulary import VOCABULARY, check

UNANSWERED = "?"
"""The value of a statement that its reviewer has not made yet."""

Sha1 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Short = Annotated[str, StringConstraints(max_length=200)]
Long = Annotated[str, StringConstraints(max_length=4000)]
Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^(https?://\S+)?$")]

Path = tuple[str | int, ...]
Fault = tuple[Path, Message]


class Reviewer(Record):
    """Who makes the statements; as written in the file, nobody checks it."""

    name: Short = Field(default="", description="full name; may be empty in a draft only")
    organization: Short | None = Field(default=None, description="on whose behalf")
    contact: Short | None = Field(default=None, description="how to ask back; it is shown in every report")


class Proof(Record):
    """Where a statement can be checked: an address, and what stood there."""

    url: Url = Field(default="", description="http(s) address; may be empty in a draft only")
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] | None = Field(
        default=None, description="of the bytes at that address"
    )
    quote: Annotated[str, StringConstraints(max_length=600)] | None = Field(
        default=None, description="a phrase that stands there"
    )


class Contradicted(Record):
    """The source that a correction overrides: what is given must be that of one source of the fact.

    A source outside the subject's own repository is named by its url, or by `repository` with the rest.
    """

    repository: Annotated[str, StringConstraints(max_length=300)] | None = Field(
        default=None, description="id of the repository on the Hub, where it is not the subject's own"
    )
    url: Url | None = Field(default=None, description="as the report gives it")
    path: Annotated[str, StringConstraints(max_length=1000)] | None = Field(
        default=None, description="of the file"
    )
    line: int | None = Field(default=None, description="in that file, from 1")
    pointer: Annotated[str, StringConstraints(max_length=1000)] | None = Field(
        default=None, description="JSON pointer into a reply of the Hub"
    )


class AttestedStatement(Record):
    """One fact, as the reviewer knows it.

    `false` for a fact that can only be true takes it back. Without a value, or with "?", nothing is said.
    """

    fact: Short = Field(description="its name, see docs/facts.md")
    value: FactValue = Field(default=UNANSWERED, description='the value; "?" while nobody has answered')
    evidence: Annotated[tuple[Proof, ...], Field(max_length=20)] = Field(
        default=(), description="where it can be checked; at least one place for an answer"
    )
    comment: Long | None = Field(default=None, description="in the reviewer's words")
    contradicts: Contradicted | None = Field(
        default=None, description="the source it overrides, where the fact is known with another value"
    )

    @property
    def answered(self) -> bool:
        """Whether a value is given."""
        return self.value != UNANSWERED


class Attestation(Record):
    """A reviewer's statements about one model at the named commits, or with the named content."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    subject: Annotated[str, StringConstraints(min_length=1, max_length=300)] = Field(
        description="id of the model"
    )
    revisions: Annotated[tuple[Sha1, ...], Field(max_length=50)] = Field(
        default=(), description="full commits that the statements hold for"
    )
    digests: Digests | None = Field(
        default=None, description="content they hold for whatever the commit: license texts and weights"
    )
    reviewer: Reviewer = Field(default=Reviewer(), description="who says so")
    date: Day = Field(default="", description="the day of signing, YYYY-MM-DD; empty in a draft only")
    expires: Day | None = Field(default=None, description="the last day the statements hold")
    signed: bool = Field(default=False, description="true: the reviewer stands by every answered statement")
    statements: Annotated[tuple[AttestedStatement, ...], Field(max_length=200)] = Field(
        default=(), description="one fact each"
    )

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        for path, problem in faults(self):
            told = {"problem": str(problem), "said": problem, "path": list(path)}
            raise PydanticCustomError("attestation", "{problem}", told)
        return self


def faults(attestation: Attestation) -> Iterator[Fault]:
    """What is wrong beyond the form of the fields, with its place in the file."""
    yield from _days(attestation)
    for name in ("name", "organization"):
        if is_seal(getattr(attestation.reviewer, name) or ""):
            yield ("reviewer", name), SEALED
    if attestation.signed:
        yield from _unsignable(attestation)
    seen: set[str] = set()
    for at, statement in enumerate(attestation.statements):
        place: Path = ("statements", at)
        problem = _fact_fault(statement)
        if problem:
            yield (*place, "fact" if statement.fact not in VOCABULARY else "value"), problem
        if statement.fact in seen:
            yield (*place, "fact"), Message("'{fact}' stands here twice", fact=statement.fact)
        seen.add(statement.fact)
        if statement.answered:
            yield from (((*place, *inner), said) for inner, said in _unproven(statement))


def _days(attestation: Attestation) -> Iterator[Fault]:
    for name in ("date", "expires"):
        day = getattr(attestation, name)
        if day and not _is_day(day):
            yield (name,), Message("'{day}' is not a day; write YYYY-MM-DD", day=day)
    if attestation.expires and attestation.date and attestation.expires < attestation.date:
        yield ("expires",), Message("it expires before it is signed")


def _unsignable(attestation: Attestation) -> Iterator[Fault]:
    problem = name_fault(attestation.reviewer.name)
    if problem:
        yield ("reviewer", "name"), problem
    if not attestation.date:
        yield ("date",), Message("a signed attestation needs the day of signing")
    if not attestation.revisions and attestation.digests is None:
        yield ("signed",), Message("a signed attestation names the commits under 'revisions', or 'digests'")


def _fact_fault(statement: AttestedStatement) -> Message | None:
    name, value = statement.fact, statement.value
    spec = VOCABULARY.get(name)
    if spec is None:
        near = get_close_matches(name, VOCABULARY, 1)
        if near:
            return Message("there is no fact of that name; did you mean '{near}'?", near=near[0])
        return Message("there is no fact of that name; docs/facts.md lists all")
    if not statement.answered or (spec.only_true and value is False):
        return None
    try:
        check(name, value)
    except InternalError:
        if spec.values:
            allowed = ", ".join(spec.values)
            return Message("the value of '{fact}' must be one of: {allowed}", fact=name, allowed=allowed)
        return Message("the value of '{fact}' must be {kind}", fact=name, kind=_KINDS[spec.type])
    return None


_KINDS = {
    "bool": Message("true or false, without quotes"),
    "int": Message("a whole number, without quotes"),
    "string": Message("a word"),
    "strings": Message("a list of words"),
}


def _unproven(statement: AttestedStatement) -> Iterator[Fault]:
    if not statement.evidence:
        yield (
            (),
            Message(
                "'{fact}' is answered without evidence; give a url, and a quote or a sha256",
                fact=statement.fact,
            ),
        )
    for at, proof in enumerate(statement.evidence):
        if not is_address(proof.url):
            yield (
                ("evidence", at, "url"),
                Message("evidence needs an address (https://...), every character of it visible"),
            )
        elif not (proof.sha256 or is_visible(proof.quote or "")):
            yield ("evidence", at), Message("evidence needs what stands at the address: a quote or a sha256")
    against = statement.contradicts
    if against is not None and not (against.url or against.path or against.pointer):
        yield ("contradicts",), Message("name the source: its url, its path (and line) or its pointer")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
