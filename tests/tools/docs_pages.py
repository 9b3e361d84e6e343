"""What the generated pages say. Pure: records in, Markdown out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from osaid_audit.schema.base import Text
from osaid_audit.schema.factspec import FactSpec
from osaid_audit.schema.rules import Framework, Rule, Rung
from osaid_audit.schema.vocabulary import VOCABULARY

NOTES = Path(__file__).with_name("cli_notes.md")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are escaped here and nowhere else."""
    lines = [head, ["---"] * len(head), *rows]
    cells = (" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "".join(f"| {line} |\n" for line in cells)


def code(words: Iterable[object], between: str = ", ") -> str:
    """Words set as code."""
    return between.join(f"`{word}`" for word in words)


def cli_page(helps: Sequence[tuple[str, str]]) -> str:
    """Every command with its own help text."""
    parts = ["# Command line\n"]
    for name, text in helps:
        parts.append(f"## osaid-audit{' ' + name if name else ''}\n\n```text\n{text.rstrip()}\n```\n")
    return "\n".join(parts) + "\n" + NOTES.read_text(encoding="utf-8")


def _remark(spec: FactSpec) -> str:
    if spec.reviewer:
        return "a reviewer supplies it; never in a condition"
    if spec.lower_bound:
        return "only grows; never in a condition"
    if spec.only_true:
        return "true or absent"
    return "bound only when complete" if spec.type == "strings" else ""


def _uses(rule: Rule) -> str:
    conditions = [*rule.applies, *rule.not_met, *rule.met, *rule.review, rule.breaks or "", *rule.attest]
    return "\n".join(conditions)


def facts_page(rules: Mapping[str, Rule]) -> str:
    """The vocabulary: every fact that a rule may speak of."""
    groups: dict[str, list[FactSpec]] = {}
    for spec in VOCABULARY.values():
        groups.setdefault(spec.name.split(".")[0], []).append(spec)
    parts = [
        "# Facts\n",
        "The closed list of what a rule may speak of. A fact without evidence is absent, never false.\n",
    ]
    for group, specs in groups.items():
        head = ["fact", "type or values", "meaning", "remark", "rules"]
        parts.append(f"## {group}\n\n" + table(head, [_fact(spec, rules) for spec in specs]))
    return "\n".join(parts)


def _fact(spec: FactSpec, rules: Mapping[str, Rule]) -> list[str]:
    kind = code(spec.values, " ") if spec.values else spec.type
    users = [f"[{name}](rules/{name}.md)" for name, rule in sorted(rules.items()) if _names(spec.name, rule)]
    return [f"`{spec.name}`", kind, spec.doc, _remark(spec), ", ".join(users)]


def _names(fact: str, rule: Rule) -> bool:
    words = "".join(letter if letter.isalnum() or letter in "._" else " " for letter in _uses(rule))
    return fact in words.split()


def _frameworks_of(rule_id: str, frameworks: Mapping[str, Framework]) -> list[str]:
    found = []
    for framework in frameworks.values():
        asking = [one for one in framework.requirements if rule_id in one.rules]
        if asking:
            required = "required" if any(one.required for one in asking) else "not required"
            found.append(f"{framework.id} ({'informative' if framework.kind == 'informative' else required})")
        elif any(rule_id in {**rung.needs, **rung.excluded} for rung in framework.rungs):
            found.append(f"{framework.id} (ladder)")
    return found


def rules_index(rules: Mapping[str, Rule], frameworks: Mapping[str, Framework]) -> str:
    """All rules, and the frameworks that group them."""
    parts = [
        "# Rules\n",
        "One rule, one question, one file under `rules/`; [how to read one](../adding-a-rule.md).\n",
    ]
    rows = [
        [f"[{name}]({name}.md)", rule.element or "", ", ".join(rule.freedoms), rule.title.en, rule.title.fr]
        for name, rule in sorted(rules.items(), key=lambda pair: (pair[1].element or "~", pair[0]))
    ]
    parts.append(table(["rule", "element", "freedoms", "question", "en français"], rows))
    return "\n".join([*parts, *map(_framework, frameworks.values())])


def _framework(framework: Framework) -> str:
    title = f"[{framework.title.en}]({framework.url})" if framework.url else framework.title.en
    head = f"## {framework.id}\n\n{title}, {framework.kind}"
    head += f", version {framework.version} of our reading.\n\n"
    note = f"{framework.note.en}\n\n"
    links = {
        one.id: ", ".join(f"[{rule}]({rule}.md)" for rule in one.rules) for one in framework.requirements
    }
    rows = [
        [f"`{one.id}`", one.title.en if one.title else "", links[one.id], "yes" if one.required else "no"]
        for one in framework.requirements
    ]
    text = head + note
    if rows:
        text += table(["requirement", "asks", "rules", "required"], rows)
    if framework.rungs:
        rungs = [
            [f"`{rung.id}`", rung.title.en, "ours" if rung.ours else "the norm's", _needs(rung)]
            for rung in framework.rungs
        ]
        floor = framework.floor_title.en if framework.floor_title else ""
        text += table(
            ["rung", "title", "whose", "needs"], [[f"`{framework.floor}`", floor, "ours", ""], *rungs]
        )
    if framework.words:
        said = [[f"`{outcome}`", *both(words)] for outcome, words in framework.words.items()]
        text += "\nIts words for the outcomes:\n\n" + table(["outcome", "English", "français"], said)
    return text


def _needs(rung: Rung) -> str:
    """What a rung takes, in words; of the conditions only TRUE counts."""
    parts = [f"[{rule}]({rule}.md) {' or '.join(outcomes)}" for rule, outcomes in rung.needs.items()]
    kinds = {"also enough": rung.also, "doubtful": rung.doubts, "excluded": rung.excluded}
    for word, conditions in kinds.items():
        parts += [f"{word} for [{rule}]({rule}.md): `{one}`" for rule, one in conditions.items()]
    return "<br>".join(parts)


def both(text: Text | None) -> list[str]:
    """English and French, or two empty cells."""
    return [text.en, text.fr] if text else ["", ""]


def rule_page(rule: Rule, frameworks: Mapping[str, Framework]) -> str:
    """One rule: why, how it is answered, what it says, what to do, sources, cases."""
    remedies = [["publisher", *both(rule.remedy.publisher)], ["user", *both(rule.remedy.user)]]
    about = [f"Element: `{rule.element}`. "] if rule.element else ["About no element of the definition. "]
    about += [f"Freedoms: {code(rule.freedoms)}. "] if rule.freedoms else []
    says = [[f"`{outcome}`", *both(getattr(rule.says, outcome))] for outcome in type(rule.says).model_fields]
    languages = ["English", "français"]
    users = ", ".join(_frameworks_of(rule.id, frameworks))
    parts = [
        f"# {rule.id}\n",
        f"**{rule.title.en}**  \n**{rule.title.fr}**\n",
        f"{''.join(about)}In: {users}.\n",
        f"## Why it is asked\n\n{rule.why.en.strip()}\n\n{rule.why.fr.strip()}\n",
        f"## How it is answered\n\n{_answers(rule)}",
        "## What it says\n\n" + table(["outcome", *languages], [row for row in says if any(row[1:])]),
        "## What to do\n\n" + table(["who", *languages], [row for row in remedies if any(row[1:])]),
        "## Sources\n\n" + "".join(f"- [{one.text}]({one.url})\n" for one in rule.references),
        f"## Cases\n\nRun by the tests and by `osaid-audit rules test`.\n\n{_cases(rule)}",
    ]
    return "\n".join(parts)


def _answers(rule: Rule) -> str:
    parts = [
        ("applies", "the question arises when all hold", rule.applies),
        ("not_met", "any of these", rule.not_met),
        ("met", "all of these, and not_met is false", rule.met),
        ("needs_review", "any of these", rule.review),
    ]
    rows = [[f"`{name}`", how, code(conditions, "<br>")] for name, how, conditions in parts if conditions]
    if rule.attest:
        given = (f"`{fact}` true: `{outcome}`" for fact, outcome in rule.attest.items())
        rows.append(["by a reviewer", "an attestation supplies", "<br>".join(given)])
    text = table(["outcome", "when", "conditions"], rows)
    text += "\nOtherwise `insufficient_evidence`. A fact that is absent makes a condition unknown;"
    text += " only true or false decides.\n"
    if rule.breaks:
        text += f"\nThe freedoms that a breach takes away are those in `{rule.breaks}`.\n"
    return text + "\nEvery fact is explained in [facts](../facts.md).\n"


def _cases(rule: Rule) -> str:
    rows = []
    for case in rule.cases:
        facts = {**case.facts, **{f"{name} (attested)": value for name, value in case.attested.items()}}
        said = (f"`{name} = {json.dumps(value)}`" for name, value in facts.items())
        rows.append(["<br>".join(said) or "nothing is known", f"`{case.expect}`"])
    return table(["facts", "outcome"], rows)


def format_page(report: str, dossier: str) -> str:
    """Reports and dossiers field by field, from their JSON Schemas."""
    parts = [
        "# Report and dossier format\n",
        "Schema version 1: names are stable, new optional fields may come. Unknown values are omitted,",
        "never null. Texts for people are `{en, fr}`. Several models give an array, one gives the object.",
        "JSON Schemas, also from `osaid-audit schema`: [report](schemas/report.schema.json),",
        "[dossier](schemas/dossier.schema.json). What SPDX 2.3 has of a report, and the form of an answer about a",
        "license text: [licenses](licenses.md).\n",
        'An HTML page holds its report too, in `<script type="application/json" id="osaid-audit-report">`:',
        "`osaid-audit render report.html -o report.json` gives it back. There, texts and tables that occur more",
        'than once stand in the list `$defs`, and `{"$ref": 3}` is its entry 3, counted from 0; several reports',
        "stand under `reports`.\n",
    ]
    seen: set[str] = set()
    for schema in (json.loads(report), json.loads(dossier)):
        for name, record in {schema["title"]: schema, **schema.get("$defs", {})}.items():
            if name not in seen:
                seen.add(name)
                parts.append(_record(name, record) if "properties" in record else _values(name, record))
    return "\n".join(parts)


def _record(name: str, record: Mapping[str, Any]) -> str:
    required = set(record.get("required", []))
    rows = [
        [f"`{field}`", _type(shape), _there(shape, required=field in required), shape.get("description", "")]
        for field, shape in record["properties"].items()
    ]
    head = ["field", "type", "there", "meaning"]
    if not any(row[-1] for row in rows):
        head, rows = head[:-1], [row[:-1] for row in rows]
    paragraphs = record.get("description", "").split("\n\n")
    description = "\n\n".join(_paragraph(text) for text in paragraphs)
    return f"## {name}\n\n{description}\n\n" + table(head, rows)


def _values(name: str, record: Mapping[str, Any]) -> str:
    return f"## {name}\n\n{record.get('description', '')} One of {_type(record)}.\n"


def _there(shape: Mapping[str, Any], *, required: bool) -> str:
    """A list may be empty but is there; a value that is not known is left out."""
    return "always" if required or shape.get("default") is not None else "when known"


def _paragraph(text: str) -> str:
    """One paragraph; lines of the form `name   meaning` stay lines."""
    lines = [line.strip() for line in text.splitlines()]
    listed = any("  " in line for line in lines)
    return "  \n".join(" ".join(line.split()) for line in lines) if listed else " ".join(lines)


def _type(shape: Mapping[str, Any]) -> str:
    """A JSON Schema type in a few words."""
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(_type(one) for one in shape["anyOf"] if one.get("type") != "null")
    if "const" in shape or "enum" in shape:
        return code(shape.get("enum", [shape.get("const")]), " ")
    if shape.get("type") == "array":
        return f"list of {_type(shape.get('items', {}))}"
    values = shape.get("additionalProperties")
    return f"object of {_type(values)}" if isinstance(values, dict) else str(shape.get("type", "any"))
