"""The pages of rules, frameworks and labels."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_audit.cli.explaining.page import Page, parts

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.render.words import Words
    from osaid_audit.schema.base import Text
    from osaid_audit.schema.rules import Framework


class Norms:
    """A rule set in one language."""

    def __init__(self, ruleset: "RuleSet", words: "Words") -> None:
        self._ruleset = ruleset
        self._words = words

    def names(self) -> Iterator[tuple[str, str]]:
        """Every rule, framework and label with its kind in words."""
        frameworks = self._ruleset.frameworks.values()
        yield from ((self._words("explain.rule"), rule) for rule in sorted(self._ruleset.rules))
        yield from ((self._words("explain.framework"), framework.id) for framework in frameworks)
        for framework in frameworks:
            yield from ((self._words("explain.label"), rung) for rung, _ in self._rungs(framework))

    def rule(self, key: str) -> Page | None:
        """Why it is asked, how it is answered, what to do."""
        rule = self._ruleset.rules.get(key)
        if rule is None:
            return None
        texts = {
            "why": self._say(rule.why),
            "element": self._words.name("element", rule.element) if rule.element else "",
            "freedoms": self._words.list("freedom", rule.freedoms),
            "frameworks": ", ".join(self._ruleset.frameworks_of(rule.id)),
            "breach": "\n".join(rule.not_met),
            "met": "\n".join(rule.met),
            "review": "\n".join(rule.review),
            "attest": ", ".join(rule.attest),
            "publisher": self._say(rule.remedy.publisher),
            "user": self._say(rule.remedy.user),
            "references": "\n".join(self._words.pair(each.text, each.url) for each in rule.references),
        }
        kind = self._words("explain.rule")
        return Page(kind, rule.id, self._say(rule.title), parts(self._words, texts))

    def framework(self, key: str) -> Page | None:
        """What the norm asks, by which rules, and its labels."""
        framework = self._ruleset.frameworks.get(key)
        if framework is None:
            return None
        asking = "questions" if framework.kind == "informative" else "requirements"
        texts = {
            "note": self._say(framework.note),
            asking: "\n".join(self._requirements(framework)),
            "rungs": "\n".join(self._steps(framework)),
            "words": "\n".join(
                self._words.pair(outcome, self._say(word)) for outcome, word in framework.words.items()
            ),
            "references": framework.url or "",
        }
        kind = self._words("explain.framework")
        return Page(kind, framework.id, self._say(framework.title), parts(self._words, texts))

    def label(self, key: str) -> Page | None:
        """Its framework, and what it needs beside the labels below it."""
        for framework in self._ruleset.frameworks.values():
            for rung, title in self._rungs(framework):
                if rung == key:
                    asked = (
                        dict.fromkeys((*each.excluded, *each.needs))
                        for each in framework.rungs
                        if each.id == rung
                    )
                    told = (self._words.pair(name, self._title(name)) for name in next(asked, {}))
                    texts = {"frameworks": framework.id, "requirements": "\n".join(told)}
                    return Page(self._words("explain.label"), rung, title, parts(self._words, texts))
        return None

    def _requirements(self, framework: "Framework") -> Iterator[str]:
        for requirement in framework.requirements:
            if framework.kind == "informative":
                yield self._say(requirement.title) or requirement.id
                yield from (self._words.pair(f"- {name}", self._title(name)) for name in requirement.rules)
            else:
                mark = "" if requirement.required else f" ({self._words('explain.optional')})"
                yield self._words.pair(requirement.id, f"{', '.join(requirement.rules)}{mark}")

    def _title(self, rule: str) -> str:
        return self._say(self._ruleset.rules[rule].title)

    def _steps(self, framework: "Framework") -> Iterator[str]:
        """The rungs with the rules that each needs beside those below it."""
        needs = {rung.id: ", ".join(rung.needs) for rung in framework.rungs}
        for rung, _ in self._rungs(framework):
            yield self._words.pair(rung, needs[rung]) if needs.get(rung) else rung

    def _rungs(self, framework: "Framework") -> Iterator[tuple[str, str]]:
        if framework.floor:
            yield framework.floor, self._say(framework.floor_title)
        for rung in framework.rungs:
            yield rung.id, self._say(rung.title)

    def _say(self, text: "Text | None") -> str:
        return "" if text is None else self._words.say(text)
