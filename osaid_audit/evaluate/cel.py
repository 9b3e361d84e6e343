"""The one port to CEL, the language of conditions.

`cel-expr-python` is the engine; `cel-python` stands in where its wheels do not exist, and is the oracle of
a property test. Each fact is declared as a typed dotted variable (`license.class` too: the word is not
reserved in CEL). A fact that is absent is not bound; what CEL then calls an error is our unknown, since
its &&, ||, all and exists absorb errors exactly as Kleene's logic absorbs unknown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, Literal

from osaid_audit.errors import InternalError
from osaid_audit.evaluate.condition import ConditionError, names
from osaid_audit.schema.base import FactValue
from osaid_audit.schema.vocabulary import VOCABULARY, check

__all__ = ["ConditionError", "Engine", "EvaluationError", "Leaf", "compile", "default_engine", "evaluate"]

Engine = Literal["cel-expr-python", "cel-python"]
Bindings = Mapping[str, bool | int | str | list[str]]
_INT64 = 2**63
_PLACE = re.compile(r"<input>:(\d+):(\d+): (.*)")


class EvaluationError(Exception):
    """A condition that failed although all its facts were there: a fault of the rule, not an unknown."""


@dataclass(frozen=True)
class Leaf:
    """A compiled condition and the facts it speaks of."""

    text: str
    names: tuple[str, ...]
    run: Callable[[Bindings], bool | None] = field(repr=False, compare=False)


def default_engine() -> Engine:
    """The engine to use on this machine. Raises InternalError when none is installed."""
    if find_spec("cel_expr_python"):
        return "cel-expr-python"
    if find_spec("celpy"):
        return "cel-python"
    raise InternalError("No CEL engine is installed.", "Reinstall osaid-audit.")


@lru_cache(maxsize=8192)
def compile(condition: str, engine: Engine | None = None) -> Leaf:  # noqa: A001 - it is what it does
    """A leaf ready to be evaluated. Raises ConditionError with line and column inside the condition."""
    used = names(condition)
    make = _compile_celpy if (engine or default_engine()) == "cel-python" else _compile_google
    return Leaf(condition, used, make(condition))


def evaluate(leaf: Leaf, facts: Mapping[str, FactValue]) -> bool | None:
    """True, False, or None for unknown.

    Raises InternalError when a fact has a wrong type, EvaluationError when the condition fails although
    every fact it names is there.
    """
    bindings = {name: _bound(name, facts[name]) for name in leaf.names if name in facts}
    answer = leaf.run(bindings)
    if answer is None and len(bindings) == len(leaf.names):
        raise EvaluationError(f"the condition cannot be evaluated: {leaf.text}")
    return answer


def _bound(name: str, value: FactValue) -> bool | int | str | list[str]:
    checked = check(name, value)
    if isinstance(checked, int) and not -_INT64 <= checked < _INT64:
        raise EvaluationError(f"the fact '{name}' is too large a number")
    return list(checked) if isinstance(checked, tuple) else checked


@cache
def _google_environment() -> Any:
    from cel_expr_python import cel  # noqa: PLC0415 - an engine is imported where it is used

    kinds = {
        "bool": cel.Type.BOOL,
        "int": cel.Type.INT,
        "string": cel.Type.STRING,
        "strings": cel.Type.List(cel.Type.STRING),
    }
    visible = [spec for spec in VOCABULARY.values() if not (spec.reviewer or spec.lower_bound)]
    return cel.NewEnv(variables={spec.name: kinds[spec.type] for spec in visible})


def _compile_google(condition: str) -> Callable[[Bindings], bool | None]:
    try:
        program = _google_environment().compile(condition)
    except RuntimeError as error:
        raise _google_error(str(error)) from None
    if program.return_type().name() != "BOOL":
        raise ConditionError("a condition must be true or false", 1, 1)

    def run(bindings: Bindings) -> bool | None:
        try:
            value = program.eval(data=bindings).value()
        except RuntimeError as error:
            raise EvaluationError(str(error)) from error
        return value if isinstance(value, bool) else None

    return run


def _google_error(message: str) -> ConditionError:
    place = _PLACE.search(message)
    if place is None:
        return ConditionError(message.splitlines()[0], 1, 1)
    line, column, problem = place.groups()
    return ConditionError(problem.removesuffix(" (in container '')"), int(line), int(column))


def _compile_celpy(condition: str) -> Callable[[Bindings], bool | None]:
    import celpy  # noqa: PLC0415 - an engine is imported where it is used
    from celpy.adapter import json_to_cel  # noqa: PLC0415
    from celpy.celparser import CELParseError  # noqa: PLC0415
    from celpy.evaluation import CELEvalError  # noqa: PLC0415

    environment = celpy.Environment()
    try:
        program = environment.program(environment.compile(condition))
    except CELParseError as error:
        raise ConditionError("this is not a condition", error.line or 1, error.column or 1) from None
    except RecursionError:
        raise ConditionError("the condition is nested too deeply", 1, 1) from None

    def run(bindings: Bindings) -> bool | None:
        try:
            value = program.evaluate({name: json_to_cel(value) for name, value in bindings.items()})
        except CELEvalError:
            return None
        except RecursionError as error:
            raise EvaluationError("the condition is nested too deeply") from error
        return bool(value) if isinstance(value, bool | celpy.celtypes.BoolType) else None

    return run
