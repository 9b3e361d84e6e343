"""The things that a clause about releases speaks of: which are training data, and which are code for what.

A list of things is read from its beginning: "the weights, the training data and the code used for training".
The words are data, in `rules/prose/releases.yaml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from osaid_audit.resources import Pattern

_DATA = Pattern("releases", "data_thing")
_CODE = Pattern("releases", "code_thing")
_OTHER = Pattern("releases", "other_thing")
_NEXT = Pattern("releases", "next_thing")
_WORK = {
    "training": Pattern("releases", "training_word"),
    "evaluation": Pattern("releases", "checking_word"),
    "processing": Pattern("releases", "preparing_word"),
}
_WORKED_ON = Pattern("releases", "worked_on")
_ANYBODYS = Pattern("releases", "anybodys_code")
_BARE_DATA = Pattern("releases", "bare_data")
_BARE_CODE = Pattern("releases", "bare_code")
_SHARED_BEHIND = Pattern("releases", "shared_behind")
_DETERMINER = Pattern("releases", "with_determiner")
_ONLY_PART = Pattern("releases", "only_part")
_PART = Pattern("releases", "part")
_CLAUSE_START = Pattern("releases", "clause_start")
_HAS_VERB = Pattern("releases", "has_verb")
_MOST_THINGS = 8
_MOST_CLAUSES = 8


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that can stand alone, with what is before and behind it."""

    text: str
    before: str
    behind: str


@dataclass(frozen=True)
class Things:
    """A list of things: those that count, "data" and kinds of code; the text behind it; its last thing."""

    parts: frozenset[str]
    tail: str
    last: str = ""


@dataclass(frozen=True)
class _Thing:
    text: str
    parts: frozenset[str]


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a sentence, each from its beginning to the next that is sure to be one."""
    cuts = [(0, 0, True)]
    for found in _CLAUSE_START.finditer(text):
        sure = found[0][0] == ";" or any(char.isalpha() for char in found[0])  # "but", no mere comma
        if sure or _HAS_VERB.search(text[: found.start()]):
            cuts.append((found.start(), found.end(), sure))
        if len(cuts) == _MOST_CLAUSES:
            break
    for at, (_, begin, _) in enumerate(cuts):
        end = next((cut for cut, _, sure in cuts[at + 1 :] if sure), len(text))
        yield Clause(text[begin:end], text[:begin], text[end:])


def part_of(text: str) -> tuple[str, str]:
    """("only", rest), ("part", rest) or ("", text): whether the things that follow are meant in part only."""
    for pattern, kind in ((_ONLY_PART, "only"), (_PART, "part")):
        found = pattern.match(text)
        if found is not None:
            return kind, text[found.end() :]
    return "", text


def things_at(text: str) -> Things | None:
    """The list of things that a text begins with; None when it begins with something else."""
    found: list[_Thing] = []
    tail = ahead = text
    while len(found) < _MOST_THINGS and (thing := _thing(ahead)) is not None:
        found.append(thing)
        tail = ahead[len(thing.text) :]
        joint = _NEXT.match(tail)
        if joint is None:
            break
        ahead = tail[joint.end() :]
    if not found:
        return None
    return Things(
        frozenset(part for at in range(len(found)) for part in _meant(found, at)), tail, found[-1].text
    )


def _thing(text: str) -> _Thing | None:
    """The longest thing a text begins with; what is longer than data or code is another thing."""
    data, code, other = _DATA.match(text), _CODE.match(text), _OTHER.match(text)
    longest = max((len(found[0]) for found in (data, code, other) if found), default=0)
    if data is not None and len(data[0]) == longest:
        named = _WORK["training"].search(data[0]) is not None
        return _Thing(data[0], frozenset({"data"} if named else ()))
    if code is not None and len(code[0]) == longest:
        return _Thing(code[0], _kinds_of_code(code[0]))
    return _Thing(text[:longest], frozenset()) if longest else None


def _kinds_of_code(text: str) -> frozenset[str]:
    """What code is for; the data it works on does not tell, "fine-tuning scripts" may be for the reader."""
    work = _WORKED_ON.sub(" ", text)
    if _ANYBODYS.fullmatch(work):
        return frozenset()
    return frozenset(kind for kind, pattern in _WORK.items() if pattern.search(work))


def _meant(things: list[_Thing], at: int) -> frozenset[str]:
    """The parts one thing of a list stands for; a bare "data" or "code" has its purpose from its neighbours.

    "The data and the code used for training": from what follows. "Training data and code": from what
    precedes, unless a determiner begins anew.
    """
    thing = things[at]
    bare = "data" if _BARE_DATA.match(thing.text) else "training" if _BARE_CODE.match(thing.text) else ""
    if thing.parts or not bare:
        return thing.parts
    follows = any(
        each.parts & {"data", "training"} and _SHARED_BEHIND.search(each.text) for each in things[at + 1 :]
    )
    precedes = any(each.parts & {"data", "training"} for each in things[:at]) and not _DETERMINER.match(
        thing.text
    )
    return frozenset({bare} if follows or precedes else ())
