"""What is demanded at one place: the defaults, the policy, then each override that speaks of the place."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from osaid_audit.errors import UsageError
from osaid_audit.evaluate.report import DEFAULT_FRAMEWORKS, LABEL_FRAMEWORK
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.evaluate.verdict import asked
from osaid_audit.schema.base import Level
from osaid_audit.schema.policy import Demands, FailOn, Override, Pins, Policy

if TYPE_CHECKING:
    from pathspec import PathSpec

    from osaid_audit.schema.scan import Reference

NO_LABEL = "none"

SCAN = Demands(
    frameworks=DEFAULT_FRAMEWORKS,
    require="open-weights",
    verdicts={},
    fail_on="not-met",
    findings={},
    pins="none",
    gating="allow",
    undetermined="error",
)
"""What holds where a policy says nothing. Every license class is allowed that the label allows."""
AUDIT = SCAN.model_copy(update={"require": NO_LABEL})
"""What holds for `audit` without a policy: no label is asked for."""

_TABLES = ("verdicts", "findings")
"""Merged entry by entry: an override that speaks of one rule leaves the others as they are."""


class Demanded(NamedTuple):
    """The demands at one place, every one of them said. Fields as in `schema.policy.Demands`."""

    frameworks: tuple[str, ...]
    require: str
    verdicts: Mapping[str, str]
    fail_on: FailOn
    findings: Mapping[str, FailOn]
    licenses: tuple[str, ...] | None
    pins: Pins
    gating: Level | Literal["allow"]
    undetermined: Level


def demanded(policy: Policy, reference: "Reference | None", folder: str = "") -> Demanded:
    """What is demanded of a model at a place; without one (`audit`) no override of paths speaks of it.

    folder  where files are relative to, as the policy file sees it: `src/`, or nothing where it lies itself
    """
    told = [SCAN, policy.policy, *(each for each in policy.overrides if _speaks_of(each, reference, folder))]
    return Demanded(**_merged(told))


def given(
    policy: Policy,
    *,
    fail_on: FailOn | None = None,
    require: str | None = None,
    frameworks: Sequence[str] = (),
) -> Policy:
    """The policy with what the command line says instead, everywhere: it beats the file and its overrides."""
    said: dict[str, Any] = {"fail_on": fail_on, "require": require, "frameworks": tuple(frameworks) or None}
    said = {key: value for key, value in said.items() if value is not None}
    unsaid = dict.fromkeys(said)
    return policy.model_copy(
        update={
            "policy": policy.policy.model_copy(update=said),
            "overrides": tuple(each.model_copy(update=unsaid) for each in policy.overrides),
        }
    )


def frameworks(policy: Policy, ruleset: RuleSet) -> tuple[str, ...]:
    """The ids of every framework that an audit must evaluate so that the policy can be judged.

    The norms to judge by first; then those of `verdicts`, the ladder when a label is asked for anywhere, and
    for a rule of `findings` that none of these asks the first framework that does.
    """
    every: list[Demands] = [policy.policy, *policy.overrides]
    base = policy.policy.frameworks or DEFAULT_FRAMEWORKS
    chosen = dict.fromkeys((*base, *(name for each in every for name in each.frameworks or ())))
    chosen.update(dict.fromkeys(name for each in every for name in each.verdicts or {}))
    labels = [policy.policy.require or SCAN.require, *(each.require for each in policy.overrides)]
    if any(label not in {None, NO_LABEL} for label in labels):
        chosen[LABEL_FRAMEWORK] = None
    for rule in (rule for each in every for rule in each.findings or {}):
        askers = ruleset.frameworks_of(rule)
        if askers and not chosen.keys() & set(askers):
            chosen[askers[0]] = None
    return tuple(chosen)


def rungs(ruleset: RuleSet) -> tuple[str, ...]:
    """Every label, low to high."""
    ladder = ruleset.framework(LABEL_FRAMEWORK)
    return (*([ladder.floor] if ladder.floor else []), *(rung.id for rung in ladder.rungs))


def check_label(label: str | None, ruleset: RuleSet) -> None:
    """Raise UsageError for a label that is no rung and not `none`."""
    known = rungs(ruleset)
    if label is not None and label not in {*known, NO_LABEL}:
        raise UsageError(
            "There is no label '{label}'.",
            "Labels, low to high: {known}.",
            label=label,
            known=", ".join(known),
        )


def asked_by(frameworks: Sequence[str], ruleset: RuleSet) -> set[str]:
    """The rules that any of these frameworks asks."""
    return {rule for name in frameworks for rule in asked(ruleset.framework(name))}


def globs(patterns: tuple[str, ...]) -> "PathSpec[Any]":
    """The files that globs mean, as in a .gitignore. Raises ValueError for one that is none."""
    return _compiled(patterns)


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> "PathSpec[Any]":
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only a policy with paths needs it

    return GitIgnoreSpec.from_lines(patterns)


def _speaks_of(override: Override, reference: "Reference | None", folder: str) -> bool:
    if override.kind is not None and override.kind != (reference.kind if reference else "model"):
        return False
    if override.paths is None:
        return True
    return reference is not None and globs(override.paths).match_file(folder + reference.file)


def _merged(told: Sequence[Demands]) -> dict[str, Any]:
    """Field by field what was said last."""
    merged: dict[str, Any] = dict.fromkeys(Demanded._fields)
    for demands in told:
        for name in Demanded._fields:
            value = getattr(demands, name)
            if value is not None:
                merged[name] = {**(merged[name] or {}), **value} if name in _TABLES else value
    return merged
