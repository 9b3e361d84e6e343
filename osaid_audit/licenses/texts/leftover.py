"""What differs, for a reader: the words, their lines, and the clauses they hint at."""

from osaid_audit.licenses.clauses import find_clauses
from osaid_audit.licenses.texts import titles
from osaid_audit.licenses.texts.recognise import Modified
from osaid_audit.schema.licenses import Residual

_QUOTE = 600
_MAX_ITEMS = 60


def describe(found: Modified) -> tuple[Residual, ...]:
    """The residual in the order of the text, at most sixty items."""
    text, comparison = found.text, found.comparison
    items = [
        Residual(
            words=text.raw(start, end)[:_QUOTE],
            first_line=text.line(start),
            last_line=text.line(end - 1),
            clauses=tuple(dict.fromkeys(hit.id for hit in find_clauses(text.raw(start, end)))),
        )
        for start, end in comparison.extra
        if start or titles.longest(text, 0, comparison.known.id) < end
    ]
    items += [
        Residual(first_line=text.line(at), last_line=text.line(at), missing=count)
        for at, count in comparison.missing
    ]
    return tuple(sorted(items, key=lambda each: (each.first_line, each.missing))[:_MAX_ITEMS])
