"""`make screenshot`: the first screen of an example report, as the picture in README.md.

Without Chromium nothing is made, and the reason is printed. Run as a module: PYTHONPATH=tests python -m tools.screenshot
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "reports" / "examples" / "meta-llama--Llama-3.2-3B.html"
PICTURE = ROOT / "docs" / "images" / "report.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 1000, 620
MOST = 200_000
"""Bytes of a picture that is loaded with the README."""


def shoot(browser: str, page: Path, picture: Path) -> None:
    """One picture of one page, in light colors, without network and with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={picture}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> None:
    """Make the picture, or say why not."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"screenshot: skipped, none of {', '.join(BROWSERS)} is installed")
        return
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    shoot(browser, PAGE, PICTURE)
    size = PICTURE.stat().st_size
    if size > MOST:
        raise SystemExit(f"screenshot: {size} bytes are more than the {MOST} of a picture in the README")
    print(f"screenshot: wrote {PICTURE.relative_to(ROOT)}, {size} bytes")


if __name__ == "__main__":
    main()
