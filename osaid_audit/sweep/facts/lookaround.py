"""A pattern of Python's for an engine that cannot look to the side: the looks left out."""

_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


def without_lookaround(pattern: str) -> str:
    """The pattern without its lookaheads and lookbehinds, which matches whatever it matched before.

    Python's own matching stays with the readers; this is for sieves, which may match too much.
    """
    kept, at = [], 0
    while at < len(pattern):
        if pattern[at] == "\\":
            kept.append(pattern[at : at + 2])
            at += 2
        elif pattern.startswith(_LOOKS, at):
            at = _closed(pattern, at)
        elif pattern[at] == "[":
            end = _class_end(pattern, at)
            kept.append(pattern[at:end])
            at = end
        else:
            kept.append(pattern[at])
            at += 1
    return "".join(kept)


def _closed(pattern: str, start: int) -> int:
    """The place behind the parenthesis that closes the one at `start`."""
    deep, at = 0, start
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
            continue
        if pattern[at] == "[":
            at = _class_end(pattern, at)
            continue
        deep += (pattern[at] == "(") - (pattern[at] == ")")
        at += 1
        if not deep:
            return at
    return at


def _class_end(pattern: str, start: int) -> int:
    """The place behind the bracket that closes the class at `start`."""
    at = start + 1
    at += pattern[at : at + 1] == "^"
    at += pattern[at : at + 1] == "]"
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
