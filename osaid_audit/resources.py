"""Where the shipped data is: inside the installed package, or beside it in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from osaid_audit.errors import InternalError

_CHECKOUT = {"rules": "rules", "templates": "reports/templates", "dossiers": "reports/dossiers"}


def data(name: str) -> Traversable:
    """The folder `rules`, `templates` or `dossiers`.

    An editable install has no copy inside the package, hence the second place.
    Raises InternalError when neither exists: a packaging slip must be loud.
    """
    installed = files("osaid_audit") / "_data" / name
    if installed.is_dir():
        return installed
    checkout = Path(__file__).parent.parent / _CHECKOUT[name]
    if checkout.is_dir():
        return checkout
    raise InternalError(f"The shipped folder '{name}' is missing.", "Reinstall osaid-audit.")
