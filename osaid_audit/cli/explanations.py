"""What `explain` can say: one page for each kind of name, from the rules and the license table alone."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.cli.glosses import CONTEST, CONTEST_PARTS, GLOSSES
from osaid_audit.errors import UsageError
from osaid_audit.messages import Message, either

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.licenses import Clause, KnownEntry
    from osaid_audit.schema.base import Text
    from osaid_audit.schema.rules import Framework

_WORDS = {
    "rule": ("rule", "règle"),
    "framework": ("framework", "référentiel"),
    "label": ("label", "échelon"),
    "license": ("license", "licence"),
    "clause": ("clause", "clause"),
    "expression": ("license expression", "expression de licences"),
    "whole": ("Taken together", "Dans l'ensemble"),
    "members": ("Its licenses", "Ses licences"),
    "meant": ("Did you mean one of these?", "Vouliez-vous dire l'une de celles-ci ?"),
    "outcome": ("outcome", "résultat"),
    "help": ("help", "aide"),
    "term": ("word of a report", "mot d'un rapport"),
    "fact": ("fact", "fait"),
    "doc": ("What it says", "Ce qu'il dit (en anglais)"),
    "values": ("Values", "Valeurs"),
    "reviewer": ("Who states it", "Qui l'établit"),
    "human": ("a reviewer only", "un relecteur seulement"),
    "use": ("use", "utiliser"),
    "study": ("study", "étudier"),
    "modify": ("modify", "modifier"),
    "share": ("share", "partager"),
    "data_information": ("data information", "information sur les données"),
    "code": ("code", "code"),
    "parameters": ("parameters (weights)", "paramètres (poids)"),
    "why": ("Why it is asked", "Pourquoi la question se pose"),
    "freedoms": ("Freedoms", "Libertés"),
    "element": ("Element", "Élément"),
    "frameworks": ("Frameworks", "Référentiels"),
    "breach": ("Not met when", "Non satisfaite quand"),
    "met": ("Met when", "Satisfaite quand"),
    "review": ("A human must judge when", "Une personne doit juger quand"),
    "attest": ("A reviewer can settle it with", "Un relecteur peut trancher avec"),
    "publisher": ("What the publisher can do", "Ce que l'éditeur peut faire"),
    "user": ("What a user can do", "Ce qu'un utilisateur peut faire"),
    "references": ("References", "Références"),
    "requirements": ("Requirements", "Exigences"),
    "questions": ("Questions", "Questions"),
    "words": ("Words for the outcomes", "Mots pour les résultats"),
    "rungs": ("Labels, low to high", "Échelons, du plus bas au plus haut"),
    "breaks": ("Freedoms it takes away", "Libertés qu'elle retire"),
    "note": ("Note", "Remarque"),
    "optional": ("not required", "non exigée"),
}
_OUTCOMES = {
    "met": (
        "Evidence shows that the rule is fulfilled.",
        "Des preuves montrent que la règle est satisfaite.",
    ),
    "not_met": (
        "Evidence shows a breach. A missing document alone never gives this answer.",
        "Des preuves montrent un manquement. Un document absent ne suffit jamais à donner cette réponse.",
    ),
    "needs_review": (
        "Evidence was found, but a human must judge it.",
        "Des éléments ont été trouvés, mais une personne doit en juger.",
    ),
    "insufficient_evidence": (
        "Nothing that was read decides the question. It is neither a yes nor a no.",
        "Rien de ce qui a été lu ne tranche la question. Ce n'est ni un oui ni un non.",
    ),
    "not_applicable": (
        "The question does not arise for this model.",
        "La question ne se pose pas pour ce modèle.",
    ),
    "error": (
        "The rule could not be evaluated: a fault of the rule or of the tool, not of the model.",
        "La règle n'a pas pu être évaluée : c'est un défaut de la règle ou de l'outil, pas du modèle.",
    ),
    "conforms": (
        "Verdict: every required rule is met, and a named person has signed for it.",
        "Verdict : chaque règle exigée est satisfaite, et une personne nommée s'en est portée garante.",
    ),
    "does_not_conform": (
        "Verdict: at least one required rule is not met.",
        "Verdict : au moins une règle exigée n'est pas satisfaite.",
    ),
    "undetermined": (
        "Verdict: no required rule is broken as far as is known, but not all of them are established.",
        "Verdict : aucune règle exigée n'est enfreinte à ce que l'on sait, mais toutes ne sont pas établies.",
    ),
}
_NEAR = 3


class Page(NamedTuple):
    """What is shown of one name: `parts` are (heading, text); a part without text is left out."""

    kind: str
    name: str
    title: str
    parts: tuple[tuple[str, str], ...] = ()

    def lines(self, width: int) -> Iterator[str]:
        """The page, wrapped."""
        yield f"{self.name} ({self.kind})"
        yield from textwrap.wrap(self.title, width)
        for heading, text in self.parts:
            if text:
                yield from ("", heading)
                for line in text.splitlines():
                    yield from textwrap.wrap(
                        line,
                        width,
                        initial_indent="  ",
                        subsequent_indent="    ",
                        break_long_words=False,
                        break_on_hyphens=False,
                    )


class Guide:
    """Finds the page of a name in one language."""

    def __init__(self, ruleset: "RuleSet", lang: str) -> None:
        self._ruleset = ruleset
        self._at = 1 if lang == "fr" else 0

    def page(self, name: str) -> Page:
        """The page of that name. Raises UsageError and offers near names."""
        key = name.strip().lower()
        finders: tuple[Callable[[str], Page | None], ...] = (
            self._rule,
            self._framework,
            self._label,
            self._outcome,
            self._clause,
            self._license,
            self._expression,
            self._fact,
            self._gloss,
            self._contest,
        )
        found = next((page for finder in finders if (page := finder(key))), None)
        if found is None:
            raise UsageError("Nothing here is called '{name}'.", self._near(key), name=name)
        return found

    def _near(self, key: str) -> Message:
        near = get_close_matches(key, sorted(set(self._names())), _NEAR)
        return either(near) or Message("'osaid-audit rules list' lists the rules.")

    def _names(self) -> Iterator[str]:
        from osaid_audit import licenses
        from osaid_audit.schema.vocabulary import VOCABULARY

        yield from self._ruleset.rules
        for framework in self._ruleset.frameworks.values():
            yield from (framework.id, *(rung.id for rung in framework.rungs))
        yield from (*_OUTCOMES, *VOCABULARY, *GLOSSES, "contest")
        yield from licenses.clauses()
        for entry in licenses.entries():
            yield from (name.lower() for name in (entry.id, *entry.hub_ids, *entry.aliases))

    def _word(self, key: str) -> str:
        return _WORDS[key][self._at]

    def _listed(self, keys: Iterable[str]) -> str:
        return ", ".join(self._word(key) for key in keys)

    def _say(self, text: "Text | None") -> str:
        return "" if text is None else (text.en, text.fr)[self._at]

    def _parts(self, texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((self._word(key), text) for key, text in texts.items() if text)

    def _rule(self, key: str) -> Page | None:
        rule = self._ruleset.rules.get(key)
        if rule is None:
            return None
        parts = {
            "why": self._say(rule.why),
            "element": self._word(rule.element) if rule.element else "",
            "freedoms": self._listed(rule.freedoms),
            "frameworks": ", ".join(self._ruleset.frameworks_of(rule.id)),
            "breach": "\n".join(rule.not_met),
            "met": "\n".join(rule.met),
            "review": "\n".join(rule.review),
            "attest": ", ".join(rule.attest),
            "publisher": self._say(rule.remedy.publisher),
            "user": self._say(rule.remedy.user),
            "references": "\n".join(f"{each.text}: {each.url}" for each in rule.references),
        }
        return Page(self._word("rule"), rule.id, self._say(rule.title), self._parts(parts))

    def _framework(self, key: str) -> Page | None:
        framework = self._ruleset.frameworks.get(key)
        if framework is None:
            return None
        asking = "questions" if framework.kind == "informative" else "requirements"
        parts = {
            "note": self._say(framework.note),
            asking: "\n".join(self._requirements(framework)),
            "rungs": "\n".join(self._steps(framework)),
            "words": "\n".join(f"{outcome}: {self._say(word)}" for outcome, word in framework.words.items()),
            "references": framework.url or "",
        }
        return Page(self._word("framework"), framework.id, self._say(framework.title), self._parts(parts))

    def _requirements(self, framework: "Framework") -> Iterator[str]:
        for requirement in framework.requirements:
            if framework.kind == "informative":
                yield self._say(requirement.title) or requirement.id
                yield from (f"- {name}: {self._title(name)}" for name in requirement.rules)
            else:
                mark = "" if requirement.required else f" ({self._word('optional')})"
                yield f"{requirement.id}: {', '.join(requirement.rules)}{mark}"

    def _title(self, rule: str) -> str:
        return self._say(self._ruleset.rules[rule].title)

    def _steps(self, framework: "Framework") -> Iterator[str]:
        """The rungs with the rules that each needs beside those below it."""
        needs = {rung.id: ", ".join(rung.needs) for rung in framework.rungs}
        for rung, _ in self._rungs(framework):
            yield f"{rung}: {needs[rung]}" if needs.get(rung) else rung

    def _rungs(self, framework: "Framework") -> Iterator[tuple[str, str]]:
        if framework.floor:
            yield framework.floor, self._say(framework.floor_title)
        for rung in framework.rungs:
            yield rung.id, self._say(rung.title)

    def _label(self, key: str) -> Page | None:
        for framework in self._ruleset.frameworks.values():
            for rung, title in self._rungs(framework):
                if rung == key:
                    return Page(self._word("label"), rung, title, self._parts({"frameworks": framework.id}))
        return None

    def _outcome(self, key: str) -> Page | None:
        texts = _OUTCOMES.get(key.replace("-", "_"))
        return Page(self._word("outcome"), key, texts[self._at]) if texts else None

    def _clause(self, key: str) -> Page | None:
        from osaid_audit import licenses

        clause: Clause | None = licenses.clauses().get(key.replace("-", "_"))
        if clause is None:
            return None
        parts = {"note": self._say(clause.explanation), "breaks": self._listed(clause.freedoms)}
        return Page(self._word("clause"), clause.id, self._say(clause.title), self._parts(parts))

    def _license(self, key: str) -> Page | None:
        from osaid_audit import licenses
        from osaid_audit.render.license_terms import terms_of
        from osaid_audit.render.words import Words

        bearers = licenses.lookup(key)
        if len(bearers) > 1:
            ids = ", ".join(entry.id for entry in bearers)
            raise UsageError(
                "'{key}' is a name that several licenses bear.", "Explain one of: {ids}.", key=key, ids=ids
            )
        if not bearers:
            return None
        entry = bearers[0]
        sections = terms_of(entry, Words("fr" if self._at else "en"))
        parts = [(section.heading, "\n".join(section.lines)) for section in sections]
        parts += self._parts({"meant": self._meant(key, entry)})
        return Page(self._word("license"), entry.id, entry.title, tuple(parts))

    def _meant(self, key: str, entry: "KnownEntry") -> str:
        """Of a family, the ids with a version that may be meant, those spelt like the name first."""
        from osaid_audit import licenses

        if not entry.members:
            return ""
        own = [each for each in licenses.entries() if each.id.startswith(entry.members)]
        names = [(each.hub_ids or (each.id,))[0] for each in own if not each.family]
        near = get_close_matches(key.replace(" ", "-"), names, _NEAR)
        return ", ".join(dict.fromkeys((*near, *names)))

    def _expression(self, key: str) -> Page | None:
        """An expression: what it adds up to, and each of its licenses."""
        from osaid_audit import licenses
        from osaid_audit.render.words import Words

        joined = {"or", "and", "with"} & set(key.replace("(", " ").replace(")", " ").split())
        found = licenses.resolve(key)
        if not joined or not found.known or found.cls is None:
            return None
        words = Words("fr" if self._at else "en")
        rows = [row for row in map(licenses.entry, found.ids) if row is not None]
        members = [f"{row.id}: {row.title}, {words.name('class', row.cls)}" for row in rows]
        parts = {
            "whole": words.name("class", found.cls),
            "breaks": self._listed(found.breaks),
            "members": "\n".join(members),
        }
        return Page(self._word("expression"), found.id or key, "", self._parts(parts))

    def _gloss(self, key: str) -> Page | None:
        found = {name.replace("_", "-"): name for name in GLOSSES}.get(
            key.replace("_", "-").replace(" ", "-")
        )
        return Page(self._word("term"), found, GLOSSES[found][self._at]) if found else None

    def _contest(self, key: str) -> Page | None:
        if key != "contest":
            return None
        parts = "\n".join(texts[self._at] for texts in CONTEST_PARTS)
        return Page(self._word("help"), key, CONTEST[self._at], ((CONTEST[self._at + 2], parts),))

    def _fact(self, key: str) -> Page | None:
        from osaid_audit.schema.vocabulary import VOCABULARY

        spec = VOCABULARY.get(key)
        if spec is None:
            return None
        parts = {
            "doc": spec.doc,
            "values": ", ".join(spec.values),
            "reviewer": self._word("human") if spec.reviewer else "",
        }
        return Page(self._word("fact"), spec.name, "", self._parts(parts))
