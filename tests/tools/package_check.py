"""`make package-check`: what a user installs is what we tested.

Builds the sdist, a wheel from that sdist and a wheel straight from the tree, compares the two wheels,
installs one into an empty environment and runs it from another folder; then once more from the zipped
wheel and from the editable install.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = "meta-llama/Llama-3.2-3B"
ZIPPED = """
import sys
sys.path.insert(0, sys.argv[1])
import osaid_audit
assert osaid_audit.__file__.startswith(sys.argv[1]), osaid_audit.__file__
from osaid_audit import audit, render
page = render(audit(sys.argv[2], offline=True), "html", lang="fr")
assert "<main" in page
from osaid_audit.messages import Message
assert Message("unknown").said("fr") == "inconnu", "no French catalogue"
"""


def fail(sentence: str) -> None:
    """End with one sentence."""
    raise SystemExit(f"package-check: {sentence}")


def call(command: list[str], cwd: Path, codes: tuple[int, ...] = (0,)) -> str:
    """Run a command without the settings of this machine and return its output."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("OSAID_", "HF_", "PYTHON"))
    }
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in codes:
        output = done.stdout[-2000:] + done.stderr[-4000:]
        fail(f"{' '.join(command[:4])} ... ended with {done.returncode}\n{output}")
    return done.stdout


def build(folder: Path) -> Path:
    """Both ways to a wheel; they must hold the same files. Returns the one made from the sdist."""
    straight = folder / "straight"
    tool = [sys.executable, "-m", "build", "--no-isolation"]
    call([*tool, "--outdir", str(folder), str(ROOT)], folder)
    call([*tool, "--wheel", "--outdir", str(straight), str(ROOT)], folder)
    wheel, other = next(folder.glob("*.whl")), next(straight.glob("*.whl"))
    names = [set(zipfile.ZipFile(path).namelist()) for path in (wheel, other)]
    if names[0] != names[1]:
        fail(f"the two wheels differ in {sorted(names[0] ^ names[1])}")
    spoken = "osaid_audit/locale/fr/LC_MESSAGES/osaid_audit.mo"
    if spoken not in names[0] or any(name.endswith((".po", ".pot")) for name in names[0]):
        fail("the wheel must hold the French catalogue, and not the files of translators")
    strays = [name for name in names[0] if not name.startswith(("osaid_audit/", "osaid_audit-"))]
    if strays:
        fail(f"the wheel has files of nobody: {strays}")
    return wheel


def try_out(program: list[str], elsewhere: Path) -> None:
    """Two things that need the shipped data: the list of rules and the audit of one bundled dossier."""
    if "weights-license" not in call([*program, "rules", "list"], elsewhere):
        fail("the installed program does not list its rules")
    if "Commandes" not in call([*program, "--help", "--lang", "fr"], elsewhere):
        fail("the installed program has no help in French")
    report = json.loads(call([*program, "--offline", "--format", "json", MODEL], elsewhere, codes=(1,)))
    verdicts = {result["id"]: result["verdict"] for result in report["frameworks"]}
    if verdicts.get("osaid-1.0") != "does_not_conform":
        fail(f"the installed program says {verdicts} of {MODEL}")


def main() -> None:
    """Build, install, run; one line per step that held."""
    with tempfile.TemporaryDirectory(prefix="osaid-audit-package-") as name:
        folder, elsewhere = Path(name).resolve(), Path(name).resolve() / "elsewhere"
        elsewhere.mkdir()
        wheel = build(folder)
        print(f"package-check: built {wheel.name}, the same from the sdist and from the tree")
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        call([str(python), "-m", "pip", "install", "--quiet", str(wheel)], elsewhere)
        try_out([str(python.with_name("osaid-audit"))], elsewhere)
        print("package-check: installed into an empty environment, runs from another folder")
        call([str(python), "-c", ZIPPED, str(wheel), MODEL], elsewhere)
        print("package-check: runs from the zipped wheel")
        try_out([sys.executable, "-m", "osaid_audit"], elsewhere)
        print("package-check: the editable install runs from another folder")


if __name__ == "__main__":
    main()
