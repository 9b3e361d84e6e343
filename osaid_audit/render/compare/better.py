"""Who is better placed for which freedom, and why: met above unknown above not met, and nothing finer."""

from collections.abc import Iterator, Sequence

from osaid_audit.render.compare.rows import Keyed, both, frameworks, result_of
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Freedom, Outcome
from osaid_audit.schema.compare import Better, Group, RuleName, Standing
from osaid_audit.schema.report import FrameworkResult

_BEST_FIRST: tuple[Standing, ...] = ("met", "unknown", "not_met", "not_asked")
_FINE = (Outcome.MET, Outcome.NOT_APPLICABLE)
_MOST_RULES = 3


def better(reports: Keyed) -> tuple[Better, ...]:
    """The four freedoms, by one binary framework for all: the first that any of the reports has."""
    name = next((name for name, each in frameworks(reports).items() if each.kind == "binary"), "")
    mains = {key: result_of(report, name) for key, report in reports.items()}
    if not any(mains.values()):
        return ()
    return tuple(_of(freedom, mains) for freedom in FREEDOMS)


def _of(freedom: Freedom, mains: dict[str, FrameworkResult | None]) -> Better:
    standings = {key: standing(result, freedom) for key, result in mains.items()}
    groups = tuple(
        Group(standing=each, models=tuple(key for key, found in standings.items() if found == each))
        for each in _BEST_FIRST
        if each in standings.values()
    )
    asked = [group for group in groups if group.standing != "not_asked"]
    because = {key: tuple(_rules(result, freedom)) for key, result in mains.items() if result is not None}
    said = both(lambda words: " ".join(_said(words, groups, asked, because)))
    best = asked[0].models if len(asked) > 1 else ()
    return Better(freedom=freedom, better=best, groups=groups, because=because, said=said)


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
    broken = [f for f in about if f.outcome is Outcome.NOT_MET and freedom in f.freedoms]
    for finding in broken or (each for each in about if each.outcome not in _FINE):
        yield RuleName(rule=finding.rule, title=finding.title)


def _said(
    words: Words, groups: Sequence[Group], asked: Sequence[Group], because: dict[str, tuple[RuleName, ...]]
) -> Iterator[str]:
    if len(groups) == 1:
        yield words(f"compare.all.{groups[0].standing}")
        return
    if len(asked) > 1:
        yield words("compare.best", models=", ".join(asked[0].models))
    for group in groups:
        models = ", ".join(group.models)
        if group.standing == "not_met":
            yield words("compare.where.not_met", models=models, rules=_titles(words, group, because))
        else:
            yield words(f"compare.where.{group.standing}", models=models)


def _titles(words: Words, group: Group, because: dict[str, tuple[RuleName, ...]]) -> str:
    """What takes the freedom away, each rule once with its id."""
    rules = {rule.rule: rule for key in group.models for rule in because.get(key, ())}
    shown = list(rules.values())[:_MOST_RULES]
    return words("semicolon").join(
        words("compare.rule", title=prose(words.say(rule.title)), rule=plain(rule.rule)) for rule in shown
    )
