"""The rules and frameworks in force, and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from osaid_audit.errors import UsageError
from osaid_audit.evaluate.verdict import asked
from osaid_audit.evaluate.yamlfile import Written
from osaid_audit.messages import Message, either
from osaid_audit.schema.rules import Framework, Rule

SHIPPED = "shipped"


@dataclass(frozen=True)
class RuleSet:
    """Rules and frameworks by id.

    origins  rule or framework id -> "shipped" or the path of the user's file
    version  of the shipped rules; sha256 covers every file read, the user's too
    """

    rules: Mapping[str, Rule]
    frameworks: Mapping[str, Framework]
    origins: Mapping[str, str]
    version: str
    sha256: str
    written: Mapping[str, Written] = field(default_factory=dict, repr=False, compare=False)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id. Raises UsageError naming a near one."""
        if rule_id not in self.rules:
            raise UsageError("There is no rule '{rule}'.", _near(rule_id, self.rules), rule=rule_id)
        return self.rules[rule_id]

    def framework(self, framework_id: str) -> Framework:
        """The framework of that id. Raises UsageError naming a near one."""
        if framework_id not in self.frameworks:
            raise UsageError(
                "There is no framework '{framework}'.",
                _near(framework_id, self.frameworks),
                framework=framework_id,
            )
        return self.frameworks[framework_id]

    def frameworks_of(self, rule_id: str) -> tuple[str, ...]:
        """The ids of the frameworks that ask this rule."""
        return tuple(name for name, framework in self.frameworks.items() if rule_id in asked(framework))


def _near(wrong: str, known: Mapping[str, object]) -> Message:
    return either(get_close_matches(wrong, known, 1)) or Message("See 'osaid-audit rules list'.")
