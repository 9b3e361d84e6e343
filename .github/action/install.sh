#!/usr/bin/env bash
# Installs the version of this very checkout, so that the ref in `uses:` decides what runs.
set -euo pipefail

source="${GITHUB_ACTION_PATH:?}"
venv="${RUNNER_TEMP:?}/osaid-audit"
python -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$source"
echo "$venv/bin" >>"${GITHUB_PATH:?}"
