"""What was asked of a sweep, for the rooms that need to know it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from osaid_audit.evaluate import RuleSet
from osaid_audit.messages import Lang
from osaid_audit.sweep.places import Progress


@dataclass(frozen=True)
class Asked:
    """The call, checked, and when it began."""

    ruleset: RuleSet
    frameworks: tuple[str, ...]
    day: str | None
    columns: Path | None
    lang: Lang
    progress: Callable[[Progress], None]
    began: float = field(default_factory=monotonic)
