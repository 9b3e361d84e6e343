"""The version of the tool; the rule set has its own, in rules/VERSION."""

__version__ = "0.1.0"
