#!/bin/sh
# Make a virtual environment hold what a lock file says and nothing else, then this package in place.
# Usage: tools/install.sh UV ENVIRONMENT LOCK PYTHON; with "-" for LOCK only the package.
set -eu
uv=$1
environment=$2/bin/python
lock=$3
# uv does not read pip's settings, where agencies name their own registry.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
  index=${PIP_INDEX_URL:-$("${4:-python3}" -m pip config get global.index-url 2>/dev/null || true)}
  [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
fi
if [ "$lock" != - ]; then
  "$uv" pip sync --quiet --python "$environment" --require-hashes "$lock"
fi
"$uv" pip install --quiet --python "$environment" --no-deps --no-build-isolation -e .
