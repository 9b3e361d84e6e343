"""The certificate authorities of the house one works in, for both HTTP stacks alike.

Each stack reads other variables by itself: huggingface_hub's SSL_CERT_FILE, requests REQUESTS_CA_BUNDLE and
CURL_CA_BUNDLE. Whoever sets one of them means both.
"""

import os
import ssl
from functools import cache
from pathlib import Path

from osaid_audit.errors import UsageError

_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def ca_bundle() -> str | None:
    """The file or folder of authorities that the environment names; UsageError if it is not there."""
    name = next((name for name in _NAMES if os.environ.get(name)), None)
    if name is None:
        return None
    if not Path(os.environ[name]).exists():
        raise UsageError(
            "{name} names a file that does not exist.", "Correct the variable or unset it.", name=name
        )
    return os.environ[name]


def own_context() -> ssl.SSLContext | None:
    """A context when the Hub client would not see the bundle by itself; UsageError if it is none."""
    bundle = ca_bundle()
    if bundle is None:
        return None
    context = _context(bundle, Path(bundle).stat().st_mtime_ns)
    return None if os.environ.get("SSL_CERT_FILE") else context


@cache
def _context(bundle: str, _changed: int) -> ssl.SSLContext:
    """Reading a bundle takes 20 ms, so once for each state of the file."""
    try:
        if Path(bundle).is_dir():
            return ssl.create_default_context(capath=bundle)
        return ssl.create_default_context(cafile=bundle)
    except (OSError, ssl.SSLError) as error:
        raise UsageError("The CA bundle cannot be read.", "It must be a PEM file of certificates.") from error
