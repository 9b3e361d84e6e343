#!/usr/bin/env bash
# Installs the version of this very checkout, so that the ref in `uses:` decides what runs.
# Python is started isolated (-I) and elsewhere: no file of the project that is checked is imported.
set -euo pipefail

source="${GITHUB_ACTION_PATH:?}"
venv="${RUNNER_TEMP:?}/osaid-audit"
cd "$RUNNER_TEMP"
python -I -m venv "$venv"
"$venv/bin/python" -I -m pip install --quiet --disable-pip-version-check "$source"
echo "$venv/bin" >>"${GITHUB_PATH:?}"
