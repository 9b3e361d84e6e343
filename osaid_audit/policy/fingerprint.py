"""What tells one alert from another, whatever its line."""

import hashlib


def fingerprint(check: str, model: str, file: str | None) -> str:
    """The sha256 over check, model and file: moving a line keeps it, another rule makes another one."""
    return hashlib.sha256("\0".join((check, model, file or "")).encode("utf-8", "replace")).hexdigest()
