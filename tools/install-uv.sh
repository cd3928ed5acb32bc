#!/bin/sh
# Install uv into a private folder, in a virtual environment if Python can make one (Debian's cannot
# without python3-venv), else with pip straight into the folder. Usage: tools/install-uv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2
options="--quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock"
rm -rf "$folder"
if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  "$python" -m venv "$folder"
  "$folder/bin/python" -m pip install $options
elif "$python" -m pip --version >/dev/null 2>&1; then
  "$python" -m pip install --target "$folder" $options
else
  echo "$python has neither pip nor venv: install python3-pip or python3-venv, or uv, and run make again."
  exit 1
fi
