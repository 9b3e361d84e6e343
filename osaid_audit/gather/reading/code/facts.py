"""Facts about the code: what the linked repositories hold, and under which license.

A linked repository is a claim of the page, so what its files show is `stated` at best, and it is found to be
looked at: no rule is met by it. A repository that the page links beside other code (`aside`) gives leads.

The license is the delicate half, since a license that restricts makes `code-license` not met. A page links
many repositories that are not the model's code: data sets, tools, the work it compares with. So only one that
the page calls its own counts, and it restricts only when nothing can be meant by its terms but this code:

    the page claims it in words that fit nothing else, it alone, and as a whole,
    its whole file list was read and has code to train the model, or to run it by more than a demo,
    one license file at the root and nothing anywhere that looks like further terms,
    and that text is recognised word for word.

In any other doubt the class stays open; the license found is shown, for a person to judge. A repository that
is gone, private or unread never breaks a rule.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from osaid_audit import licenses
from osaid_audit.gather.raw import CodeHost, Gathered, Listed, Missed, Raw
from osaid_audit.gather.reading.code.codelinks import (
    ASKED_HOSTS,
    CodeLink,
    Standing,
    code_links,
    wanted_repositories,
)
from osaid_audit.gather.reading.files.codefiles import (
    ROLES,
    further_terms,
    is_of_a_model,
    roles_shown,
    terms_anywhere,
)
from osaid_audit.gather.reading.license.statements import code_statements
from osaid_audit.gather.reading.prose.licensetexts import identified
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.repository.problems import of_missed
from osaid_audit.gather.reading.sources import fact, of_file
from osaid_audit.schema.base import Basis, Fact, Problem, Source, Text
from osaid_audit.schema.dossier import CodeRepository, CodeStanding, Part
from osaid_audit.schema.licenses import RESTRICTED, Statement

Facts = Iterator[tuple[str, Fact]]
_MAX_SOURCES = 8
_CALLED = frozenset({"own", "called"})
_STANDINGS: dict[Standing, CodeStanding] = {
    "own": "own",
    "called": "linked",
    "linked": "linked",
    "aside": "mentioned",
}
_PARTS: tuple[Part, ...] = ("training", "data_processing", "evaluation", "inference")
_HELD_BACK = (*(ROLES[part] for part in _PARTS), "code.license_class")
_GONE = frozenset({"absent", "not_found_or_private"})
_CUT = Text(
    en="Of {count} linked code repositories only the first {asked} were asked for.",
    fr="Sur {count} dépôts de code liés, seuls les {asked} premiers ont été consultés.",
)
_OTHER_HOSTS = Text(
    en="Code repositories on other hosts than GitHub and GitLab are listed and were not asked for: {hosts}.",
    fr="Les dépôts de code hébergés ailleurs que sur GitHub et GitLab sont listés, non consultés : {hosts}.",
)


@dataclass(frozen=True)
class _Seen:
    """A linked repository, what its host answered, and what its files show."""

    link: CodeLink
    answer: CodeHost | Missed | None
    roles: dict[str, tuple[Listed, ...]]

    @property
    def host(self) -> CodeHost | None:
        return self.answer if isinstance(self.answer, CodeHost) else None


def code_facts(gathered: Gathered, page: Page) -> Facts:
    """What the linked repositories and the license files about the code give."""
    seen = () if page.parent else _seen(gathered, page)
    if seen:
        places = [place for each in seen for place in each.link.places][:_MAX_SOURCES]
        yield fact("code.repositories", len(seen), "stated", *places)
    for role, name in ROLES.items():
        said = [(_basis(each), place) for each in seen for place in _places(each, role)]
        best: Basis = "stated" if any(basis == "stated" for basis, _ in said) else "lead"
        sources = [place for basis, place in said if basis == best]
        if sources:
            yield fact(name, True, best, *sources[:_MAX_SOURCES])
    yield from _license_facts(gathered, seen)


def code_of(gathered: Gathered, page: Page) -> tuple[CodeRepository, ...]:
    """The linked code repositories as the report lists them: its own first, mere mentions last."""
    seen = () if page.parent else _seen(gathered, page)
    order = tuple(_STANDINGS.values())
    return tuple(sorted(map(_listed, seen), key=lambda each: (order.index(each.standing or "own"), each.url)))


def code_problems(gathered: Gathered) -> Iterator[Problem]:
    """What could not be read of the code repositories that were asked for."""
    for _, answer in sorted(gathered.repositories.items()):
        if isinstance(answer, Missed):
            yield of_missed(answer, _HELD_BACK)
            continue
        if isinstance(answer.tree, Missed):
            yield of_missed(replace(answer.tree, what=answer.page_url), _HELD_BACK)
        for path, fetched in sorted(answer.files.items()):
            if isinstance(fetched, Missed):
                yield of_missed(replace(fetched, what=f"{answer.page_url} {path}"), ("code.license_class",))


def code_limits(gathered: Gathered, page: Page) -> Iterator[Text]:
    """Which linked repositories were not asked for, though links were followed."""
    links = () if page.parent or not gathered.repositories else code_links(page)
    askable = [link for link in links if link.host in ASKED_HOSTS]
    if len(askable) > len(wanted_repositories(page)):
        yield _filled(_CUT, count=len(askable), asked=len(wanted_repositories(page)))
    hosts = sorted({link.host for link in links} - ASKED_HOSTS)
    if hosts:
        yield _filled(_OTHER_HOSTS, hosts=", ".join(hosts))


def joined(facts: Iterable[tuple[str, Fact]]) -> dict[str, Fact]:
    """Facts by name; where two say that something is there, the better known one with the places of both."""
    found: dict[str, Fact] = {}
    for name, each in facts:
        known = found.get(name)
        found[name] = each if known is None or known.value is not True else _better(known, each)
    return found


def _better(one: Fact, other: Fact) -> Fact:
    order: tuple[Basis, ...] = ("verified", "stated", "lead")
    first, second = sorted((one, other), key=lambda each: order.index(each.basis))
    if other.value is not True:
        return other
    sources = (*first.sources, *(second.sources if second.basis != "lead" else ()))
    return first.model_copy(update={"sources": tuple(dict.fromkeys(sources))})


def _seen(gathered: Gathered, page: Page) -> tuple[_Seen, ...]:
    found = []
    for link in code_links(page):
        answer = gathered.repositories.get(link.url)
        listing = answer.listing if isinstance(answer, CodeHost) else ()
        found.append(_Seen(link, answer, roles_shown(listing, folders=True)))
    return tuple(found)


def _listed(seen: _Seen) -> CodeRepository:
    host, url, standing = seen.host, seen.link.url, _STANDINGS[seen.link.standing]
    if host is None:
        gone = isinstance(seen.answer, Missed) and seen.answer.state in _GONE
        return CodeRepository(url=url, standing=standing, found=False if gone else None)
    has = {part: part in seen.roles for part in _PARTS if part in seen.roles or host.complete}
    return CodeRepository(url=url, standing=standing, found=True, license=_license_of(host), has=has)


def _license_of(host: CodeHost) -> str | None:
    """The id of its license, of several all; None when a text is not known word for word."""
    texts = [each.text for each in _statements(host)]
    if not texts or not all(text and text.match == "exact" and text.id for text in texts):
        return None
    return " AND ".join(dict.fromkeys(text.id for text in texts if text and text.id))


def _basis(seen: _Seen) -> Basis:
    return "lead" if seen.link.standing == "aside" else "stated"


def _places(seen: _Seen, role: str) -> Iterator[Source]:
    """The files of a role, at the commit, on their page for people."""
    host = seen.host
    if host is not None:
        for file in seen.roles.get(role, ()):
            mark = "-/blob" if host.page_url.startswith("https://gitlab.com/") else "blob"
            url = f"{host.page_url}/{mark}/{host.revision}/{quote(file.path)}"
            yield Source(url=url, revision=host.revision, path=file.path)


def _license_facts(gathered: Gathered, seen: Sequence[_Seen]) -> Facts:
    files = list(code_statements(gathered.subject))
    beside: list[Statement] = []
    pending = False
    for each in seen:
        if each.link.standing == "aside" or (each.host and not each.roles and each.host.complete):
            continue  # not the model's code, or no code at all
        found = [*_statements(each.host)] if each.host else []
        ours = each.link.standing in _CALLED
        counts = ours and _counts(each, found, seen)
        (files if counts else beside).extend(found)
        pending = pending or (ours and not counts)
    for name, known in licenses.code_license(files, beside=beside, pending=pending).items():
        linked = any(source.url and _is_linked(source, seen) for source in known.sources)
        yield name, known.model_copy(update={"basis": "stated"}) if linked else known


def _counts(each: _Seen, found: Sequence[Statement], seen: Sequence[_Seen]) -> bool:
    """Whether the license of a repository that seems the model's own enters the class of its code."""
    host = each.host
    if host is None or not host.complete or not found or not all(one.read for one in found):
        return False
    if further_terms(host.listing):
        return False
    restricted = any(one.text is None or one.text.cls in RESTRICTED for one in found)
    return not restricted or (len(found) == 1 and _may_restrict(each.link, host, seen))


def _may_restrict(link: CodeLink, host: CodeHost, seen: Sequence[_Seen]) -> bool:
    """Whether nothing can be meant by the terms of a repository but the code of this model."""
    claimed = [each for each in seen if each.link.standing in _CALLED]
    alone = link.standing == "own" and link.whole and len(claimed) == 1
    return alone and not terms_anywhere(host.listing) and is_of_a_model(host.page_url, host.listing)


def _statements(host: CodeHost) -> Iterator[Statement]:
    for path, fetched in sorted(host.files.items()):
        text = identified(fetched)
        yield Statement(
            role="file",
            value=f"{host.page_url.removeprefix('https://')} {path}",
            source=of_file(fetched) if isinstance(fetched, Raw) else Source(url=fetched.url),
            read=text is not None,
            text=text,
            covers="code",
        )


def _is_linked(source: Source, seen: Sequence[_Seen]) -> bool:
    read = (fetched for each in seen if each.host for fetched in each.host.files.values())
    return any(source.url == fetched.url for fetched in read)


def _filled(text: Text, **values: object) -> Text:
    return Text(en=text.en.format(**values), fr=text.fr.format(**values))
