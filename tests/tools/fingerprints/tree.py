"""A template as a tree: words, places for a name, optional parts and alternatives.

It is written as text with marks from the private use area in it, so that the very same code that cuts the
words of a license cuts those of a template.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from osaid_audit.licenses.texts import copyright as notices
from osaid_audit.licenses.texts.words import _WORD, plain

OPT, TPO, ALT, SEP, TLA, SLOT = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
MARKS = OPT + TPO + ALT + SEP + TLA + SLOT


@dataclass
class Node:
    """`seq` of parts; `opt` of parts; `alt` of seqs, the first being the usual one; `slot`."""

    kind: str
    parts: list = field(default_factory=list)


def parse(text: str) -> Node:
    """The tree of a text with marks."""
    one = "\n".join(map(_noticed, plain(text).split("\n")))
    tokens = _WORD.findall(one.lower())
    node, at = _seq(tokens, 0, "")
    assert at == len(tokens), "unbalanced marks"
    return node


def _noticed(line: str) -> str:
    """A copyright line may be there or not, in a template as in a text."""
    bare = re.sub(f"[{MARKS}]", " ", line.replace(SLOT, "Acme"))
    if line.count(OPT) != line.count(TPO) or line.count(ALT) != line.count(TLA) or ALT in line:
        return line
    if not notices.is_notice(bare):
        return line
    address = re.search(r"\s<?https?://\S+\s*$", line)  # it may stand on a line of its own
    at = address.start() if address and not set(address[0]) & set(MARKS) else len(line)
    return f"{OPT}{line[:at]}{TPO}{OPT}{line[at:]}{TPO}"


def _seq(tokens: list[str], at: int, stop: str) -> tuple[Node, int]:
    seq = Node("seq")
    while at < len(tokens) and tokens[at] not in stop + SEP * (TLA in stop):
        token = tokens[at]
        if token == OPT:
            inner, at = _seq(tokens, at + 1, TPO)
            if inner.parts:
                seq.parts.append(Node("opt", inner.parts))
        elif token == ALT:
            choices = []
            while True:
                inner, at = _seq(tokens, at + 1, TLA)
                choices.append(inner)
                if tokens[at] == TLA:
                    break
            seq.parts.append(Node("alt", choices))
        elif token == SLOT:
            seq.parts.append(Node("slot"))
        else:
            seq.parts.append(token)
        at += 1
    return seq, at


class Line(NamedTuple):
    """A tree as one line of words: every option in, the usual alternatives.

    words      the words
    optional   places that may be left out, begin and end
    slots      where a name may stand, the number of the word behind it
    wordings   other wordings: the place they stand for, begin and end, and their words; None is a name
    """

    words: list[str]
    optional: list[tuple[int, int]]
    slots: list[int]
    wordings: list[tuple[int, int, tuple[str, ...] | None]]


def linear(node: Node) -> Line:
    """The tree as one line of words."""
    line = Line([], [], [], [])
    _walk(node, line)
    return line


def _walk(part, line: Line) -> None:
    if isinstance(part, str):
        line.words.append(part)
        return
    start = len(line.words)
    if part.kind == "slot":
        line.slots.append(start)
        return
    for each in part.parts[:1] if part.kind == "alt" else part.parts:
        _walk(each, line)
    end = len(line.words)
    if part.kind == "opt" and end > start:
        line.optional.append((start, end))
    if part.kind == "alt":
        for other in map(linear, part.parts[1:]):
            _choose(other, line, start, end)


def _choose(other: Line, line: Line, start: int, end: int) -> None:
    """Another wording of a place: words, a name, the rest of a copyright notice, or nothing."""
    if other.words and not other.slots:
        line.wordings.append((start, end, tuple(other.words)))
    elif other.slots and line.words[start - 1 : start] in (["copyright"], ["c"]):
        line.optional.append((_of_notice(line.words, start), end))
    elif other.slots:
        line.wordings.append((start, end, None))
    elif end > start:
        line.optional.append((start, end))


def _of_notice(words: list[str], at: int) -> int:
    """Where a copyright notice begins whose year and holder begin here; texts are read without notices."""
    while at and words[at - 1] in {"copyright", "c"}:
        at -= 1
    return at
