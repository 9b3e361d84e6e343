"""What was not read says something all the same: its silence is no finding."""

import re
from collections.abc import Iterable, Sequence

from osaid_audit.schema.base import Problem, Text
from osaid_audit.schema.dossier import Hop

_CARD = "README.md"
_LONGEST = 200
"""Characters of the name of what was not read, which may be an address of any length."""
OFFLINE = Text(
    en="It is not in the cache, and offline nothing is asked for.",
    fr="Il n'est pas dans le cache, et rien n'est demandé hors ligne.",
)
NOT_FOLLOWED = Text(
    en="Links that leave the Hub were not followed.",
    fr="Les liens qui sortent du Hub n'ont pas été suivis.",
)
NOT_PUBLIC = Text(en="Its host is not a public address.", fr="Son hôte n'est pas une adresse publique.")
NOT_IN_RECORDING = Text(
    en="This is not part of the recorded copy.", fr="Cela ne fait pas partie de la copie enregistrée."
)
NOT_THERE = Text(
    en="The file list names it, but the Hub does not have it.",
    fr="La liste des fichiers le nomme, mais le Hub ne l'a pas.",
)
_LASTING = frozenset(why.en for why in (OFFLINE, NOT_FOLLOWED, NOT_PUBLIC, NOT_IN_RECORDING, NOT_THERE))
_ANSWER = re.compile(
    r"(?:the Hub|its site) answered (?!408|425|429)[34]\d\d"
    r"|the code host answered (?!403|408|425|429)[34]\d\d"
    r"|too many redirects|a redirect to nowhere|a redirect to another host was not followed"
    r"|the host name is not known"
)
"""What a server has answered, and answers again. Of 403 GitHub makes use for a limit that passes, too."""


def unread_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and is in no language that is read, if it is one."""
    return next((each for each in problems if each.what == _CARD and each.state == "unsupported"), None)


def shut_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and could not be read at all, behind a gate or a dead line."""
    shut = ("gated", "unreachable", "too_large", "not_found_or_private")
    return next((each for each in problems if each.what == _CARD and each.state in shut), None)


def unread_bases(lineage: Iterable[Hop]) -> Sequence[str]:
    """The declared bases that could not be read: what holds of the whole model holds of them too."""
    return tuple(dict.fromkeys(hop.id for hop in lineage if hop.problem and not hop.hint))


def stays_so(why: Text) -> bool:
    """Whether that reason is an option of the call or a final answer: asked again, it holds again."""
    return why.en in _LASTING or _ANSWER.search(why.en) is not None


def out_of_reach(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What did not answer, or not any more today: asked for again later, it may be read."""
    return tuple(each for each in problems if each.state == "unreachable" and not stays_so(each.why))


def read_in_part(problems: Iterable[Problem]) -> Text | None:
    """What did not answer, in a sentence or two: the first and why, the rest counted; None for nothing."""
    found = out_of_reach(problems)
    if not found:
        return None
    what, why, more = found[0].what[:_LONGEST], found[0].why, len(found) - 1
    return Text(
        en=f"Read in part. {what}: {why.en}" + (f" And {more} more." if more else ""),
        fr=f"Lu en partie. {what} : {why.fr}" + (f" Et {more} autre{'s' * (more > 1)}." if more else ""),
    )
