"""`make docs` and `make docs-check`: pages made from the program, so that they cannot disagree with it.

write  make every generated page and every output block in README.md
check  exit 1 and name the pages that are out of date
With --examples the reports in reports/examples are made or checked too.
Run as a module: PYTHONPATH=tests python -m tools.docs
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tools import docs_examples
from tools.docs_pages import cli_page, facts_page, format_page, rule_page, rules_index

ROOT = Path(__file__).resolve().parents[2]
MADE = "<!-- made by `make docs`; change the program or the rules instead -->\n\n"
BLOCK = re.compile(
    r"(<!-- output of: osaid-audit (?P<call>[^\n|]+?)(?: \| head -n (?P<head>\d+))? -->\n)"
    r".*?(<!-- end of output -->)",
    re.DOTALL,
)
GENERATED = ("docs/rules", "docs/schemas", "reports/examples")
WIDTH = "96"


def run(*arguments: str, codes: tuple[int, ...] = (0,)) -> str:
    """Standard output of the real command line, free of the settings of this machine."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("OSAID_", "HF_"))}
    env |= {"COLUMNS": WIDTH, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "osaid_audit", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in codes:
        raise SystemExit(f"docs: {' '.join(command[2:])} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that is shown, by its words, a group before what is in it."""
    for name, command in sorted(group.commands.items()):
        if not command.hidden:
            yield (*path, name), command
            if isinstance(command, click.Group):
                yield from commands(command, (*path, name))


def schema_names() -> list[str]:
    """What `osaid-audit schema` knows."""
    from osaid_audit.cli.main import cli

    choice = next(one.type for one in cli.commands["schema"].params if isinstance(one.type, click.Choice))
    return [str(name) for name in choice.choices]


def pages() -> dict[str, str]:
    """Every generated page by its path in the checkout."""
    from osaid_audit.cli.main import cli
    from osaid_audit.evaluate import load

    ruleset = load()
    rules = ruleset.rules
    helps = [("", run("--help"))]
    helps += [(" ".join(path), run(*path, "--help")) for path, _ in commands(cli)]
    schemas = {name: run("schema", name) for name in schema_names()}
    made = {
        "docs/cli.md": cli_page(helps),
        "docs/facts.md": facts_page(rules),
        "docs/report-format.md": format_page(schemas["report"], schemas["dossier"]),
        "docs/rules/README.md": rules_index(rules, ruleset.frameworks),
    }
    made |= {
        f"docs/rules/{rule_id}.md": rule_page(rule, ruleset.frameworks) for rule_id, rule in rules.items()
    }
    made = {path: MADE + text for path, text in made.items()}
    made |= {f"docs/schemas/{name}.schema.json": text for name, text in schemas.items()}
    made["README.md"] = with_output((ROOT / "README.md").read_text(encoding="utf-8"))
    return made


def with_output(text: str) -> str:
    """The text with the real output in each of its output blocks."""

    def block(found: re.Match[str]) -> str:
        lines = run(*found["call"].split(), codes=(0, 1)).rstrip().splitlines()
        if found["head"]:
            lines = [*"\n".join(lines[: int(found["head"])]).rstrip().splitlines(), "..."]
        return "\n".join([found[1], "```text", *lines, "```", "", found[4]])

    return BLOCK.sub(block, text)


def examples() -> dict[str, str]:
    """The reports of the recorded models, and the page that lists them."""
    made = docs_examples.reports(ROOT, run)
    listing = docs_examples.index(made)
    return made | {f"{docs_examples.FOLDER}/README.md": MADE + listing}


def strays(made: Iterable[str]) -> list[str]:
    """Files in a generated folder that nothing makes any more."""
    kept = set(made)
    folders = [one for one in GENERATED if any(path.startswith(f"{one}/") for path in kept)]
    there = (
        path.relative_to(ROOT).as_posix()
        for one in folders
        for path in (ROOT / one).glob("*")
        if path.is_file()
    )
    return sorted(path for path in there if path not in kept)


def stale(made: dict[str, str]) -> list[str]:
    """Pages that differ from what the program says now, or should not be there."""
    old = [
        path
        for path, text in made.items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]
    return old + strays(made)


def write(made: dict[str, str]) -> list[str]:
    """Write what is out of date, remove what is gone, and say which."""
    changed = stale(made)
    for path in changed:
        target = ROOT / path
        if path in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(made[path], encoding="utf-8", newline="\n")
        else:
            target.unlink()
    return changed


def main() -> None:
    """Write or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mode", choices=["write", "check"])
    parser.add_argument("--examples", action="store_true")
    asked = parser.parse_args()
    made = pages() | (examples() if asked.examples else {})
    changed = write(made) if asked.mode == "write" else stale(made)
    word = "wrote" if asked.mode == "write" else "out of date:"
    for path in changed:
        print(f"docs: {word} {path}")
    if changed and asked.mode == "check":
        raise SystemExit("docs: run 'make docs' (and 'make examples') and commit the result")
    if not changed:
        print("docs: up to date")


if __name__ == "__main__":
    main()
