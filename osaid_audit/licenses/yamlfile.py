"""Reading the shipped YAML data; every fault is a RuleFileError that names the file."""

from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from osaid_audit.errors import RuleFileError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)


def load(text: str, place: str) -> Any:
    """The document in `text`. Raises RuleFileError when it is not YAML."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - the C twin of SafeLoader
    except yaml.YAMLError as error:
        raise RuleFileError(place, f"not readable as YAML: {' '.join(str(error).split())}") from error


def record(model: type[_Model], value: Any, place: str) -> _Model:
    """`value` as a record of `model`. Raises RuleFileError with the field and the reason."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise RuleFileError(place, f"{where}: {first['msg']}") from error
