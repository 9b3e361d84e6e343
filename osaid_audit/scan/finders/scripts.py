"""Finder for the scripts of Windows: .bat, .cmd, .ps1 brought into the form that the shell finder reads."""

import re

from osaid_audit.scan.finders import shell
from osaid_audit.scan.hits import Doubt, Hit

_COMMENT = re.compile(r"(?im)^[ \t]*(?:@?rem\b|::)[^\n]*")
_BLOCK = re.compile(r"<#(?:[^#]|#(?!>))*(?:#>|\Z)")


def find_bat(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a batch file names."""
    plain = _COMMENT.sub("", text).replace("\\", "/")
    return shell.find(re.sub(r"\^(\r?\n)", r"\\\1", plain))


def find_powershell(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a PowerShell script names."""
    plain = _BLOCK.sub(lambda hit: "\n" * hit[0].count("\n"), text).replace("\\", "/")
    return shell.find(re.sub(r"`(\r?\n)", r"\\\1", plain))
