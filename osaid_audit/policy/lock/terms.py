"""What differs between two readings of the terms: what the publisher wrote, and what it was read as."""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.policy.lock import words
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Text
from osaid_audit.schema.lock import LockedBase, LockedLicense, LockedModel, LockedPart, LockedTerms

_NAME = 120
"""Characters of a path, a key or an id that a sentence shows."""


class Difference(NamedTuple):
    """One difference of the terms.

    text      in words, without a full stop
    still     the repository it stands in is at the same commit: who judged read it otherwise, then or now
    unsure    it could not be compared, which is no proof that it is the same
    attested  a reviewer says what the terms are, then or now
    """

    text: Text
    still: bool = False
    unsure: bool = False
    attested: bool = False


def differences(was: LockedModel, now: LockedModel) -> tuple[Difference, ...]:
    """Everything that differs in the terms of a model and of its bases."""
    still = _is_same(was.commit, now.commit)
    return (
        *_files(was.license.terms, now.license.terms, still=still),
        *_keys(was.license.terms, now.license.terms, still=still),
        *_readings(was.license.terms, now.license.terms, still=still),
        *_bases(was.license, now.license, still=still),
    )


def shown(license_id: str | None, cls: str | None) -> str:
    """A license with its class, for people."""
    name = plain(license_id, _NAME) if license_id else None
    if name and cls:
        return f"{name} ({cls})"
    return name or cls or "undecided"


def _is_same(was: str | None, now: str | None) -> bool:
    return was is not None and was == now


def _files(was: LockedTerms, now: LockedTerms, *, still: bool) -> Iterator[Difference]:
    before, after = ({file.path: file.sha256 for file in each.files} for each in (was, now))
    for path in sorted({*before, *after}):
        name = plain(path, _NAME)
        if path not in after:
            yield Difference(words.file_gone(name), still)
        elif path not in before:
            yield Difference(words.file_new(name), still)
        elif before[path] is not None and after[path] is None:
            yield Difference(words.file_lost(name), unsure=True)
        elif before[path] is None and not still:
            yield Difference(words.file_unknown(name), unsure=True)
        elif before[path] is not None and before[path] != after[path]:
            yield Difference(words.file_changed(name))


def _keys(was: LockedTerms, now: LockedTerms, *, still: bool) -> Iterator[Difference]:
    before, after = set(was.declared), set(now.declared)
    yield from (Difference(words.key_gone(plain(key, _NAME)), still) for key in sorted(before - after))
    yield from (Difference(words.key_new(plain(key, _NAME)), still) for key in sorted(after - before))


def _readings(was: LockedTerms, now: LockedTerms, *, still: bool) -> Iterator[Difference]:
    before, after = shown(was.license, was.cls), shown(now.license, now.cls)
    if before != after:
        attested = bool(was.attested or now.attested)
        yield Difference(words.read_as(before, after), still, attested=attested)
    for word in sorted(set(was.said) ^ set(now.said)):
        yield Difference(words.said(plain(word, _NAME), now=word in now.said), still)
    parts, others = ({part.path: _part(part) for part in each.components} for each in (was, now))
    for path in sorted({*parts, *others}):
        one, other = parts.get(path, "undecided"), others.get(path, "undecided")
        if one != other:
            yield Difference(words.part_read_as(plain(path, _NAME), one, other), still)


def _part(part: LockedPart) -> str:
    return shown(part.license, part.cls)


def _bases(was: LockedLicense, now: LockedLicense, *, still: bool) -> Iterator[Difference]:
    before, after = ({(each.via or "", each.id): each for each in side.lineage} for side in (was, now))
    commits, others = ({each.id: each.commit for each in side.lineage} for side in (was, now))
    for key in sorted({*before, *after}):
        via, name = key[0], plain(key[1], _NAME)
        here = _is_same(commits.get(via), others.get(via)) if via else still
        if key not in after:
            yield Difference(words.base_gone(name), here)
        elif key not in before:
            terms = shown(after[key].license, after[key].cls)
            yield Difference(words.base_new(name, terms), here)
        else:
            yield from _base(name, before[key], after[key], declared_still=here)


def _base(name: str, was: LockedBase, now: LockedBase, *, declared_still: bool) -> Iterator[Difference]:
    still = _is_same(was.commit, now.commit)
    if was.relation != now.relation:
        yield Difference(words.base_relation(name, was.relation, now.relation), declared_still)
    if now.terms is None and was.terms is not None:
        yield Difference(words.base_lost(name), unsure=True)
    elif was.terms is None and (was.commit, was.terms) != (now.commit, now.terms) and not still:
        yield Difference(words.base_unknown(name), unsure=True)
    elif was.terms is not None and was.terms != now.terms:
        yield Difference(words.base_terms(name), still)
    before, after = _standing(was), _standing(now)
    if before != after:
        yield Difference(words.base_read_as(name, before, after), still)


def _standing(base: LockedBase) -> str:
    """Its terms, or why they are not known."""
    known = shown(base.license, base.cls)
    return f"{known}, {plain(base.problem, _NAME)}" if base.problem else known
