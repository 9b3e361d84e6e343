"""The page in a real browser: it asks nobody, says nothing wrong, and can be read and walked by everyone.

Needs node, npm and Chromium; as root the setup installs Debian's. Without them the tests skip and say why.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sample_hostile import hostile, sparse
from sample_parts import t
from samples import SAMPLES, restricted, signed, undecided
from test_html_hostile import ATTACKS
from tools.npm import installed

from osaid_audit.render import read_report, render, render_many
from osaid_audit.schema.base import Outcome
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.report import Report

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path(__file__).parent / "browser" / "check.mjs"
RULES = Path(__file__).parent / "browser" / "htmlvalidate.json"
TOOLS = ("puppeteer-core@24.43.1", "axe-core@4.14.1", "html-validate@10.17.0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = 360
NARROW = 320
"""What WCAG 1.4.10 asks for: a page of 1280 pixels, enlarged fourfold."""
LOOKS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", PHONE)}
A_SECOND = 1000


def chain() -> Report:
    """A fine-tune of a fine-tune of a restricted model."""
    ids = ("orchard/cider-chat", "orchard/cider-base", "press/press-7b")
    taken = {"cls": "use-restricted", "license": "LicenseRef-press", "breaks": ("use", "share")}
    hops = [
        Hop(id=name, relation="finetune", depth=at, via=ids[at - 2] if at > 1 else None)
        for at, name in enumerate(ids, 1)
    ]
    return restricted().model_copy(update={"lineage": (*hops[:2], hops[2].model_copy(update=taken))})


def merge() -> Report:
    """Forty bases, half of them made from the same one."""
    hops: list[Hop] = []
    for at in range(40):
        base = Hop(id=f"mergers/a-rather-long-name-{at}", relation="merge", depth=1, license="mit", cls="osi")
        root = Hop(id="press/root", relation="finetune", depth=2, via=base.id)
        hops += [base, root] if at % 2 else [base]
    return undecided().model_copy(update={"lineage": tuple(hops)})


def two_hundred() -> Report:
    """A report with two hundred findings of every kind."""
    base = undecided()
    main = base.frameworks[0]
    outcomes = (Outcome.NOT_MET, Outcome.NEEDS_REVIEW, Outcome.INSUFFICIENT_EVIDENCE, Outcome.MET)
    findings = tuple(
        main.findings[at % len(main.findings)].model_copy(
            update={
                "rule": f"rule-{at}",
                "outcome": outcomes[at % 4],
                "title": t(f"Rule {at}", f"Règle {at}"),
            }
        )
        for at in range(200)
    )
    long = main.model_copy(update={"findings": findings, "verdict": "does_not_conform"})
    return base.model_copy(update={"frameworks": (long, base.frameworks[1])})


def everything() -> Report:
    """A verdict, a ladder, questions, attestations and waivers on one page."""
    kept = {"attestations": signed().attestations, "waivers": signed().waivers}
    both = (*undecided().frameworks, *SAMPLES["answered"]().frameworks)
    return undecided().model_copy(update={"frameworks": both, **kept})


def example(name: str) -> Report:
    return read_report(next(ROOT.glob(f"reports/examples/*{name}*.json")).read_text(encoding="utf-8"))


PAGES = {
    "restricted": lambda: render(example("Llama"), "html", "en"),
    "undetermined": lambda: render(example("bert"), "html", "fr"),
    "chain": lambda: render(chain(), "html", "fr"),
    "merge": lambda: render(merge(), "html", "en"),
    "hostile": lambda: render(hostile(), "html", "fr"),
    "sparse": lambda: render(sparse(), "html", "en"),
    "signed": lambda: render(signed(), "html", "en"),
    "questions": lambda: render(SAMPLES["answered"](), "html", "fr"),
    "everything": lambda: render(everything(), "html", "en"),
    "index": lambda: render_many([restricted(), undecided(), hostile(), signed()] * 2, "html", "en"),
    "long": lambda: render(two_hundred(), "html", "en"),
}
SHOWN = [name for name in PAGES if name != "long"]
NARROWLY = ("restricted", "merge", "everything", "index")
FULL = ("restricted", "undetermined", "hostile", "everything")


def browser() -> str | None:
    """Where a browser is; as root one is installed first when there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quickly = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20")
        command = ["apt-get", *quickly, "install", "-y", "--no-install-recommends", "chromium"]
        subprocess.run(command, capture_output=True, timeout=300, check=False)
        found = shutil.which("chromium")
    return found


@pytest.fixture(scope="module")
def tools() -> Path:
    return installed(*TOOLS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {name: make() for name, make in PAGES.items()}
    made |= {f"attack-{name}": render(hostile(evil), "html", "en") for name, evil in ATTACKS.items()}
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def seen(files: dict[str, Path], tools: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser saw on every page, in one run of it."""
    chromium = browser()
    if chromium is None:
        pytest.skip("no Chromium here, and it could not be installed")
    jobs = [_job(name, path) for name, path in files.items()]
    order = {
        "modules": str(tools),
        "chromium": chromium,
        "profile": str(tmp_path_factory.mktemp("profile")),
        "pages": jobs,
    }
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _job(name: str, path: Path) -> dict[str, Any]:
    job: dict[str, Any] = {"name": name, "file": str(path)}
    if name.startswith("attack-"):
        return job | {"inert": True}
    job |= {"wide": [PHONE, NARROW]}
    if name == "long":
        return job | {"time": True}
    if name in FULL:
        job |= {"pdf": str(path.with_suffix(".pdf"))}
    if name == "restricted":
        job |= {"keys": 12, "follow": _folded(path.read_text(encoding="utf-8"))}
    return job | {"axe": _looks(name), "first": [[1280, 800], [PHONE, 740]]}


def _looks(name: str) -> list[tuple[str, int]]:
    return [each for look, each in LOOKS.items() if look != "phone" or name in NARROWLY]


def _folded(page: str) -> str:
    """The id of a finding that is folded at first."""
    found = re.search(r'<div class="under" id="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("name", SHOWN)
def test_nobody_is_asked_and_nothing_goes_wrong(seen: dict[str, Any], name: str) -> None:
    found = seen[name]["axe"]
    assert found["requests"] == []
    assert found["errors"] == []
    assert found["dialogs"] == []


@pytest.mark.parametrize("name", ATTACKS)
def test_what_a_card_says_does_nothing(seen: dict[str, Any], name: str) -> None:
    found = seen[f"attack-{name}"]["inert"]
    assert (found["requests"], found["errors"], found["dialogs"]) == ([], [], [])
    assert found["strangers"] == []
    assert found["styles"] == found["scripts"] == 1
    assert found["visible"]
    assert found["here"]


@pytest.mark.parametrize(
    ("name", "look"), [(name, look) for name in SHOWN for look in LOOKS if LOOKS[look] in _looks(name)]
)
def test_everyone_can_read_it(seen: dict[str, Any], name: str, look: str) -> None:
    assert seen[name]["axe"]["violations"][_looks(name).index(LOOKS[look])] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_need_not_scroll_sideways(seen: dict[str, Any], name: str) -> None:
    for found, width in zip(seen[name]["wide"], (PHONE, NARROW), strict=True):
        assert found["out"] == []
        assert found["page"] <= width


@pytest.mark.parametrize("at", [0, 1], ids=["1280x800", "360x740"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "restricted",
            (
                *(
                    "Llama-3.2-3B",
                    "Does not conform",
                    "Weights Available AI",
                    "at most: Weights Available AI",
                ),
                *("use | taken away", "share | taken away", "study | not established", "What blocks it"),
                *("The license of the weights gives the freedoms", "What to do next", "If you use it"),
                "Read the terms",
            ),
        ),
        (
            "undetermined",
            (
                *("bert-base-uncased", "Indéterminé", "au plus", "utiliser", "étudier", "Ce qui bloque"),
                *("Aucune règle requise n'échoue.", "Que faire maintenant"),
            ),
        ),
        ("chain", ("N'est pas conforme", "retirée", "Ce qui bloque", "Que faire maintenant")),
        (
            "signed",
            ("Conforms on the word of Ada Exemple", "Open Source AI with Open Data", "What to do next"),
        ),
    ],
)
def test_the_first_screen_answers_without_scrolling(
    seen: dict[str, Any], name: str, said: tuple[str, ...], at: int
) -> None:
    first = seen[name]["first"][at].replace("\u00a0", " ")
    assert [each for each in said if each not in first] == []


def test_the_keyboard_goes_through_the_page_from_the_top(seen: dict[str, Any]) -> None:
    stops = seen["restricted"]["keys"]["stops"]
    assert stops[0]["text"] == "Skip to the verdict"
    assert stops[0]["target"] == "#top"
    assert stops[1]["text"] == "meta-llama/Llama-3.2-3B"
    assert all(stop["outlined"] and stop["inside"] for stop in stops)
    tops = [stop["top"] for stop in stops[1:]]
    assert all(below >= above - 40 for above, below in pairwise(tops))
    assert seen["restricted"]["keys"]["skipped"]
    assert seen["restricted"]["keys"]["opened"]


def test_a_link_to_something_folded_opens_it(seen: dict[str, Any]) -> None:
    assert seen["restricted"]["follow"]


@pytest.mark.parametrize("name", FULL)
def test_it_prints(seen: dict[str, Any], name: str) -> None:
    assert seen[name]["pdf"]["bytes"] > 10_000
    assert 1 <= seen[name]["pdf"]["pages"] <= 30


def test_two_hundred_findings_are_shown_within_a_second(seen: dict[str, Any]) -> None:
    found = seen["long"]["time"]
    assert found["findings"] >= 200
    assert found["milliseconds"] < A_SECOND


def wrong_html(pages: Iterable[Path], tools: Path, folder: Path) -> list[str]:
    """What html-validate has against these pages, each with its place."""
    said = folder / "found.json"
    command = [str(tools / "node_modules" / ".bin" / "html-validate"), "--config", str(RULES)]
    with said.open("w") as out:  # a pipe loses what is written last
        command += ["--formatter", "json", *map(str, pages)]
        subprocess.run(command, stdout=out, timeout=120, check=False)
    return [
        f"{Path(page['filePath']).stem}:{each['line']} {each['ruleId']}: {each['message']}"
        for page in json.loads(said.read_text(encoding="utf-8"))
        for each in page["messages"]
    ]


def test_the_pages_are_valid_html(files: dict[str, Path], tools: Path, tmp_path: Path) -> None:
    assert wrong_html(files.values(), tools, tmp_path) == []


def test_the_validator_sees_what_is_wrong(tmp_path: Path, tools: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!DOCTYPE html><p id=a><div id=a></p>", encoding="utf-8")
    assert "no-dup-id" in " ".join(wrong_html([wrong], tools, tmp_path))
