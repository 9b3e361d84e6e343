"""What a publisher wrote about the license, as plain values: to be compared, not to be judged."""

import hashlib
import json

from osaid_audit.schema.licenses import LicenseBlock, LicenseFile

_KEYS = {"declared": "license", "name": "license_name", "link": "license_link", "header": "weights"}


def keys_written(block: LicenseBlock) -> tuple[str, ...]:
    """`key: value` of every license key, sorted; a tag only where no key says the same."""
    keys = {f"{_KEYS[each.role]}: {each.value}" for each in block.declared if each.role in _KEYS}
    tags = {each.value for each in block.declared if each.role == "tag"}
    return tuple(sorted(keys | {f"tag: {tag}" for tag in tags if f"license: {tag}" not in keys}))


def file_digest(file: LicenseFile) -> str | None:
    """The sha256 of a license file; None when it was not read: its source is the file list then."""
    return file.source.sha256 if file.match is not None and file.source is not None else None


def terms_digest(block: LicenseBlock) -> str | None:
    """One sha256 over the license files and keys; None when a file was not read."""
    files = sorted((file.path, file_digest(file)) for file in block.files)
    if any(sha256 is None for _, sha256 in files):
        return None
    return hashlib.sha256(json.dumps([files, keys_written(block)]).encode()).hexdigest()
