"""The finished parts become the table: counted, checked against the input, put in place, told of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

from osaid_audit.messages import Lang
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.report import RulesVersion
from osaid_audit.schema.sweep import InputFile, MissingColumn, Summary
from osaid_audit.sweep import manifest
from osaid_audit.sweep.asked import Asked
from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.counting import Table
from osaid_audit.sweep.dump import DumpFile
from osaid_audit.sweep.kinds import NAMES
from osaid_audit.sweep.manifest import Manifest, Part
from osaid_audit.sweep.owning import MANIFEST
from osaid_audit.sweep.places import Places, finish_text
from osaid_audit.sweep.shards import counted
from osaid_audit.version import __version__

_NAME = 200
ONLY_FROM: Mapping[str, tuple[str, ...]] = {
    "lastModified": ("subject.last_modified",),
    "cardData": ("documents.evaluation_results",),
    "siblings": (
        *("weights.present", "weights.formats", "weights.needs_base", "weights.checkpoints"),
        *("license.ids", "license.read_all", "license.usage_policy", "components.count"),
        *("code.training_found", "code.data_processing_found", "code.evaluation_found", "code.inference_osi"),
    ),
    "pipeline_tag": ("subject.task",),
    "gated": ("access.gated",),
}
"""Facts that are told by one column alone, so that without it they are not known of any model."""


def publish(
    table: Table, places: Places, asked: Asked, columns: Mapping[Path, Columns], files: Sequence[DumpFile]
) -> Summary:
    """Count, check, replace the last table, say so in the manifest. Raises InternalError for lost rows."""
    parts = tuple(Part(name=path.name, rows=counted(table.connection, path)) for path in table.parts)
    inputs = tuple(
        InputFile(name=_name(each.path.name), sha256=each.sha256, rows=each.rows) for each in files
    )
    figures = table.figures()
    unread = sum(each.n for each in figures.get("unread", ()))
    found = Manifest(
        tool=Tool(name="osaid-audit", version=__version__),
        key=places.key,
        inputs=inputs,
        rules=RulesVersion(version=asked.ruleset.version, sha256=asked.ruleset.sha256),
        frameworks=asked.frameworks,
        as_of=table.day,
        columns=_found(columns),
        parts=parts,
        rows=sum(each.rows for each in parts),
        judged=sum(figures["labels"].values()),
        unread=unread,
    )
    found.check()
    summary = Summary(
        tool=found.tool,
        inputs=inputs,
        day=table.newest,
        as_of=table.day,
        rules=found.rules,
        frameworks=table.norms(asked.frameworks),
        columns=found.columns,
        missing=_missing(found.columns),
        seconds=round(monotonic() - asked.began, 1),
        shards=len(parts),
        repeated=table.repeated(),
        **figures,
    )
    places.publish()
    manifest.write(places.out / "summary.json", summary)
    page(summary, places.out, asked.lang)
    manifest.write(places.out / MANIFEST, found)
    return summary


def page(summary: Summary, out: Path, lang: Lang) -> None:
    """Write the figures as a page for people."""
    from osaid_audit.render.sweep import summary_page  # noqa: PLC0415 - its templates are read only now

    finish_text(out / "summary.html", summary_page(summary, lang))


def _missing(found: Sequence[str]) -> tuple[MissingColumn, ...]:
    """The columns that are not there, with the facts that only they tell."""
    lacking = (each for each in NAMES if each not in found)
    return tuple(MissingColumn(column=each, facts=ONLY_FROM.get(each, ())) for each in lacking)


def _found(columns: Mapping[Path, Columns]) -> tuple[str, ...]:
    """Columns that every file has."""
    return tuple(each for each in NAMES if all(each in found.theirs for found in columns.values()))


def _name(name: str) -> str:
    """The name of a file as it may be shown: a system may have names that are no Unicode."""
    return name.encode("utf-8", "replace").decode("utf-8")[:_NAME]
