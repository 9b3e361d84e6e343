"""What was asked of the models of a scan, as its report says it."""

from collections.abc import Iterable
from typing import NamedTuple

from osaid_audit.evaluate import ladder
from osaid_audit.evaluate.report import LABEL_FRAMEWORK
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.policy.demands import NO_LABEL, Demanded, demanded
from osaid_audit.schema.asked import Asked
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.scan import Reference


class Beside(NamedTuple):
    """What else decides whether a scan fails, beside the demands.

    policy_file      its name, None when there is none
    allow_unaudited  models that could not be audited pass
    lock, baseline   whether the scan is compared with one
    """

    policy_file: str | None = None
    allow_unaudited: bool = False
    lock: bool = False
    baseline: bool = False


def asked(policy: Policy, ruleset: RuleSet, references: Iterable[Reference], beside: Beside) -> Asked:
    """The demands that hold where no override of paths speaks, and how many of the places they leave out.

    references  all that was found; only what surely names a model counts
    """
    everywhere = demanded(policy, None)
    places = [each for each in references if each.kind == "model" and each.confidence == "high"]
    unasked = 0 if beside.lock else sum(_is_nothing(demanded(policy, each), ruleset) for each in places)
    nothing = unasked == len(places) if places else not beside.lock and _is_nothing(everywhere, ruleset)
    wanted = everywhere.require
    return Asked(
        **everywhere._asdict(),
        label=None if wanted == NO_LABEL else ladder.title(ruleset.framework(LABEL_FRAMEWORK), wanted),
        norms=_binary(everywhere, ruleset),
        overrides=sum(
            _says_something(each.model_dump(exclude={"paths", "kind"})) for each in policy.overrides
        ),
        policy=beside.policy_file,
        allow_unaudited=beside.allow_unaudited,
        lock=beside.lock,
        baseline=beside.baseline,
        unasked=unasked,
        nothing=nothing,
    )


def _is_nothing(asks: Demanded, ruleset: RuleSet) -> bool:
    """Whether an audited model passes there whatever it is; a warning or a note is no failure."""
    if not _no_label(asks, ruleset) or asks.licenses is not None or asks.pins != "none":
        return False
    rules = asks.fail_on != "never" and bool(_binary(asks, ruleset))
    single = any(each != "never" for each in asks.findings.values())
    verdicts = any(each != "any" for each in asks.verdicts.values())
    return not (rules or single or verdicts or asks.gating == "error")


def _no_label(asks: Demanded, ruleset: RuleSet) -> bool:
    """No label, or the lowest, which every model has of which a label can be told."""
    lowest = asks.require == ruleset.framework(LABEL_FRAMEWORK).floor and asks.undetermined != "error"
    return asks.require == NO_LABEL or lowest


def _binary(asks: Demanded, ruleset: RuleSet) -> tuple[str, ...]:
    return tuple(name for name in asks.frameworks if ruleset.framework(name).kind == "binary")


def _says_something(demands: dict[str, object]) -> bool:
    return any(value is not None for value in demands.values())
