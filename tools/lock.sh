#!/bin/sh
# Compile the pins: exact versions and hashes, no host. Usage: tools/lock.sh [UV]
set -eu
uv=${1:-uv}
# Settings of one machine must not reach the pins.
export UV_NO_CONFIG=1
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL UV_FIND_LINKS UV_EXTRA_INDEX_URL UV_INDEX || true
for name in bootstrap base dev node; do
  "$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
    --no-emit-find-links --no-annotate --no-header "requirements/$name.in" -o "requirements/$name.lock"
done
