"""What differs between two readings of the terms: what the publisher wrote, and what it was read as."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from osaid_audit.policy.lock import words
from osaid_audit.schema.base import Text
from osaid_audit.schema.lock import LockedBase, LockedLicense, LockedModel, LockedPart, LockedTerms

Sort = Literal["written", "unknown", "read"]


class Difference(NamedTuple):
    """One difference of the terms.

    sort   written: the publisher's words changed; unknown: they could not be compared, which is no proof that
           they are the same; read: they were taken for something else
    still  of a reading: the repository it was read in is at the same commit
    text   the same in words, without a full stop
    """

    sort: Sort
    text: Text
    still: bool = False


def differences(was: LockedModel, now: LockedModel) -> tuple[Difference, ...]:
    """Everything that differs in the terms of a model and of its bases."""
    still = was.commit is not None and was.commit == now.commit
    return (
        *_files(was.license.terms, now.license.terms, still=still),
        *_keys(was.license.terms, now.license.terms),
        *_readings(was.license.terms, now.license.terms, still=still),
        *_bases(was.license, now.license),
    )


def shown(license_id: str | None, cls: str | None) -> str:
    """A license with its class, for people."""
    if license_id and cls:
        return f"{license_id} ({cls})"
    return license_id or cls or "undecided"


def _files(was: LockedTerms, now: LockedTerms, *, still: bool) -> Iterator[Difference]:
    before, after = ({file.path: file.sha256 for file in each.files} for each in (was, now))
    for path in sorted({*before, *after}):
        if path not in after:
            yield Difference("written", words.file_gone(path))
        elif path not in before:
            yield Difference("written", words.file_new(path))
        elif before[path] is not None and after[path] is None:
            yield Difference("unknown", words.file_lost(path))
        elif before[path] is None and not still:
            yield Difference("unknown", words.file_unknown(path))
        elif before[path] is not None and before[path] != after[path]:
            yield Difference("written", words.file_changed(path))


def _keys(was: LockedTerms, now: LockedTerms) -> Iterator[Difference]:
    yield from (
        Difference("written", words.key_gone(key)) for key in was.declared if key not in set(now.declared)
    )
    yield from (
        Difference("written", words.key_new(key)) for key in now.declared if key not in set(was.declared)
    )


def _readings(was: LockedTerms, now: LockedTerms, *, still: bool) -> Iterator[Difference]:
    before, after = shown(was.license, was.cls), shown(now.license, now.cls)
    if before != after:
        yield Difference("read", words.read_as(before, after), still)
    for word in sorted({*was.said, *now.said}):
        if (word in was.said) != (word in now.said):
            yield Difference("read", words.said(word, now=word in now.said), still)
    parts, others = ({part.path: _part(part) for part in each.components} for each in (was, now))
    for path in sorted({*parts, *others}):
        one, other = parts.get(path, "undecided"), others.get(path, "undecided")
        if one != other:
            yield Difference("read", words.part_read_as(path, one, other), still)


def _part(part: LockedPart) -> str:
    return shown(part.license, part.cls)


def _bases(was: LockedLicense, now: LockedLicense) -> Iterator[Difference]:
    before, after = ({(each.via or "", each.id): each for each in side.lineage} for side in (was, now))
    for key in sorted({*before, *after}):
        if key not in after:
            yield Difference("written", words.base_gone(key[1]))
        elif key not in before:
            yield Difference("written", words.base_new(key[1], shown(after[key].license, after[key].cls)))
        else:
            yield from _base(before[key], after[key])


def _base(was: LockedBase, now: LockedBase) -> Iterator[Difference]:
    still = was.commit is not None and was.commit == now.commit
    if was.relation != now.relation:
        yield Difference("written", words.base_relation(was.id, was.relation, now.relation))
    if now.terms is None and was.terms is not None:
        yield Difference("unknown", words.base_lost(was.id))
    elif was.terms is None and (was.commit, was.terms) != (now.commit, now.terms) and not still:
        yield Difference("unknown", words.base_unknown(was.id))
    elif was.terms is not None and was.terms != now.terms:
        yield Difference("written", words.base_terms(was.id))
    before, after = _standing(was), _standing(now)
    if before != after:
        yield Difference("read", words.base_read_as(was.id, before, after), still)


def _standing(base: LockedBase) -> str:
    """Its terms, or why they are not known."""
    known = shown(base.license, base.cls)
    return f"{known}, {base.problem}" if base.problem else known
