#!/usr/bin/env bash
# Scans, writes annotations, a job summary, SARIF and JSON, and ends as the check ends.
# Everything comes in by the environment; empty means: not said. What is checked out is read, never run:
# Python is started isolated (-I), so that no file of the tree is imported.
set -uo pipefail

refuse() {
  echo "::error title=osaid-audit::$1"
  exit 2
}

# An input that is neither true nor false must not be taken for false.
wanted() {
  case "${2:-}" in
  true) return 0 ;;
  "" | false) return 1 ;;
  *) refuse "The input '$1' is neither true nor false." ;;
  esac
}

folder="${RUNNER_TEMP:?}/osaid-audit-report"
mkdir -p "$folder"
report="$folder/report.json"
sarif="$folder/report.sarif"
summary="$folder/summary.md"
rm -f "$report" "$sarif" "$summary"

options=(--format github --output -
  --format json --output "$report"
  --format sarif --output "$sarif"
  --format markdown --output "$summary")
[[ -n "${INPUT_POLICY:-}" ]] && options+=(--policy "$INPUT_POLICY")
[[ -n "${INPUT_REQUIRE:-}" ]] && options+=(--require "$INPUT_REQUIRE")
[[ -n "${INPUT_FAIL_ON:-}" ]] && options+=(--fail-on "$INPUT_FAIL_ON")
[[ -n "${INPUT_BASELINE:-}" ]] && options+=(--baseline "$INPUT_BASELINE")
wanted locked "${INPUT_LOCKED:-}" && options+=(--locked)
wanted allow-unaudited "${INPUT_ALLOW_UNAUDITED:-}" && options+=(--allow-unaudited)

# One path a line: a blank may be part of a name.
paths=()
while IFS= read -r line || [[ -n "$line" ]]; do
  line="${line#"${line%%[![:space:]]*}"}"
  line="${line%"${line##*[![:space:]]}"}"
  [[ -n "$line" ]] && paths+=("$line")
done <<<"${INPUT_PATH:-.}"

(
  [[ -n "${INPUT_TOKEN:-}" ]] && export OSAID_AUDIT_TOKEN="$INPUT_TOKEN"
  [[ -n "${INPUT_ENDPOINT:-}" ]] && export OSAID_AUDIT_ENDPOINT="$INPUT_ENDPOINT"
  exec osaid-audit scan "${options[@]}" -- "${paths[@]}"
)
code=$?

counts() {
  env -u INPUT_TOKEN -u OSAID_AUDIT_TOKEN -u HF_TOKEN python -I - "$report" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as stream:
    report = json.load(stream)
models = {row["id"] for row in report["references"] if row["kind"] == "model"}
failing = [
    row
    for row in report.get("alerts", [])
    if row["level"] == "error" and not row.get("waived") and not row.get("known")
]
print(f"models={len(models)}")
print(f"failing={len(failing)}")
PYTHON
}

{
  echo "exit-code=$code"
  if [[ -s "$report" ]]; then
    echo "report=$report"
    echo "sarif=$sarif"
    counts
  fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
if [[ -s "$summary" ]]; then
  cat "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
exit "$code"
