"""What the tests of policies stand on: answers made from dossiers by hand, and what is held against them."""

from typing import Any

from door import OPEN, dossier

from osaid_audit.errors import OsaidError
from osaid_audit.evaluate import evaluate, load
from osaid_audit.policy.demands import frameworks
from osaid_audit.policy.judge import Answer, DatasetAnswer, Judgement, judge
from osaid_audit.schema.dossier import Dataset, Hop
from osaid_audit.schema.licenses import Component, LicenseBlock
from osaid_audit.schema.policy import Demands, Override, Policy, Waiver
from osaid_audit.schema.scan import Alert, Reference

RULESET = load()
DAY = "2026-11-20"
MET: dict[str, Any] = {**OPEN, "license.ids": ("MIT",)}


def reference(file: str = "app.py", line: int = 3, name: str = "org/model", **more: Any) -> Reference:
    values = {"kind": "model", "how": "from_pretrained", "confidence": "high", **more}
    return Reference(id=name, file=file, line=line, **values)


def answer(
    facts: dict[str, Any] | OsaidError,
    *places: Reference,
    name: str = "org/model",
    policy: Policy | None = None,
    hops: tuple[Hop, ...] = (),
    parts: tuple[Component, ...] = (),
    code: bool = True,
) -> Answer:
    """An answer for one model; it has one reference if none is given and `code` is true."""
    places = places or ((reference(name=name),) if code else ())
    if isinstance(facts, OsaidError):
        return Answer(name, None, places, facts)
    found = dossier(facts, name).model_copy(
        update={"lineage": hops, "license": LicenseBlock(components=parts)}
    )
    norms = frameworks(policy or Policy(), RULESET)
    return Answer(name, None, places, evaluate(found, RULESET, norms))


def data(found: dict[str, Any] | OsaidError, name: str = "org/data") -> DatasetAnswer:
    """An answer for one dataset."""
    row = found if isinstance(found, OsaidError) else Dataset(id=name, found=True, **found)
    return DatasetAnswer(name, None, (reference(name=name, kind="dataset"),), row)


def held(policy: Policy, *answers: Answer | DatasetAnswer, day: str | None = DAY) -> Judgement:
    return judge(policy, RULESET, answers, day)


def asking(**demands: Any) -> Policy:
    """A policy that asks for this and for nothing else."""
    nothing = {"require": "none", "fail_on": "never"}
    return Policy(policy=Demands(**(nothing | demands)))


def waiver(rule: str, model: str = "org/*", expires: str = DAY, **more: Any) -> Waiver:
    said = {"reason": "accepted-risk", "statement": "Read by us.", "reviewer": "Ada Exemple"}
    return Waiver(rule=rule, model=model, expires=expires, **(said | more))


def waiving(policy: Policy, *waivers: Waiver) -> Policy:
    return policy.model_copy(update={"waivers": (*policy.waivers, *waivers)})


def overriding(policy: Policy, *overrides: Override) -> Policy:
    return policy.model_copy(update={"overrides": overrides})


def checks(judgement: Judgement, *, gating: bool = False) -> list[str]:
    """The checks of the alerts in order; with `gating` those that make the exit code."""
    return [each.check for each in judgement.alerts if not gating or gates(each)]


def gates(alert: Alert) -> bool:
    return alert.level == "error" and not alert.waived and not alert.known
