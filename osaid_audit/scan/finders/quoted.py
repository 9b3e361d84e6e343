"""What readers of several languages have in common: texts in quotes, comments, the places of what is met."""

import json

TEXT = r"""(?P<text>"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*')"""
"""A text in quotes on one line, for a pattern with `re.DOTALL`: a backslash takes what is behind it along."""
BROKEN = r"""(?P<broken>["'][^\n]*+)"""
"""A quote that nothing closes on its line."""
COMMENT = r"(?P<comment>//[^\n]*+|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))"
"""A comment of the languages that write `//` and `/* */`."""


class Places:
    """The line that a reader has come to, and where it starts, so that a column can be told; both from 1."""

    def __init__(self, line: int = 1, column: int = 1) -> None:
        self.line, self.start = line, 1 - column

    def column(self, at: int) -> int:
        """The column of a letter of the current line."""
        return at - self.start + 1

    def past(self, said: str, at: int) -> None:
        """Goes past what stands at a place."""
        if "\n" in said:
            self.line += said.count("\n")
            self.start = at + said.rindex("\n") + 1


def unquoted(said: str) -> str:
    """What a text of JSON says; of one that JSON does not know, what stands between its quotes."""
    if "\\" in said and said.startswith('"'):
        try:
            return str(json.loads(said))
        except ValueError:
            pass
    return said[1:-1]
