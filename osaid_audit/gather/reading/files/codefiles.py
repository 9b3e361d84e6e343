"""What a list of code files shows by their names, and which are licenses. Pure; the names are data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from pydantic import ConfigDict, ValidationError

from osaid_audit.errors import RuleFileError
from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.plan import listed_file
from osaid_audit.gather.reading.files.termsfiles import covers_of, terms_role, unread_reason
from osaid_audit.resources import data
from osaid_audit.schema.base import Record

ROLES = {
    "training": "code.training_found",
    "data_processing": "code.data_processing_found",
    "evaluation": "code.evaluation_found",
    "inference": "code.inference_found",
    "architecture": "code.architecture_found",
    "libraries": "code.libraries_found",
}
"""What files may be for, and the fact that one of them supports."""
MAX_LICENSES = 3
"""License files read of one code repository."""
MAX_SHOWN = 3
"""Files named for each role."""
_SYMLINK = "120000"
_FILE = "code-files.yaml"
_LONGEST_PATH = 400
_LICENSES = re.compile(r"licen[cs]es/[^/]{1,100}\Z", re.IGNORECASE)


class Names(Record):
    """The names that files of one role have."""

    names: tuple[str, ...]
    paths: tuple[str, ...]


class Aside(Record):
    """What shows that a link speaks of other code: the headings above it, its sentence, its address."""

    headings: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]


class Claims(Record):
    """The closed set of words that make a link the publisher's own claim; rules/code-files.yaml says how."""

    labels: tuple[str, ...]
    shapes: tuple[str, ...]
    pointers: tuple[str, ...]
    headings: tuple[str, ...]
    beside: tuple[str, ...]
    others: tuple[str, ...]
    after: tuple[str, ...]
    known: frozenset[str]
    elsewhere: tuple[str, ...]
    demos: tuple[str, ...]


class Table(Record):
    """The file rules/code-files.yaml; its patterns are compiled once."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    date: str
    extensions: frozenset[str]
    roles: dict[str, Names]
    skip: frozenset[str]
    tools: frozenset[str]
    own: tuple[str, ...]
    says: tuple[str, ...]
    code: tuple[str, ...]
    denies: tuple[str, ...]
    aside: Aside
    claims: Claims

    @cached_property
    def by_name(self) -> dict[str, re.Pattern[str] | None]:
        """For each role the pattern of a whole file name."""
        return {role: any_of(names.names) for role, names in self.roles.items()}

    @cached_property
    def by_path(self) -> dict[str, re.Pattern[str] | None]:
        """For each role the pattern of a whole path."""
        return {role: any_of(names.paths) for role, names in self.roles.items()}


@cache
def table() -> Table:
    """The table of names. Raises RuleFileError when the file is wrong."""
    import yaml  # noqa: PLC0415 - only an audit needs it

    try:
        found = Table.model_validate(yaml.safe_load((data("rules") / _FILE).read_text(encoding="utf-8")))
        complete = set(found.roles) == set(ROLES) and bool(found.by_name) and bool(found.by_path)
    except (ValidationError, yaml.YAMLError, OSError, re.error) as error:
        raise RuleFileError(_FILE, "the table of code files cannot be read") from error
    if not complete:
        raise RuleFileError(_FILE, f"the roles must be {', '.join(ROLES)}")
    return found


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all, None for none of them; case does not count."""
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE) if patterns else None


def roles_shown(listing: Sequence[Listed], *, folders: bool) -> dict[str, tuple[Listed, ...]]:
    """The first files of each role that is shown at all, the nearest to the root first.

    `folders`: also by the folder a file lies in, which only a repository of code tells.
    """
    found: dict[str, list[Listed]] = {}
    for file in sorted(listing, key=lambda each: (each.path.count("/"), each.path)):
        for role in _roles(file.path, folders=folders):
            known = found.setdefault(role, [])
            if len(known) < MAX_SHOWN:
                known.append(file)
    return {role: tuple(found[role]) for role in ROLES if role in found}


def _roles(path: str, *, folders: bool) -> Iterator[str]:
    steps = path.lower().split("/")
    of_code = steps[-1].rpartition(".")[2] in table().extensions
    if not of_code or len(path) > _LONGEST_PATH or set(steps[:-1]) & table().skip:
        return
    for role in ROLES:
        name, whole = table().by_name[role], table().by_path[role]
        by_name = name is not None and name.fullmatch(steps[-1])
        if by_name or (folders and whole is not None and whole.fullmatch(path)):
            yield role


def files_of(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Listed, ...], bool]:
    """The files of the rows of a Git tree, and whether more may be there than these show.

    A symbolic link holds a path and no code. What it points to is listed where it lies; but one that is named
    like a license may point to any text.
    """
    plain = [listed_file(row) for row in rows if row.get("mode") != _SYMLINK]
    links = [listed_file(row) for row in rows if row.get("mode") == _SYMLINK]
    known = tuple(file for file in plain if file is not None)
    unread = any(file is None or terms_role(file.path) == "license" for file in links)
    return known, unread or len(known) < len(plain)


def license_files(listing: Sequence[Listed]) -> tuple[str, ...]:
    """The license files of a code repository that are read: at its root, else in its LICENSES folder.

    There a bare LICENSE is about the code; one that names the model, the weights or the data is not.
    """
    return tuple(file.path for file in _about_code(listing) if unread_reason(file) is None)[:MAX_LICENSES]


def further_terms(listing: Sequence[Listed]) -> bool:
    """Whether more than the files of `license_files` looks like terms: then those may not be all."""
    read = set(license_files(listing))
    return any(file.path not in read for file in _terms(listing))


def terms_anywhere(listing: Sequence[Listed]) -> bool:
    """Whether a license-like file stands anywhere beside those of `license_files`."""
    read = set(license_files(listing))
    return any(terms_role(file.path) == "license" for file in listing if file.path not in read)


def is_of_a_model(url: str, listing: Sequence[Listed]) -> bool:
    """Whether a repository holds code to train a model, or to run one together with what it is made of.

    Demonstrations count for nothing, nor does a repository whose name says that it is a benchmark or a site.
    """
    elsewhere, demos = any_of(table().claims.elsewhere), any_of(table().claims.demos)
    if elsewhere is not None and elsewhere.search(url.rpartition("/")[2]):
        return False
    plain = [file for file in listing if demos is None or not demos.search(file.path)]
    roles = roles_shown(plain, folders=True)
    return "training" in roles or {"inference", "architecture"} <= set(roles)


def _about_code(listing: Sequence[Listed]) -> list[Listed]:
    ours = [file for file in _terms(listing) if _governs_code(file.path)]
    return [file for file in ours if "/" not in file.path] or ours


def _terms(listing: Sequence[Listed]) -> list[Listed]:
    """License-like files at the root and in a LICENSES folder there."""
    near = [file for file in listing if "/" not in file.path or _LICENSES.match(file.path)]
    return sorted((file for file in near if terms_role(file.path) == "license"), key=lambda file: file.path)


def _governs_code(path: str) -> bool:
    return covers_of(f"code/{path}") == "code" or path.lower().startswith("unlicense")
