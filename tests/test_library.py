"""The library as a program meets it: `import osaid_audit`, and nothing behind the caller's back."""

import inspect
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, dossier, saved

import osaid_audit

ROOT = Path(__file__).resolve().parent.parent


def fresh(script, *arguments, **environment):
    """Run a script in a new interpreter and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_four_lines_of_the_readme_work(tmp_path):
    path = saved(tmp_path, RESTRICTED)
    report = osaid_audit.audit(path)
    assert report.framework("osaid-1.0").verdict == "does_not_conform"
    assert report.label.value == "weights-available"
    assert "org/model" in osaid_audit.render(report, "text", lang="fr")
    assert osaid_audit.evaluate(osaid_audit.gather(path)) == report


def test_every_public_name_is_there_and_documented():
    for name in osaid_audit.__all__:
        thing = getattr(osaid_audit, name)
        assert name == "__version__" or inspect.getdoc(thing), name
    assert set(osaid_audit.__all__) <= set(dir(osaid_audit))
    with pytest.raises(AttributeError):
        _ = osaid_audit.audit_all


@pytest.mark.parametrize(
    "first", ["osaid_audit.gather", "osaid_audit.cli.main", "osaid_audit.pipeline", "json"]
)
def test_verbs_and_packages_of_one_name_get_along_whatever_was_imported_first(first, tmp_path):
    """`osaid_audit.gather` is a package and the verb: both must work, in either order."""
    script = f"""
import sys, {first}
from osaid_audit import evaluate, gather, render
import osaid_audit.gather.settings as settings
from osaid_audit.gather import Settings
import osaid_audit
assert settings.Settings is Settings
assert osaid_audit.gather is gather
print(render(evaluate(gather(sys.argv[1])), "json")[:1])
"""
    assert fresh(script, saved(tmp_path, OPEN)) == "{\n"


def test_importing_the_library_imports_nothing_heavy():
    heavy = ["huggingface_hub", "pydantic", "requests", "jinja2", "click", "yaml"]
    script = f"import sys, osaid_audit; print([name for name in {heavy} if name in sys.modules])"
    assert fresh(script) == "[]\n"


def test_judging_a_saved_dossier_needs_no_client(tmp_path):
    script = """
import sys, osaid_audit
osaid_audit.audit(sys.argv[1])
print([name for name in ("huggingface_hub", "httpx2", "requests", "jinja2", "click") if name in sys.modules])
"""
    assert fresh(script, saved(tmp_path, OPEN)) == "[]\n"


def test_the_library_reads_no_configuration_unasked(tmp_path):
    """Neither variables nor the working folder change a report."""
    script = "import sys, osaid_audit as o; print(o.render(o.audit(sys.argv[1]), 'json'), end='')"
    path = saved(tmp_path, OPEN)
    plain = fresh(script, path)
    told = {"OSAID_AUDIT_FRAMEWORK": "g7-2026", "OSAID_AUDIT_LANG": "fr", "HF_ENDPOINT": "http://127.0.0.1:9"}
    assert fresh(script, path, **told) == plain


def test_the_library_says_nothing_and_leaves_logging_alone(tmp_path, capsys):
    before = logging.getLogger().handlers[:], logging.getLogger("osaid_audit").handlers[:]
    osaid_audit.audit(saved(tmp_path, OPEN))
    with pytest.raises(osaid_audit.UnreadableInput):
        osaid_audit.audit(tmp_path / "gone.json")
    assert (logging.getLogger().handlers, logging.getLogger("osaid_audit").handlers) == before
    assert capsys.readouterr() == ("", "")


def test_errors_form_one_tree_with_the_next_step(tmp_path):
    with pytest.raises(osaid_audit.OsaidError) as missing:
        osaid_audit.audit(tmp_path / "gone.json")
    assert isinstance(missing.value, osaid_audit.CannotAudit)
    assert missing.value.hint
    with pytest.raises(osaid_audit.UsageError) as wrong:
        osaid_audit.audit("a/b/c")
    assert wrong.value.hint


def test_records_are_frozen(tmp_path):
    report = osaid_audit.audit(saved(tmp_path, OPEN))
    assert isinstance(report, osaid_audit.Report)
    with pytest.raises(ValueError, match="frozen"):
        report.as_of = "2030-01-01"
    assert isinstance(dossier(OPEN), osaid_audit.Dossier)
    assert report.frameworks[0].findings[0].outcome in osaid_audit.Outcome


def test_the_library_is_typed(tmp_path):
    """A user's program passes `mypy --strict`, and a wrong one does not."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    from mypy import api

    good = tmp_path / "good.py"
    good.write_text(
        "from osaid_audit import Report, audit, evaluate, gather, render\n"
        'report: Report = audit("org/name", token=None, offline=False)\n'
        'page: str = render(report, "html", lang="fr")\n'
        'again: Report = evaluate(gather("org/name"))\n'
    )
    bad = tmp_path / "bad.py"
    bad.write_text('from osaid_audit import audit\nverdict: int = audit("org/name", ofline=True)\n')
    cache = ["--cache-dir", str(ROOT / ".mypy_cache"), "--strict", "--follow-imports=silent"]
    assert api.run([*cache, str(good)])[2] == 0
    assert api.run([*cache, str(bad)])[2] == 1
