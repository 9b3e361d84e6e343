"""Whether two voices speak of the same license."""

from collections.abc import Iterable, Mapping, Sequence

from osaid_audit.licenses import table
from osaid_audit.licenses.resolve import resolve, resolve_link
from osaid_audit.licenses.voices import Voice, names_unknown
from osaid_audit.schema.licenses import OPEN, RESTRICTED, Conflict, Declared, Statement

_LISTED = frozenset({"declared", "tag"})
_NAMING = frozenset({"declared", "tag", "name", "header"})
_TEXTS = frozenset({"file", "link", "gate"})
_Lists = Mapping[tuple[str | None, ...], Sequence[str]]


def conflicts(deciding: Voice, voices: Sequence[Voice]) -> tuple[Conflict, ...]:
    """The voices that name another license than the deciding one, each pair with both sides.

    The same word in the reply, the card and a tag is one other side, not three.
    """
    found: dict[tuple[str, str | None], Conflict] = {}
    lists = _lists(voices)
    for voice in voices:
        if voice is not deciding and _differ(deciding, voice, lists):
            other = side(voice)
            found.setdefault((other.value, other.id), Conflict(left=side(deciding), right=other))
    return tuple(found.values())


def undecided(voices: Sequence[Voice]) -> tuple[Conflict, ...]:
    """What nobody can compare, each pair with both sides: it may or may not mean the same license.

    A text or sentence that is not identified stands against the first place that names a known license, and
    where there is none against the first name; a name that nobody knows against the first text.
    """
    known = [voice for voice in voices if voice.kind in {"identified", "hint"}]
    text = [voice for voice in voices if voice.role in _TEXTS]
    found: dict[tuple[str, str], Conflict] = {}
    for voice in voices:
        if voice.kind != "unknown":
            continue
        others = known or (text if voice.role in _NAMING else [])
        other = next((each for each in others if each.statement.value != voice.statement.value), None)
        if other is not None:
            pair = (voice.statement.value, other.statement.value)
            found.setdefault(pair, Conflict(left=side(voice), right=side(other)))
    return tuple(found.values())


def side(voice: Voice) -> Declared:
    """A voice as it is quoted."""
    known = None if voice.kind == "unknown" else voice.id
    said = voice.statement
    return Declared(value=said.value, role=said.role, id=known, source=said.source)


def declared(statement: Statement) -> Declared:
    """A statement as written, with the license it was taken for."""
    text = statement.text
    known = resolve_link(statement.value) if statement.role == "link" else resolve(statement.value)
    return Declared(
        value=statement.value,
        role=statement.role,
        id=text.id if text is not None and text.match == "exact" else known.id,
        source=statement.source,
    )


def same_license(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether the ids share a license; GPL-3.0 is -only or -or-later, a family its members."""
    mine, theirs = _meant(left), _meant(right)
    return bool(mine & theirs) or _member(mine, theirs) or _member(theirs, mine)


def yields(voice: Voice, texts: Sequence[Voice]) -> bool:
    """Whether a voice gives way to an exact text, because it does not say which license it means.

    A bare `other` or `unknown` always does. A family does to a text of one of its members, and to any
    text when nothing in the family restricts. An alias does to a text of one of those who bear it.
    """
    if not texts:
        return False
    if voice.kind != "vague":
        alias = len(voice.ids) > 1 and voice.cls == "custom-unknown"
        return alias and any(set(text.ids) <= set(voice.ids) for text in texts)
    members = [prefix for each in voice.ids for prefix in _members(each)]
    if not _may_restrict(members):
        return True
    return any(_starts(each, members) for text in texts for each in text.ids)


def _differ(deciding: Voice, voice: Voice, lists: _Lists) -> bool:
    if voice.kind == "unknown" or deciding.kind == "unknown":
        other = deciding if voice.kind == "unknown" else voice
        unsure = voice if voice.kind == "unknown" else deciding
        hinted = unsure.statement.text is not None and unsure.statement.text.leads
        return bool(hinted or names_unknown(unsure.statement)) and other.cls in OPEN
    mine, theirs = _group(deciding, lists), _group(voice, lists)
    if _nameless(deciding) or _nameless(voice) or mine is theirs:
        return False
    if deciding.role in _LISTED and _place(deciding) == _place(voice) and deciding.cls != voice.cls:
        return True
    if deciding.role in _LISTED and voice.role in _LISTED and len(mine) != len(theirs):
        return True
    return not same_license(mine, theirs)


def _lists(voices: Sequence[Voice]) -> _Lists:
    """The ids of each list by its place: made once, for a reply may have thousands of tags."""
    found: dict[tuple[str | None, ...], set[str]] = {}
    for voice in voices:
        if voice.role in _LISTED:
            found.setdefault(_place(voice), set()).update(voice.ids)
    return {place: sorted(ids) for place, ids in found.items()}


def _group(voice: Voice, lists: _Lists) -> tuple[str, ...]:
    """The ids of a voice together with those of the same list."""
    return voice.ids if voice.role not in _LISTED else tuple(lists.get(_place(voice), voice.ids))


def _place(voice: Voice) -> tuple[str | None, ...]:
    source = voice.statement.source
    return (voice.role, source.url, source.path)


def _nameless(voice: Voice) -> bool:
    """Whether the voice names no license at all, so that nothing can contradict it."""
    return voice.kind == "vague" and not any(_members(each) for each in voice.ids)


def _meant(ids: Iterable[str]) -> set[str]:
    found = set(ids)
    for each in tuple(found):
        row = table.entry(each)
        found.update(row.stands_for if row else ())
    return found


def _member(families: set[str], ids: set[str]) -> bool:
    prefixes = [prefix for family in families for prefix in _members(family)]
    return any(_starts(each, prefixes) for each in ids)


def _members(license_id: str) -> tuple[str, ...]:
    row = table.entry(license_id)
    return row.members if row is not None else ()


def _starts(license_id: str, prefixes: Sequence[str]) -> bool:
    return any(license_id.startswith(prefix) for prefix in prefixes)


def _may_restrict(prefixes: Sequence[str]) -> bool:
    return any(row.cls in RESTRICTED and _starts(row.id, prefixes) for row in table.entries())
