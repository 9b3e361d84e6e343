"""A lock and new answers -> what changed: a license, a card and the rules are told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from osaid_audit.policy.lock import words
from osaid_audit.policy.lock.make import Answers, Named, locked, order
from osaid_audit.policy.lock.terms import Difference, differences, shown
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Text
from osaid_audit.schema.lock import Changed, Lock, LockedModel, LockedVerdict
from osaid_audit.schema.policy import Change
from osaid_audit.schema.report import Report

_SHORT = 12
"""Characters of a digest or commit that people read."""


def compare(lock: Lock, answers: Answers, *, whole: bool = True) -> tuple[Changed, ...]:
    """What is not as the lock says, in the order of ids and revisions; nothing when all is.

    whole  the answers are of everything that is in use: what the lock holds beside them is `gone`
    A model that could not be audited changes nothing here: that it was not is an error of its own.
    """
    held = {Named(each.id, each.revision): each for each in lock.models}
    given = dict(answers)
    found: list[tuple[Named, Changed]] = []
    for named, answer in given.items():
        if isinstance(answer, Report):
            found += ((named, each) for each in _of_one(held.get(named), locked(named, answer)))
    if whole:
        found += (
            (named, _changed(held[named], "gone", words.GONE, None, None)) for named in held.keys() - given
        )
    return tuple(changed for _, changed in sorted(found, key=lambda each: order(each[0])))


def _of_one(was: LockedModel | None, now: LockedModel) -> Iterator[Changed]:
    if was is None:
        yield _changed(now, "new", words.NEW, None, _standing(now))
        return
    yield from _Pair(was, now).changes()


@dataclass(frozen=True)
class _Pair:
    """One model as locked and as found."""

    was: LockedModel
    now: LockedModel

    def changes(self) -> Iterator[Changed]:
        """The license first, since it is what the rest most often follows from."""
        yield from self._license()
        yield from self._verdict()
        yield from self._rules()
        yield from self._card()
        yield from self._commit()

    @cached_property
    def _differences(self) -> tuple[Difference, ...]:
        return differences(self.was, self.now)

    @property
    def _moved(self) -> bool:
        return self.was.commit != self.now.commit

    @property
    def _other_card(self) -> bool:
        """Not where it was not read then and the commit is the same: then it is the same card."""
        before, after = self.was.card_sha256, self.now.card_sha256
        return before != after and not (before is None and not self._moved)

    @property
    def _other_verdict(self) -> bool:
        return self.was.verdict.sha256 != self.now.verdict.sha256

    @property
    def _other_rules(self) -> bool:
        return self.was.rules.sha256 != self.now.rules.sha256

    @property
    def _judged_otherwise(self) -> bool:
        """A newer program may read the same text otherwise, by the same rules."""
        return self._other_rules or self.was.rules.tool != self.now.rules.tool

    @property
    def _of_license(self) -> tuple[Difference, ...]:
        """The differences that are the license's: all but those that only our own change can have made."""
        return tuple(
            each
            for each in self._differences
            if each.unsure or not (each.still and (self._judged_otherwise or each.attested))
        )

    @property
    def _of_rules(self) -> tuple[Difference, ...]:
        return tuple(each for each in self._differences if each not in self._of_license)

    def _license(self) -> Iterator[Changed]:
        found = self._of_license
        if not found:
            return
        details = words.joined(each.text for each in found)
        unsure = all(each.unsure for each in found)
        text = (
            words.license_unknown(details)
            if unsure
            else words.license_changed(details, rules_too=self._judged_otherwise)
        )
        terms = (self.was.license, self.now.license)
        before, after = (
            f"{shown(each.terms.license, each.terms.cls)}, {_short(each.sha256)}" for each in terms
        )
        yield self._say("license", text, before, after).model_copy(update={"unsure": unsure})

    def _verdict(self) -> Iterator[Changed]:
        if not self._other_verdict:
            return
        details = words.joined(_moves(self.was.verdict, self.now.verdict))
        text = words.verdict_changed(details, self._cause)
        yield self._say("verdict", text, _standing(self.was), _standing(self.now))

    @property
    def _cause(self) -> Text:
        """Why the verdict changed, as far as it is known."""
        model = self._moved or self._other_card or bool(self._of_license)
        if self._judged_otherwise:
            return words.BY_EITHER if model else words.BY_RULES
        if self._of_license:
            return words.WITH_LICENSE
        if self._other_card:
            return words.WITH_CARD
        return words.WITH_COMMIT if self._moved else words.BY_NEITHER

    def _rules(self) -> Iterator[Changed]:
        """Other rules, a newer program or a reviewer, that read the same words otherwise."""
        readings = [each.text for each in self._of_rules]
        if not self._other_rules and not readings:
            return
        before, after = (_judged_by(each) for each in (self.was, self.now))
        told = words.joined(readings) if readings else None
        if told is not None and not self._judged_otherwise:
            text = words.by_attestation(told)
        else:
            text = words.rules_moved(before, after, told, verdict=self._other_verdict)
        yield self._say("rules", text, before, after, follows=self._other_verdict)

    def _card(self) -> Iterator[Changed]:
        if self._other_card:
            told = bool(self._of_license) or self._other_verdict
            lost, unread = self.now.card_sha256 is None, self.was.card_sha256 is None
            text = words.card_changed(lost=lost, unread=unread, alone=not told)
            yield self._say("card", text, self.was.card_sha256, self.now.card_sha256, follows=told)

    def _commit(self) -> Iterator[Changed]:
        """A name that leads elsewhere is always told; a new commit by what changed in it, if anything did."""
        was, now = self.was, self.now
        if was.canonical_id != now.canonical_id:
            text = words.renamed(plain(was.canonical_id), plain(now.canonical_id))
            yield self._say("commit", text, was.canonical_id, now.canonical_id)
        elif self._moved:
            told = bool(self._of_license) or self._other_verdict or self._other_card
            text = words.commit_moved(_short(was.commit), _short(now.commit), alone=not told)
            yield self._say("commit", text, was.commit, now.commit, follows=told)

    def _say(
        self, kind: Change, text: Text, was: str | None, now: str | None, *, follows: bool = False
    ) -> Changed:
        return _changed(self.now, kind, text, was, now).model_copy(update={"follows": follows})


def _changed(model: LockedModel, kind: Change, text: Text, was: str | None, now: str | None) -> Changed:
    return Changed(
        id=model.id, revision=model.revision, commit=model.commit, kind=kind, message=text, was=was, now=now
    )


def _moves(was: LockedVerdict, now: LockedVerdict) -> Iterator[Text]:
    """Every value of the verdict that is another one: label, verdicts, then findings."""
    yield from _each({"label": was.label}, {"label": now.label})
    yield from _each({"label, at most": was.at_most}, {"label, at most": now.at_most})
    yield from _each(was.frameworks, now.frameworks)
    yield from _each(was.findings, now.findings)


def _each(was: Mapping[str, str | None], now: Mapping[str, str | None]) -> Iterator[Text]:
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield words.moved(plain(name), was.get(name), now.get(name))


def _standing(model: LockedModel) -> str:
    """Label and verdicts in one line."""
    verdict = model.verdict
    values: Sequence[str] = [verdict.label] if verdict.label else []
    others = [
        f"{name}: {value}" for name, value in sorted(verdict.frameworks.items()) if value != verdict.label
    ]
    return ", ".join((*values, *others))


def _judged_by(model: LockedModel) -> str:
    rules = model.rules
    return f"{rules.version} ({_short(rules.sha256)}, {rules.tool})"


def _short(text: str | None) -> str:
    return text[:_SHORT] if text else "unknown"
