"""Which code repositories a page links, and how each stands to the model.

own     the page claims it as its code in words that can mean nothing else (see codeclaims)
called  it seems to: the link hangs on "Code", "Repository:", or the sentence has "our training code"
linked  sentence or heading speak of code, or the link stands alone under the title
aside   anything else: a mention, a link under "Acknowledgements" or in "based on ...", an issue, a picture

What is seen in one of the first three is found, for a person to judge; in one `aside` it is a lead. An open
license of one `own` or `called` says what there is to check; only that of an `own` one can break a rule. A
repository linked several times has the nearest standing, but one that the model is "based on" is not its own.
Libraries and tools that many models use are no model's code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from osaid_audit.gather.reading.code.codeclaims import is_claimed
from osaid_audit.gather.reading.files.codefiles import any_of, table
from osaid_audit.gather.reading.files.libraries import libraries
from osaid_audit.gather.reading.prose.card import Block, Link
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import of_file
from osaid_audit.gather.reading.words import word_set
from osaid_audit.schema.base import Source

Standing = Literal["own", "called", "linked", "aside"]
MAX_REPOSITORIES = 6
"""Code repositories asked for in one audit."""
ASKED_HOSTS = frozenset({"github.com", "gitlab.com"})
_ORDER: tuple[Standing, ...] = ("own", "called", "linked", "aside")
_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)"
    r"/([A-Za-z0-9_.-]{1,100})/([A-Za-z0-9_.-]{1,100})",
    re.IGNORECASE,
)
_NOT_OWNERS = word_set(
    "orgs sponsors topics features user-attachments apps marketplace about collections explore settings "
    "login search trending users enterprise readme notifications groups dashboard"
)
_STEP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\Z")
_NOT_STEPS = frozenset({"-", "tree", "blob", "raw", "issues", "merge_requests", "commits"})
_MAX_STEPS = 20
_DOTS = frozenset({".", ".."})
_NO_WORD = re.compile(r"[^\w' .-]+|(?<!\w)[-.]+|[-.]+(?!\w)")
_SENTENCE = re.compile(r"[.!?]\s{1,4}(?=[A-ZÀ-Þ])")
_ADDRESS = re.compile(r"https?://\S{1,600}", re.IGNORECASE)
_MAX_LINKS = 200
_FEW_WORDS = 1
_COLONS = (":", "\uff1a")
_NEAR = 200


@dataclass(frozen=True)
class CodeLink:
    """One linked repository: its address, its standing, and the places where the page links it.

    whole  every link that counts leads to the repository as a whole, none to a part or a branch of it
    """

    url: str
    standing: Standing
    places: tuple[Source, ...] = ()
    whole: bool = True

    @property
    def host(self) -> str:
        """The host's name."""
        return self.url.split("/")[2]


def code_links(page: Page) -> tuple[CodeLink, ...]:
    """Every code repository the page links, each once: its own first, else in the order of the page."""
    if page.raw is None:
        return ()
    found: dict[str, CodeLink] = {}
    others: set[str] = set()
    for url, link, block in islice(_to_repositories(page), _MAX_LINKS):
        place = of_file(page.raw, link.line, link.url[:120])
        known = found.get(url.lower(), CodeLink(url, "aside"))
        each = _standing(link, block, page)
        standing = min(known.standing, each, key=_ORDER.index)
        whole = known.whole and (each == "aside" or _is_whole(link.url))
        found[url.lower()] = CodeLink(known.url, standing, (*known.places, place), whole)
        others |= {url.lower()} if _is_another_s(link, block) else set()
    links = (
        replace(each, standing="called") if _is_doubtful(each, others) else each for each in found.values()
    )
    return tuple(sorted(links, key=lambda link: _ORDER.index(link.standing)))


def _is_doubtful(link: CodeLink, others: set[str]) -> bool:
    return link.standing == "own" and link.url.lower() in others


def _is_whole(url: str) -> bool:
    """Whether an address names a repository and neither a folder, a file nor a branch of it."""
    repository = repository_of(url) or ""
    rest = url.partition("://")[2].split("/", 1)[-1].partition("?")[0].partition("#")[0].rstrip("/")
    return rest.removesuffix(".git").lower() == repository.split("/", 3)[-1].lower()


def _to_repositories(page: Page) -> Iterator[tuple[str, Link, Block]]:
    for block in page.card.blocks:
        for link in block.links:
            url = repository_of(link.url)
            if url is not None and not _is_tool(url):
                yield url, link, block


def wanted_repositories(page: Page) -> tuple[str, ...]:
    """The repositories that are asked for. On a page that speaks of the parent they are the parent's."""
    links = () if page.parent else code_links(page)
    return tuple(link.url for link in links if link.host in ASKED_HOSTS)[:MAX_REPOSITORIES]


def repository_of(url: str) -> str | None:
    """The repository that an address lies in, without what follows its name; None for any other address."""
    found = _CODE_HOST.match(url)
    if found is None or found[2].lower() in _NOT_OWNERS:
        return None
    steps = [found[2], found[3]]
    if found[1].lower() == "gitlab.com":
        steps = _project(url[found.start(2) :])
    *groups, name = [*steps[:-1], steps[-1].removesuffix(".git").rstrip(".")]
    named = bool(name) and not _DOTS & set(groups)
    return f"https://{found[1].lower()}/{'/'.join(groups)}/{name}" if named else None


def _project(path: str) -> list[str]:
    """The steps of a GitLab project, which may lie in groups of groups: all before what is no name."""
    steps = re.split(r"[?#]", path, maxsplit=1)[0].rstrip("/").split("/")[:_MAX_STEPS]
    ends = (at for at, step in enumerate(steps) if at > 1 and (step in _NOT_STEPS or not _STEP.match(step)))
    return steps[: next(ends, len(steps))]


def _is_tool(url: str) -> bool:
    name = url.rpartition("/")[2].lower()
    return name in table().tools or url.lower() in _library_addresses()


def _library_addresses() -> frozenset[str]:
    return frozenset(library.repository.lower() for library in libraries().values())


def _standing(link: Link, block: Block, page: Page) -> Standing:
    near = _near(link, block)
    if _is_aside(link, block):
        return "aside"
    if is_claimed(link, block, page, repository_of(link.url) or ""):
        return "own"
    if _is_called_own(link, block, near):
        return "called"
    words, code = _ADDRESS.sub(" ", f"{_heading(block)} {near}"), any_of(table().code)
    alone = len(block.headings) <= 1 and not _plain(_ADDRESS.sub(" ", block.text))
    return "linked" if alone or (code is not None and code.search(words)) else "aside"


def _is_another_s(link: Link, block: Block) -> bool:
    """Whether the sentence says that the model builds on what is linked."""
    words = any_of(table().aside.words)
    return words is not None and words.search(_near(link, block)) is not None


def _is_aside(link: Link, block: Block) -> bool:
    aside = table().aside
    place, heading = any_of(aside.places), any_of(aside.headings)
    if place is not None and place.search(link.url):
        return True
    if _is_another_s(link, block):
        return True
    titles = block.headings[1:] or block.headings
    return heading is not None and any(heading.search(title) for title in titles)


def _is_called_own(link: Link, block: Block, near: str) -> bool:
    own, says, denies = any_of(table().own), any_of(table().says), any_of(table().denies)
    if own is not None and any(own.fullmatch(label) for label in _labels(link, block, near)):
        return True
    said = says is not None and says.search(near)
    return bool(said) and not (denies is not None and denies.search(near))


def _labels(link: Link, block: Block, near: str) -> Iterator[str]:
    """Of a link alone or among links its words and heading; of any, the words before it and a colon or bar.

    "Made with X ([GitHub](...))" calls nothing its own.
    """
    rest = near
    for each in block.links[:_MAX_LINKS]:
        rest = rest.replace(each.text or each.url, " ", 1)
    if len(_plain(rest).split()) <= _FEW_WORDS:
        yield _plain(link.text)
        yield _plain(_heading(block))
    name = link.text or link.url
    head = near.partition(name)[0].strip(" |*_-")
    if head.endswith(_COLONS) or "|" in near:
        yield _plain(head.rstrip("".join(_COLONS)))


def _heading(block: Block) -> str:
    """The nearest heading, the page's title left out."""
    return block.headings[-1] if len(block.headings) > 1 else ""


def _plain(text: str) -> str:
    """Words alone, in lower case."""
    return " ".join(_NO_WORD.sub(" ", text).split()).lower()


def _near(link: Link, block: Block) -> str:
    """The sentence around the link, as plain text, which may run over several lines."""
    name, start = link.text or link.url, 0
    for number, text in block.lines:
        if number == link.line and name in text:
            start += text.find(name)
            break
        start += len(text) + 1
    whole = " ".join(text for _, text in block.lines)
    before = _SENTENCE.split(whole[max(start - _NEAR, 0) : start])[-1]
    after = _SENTENCE.split(whole[start + len(name) : start + len(name) + _NEAR])[0]
    return f"{before}{whole[start : start + len(name)]}{after}"
