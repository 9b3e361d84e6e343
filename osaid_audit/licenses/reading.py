"""A license file as bytes -> what it is, and what of it could not be read."""

import codecs
from typing import NamedTuple

from osaid_audit.licenses import tongues
from osaid_audit.licenses.clauses import MAX_TEXT, ClauseHit, find_clauses
from osaid_audit.licenses.identify import identify
from osaid_audit.schema.base import Problem, ProblemState, Text
from osaid_audit.schema.licenses import Identification

MAX_BYTES = 4 * (MAX_TEXT + 2)
"""More is never read: so many bytes are more than MAX_TEXT characters, and such a text is never exact."""
_WHAT = "license text"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; those of UTF-32 begin like those of UTF-16, so they come first."""
_DOCUMENTS = ((b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP, DOCX, ODT"), (b"{\\rtf", "RTF"))
_GIVE_TEXT = Text(
    en="Save the license as plain text (UTF-8) and give that file.",
    fr="Enregistrez la licence en texte brut (UTF-8) et donnez ce fichier.",
)


class Reading(NamedTuple):
    """What a file was found to be, what of it could not be read, and the places that hint at clauses.

    `hits` are looked for in texts that are not identified; of a changed text the residual has them.
    `language` is that of a text that is not identified, when it is surely another one than English.
    """

    identification: Identification
    problems: tuple[Problem, ...] = ()
    hits: tuple[ClauseHit, ...] = ()
    language: str | None = None


def read_license(data: bytes) -> Reading:
    """Identify the license text in a file; whatever the bytes are, there is an answer and never a guess.

    At most MAX_BYTES of `data` are looked at. UTF-8 is read, and UTF-16 and UTF-32 that begin with their
    mark; anything else is a problem, and then nothing is identified: what cannot be read could say anything.
    """
    problem = _not_a_text(data)
    if problem is not None:
        return Reading(Identification(match="unknown"), (problem,))
    text, clean = _decoded(data[:MAX_BYTES])
    if not clean:
        hits = find_clauses(text)
        return Reading(_unread(hits), (_wrong_encoding(text),), hits)
    if not text.strip():
        return Reading(Identification(match="unknown"), (_EMPTY,))
    found = identify(text)
    known = found.match not in {"mention", "unknown"}
    hits = () if known else find_clauses(text)
    problems = (_TOO_LARGE,) if len(text) > MAX_TEXT else ()
    if problems:
        # How alike a part is to a whole says nothing.
        found = found.model_copy(update={"similarity": None})
    return Reading(found, problems, hits, None if known else tongues.of(text))


def decode(data: bytes) -> str | None:
    """The text of a file in an encoding that shows itself; a byte that cannot be read becomes U+FFFD.

    None when it is no text. For prose only: a license is read by `read_license`, which takes no such byte.
    """
    problem = _not_a_text(data) if data else None
    return None if problem is not None else _decoded(data)[0]


def _unread(hits: tuple[ClauseHit, ...]) -> Identification:
    return Identification(match="unknown", leads=tuple(dict.fromkeys(hit.id for hit in hits)))


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether every byte of it could be read; a character that was cut off does not count."""
    mark, encoding = next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))
    body, whole = data[len(mark) :], len(data) != MAX_BYTES
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(body, final=whole), True
    except UnicodeDecodeError:
        return body.decode(encoding, errors="replace"), False


def _not_a_text(data: bytes) -> Problem | None:
    if not data:
        return _EMPTY
    kind = next((name for magic, name in _DOCUMENTS if data.startswith(magic)), None)
    if kind is not None:
        why = Text(en=f"The file is a document ({kind}).", fr=f"Le fichier est un document ({kind}).")
        return _problem("unsupported", why, _GIVE_TEXT)
    bare = next((name for name in _BARE if data[:_LOOKED_AT].decode(name, "ignore").isascii()), None)
    if bare is not None and b"\x00" in data[:_LOOKED_AT]:
        return _problem("malformed", _UNMARKED, _CONVERT[bare])
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    if b"\x00" in data[:MAX_BYTES] and not marked:
        why = Text(en="The file is binary, not a text.", fr="Le fichier est binaire, ce n'est pas un texte.")
        return _problem("malformed", why, _GIVE_TEXT)
    return None


def _wrong_encoding(text: str) -> Problem:
    line = text[: text.find("\ufffd")].count("\n") + 1
    why = Text(
        en="The file is not UTF-8: some of its bytes cannot be read, and they could be words.",
        fr="Le fichier n'est pas en UTF-8 : certains octets sont illisibles, or ce pourrait être des mots.",
    )
    after = Text(
        en="Convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE | osaid-audit license -",
        fr="Convertissez-le, par exemple : iconv -f WINDOWS-1252 -t UTF-8 FICHIER | osaid-audit license -",
    )
    return _problem("malformed", why, after, line)


def _problem(state: ProblemState, why: Text, after: Text, line: int | None = None) -> Problem:
    return Problem(what=_WHAT, state=state, why=why, next=after, line=line)


_BARE = ("utf-16-le", "utf-16-be")
_ICONV = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
_LOOKED_AT = 2_000
_UNMARKED = Text(
    en="The file seems to be UTF-16 without its mark: what its bytes mean would be a guess.",
    fr="Le fichier semble être en UTF-16 sans sa marque : ce que disent ses octets serait une supposition.",
)
_CONVERT = {
    name: Text(
        en=f"Convert it: iconv -f {_ICONV[name]} -t UTF-8 FILE | osaid-audit license -",
        fr=f"Convertissez-le : iconv -f {_ICONV[name]} -t UTF-8 FICHIER | osaid-audit license -",
    )
    for name in _BARE
}
_EMPTY = _problem("absent", Text(en="The file is empty.", fr="Le fichier est vide."), _GIVE_TEXT)
_TOO_LARGE = _problem(
    "too_large",
    Text(
        en=f"The file is longer than {MAX_TEXT} characters: only the first ones were read, and what follows "
        "could say anything.",
        fr=f"Le fichier dépasse {MAX_TEXT} caractères : seuls les premiers ont été lus, et la suite pourrait "
        "dire n'importe quoi.",
    ),
    Text(
        en="Give the license alone, without what stands around it.",
        fr="Donnez la licence seule, sans ce qui l'entoure.",
    ),
)
