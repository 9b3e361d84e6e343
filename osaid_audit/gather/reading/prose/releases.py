"""What one sentence says about the release of data and code, read by its grammar.

A clause is a list of things with a predicate: "we release <things>", "<things> are not available". Only what
is named as the training data of this model, or as the code that trained, evaluated or prepared it, counts; a
sentence that asks, supposes, reports, promises or speaks of others says nothing. The words are data, in
`rules/prose/releases.yaml`.
"""

from dataclasses import dataclass, replace

from osaid_audit.gather.reading.prose.named_parts import Clause, Things, clauses, part_of, things_at
from osaid_audit.resources import Pattern

_LONGEST = 600
"""Characters of a sentence that is read; a longer one is a list or a trap."""

_MAY_TELL = Pattern("releases", "may_tell")
_DOUBT = Pattern("releases", "doubt")
_LEAD_IN = Pattern("releases", "lead_in")
_PLAIN_LEAD = Pattern("releases", "plain_lead")
_WE_GIVE = Pattern("releases", "we_give")
_WE_MAKE = Pattern("releases", "we_make")
_MADE = Pattern("releases", "made")
_MADE_HELD = Pattern("releases", "made_held")
_WE_KEEP = Pattern("releases", "we_keep")
_WE_DENY = Pattern("releases", "we_deny")
_WE_MAKE_NOT = Pattern("releases", "we_make_not")
_YOU_CAN = Pattern("releases", "you_can")
_YOU_CANNOT = Pattern("releases", "you_cannot")
_DENIES = Pattern("releases", "denies")
_ASIDE = Pattern("releases", "aside")
_IS_GIVEN = Pattern("releases", "is_given")
_IS_AT = Pattern("releases", "is_at")
_LIVES = Pattern("releases", "lives")
_AFTER_LABEL = Pattern("releases", "told_after_label")
_LABEL = Pattern("releases", "label")
_IS_KEPT = Pattern("releases", "is_kept")
_IS_DENIED = Pattern("releases", "is_denied")
_NOT_THESE = Pattern("releases", "not_these")
_CODE_ITSELF = Pattern("releases", "code_itself")
_ONLY_PART = Pattern("releases", "only_part")
_NOT_EITHER = Pattern("releases", "is_not_either")
_ALSO_SO = Pattern("releases", "also_so")
_NEUTRAL = Pattern("releases", "neutral")
_INSIDE = Pattern("releases", "inside")
_GIVEN_TAIL = Pattern("releases", "given_tail")
_KEPT_TAIL = Pattern("releases", "kept_tail")
_REASON = Pattern("releases", "reason")
_BUSINESS = Pattern("releases", "business")
_NOT_GIVEN = Pattern("releases", "not_given")
_NOT_KEPT = Pattern("releases", "not_kept")
_GIVES_AFTER_ALL = Pattern("releases", "gives_after_all")
_IN_FULL = Pattern("releases", "in_full")
_RUNS_CODE = Pattern("releases", "runs_code")


@dataclass(frozen=True)
class Claim:
    """What a clause says of some things.

    `given`    released, else kept back
    `bare`     it needs a link beside it to be worth anything
    `label`    what stands behind "Training code:", which must be the link itself
    `partly`   of a part only
    `plain`    nothing before it limits it
    `reason`   law, rights, persons or technique are named as the reason
    `behind`   the rest of the sentence
    """

    parts: frozenset[str]
    given: bool
    bare: bool = False
    label: str = ""
    partly: bool = False
    plain: bool = True
    reason: bool = False
    behind: str = ""


def claims(text: str) -> tuple[Claim, ...]:
    """What a sentence says is released or kept back. Time grows with its length, which is bounded."""
    if len(text) > _LONGEST or not _MAY_TELL.search(text) or _DOUBT.search(text):
        return ()
    found = [claim for clause in clauses(text) if (claim := _of_clause(clause)) is not None]
    if _RUNS_CODE.search(text) and not _NOT_GIVEN.search(text):
        found.append(Claim(frozenset({"training"}), given=True, bare=True))
    return tuple(found)


def _of_clause(clause: Clause) -> Claim | None:
    """The claim of one clause: its lead-in taken off, then the first grammar that fits."""
    rest, plain = clause.text, True
    for _ in range(2):
        lead = _LEAD_IN.match(rest)
        if lead is not None:
            plain = plain and _PLAIN_LEAD.fullmatch(lead[0]) is not None
            rest = rest[lead.end() :]
    claim = _active(rest) or _passive(rest, clause.before) or _inside(rest)
    if claim is None or not claim.parts:
        return None
    if claim.given:
        return None if _NOT_GIVEN.search(clause.text + clause.behind) else claim
    behind = claim.behind + clause.behind
    said = clause.text.removesuffix(claim.behind)
    if _NOT_KEPT.search(_ONLY_PART.sub("", said)) or _GIVES_AFTER_ALL.search(behind):
        return None
    reason = _REASON.search(said) is not None and not _BUSINESS.search(said)
    return replace(claim, plain=plain and not claim.partly, reason=reason, behind=behind)


def _active(rest: str) -> Claim | None:
    """The grammar of "we release", "we do not publish", "you can download"."""
    for pattern in (_WE_DENY, _WE_KEEP, _YOU_CANNOT):
        verb = pattern.match(rest)
        if verb is not None:
            partly, listed = part_of(rest[verb.end() :])
            return _kept(things_at(listed), partly=bool(partly))
    for pattern in (_WE_GIVE, _YOU_CAN):
        verb = pattern.match(rest)
        if verb is not None:
            return _handed_out(rest[verb.end() :], bare=pattern is _YOU_CAN)
    for pattern in (_WE_MAKE_NOT, _WE_MAKE):
        verb = pattern.match(rest)
        if verb is not None:
            return _made(things_at(rest[verb.end() :]), denied=pattern is _WE_MAKE_NOT)
    return None


def _handed_out(listed: str, *, bare: bool) -> Claim | None:
    """What is released; of a part only, the rest is kept back or nothing is said of it."""
    partly, listed = part_of(listed)
    things = things_at(listed)
    if partly:
        return _kept(things, partly=True) if partly == "only" else None
    return _given(things, bare=bare)


def _made(things: Things | None, *, denied: bool) -> Claim | None:
    """The grammar of "we make <things> public", "we keep <things> private"."""
    if things is None:
        return None
    held = None if denied else _MADE_HELD.match(things.tail)
    end = held or _MADE.match(things.tail)
    if end is None:
        return None
    moved = replace(things, tail=things.tail[end.end() :])
    return _kept(moved) if denied or held else _given(moved, bare=False)


def _passive(rest: str, before: str) -> Claim | None:
    """The grammar of "<things> are released", "none of <things> is public", "<things>: <link>"."""
    left_out = _NOT_THESE.match(rest)
    if left_out is not None and _speaks_of_release(before):
        things = things_at(rest[left_out.end() :])
        return Claim(things.parts, given=False) if things and _ended(things.tail) else None
    denies = _DENIES.match(rest)
    partly, listed = part_of(rest[denies.end() :] if denies else rest)
    things = things_at(listed)
    if things is None:
        return None
    aside = _ASIDE.match(things.tail)
    things = replace(things, tail=things.tail[aside.end() :]) if aside else things
    if denies:
        return _kept(_after(_IS_DENIED, things))
    if partly == "only":
        return _kept(_after(_IS_GIVEN, things), partly=True)
    return _kept_back(things, partly=True) if partly else _told(things, before)


def _after(pattern: Pattern, things: Things) -> Things | None:
    """The things with what stands behind their predicate; None without that predicate."""
    end = pattern.match(things.tail)
    return replace(things, tail=things.tail[end.end() :]) if end else None


def _told(things: Things, before: str) -> Claim | None:
    """The predicate of a list of things: given, at a place, labelled, denied by ellipsis, or denied."""
    for pattern in (_IS_GIVEN, _LIVES, _IS_AT, _AFTER_LABEL):
        told = _after(pattern, things)
        if told is not None:
            return _given(told, bare=not _IN_FULL.match(told.tail))
    label = _after(_LABEL, things)
    if label is not None and "data" not in things.parts and _CODE_ITSELF.search(things.last):
        return Claim(things.parts, given=True, bare=True, label=label.tail.strip(" ."))
    if _NOT_EITHER.match(things.tail) and _speaks_of_release(before):
        return Claim(things.parts, given=False)
    return _kept_back(things)


def _kept_back(things: Things, *, partly: bool = False) -> Claim | None:
    """One predicate of denial, or several of one mind: "is internal and will stay closed"."""
    neutral = _NEUTRAL.match(things.tail)
    if neutral is not None:
        things = _and_so(replace(things, tail=things.tail[neutral.end() - 1 :])) or things
    told = _after(_IS_KEPT, things)
    more = _and_so(told) if told else None
    further = _after(_IS_KEPT, more) if more else None
    return _kept(further or told, partly=partly)


def _and_so(things: Things) -> Things | None:
    """Things before their second predicate: "and" stands where the first one ended."""
    also = _ALSO_SO.match(things.tail)
    return replace(things, tail=f" {things.tail[also.end() :]}") if also else None


def _inside(rest: str) -> Claim | None:
    """Data within the training data that is kept back: "contains records that cannot be shared"."""
    end = _INSIDE.search(rest)
    return _kept(Things(frozenset({"data"}), rest[end.end() :]), partly=True) if end else None


def _given(things: Things | None, *, bare: bool) -> Claim | None:
    if things is None or not (_ended(things.tail) or _GIVEN_TAIL.match(things.tail)):
        return None
    return Claim(things.parts, given=True, bare=bare)


def _kept(things: Things | None, *, partly: bool = False) -> Claim | None:
    """Kept back, when nothing behind it limits that to a place, a person or a time.

    A part says nothing of code.
    """
    if things is None:
        return None
    end = _KEPT_TAIL.match(things.tail)
    if not end and not _ended(things.tail):
        return None
    parts = things.parts & {"data"} if partly else things.parts
    return Claim(parts, given=False, partly=partly, behind=things.tail[end.end() :] if end else "")


def _ended(tail: str) -> bool:
    return not tail.strip(" .!")


def _speaks_of_release(before: str) -> bool:
    return _IS_GIVEN.search(before) is not None or _WE_GIVE.search(before) is not None
