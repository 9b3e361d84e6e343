"""The licenses of one SPDX document: listed ids as they are, everything else as a declared LicenseRef."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from osaid_audit import licenses
from osaid_audit.licenses import KnownEntry, expression
from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.spdx_text import harmless
from osaid_audit.render.words import Words
from osaid_audit.schema.licenses import PRECEDENCE, LicenseClass, LicenseFile

if TYPE_CHECKING:
    from spdx_tools.spdx.model import ExtractedLicensingInfo

_REF, _OURS = "LicenseRef-", "osaid-"
_NOT_IN_AN_ID = re.compile(r"[^0-9A-Za-z.-]+")
_LONGEST_ID = 80
_DIGITS = 12
_SAYS_NOTHING = frozenset({"LicenseRef-unknown", "LicenseRef-other", "LicenseRef-unidentified"})
_LIST = "https://spdx.org/licenses/{}.html"


class SpdxLicenses:
    """Turns our license ids into SPDX expressions and remembers what must be declared.

    `files` are the license files of the report, whose places are given for texts that the table lacks.
    """

    def __init__(self, words: Words, files: Iterable[LicenseFile] = ()) -> None:
        self._words = words
        self._files: Mapping[str, LicenseFile] = {file.id: file for file in files if file.id}
        self._declared: dict[str, str] = {}

    def concluded(self, license_id: str | None, cls: LicenseClass | None) -> Any:
        """The expression of a concluded license; no assertion when the id alone would say too much.

        An open id beside a class that is worse (terms of a part, a hint in prose, a policy) is not what was
        concluded, so it is not asserted.
        """
        if license_id is None or cls is None or license_id in _SAYS_NOTHING:
            return no_assertion()
        atoms = _atoms(expression.parse(license_id) or expression.Atom(license_id))
        accounts = [_accounts_for(atom.name, cls) for atom in atoms]
        if not (all(accounts) if cls == "custom-unknown" else any(accounts)):
            return no_assertion()
        return self.joined([license_id])

    def as_stated(self, license_id: str | None, cls: LicenseClass | None) -> Any:
        """The expression of a license that a reviewer states; no assertion unless known as of that class."""
        if license_id is None or licenses.resolve(license_id).cls != cls:
            return no_assertion()
        return self.concluded(license_id, cls)

    def joined(self, ids: Iterable[str]) -> Any:
        """The ids, each an id or an expression, joined by AND; no assertion for none."""
        from spdx_tools.common.spdx_licensing import spdx_licensing  # noqa: PLC0415 - only for this format

        parts = [expression.parse(each) or expression.Atom(each) for each in dict.fromkeys(ids)]
        if not parts:
            return no_assertion()
        whole = parts[0] if len(parts) == 1 else expression.Group(tuple(parts), any_of=False)
        return spdx_licensing.parse(self._written(whole))

    def extracted(self) -> list["ExtractedLicensingInfo"]:
        """A declaration for every LicenseRef used so far: what it is in our words, and where to read it."""
        from spdx_tools.spdx.model import ExtractedLicensingInfo  # noqa: PLC0415 - only for this format

        return [
            ExtractedLicensingInfo(
                license_id=ref,
                extracted_text=harmless(self._account(ref, name)),
                license_name=harmless(_title(name)),
                cross_references=self._see_also(name),
            )
            for ref, name in sorted(self._declared.items())
        ]

    def _written(self, node: expression.Node) -> str:
        if isinstance(node, expression.Atom):
            return self._atom(node)
        between = " OR " if node.any_of else " AND "
        return f"({between.join(self._written(part) for part in node.parts)})"

    def _atom(self, atom: expression.Atom) -> str:
        if atom.exception is None:
            return self._symbol(atom.name)
        exception = _exception(atom.exception)
        if exception is not None and _listed(atom.name):
            return f"{atom.name} WITH {exception}"
        # SPDX 2.3 has no reference for an exception of one's own: both together are one license.
        return self._ref(f"{atom.name} WITH {atom.exception}")

    def _symbol(self, name: str) -> str:
        return name if _listed(name) else self._ref(name)

    def _ref(self, name: str) -> str:
        """The LicenseRef of a name: the same for the same name, never the same for two."""
        given = name.removeprefix(_REF)
        safe = _NOT_IN_AN_ID.sub("-", given).strip("-")[:_LONGEST_ID] or "unnamed"
        digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        own = f"{_REF}{_OURS}{safe}"
        as_given = (f"{_REF}{safe}", own) if safe == given else ()
        free = (ref for ref in as_given if self._declared.get(ref, name) == name and _stays(ref))
        ref = next(free, f"{own}-{digest}")
        self._declared[ref] = name
        return ref

    def _account(self, ref: str, name: str) -> str:
        """A short description of our own; the text itself is never copied."""
        row = licenses.entry(name)
        words = self._words
        if row is not None:
            return _of_table(row, words)
        file = self._files.get(name)
        if file is not None:
            match = words.name("match", file.match or "unread")
            sha = file.source.sha256 if file.source else None
            return words("spdx.of_file", path=plain(file.path), match=match, sha256=sha or "-")
        return words("spdx.as_declared", name=plain(name), ref=ref)

    def _see_also(self, name: str) -> list[str]:
        row = licenses.entry(name)
        links = [link for link in row.links if "*" not in link] if row else []
        if row is not None and not row.id.startswith(_REF):
            links.append(_LIST.format(row.id))
        file = self._files.get(name)
        if file is not None and file.source is not None and file.source.url:
            links.append(file.source.url)
        return [link for link in dict.fromkeys(map(address, links)) if link]


def no_assertion() -> Any:
    """SPDX's word for: nothing is said about this."""
    from spdx_tools.spdx.model import SpdxNoAssertion  # noqa: PLC0415 - only for this format

    return SpdxNoAssertion()


def _of_table(row: KnownEntry, words: Words) -> str:
    said = [
        words("spdx.not_copied", name=row.title),
        words.pair(words("license.class"), words.name("class", row.cls)),
    ]
    if row.stands_for:
        said.append(words("terms.stands_for", ids=", ".join(row.stands_for)))
    if row.breaks:
        said.append(words.pair(words("license.breaks"), words.list("freedom", row.breaks)))
    if row.clause_ids:
        said.append(words.pair(words("license.clauses"), words.list("clause", row.clause_ids)))
    return "\n".join(said)


def _title(name: str) -> str:
    row = licenses.entry(name)
    return row.title if row is not None else plain(name)


def address(link: str) -> str | None:
    """The address when SPDX takes it for one: it asks for a host with a top-level domain."""
    from spdx_tools.spdx.validation.uri_validators import validate_url  # noqa: PLC0415 - only for this format

    url = http_url(link)
    return url if url and not validate_url(url) else None


def _listed(name: str) -> bool:
    """Whether the list of spdx-tools has exactly this id; references have to be declared all the same."""
    from spdx_tools.common.spdx_licensing import spdx_licensing  # noqa: PLC0415 - only for this format

    symbol = spdx_licensing.known_symbols.get(name)
    return symbol is not None and not symbol.is_exception and not name.startswith(_REF)


def _exception(name: str) -> str | None:
    """The exception of this id, whatever its case, as the list of spdx-tools writes it."""
    from spdx_tools.common.spdx_licensing import spdx_licensing  # noqa: PLC0415 - only for this format

    found = (key for key, symbol in spdx_licensing.known_symbols.items() if symbol.is_exception)
    return next((key for key in found if key.lower() == name.lower() and not key.startswith(_REF)), None)


def _stays(ref: str) -> bool:
    """Whether readers take the reference for itself.

    spdx-tools reads some references as listed ids: LicenseRef-GPL-3.0 would become GPL-3.0-only.
    """
    from spdx_tools.common.spdx_licensing import spdx_licensing  # noqa: PLC0415 - only for this format

    return str(spdx_licensing.parse(ref)) == ref


def _atoms(node: expression.Node) -> list[expression.Atom]:
    if isinstance(node, expression.Atom):
        return [node]
    return [atom for part in node.parts for atom in _atoms(part)]


def _accounts_for(name: str, cls: LicenseClass) -> bool:
    """Whether this license has the class that was concluded, or a worse one; or nobody can tell."""
    row = licenses.entry(name)
    if row is None:
        return True
    order = (*PRECEDENCE, "none")
    return order.index(row.cls) <= order.index(cls)
