"""SPDX templates (license-list-XML) as text with marks.

Their free wildcards are never taken over: `.+` becomes the place for a name, whose content is judged when
a text is read. What cannot be written out as a finite list of wordings keeps its usual wording only.
"""

import re
import re._parser as sre
import xml.etree.ElementTree as ET
from pathlib import Path

from tools.fingerprints.tree import ALT, OPT, SEP, SLOT, TLA, TPO

_BLOCK = {"p", "item", "list", "titleText", "copyrightText", "standardLicenseHeader"}
_SKIP = {"crossRefs", "notes", "obsoletedBys"}
_MAX_WORDINGS = 150
_ADDRESSES = (
    "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301 USA",
    "51 Franklin St, Fifth Floor, Boston, MA 02110-1301 USA",
    "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA.",
    "59 Temple Place, Suite 330, Boston, MA 02111-1307 USA",
    "59 Temple Place - Suite 330, Boston, MA 02111-1307, USA.",
    "675 Mass Ave, Cambridge, MA 02139, USA",
)


def template(path: Path) -> str:
    """The template of one file; titles are left to the rule for titles."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    body = next(node for node in root.iter() if _tag(node) == "text")
    return re.sub(r"\n[ \t]*\n\s*", "\n\n", "".join(_render(body)))


def name(path: Path) -> str:
    """The full name of the license of one file."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    return next(node.get("name") for node in root.iter() if _tag(node) == "license")


def _tag(node: ET.Element) -> str:
    return node.tag.rsplit("}", 1)[-1]


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _render(node: ET.Element):
    tag = _tag(node)
    inner = _inner(node, tag)
    if tag in _SKIP:
        inner = ""
    elif tag == "bullet":
        inner = _bullet(inner)
    elif tag == "br":
        inner = "\n"
    elif tag == "optional":
        inner = f"{OPT}{inner}{TPO}"
    elif tag in {"copyrightText", "titleText"}:
        inner = (
            "\n\n"
            + "\n".join(
                f"{OPT}{line}{TPO}" if tag == "copyrightText" and _balanced(line) else line
                for line in inner.split("\n")
                if line.strip()
            )
            + "\n\n"
        )
        if tag == "titleText":
            inner = f"{OPT}{inner}{TPO}"
    elif tag == "alt":
        inner = f"{ALT}{SEP.join(_wordings(node.get('match'), inner))}{TLA}"
    elif tag in _BLOCK:
        inner = f"\n\n{inner}\n\n"
    yield inner
    yield _flat(node.tail)


def _inner(node: ET.Element, tag: str) -> str:
    return _flat(node.text) + "".join(part for child in node for part in _render(child))


def _balanced(line: str) -> bool:
    return line.count(OPT) == line.count(TPO) and line.count(ALT) == line.count(TLA)


def _bullet(text: str) -> str:
    """A list marker that the words drop anyway goes; "Section 1." stays."""
    bare = text.strip()
    marker = re.fullmatch(r"\W*(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})?\W*", bare)
    return "\n\n" if marker else f"\n\n{bare} "


def _wordings(pattern: str, usual: str) -> list[str]:
    """The usual wording first, then the others of a finite pattern; places for a name where it is free."""
    if pattern == ".{54,64}":
        return [usual, *_ADDRESSES] if re.search(r"\d", usual) else [usual, ""]
    try:
        found = sorted(_expand(sre.parse(pattern)))
    except (ValueError, re.error):
        found = []
    return list(dict.fromkeys([usual, *(" ".join(each.split()) for each in found)]))


def _expand(tokens) -> set[str]:
    found = {""}
    for op, arg in tokens:
        name_ = str(op)
        if name_ == "LITERAL":
            own = {chr(arg)}
        elif name_ == "SUBPATTERN":
            own = _expand(arg[3])
        elif name_ == "BRANCH":
            own = set().union(*(_expand(each) for each in arg[1]))
        elif name_ == "IN":
            own = _class(arg)
        elif name_ in {"MAX_REPEAT", "MIN_REPEAT"}:
            own = _repeat(arg)
        elif name_ == "AT":
            own = {""}
        elif name_ == "ANY":
            own = {f" {SLOT} "}
        else:
            raise ValueError(name_)
        found = {left + right for left in found for right in own}
        if len(found) > _MAX_WORDINGS:
            raise ValueError("too many wordings")
    return found


def _class(items) -> set[str]:
    if any(str(op) == "CATEGORY" and "SPACE" in str(arg) for op, arg in items):
        return {" "}
    if any(str(op) != "LITERAL" for op, _ in items):
        raise ValueError("a class")
    return {chr(arg) for _, arg in items}


def _repeat(arg) -> set[str]:
    low, high, inner = arg
    (op, value), *more = list(inner)
    if not more and str(op) == "ANY":
        return {f" {SLOT} "} | ({""} if low == 0 else set())
    if not more and str(op) == "IN" and any("SPACE" in str(each) for _, each in value):
        return {" "}
    if not more and str(op) == "LITERAL" and not chr(value).isalnum():
        return {""}
    if (low, high) != (0, 1):
        raise ValueError("a repeat")
    return {""} | _expand(inner)
