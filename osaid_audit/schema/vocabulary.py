"""The closed vocabulary of facts, and the check that a value is what its fact allows (design §4)."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from osaid_audit.errors import InternalError
from osaid_audit.schema import facts_of_parts, facts_of_terms
from osaid_audit.schema.base import FactValue
from osaid_audit.schema.factspec import FactSpec, FactType

VOCABULARY: dict[str, FactSpec] = {spec.name: spec for spec in (*facts_of_terms.FACTS, *facts_of_parts.FACTS)}

_PYTHON: dict[FactType, Any] = {"bool": bool, "int": int, "string": str, "strings": tuple[str, ...]}
_ADAPTERS = {kind: TypeAdapter(python) for kind, python in _PYTHON.items()}


def check(name: str, value: object) -> FactValue:
    """The value, strictly of the fact's type and within its values.

    None or a wrong type would silently become unknown in CEL, so it is refused here (InternalError).
    """
    spec = VOCABULARY.get(name)
    if spec is None:
        raise InternalError(f"There is no fact '{name}'.")
    try:
        checked: FactValue = _ADAPTERS[spec.type].validate_python(value, strict=True)
    except ValidationError as error:
        raise InternalError(f"The fact '{name}' must be {spec.type}.") from error
    members = checked if isinstance(checked, tuple) else (checked,)
    if spec.values and not set(members) <= set(spec.values):
        raise InternalError(f"The fact '{name}' cannot be {checked!r}.")
    if spec.only_true and checked is not True:
        raise InternalError(f"The fact '{name}' can only be true; leave it out.")
    return checked
