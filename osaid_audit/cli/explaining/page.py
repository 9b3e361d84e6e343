"""What is shown of one name, and how it is wrapped."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from osaid_audit.render.words import Words

Parts = tuple[tuple[str, str], ...]


class Page(NamedTuple):
    """What is shown of one name: `parts` are (heading, text); a part without text is left out."""

    kind: str
    name: str
    title: str
    parts: Parts = ()

    def lines(self, width: int) -> Iterator[str]:
        """The page, wrapped."""
        yield f"{self.name} ({self.kind})"
        yield from textwrap.wrap(self.title, width)
        for heading, text in self.parts:
            if text:
                yield from ("", heading)
                listed = text.splitlines()
                for line in listed:
                    yield from wrapped(line, width, hanging=len(listed) > 1)


def wrapped(text: str, width: int, *, hanging: bool) -> list[str]:
    """One paragraph, indented, of a list the lines after the first a little more; ids stay whole."""
    return textwrap.wrap(
        text,
        width,
        initial_indent="  ",
        subsequent_indent="    " if hanging else "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def parts(words: "Words", texts: Mapping[str, str]) -> Parts:
    """The texts under their headings, the empty ones left out."""
    return tuple((words(f"explain.{key}"), text) for key, text in texts.items() if text)
