#!/usr/bin/env bash
# Scans, writes annotations, a job summary, SARIF and JSON, and ends as the check ends.
# Everything comes in by the environment; empty means: not said.
set -uo pipefail

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
[[ "${INPUT_LOCKED:-false}" == true ]] && options+=(--locked)
[[ "${INPUT_ALLOW_UNAUDITED:-false}" == true ]] && options+=(--allow-unaudited)
[[ -n "${INPUT_TOKEN:-}" ]] && export OSAID_AUDIT_TOKEN="$INPUT_TOKEN"
[[ -n "${INPUT_ENDPOINT:-}" ]] && export OSAID_AUDIT_ENDPOINT="$INPUT_ENDPOINT"
read -ra paths <<<"${INPUT_PATH:-.}"

osaid-audit scan "${options[@]}" -- "${paths[@]}"
code=$?

{
  echo "exit-code=$code"
  if [[ -s "$report" ]]; then
    echo "report=$report"
    echo "sarif=$sarif"
    python - "$report" <<'PYTHON'
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
  fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
if [[ -s "$summary" ]]; then
  cat "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
exit "$code"
