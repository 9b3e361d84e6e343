"""A template as a tree: words, places for a name, optional parts and alternatives.

It is written as text with marks from the private use area in it, so that the very same code that cuts the
words of a license cuts those of a template.
"""

import re
from dataclasses import dataclass, field

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


def linear(node: Node) -> tuple[list[str], list[tuple[int, int]]]:
    """The words with every option in and the usual alternatives, and the places that may be left out."""
    words: list[str] = []
    optional: list[tuple[int, int]] = []

    def walk(part) -> None:
        if isinstance(part, str):
            words.append(part)
            return
        if part.kind == "slot":
            return
        start = len(words)
        for each in part.parts[:1] if part.kind == "alt" else part.parts:
            walk(each)
        if part.kind in {"opt", "alt"} and len(words) > start:
            optional.append((start, len(words)))

    walk(node)
    return words, optional
