"""The content that terms and weights stand in, whatever the commit: what an attestation may be bound to."""

import re

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.listing import weights_of
from osaid_audit.gather.reading.files.termsfiles import terms_files
from osaid_audit.gather.reading.sources import README
from osaid_audit.schema.dossier import MAX_DIGESTS, Digests

_SHA256 = re.compile(r"[0-9a-f]{64}")


def digests_of(repository: Repository) -> Digests | None:
    """The hashes of every terms file and every weight file; None unless all of both are known.

    A terms file counts when it was read at this very commit, a weight file when the Hub gives its hash. A
    file that might be weights leaves the answer open.
    """
    weights = weights_of(repository.listing)
    if not repository.listing_complete or weights.doubtful:
        return None
    texts = [_read(repository, file.path) for file in terms_files(repository.listing)]
    files = [_hash(file.lfs_sha256) for _, file in weights.by_format]
    known = [each for each in (*texts, *files) if each is not None]
    if not texts or not files or len(known) < len(texts) + len(files) or len(known) > MAX_DIGESTS:
        return None
    return Digests(license=_listed(texts), weights=_listed(files))


def card_digest(repository: Repository) -> str | None:
    """The hash of README.md; None when it is not there, or was not read at this very commit."""
    return _read(repository, README)


def _read(repository: Repository, path: str) -> str | None:
    fetched = repository.files.get(path)
    return _hash(fetched.sha256) if isinstance(fetched, Raw) and not fetched.stands_in else None


def _hash(text: str | None) -> str | None:
    return text if text and _SHA256.fullmatch(text) else None


def _listed(hashes: list[str | None]) -> tuple[str, ...]:
    return tuple(sorted({each for each in hashes if each is not None}))
