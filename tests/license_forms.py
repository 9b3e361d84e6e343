"""Harmless ways in which people write down the same license; each is a function from text to text."""

import html
import re
import textwrap


def _paragraphs(text):
    return [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _is_notice(line):
    return re.match(r"\s*(?:#|\*|//)?\s*(?:copyright|\(c\)|©)", line, re.IGNORECASE)


def reflow(text, width=64):
    """Lines of a paragraph wrapped anew; copyright lines keep to themselves."""
    out = []
    for part in _paragraphs(text):
        run = []
        for line in [*part.split("\n"), None]:
            if line is not None and not _is_notice(line) and len(line) > 40:
                run.append(line.strip())
                continue
            if line is not None and run and not _is_notice(line):
                run.append(line.strip())
                line = None  # noqa: PLW2901
            if run:
                out.append(
                    textwrap.fill(" ".join(run), width, break_on_hyphens=False, break_long_words=False)
                )
                run = []
            if line is not None:
                out.append(line)
        out.append("")
    return "\n".join(out)


def one_line_paragraphs(text):
    return reflow(text, 100_000)


def capitals(text):
    """The first lines in capitals."""
    head, *rest = text.split("\n\n")
    return "\n\n".join(
        [head.upper() if not re.search(r"©|copyright|\(c\)", head, re.IGNORECASE) else head, *rest]
    )


def quotes(text):
    text = re.sub(r'"([^"\n]*)"', "\u201c\\1\u201d", text)
    return text.replace("``", '"').replace("''", '"').replace("'", "\u2019")


def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def entities(text):
    return html.escape(text).replace("Copyright (c)", "Copyright &copy;")


def quoted(text):
    return "\n".join(f"> {line}" for line in text.split("\n"))


def fenced(text):
    return f"```text\n{text}\n```\n"


def markdown(text):
    """Headings and bold words as a converter would set them."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if line.strip() and not _is_notice(line):
            lines[at] = f"# **{line.strip()}**" if len(line) < 60 else line
            break
    return re.sub(r"\b(AS IS|Licensor|License)\b", r"**\1**", "\n".join(lines))


def commented(text):
    return "\n".join(f" * {line}".rstrip() for line in text.split("\n"))


def bullets(text):
    """ "* " where a line began with a number or a letter."""
    return re.sub(r"(?m)^(\s*)(?:\d\.|[a-c]\)|\([a-c]\))(\s+)", r"\1*\2", text)


def tabs(text):
    return re.sub(r"(?m)^ +", "\t", text) + "\n\n\n"


def holders(text):
    """Another year and holder on top."""
    return f"Copyright (c) 2017-2024 Widget Works, Inc. and Jane Q. Doe <jane@example.org>\n\n{text}"


def dashes(text):
    return re.sub(r" - ", " \u2014 ", text).replace("--", "\u2013")


ALL = (
    reflow,
    one_line_paragraphs,
    capitals,
    quotes,
    crlf,
    entities,
    quoted,
    fenced,
    markdown,
    commented,
    bullets,
    tabs,
    holders,
    dashes,
)
