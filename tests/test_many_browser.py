"""The pages over many models in a real browser: the filter works, and everyone can read and print them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_many import evil_rows, evil_summary, libraries, nothing, rows, summary, thousand
from test_html_browser import A_SECOND, LOOKS, NARROW, PHONE, SCRIPT, browser, wrong_html
from test_html_browser import tools as tools  # noqa: PLC0414 - a fixture
from test_html_hostile import ATTACKS

from osaid_audit.render.index import index_page
from osaid_audit.render.index.page import KINDS
from osaid_audit.render.sweep import summary_page

LINKS = {row.id: f"reports/{row.id.replace('/', '--')}.html" for row in (*rows(), *thousand())}
PAGES: dict[str, Callable[[], str]] = {
    "index": lambda: index_page(rows(), "en", LINKS),
    "index-fr": lambda: index_page(rows(), "fr", LINKS),
    "index-evil": lambda: index_page(evil_rows(), "fr", {}),
    "index-none": lambda: index_page([], "en", {}),
    "index-long": lambda: index_page(thousand(), "en", LINKS),
    "sweep": lambda: summary_page(summary(), "en"),
    "sweep-fr": lambda: summary_page(summary(), "fr"),
    "sweep-none": lambda: summary_page(nothing(), "en"),
    "sweep-evil": lambda: summary_page(evil_summary(), "fr"),
    "sweep-200": lambda: summary_page(libraries(), "en"),
}
SHOWN = [name for name in PAGES if name not in {"index-long", "sweep-200"}]
PRINTED = ("index", "sweep-fr")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("many")
    made = {name: make() for name, make in PAGES.items()}
    for name, evil in ATTACKS.items():
        made[f"attack-index-{name}"] = index_page(evil_rows(evil), "en", {})
        made[f"attack-sweep-{name}"] = summary_page(evil_summary(evil), "en")
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def seen(files: dict[str, Path], tools: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser saw on every page, in one run of it."""
    chromium = browser()
    if chromium is None:
        pytest.skip("no Chromium here, and it could not be installed")
    order = {
        "modules": str(tools),
        "chromium": chromium,
        "profile": str(tmp_path_factory.mktemp("profile")),
        "pages": [_job(name, path) for name, path in files.items()],
    }
    command = ["node", str(SCRIPT)]
    done = subprocess.run(
        command, input=json.dumps(order), capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _job(name: str, path: Path) -> dict[str, Any]:
    job: dict[str, Any] = {"name": name, "file": str(path)}
    if name.startswith("attack-"):
        return job | {"inert": "controls"}
    job |= {"wide": [PHONE, NARROW]}
    if name not in SHOWN:
        return job | {"time": True}
    job |= {"axe": list(LOOKS.values())}
    if name in PRINTED:
        job |= {"pdf": str(path.with_suffix(".pdf"))}
    if name == "index":
        job |= {"choose": ["only-all", *(f"only-{kind}" for kind in KINDS)]}
    return job


@pytest.mark.parametrize("name", SHOWN)
def test_nobody_is_asked_and_everyone_can_read_it(seen: dict[str, Any], name: str) -> None:
    found = seen[name]["axe"]
    assert (found["requests"], found["errors"], found["dialogs"]) == ([], [], [])
    assert dict(zip(LOOKS, found["violations"], strict=True)) == {look: [] for look in LOOKS}


@pytest.mark.parametrize("page", ["index", "sweep"])
@pytest.mark.parametrize("name", ATTACKS)
def test_what_a_dump_says_does_nothing(seen: dict[str, Any], page: str, name: str) -> None:
    found = seen[f"attack-{page}-{name}"]["inert"]
    assert (found["requests"], found["errors"], found["dialogs"]) == ([], [], [])
    assert found["strangers"] == []
    assert (found["styles"], found["scripts"]) == (1, 0)
    assert found["visible"]
    assert found["here"]


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_need_not_scroll_sideways(seen: dict[str, Any], name: str) -> None:
    for found, width in zip(seen[name]["wide"], (PHONE, NARROW), strict=True):
        assert found["page"] <= width
        assert found["out"] == []


def test_the_choice_of_a_label_shows_its_rows_alone(seen: dict[str, Any]) -> None:
    shown = seen["index"]["choose"]["rows"]
    kinds = ["failed" if row.problem else row.label or "other" for row in rows()]
    assert len(shown["only-all"]) == len(kinds)
    for kind in KINDS:
        assert shown[f"only-{kind}"] == [f"m{n}" for n, each in enumerate(kinds, 1) if each == kind]


def test_a_link_to_a_row_that_the_choice_hides_shows_it(seen: dict[str, Any]) -> None:
    assert seen["index"]["choose"]["visited"]


@pytest.mark.parametrize("name", PRINTED)
def test_it_prints(seen: dict[str, Any], name: str) -> None:
    assert seen[name]["pdf"]["bytes"] > 10_000
    assert 1 <= seen[name]["pdf"]["pages"] <= 8


@pytest.mark.parametrize("name", ["index-long", "sweep-200"])
def test_a_long_page_is_shown_within_a_second(seen: dict[str, Any], name: str) -> None:
    assert seen[name]["time"]["milliseconds"] < A_SECOND


def test_the_pages_are_valid_html(files: dict[str, Path], tools: Path, tmp_path: Path) -> None:
    assert wrong_html(files.values(), tools, tmp_path) == []
