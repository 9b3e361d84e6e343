"""What this tool writes itself, known by its content: reports and baselines name what others use."""

from osaid_audit.scan.finders.tree import Leaf, List, Node, Table

NAME = "osaid-audit"
_BASELINE = {"alerts", "schema_version"}
_KNOWN = {"fingerprint", "check", "model"}


def is_own(root: Node) -> bool:
    """Whether a file of JSON is a report (or several), a dossier, a scan, SARIF or a baseline of ours."""
    if isinstance(root, List):
        return bool(root.entries) and all(isinstance(each, Table) and is_own(each) for each in root.entries)
    top = _rows(root)
    if "schema_version" in top and (_is_name(_rows(top.get("tool")).get("name")) or _is_baseline(top)):
        return True
    runs = top.get("runs")
    each = [_rows(_rows(run).get("tool")) for run in runs.entries] if isinstance(runs, List) else []
    return bool(each) and all(_is_name(_rows(tool.get("driver")).get("name")) for tool in each)


def _is_baseline(top: dict[str, Node]) -> bool:
    alerts = top.get("alerts")
    return (
        set(top) == _BASELINE
        and isinstance(alerts, List)
        and all(set(_rows(each)) >= _KNOWN for each in alerts.entries)
    )


def _is_name(node: Node | None) -> bool:
    return isinstance(node, Leaf) and node.text == NAME


def _rows(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.rows} if isinstance(node, Table) else {}
