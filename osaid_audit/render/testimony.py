"""Attestations as every format shows them: who, when, used or not, each fact with its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from osaid_audit.render.places import place, quote, value
from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.words import Words
from osaid_audit.schema.attestation import Contradicted, Proof
from osaid_audit.schema.base import Source
from osaid_audit.schema.names import is_body, is_visible
from osaid_audit.schema.report import ReportedAttestation, ReportedStatement


@dataclass(frozen=True)
class Proven:
    """One place of evidence: what stands there, and its address when a link may lead there."""

    said: str
    url: str | None


@dataclass(frozen=True)
class Told:
    """One statement in words, with its evidence."""

    said: str
    proofs: tuple[Proven, ...]


@dataclass(frozen=True)
class Testimony:
    """One attestation in words."""

    head: str
    used: bool
    statements: tuple[Told, ...]


def signer(words: Words, name: str) -> str:
    """A reviewer's name; one that sounds like a body or a seal is marked as what it is: unchecked words."""
    shown = plain(name)
    return words("name.unchecked", name=shown) if is_body(name) else shown


def testimony(words: Words, record: ReportedAttestation) -> Testimony:
    """One attestation in words."""
    return Testimony(
        words("semicolon").join(_head(words, record)),
        record.ignored is None,
        tuple(_told(words, statement) for statement in record.statements),
    )


def _head(words: Words, record: ReportedAttestation) -> Iterable[str]:
    reviewer = record.reviewer
    told = [signer(words, reviewer.name) if is_visible(reviewer.name) else words("attestation.unnamed")]
    told += [signer(words, reviewer.organization)] if reviewer.organization else []
    told += [plain(each) for each in (reviewer.contact, record.date) if each]
    yield ", ".join(told)
    if record.ignored is None:
        yield words("attestation.used")
    else:
        yield words.name("ignored", record.ignored)
    if record.why is not None:
        yield prose(words.say(record.why)).removesuffix(".")
    if record.expires and record.ignored != "expired":
        yield words("attestation.until", day=plain(record.expires))
    yield words("place.sha256", sha256=plain(record.sha256))


def _told(words: Words, statement: ReportedStatement) -> Told:
    said = f"{plain(statement.fact)} = {value(words, statement.value)}"
    told = [prose(statement.comment)] if statement.comment else []
    if statement.contradicts is not None:
        told.append(words("attestation.overrides", place=_named(words, statement.contradicts)))
    if statement.why is not None:
        told.append(prose(words.say(statement.why)))
    whole = words.pair(said, " ".join(told)) if told else said
    return Told(whole, tuple(_proven(words, proof) for proof in statement.evidence))


def _named(words: Words, named: Contradicted) -> str:
    """The source as it was named; its repository or address too, since another one may have that file."""
    shown = place(words, Source(url=named.url, path=named.path, line=named.line, pointer=named.pointer))
    whole = [plain(each) for each in (named.repository, named.url) if each]
    return f"{shown} ({', '.join(whole)})" if whole and (named.path or named.pointer) else shown


def _proven(words: Words, proof: Proof) -> Proven:
    told = [plain(proof.url)]
    told += [quote(words, proof.quote)] if proof.quote else []
    told += [words("place.sha256", sha256=plain(proof.sha256))] if proof.sha256 else []
    return Proven(" ".join(told), http_url(proof.url))
