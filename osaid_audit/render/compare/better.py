"""Who is better placed for which freedom, and why: above what is ruled out, by what is established only.

That a freedom is not known to be taken places nobody well: the less is read of a model, the less would be
held against it. What is unknown stands above what is ruled out by terms only where its own terms were read.
"""

from collections.abc import Iterator, Sequence

from osaid_audit.render.compare.rows import Keyed, both, frameworks, result_of
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FINE, FREEDOMS, Freedom, Outcome
from osaid_audit.schema.compare import Better, Group, RuleName, Standing
from osaid_audit.schema.licenses import OPEN
from osaid_audit.schema.report import Finding, FrameworkResult, Report
from osaid_audit.schema.unread import shut_card, unread_card

_BEST_FIRST: tuple[Standing, ...] = ("met", "unknown", "not_met", "not_asked")
_MOST_RULES = 3
_TERMS = "weights-license"
_FACTS = ("license.class", "license.read_all")


def better(reports: Keyed) -> tuple[Better, ...]:
    """The four freedoms, by one binary framework for all: the first that any of the reports has."""
    name = next((name for name, each in frameworks(reports).items() if each.kind == "binary"), "")
    mains = {key: result_of(report, name) for key, report in reports.items()}
    if len(reports) < 2 or not any(mains.values()):  # noqa: PLR2004 - one model is beside no other
        return ()
    read = frozenset(key for key, report in reports.items() if _terms_read(report, mains[key]))
    return tuple(_of(freedom, mains, read) for freedom in FREEDOMS)


def _terms_read(report: Report, result: FrameworkResult | None) -> bool:
    """Whether the terms on the weights, and those of every base that is named, were read and are open."""
    if result is None or unread_card(report.problems) or shut_card(report.problems):
        return False
    known = {name: report.facts[name].value for name in _FACTS if name in report.facts}
    open_ = known.get("license.class") in OPEN and known.get("license.read_all") is True
    answer = next((each.outcome for each in result.findings if each.rule == _TERMS), None)
    settled = answer is Outcome.MET or (answer is Outcome.NEEDS_REVIEW and open_)
    return settled and all(hop.cls in OPEN for hop in report.lineage)


def _of(freedom: Freedom, mains: dict[str, FrameworkResult | None], read: frozenset[str]) -> Better:
    standings = {key: standing(result, freedom) for key, result in mains.items()}
    groups = tuple(
        Group(standing=each, models=tuple(key for key, found in standings.items() if found == each))
        for each in _BEST_FIRST
        if each in standings.values()
    )
    because = {key: tuple(_rules(result, freedom)) for key, result in mains.items() if result is not None}
    allowed = frozenset(key for key in read if _about_terms(mains[key], freedom))
    by_terms = all(_by_terms(mains[key], freedom) for key in _models(groups, "not_met"))
    best = _best(groups, allowed if by_terms else frozenset())
    said = both(lambda words: " ".join(_said(words, groups, best, allowed, because)))
    return Better(freedom=freedom, better=best, groups=groups, because=because, said=said)


def _models(groups: Sequence[Group], standing: Standing) -> tuple[str, ...]:
    return next((group.models for group in groups if group.standing == standing), ())


def _best(groups: Sequence[Group], apart: frozenset[str]) -> tuple[str, ...]:
    """Those above one that is ruled out: where it is met, else those whose terms set them apart."""
    if not _models(groups, "not_met"):
        return ()
    met = _models(groups, "met")
    return met or tuple(key for key in _models(groups, "unknown") if key in apart)


def _about_terms(result: FrameworkResult | None, freedom: Freedom) -> bool:
    group = result.freedoms.get(freedom) if result else None
    return group is not None and _TERMS in group.findings


def _by_terms(result: FrameworkResult | None, freedom: Freedom) -> bool:
    """Whether terms are among what takes this freedom: only then do open terms place another better."""
    return result is not None and any(each.topic == "license" for each in _broken(result, freedom))


def _broken(result: FrameworkResult, freedom: Freedom) -> list[Finding]:
    taking = (each for each in result.findings if each.required and each.outcome is Outcome.NOT_MET)
    return [each for each in taking if freedom in each.freedoms]


def standing(result: FrameworkResult | None, freedom: Freedom) -> Standing:
    """Where a model stands: what a person must still judge, and what is in error, is unknown."""
    group = result.freedoms.get(freedom) if result else None
    if group is None or group.status is Outcome.NOT_APPLICABLE:
        return "not_asked"
    if group.status is Outcome.MET:
        return "met"
    return "not_met" if group.status is Outcome.NOT_MET else "unknown"


def _rules(result: FrameworkResult, freedom: Freedom) -> Iterator[RuleName]:
    """The rules that take a freedom away, else those of it that are still open."""
    group = result.freedoms.get(freedom)
    about = [f for f in result.findings if f.required and group and f.rule in group.findings]
    for finding in _broken(result, freedom) or (each for each in about if each.outcome not in FINE):
        yield RuleName(rule=finding.rule, title=finding.title)


def _said(
    words: Words,
    groups: Sequence[Group],
    best: Sequence[str],
    allowed: frozenset[str],
    because: dict[str, tuple[RuleName, ...]],
) -> Iterator[str]:
    """The sentences: who is better placed, then where each stands; what is ruled out first if nobody is."""
    if len(groups) == 1:
        yield words(f"compare.all.{groups[0].standing}")
        return
    if best:
        yield words("compare.best", models=", ".join(best))
    for group in groups if best else sorted(groups, key=lambda each: each.standing != "not_met"):
        if group.standing == "not_met":
            rules = _titles(words, group, because)
            yield words("compare.where.not_met", models=", ".join(group.models), rules=rules)
        elif group.standing == "unknown":
            yield from _unknown(words, group.models, allowed)
        else:
            yield words(f"compare.where.{group.standing}", models=", ".join(group.models))


def _unknown(words: Words, models: Sequence[str], allowed: frozenset[str]) -> Iterator[str]:
    """Those whose own terms are open, then those of which nobody can say either."""
    parts = {"allowed": [key for key in models if key in allowed]}
    parts["unknown"] = [key for key in models if key not in allowed]
    yield from (
        words(f"compare.where.{name}", models=", ".join(keys)) for name, keys in parts.items() if keys
    )


def _titles(words: Words, group: Group, because: dict[str, tuple[RuleName, ...]]) -> str:
    """What takes the freedom away, each rule once with its id."""
    rules = {rule.rule: rule for key in group.models for rule in because.get(key, ())}
    shown = list(rules.values())[:_MOST_RULES]
    return words("semicolon").join(
        words("compare.rule", title=prose(words.say(rule.title)), rule=plain(rule.rule)) for rule in shown
    )
