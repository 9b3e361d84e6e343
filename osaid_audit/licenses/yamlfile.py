"""Reading the shipped YAML data; every fault is a RuleFileError that names the file."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from osaid_audit.errors import RuleFileError

_Model = TypeVar("_Model", bound=BaseModel)


def record(model: type[_Model], value: Any, place: str) -> _Model:
    """`value` as a record of `model`. Raises RuleFileError with the field and the reason."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise RuleFileError(place, f"{where}: {first['msg']}") from error
