"""`make demo`: the real command line on bundled dossiers, offline; verdicts here, pages in build/demo.

Exit 0 also when the audit exits 1: a finding is what the demonstration shows. 2, 3 and 4 are failures.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "build" / "demo"
FOUND_SOMETHING = (0, 1)
ENOUGH = 24
"""Lines of each report that are shown, to the end of the paragraph: verdict, label, freedoms, what blocks."""


def run(*arguments: str) -> str:
    """What one call of the command line says; ends the demonstration when it could not audit."""
    command = [sys.executable, "-m", "osaid_audit", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode not in FOUND_SOMETHING:
        raise SystemExit(done.returncode)
    return done.stdout


def beginning(report: str) -> str:
    """The first paragraphs, and how much more there is."""
    paragraphs = report.split("\n\n")
    kept = next(
        (
            number
            for number in range(len(paragraphs))
            if "\n\n".join(paragraphs[:number]).count("\n") > ENOUGH
        ),
        len(paragraphs),
    )
    rest = "\n\n".join(paragraphs[kept:]).count("\n")
    return "\n\n".join([*paragraphs[:kept], f"... and {rest} more lines"])


def main(models: list[str]) -> None:
    """Show each verdict and write its page."""
    PAGES.mkdir(parents=True, exist_ok=True)
    pages = []
    for model in models:
        page = PAGES / f"{model.replace('/', '--')}.html"
        print(f"\n$ osaid-audit --offline {model}\n", flush=True)
        print(beginning(run("--offline", model)))
        run("--offline", model, "--quiet", "--output", str(page))
        pages.append(page.relative_to(ROOT))
    print("\nThe whole reports as pages; open them in a browser:")
    for page in pages:
        print(f"  {page}")


if __name__ == "__main__":
    main(sys.argv[1:])
