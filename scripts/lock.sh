#!/usr/bin/env bash
# Pin every requirement, with hashes, for Python 3.11 and later on every platform.
#   scripts/lock.sh            keeps the versions already pinned where it can
#   scripts/lock.sh --upgrade  takes the newest
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    # Quiet: otherwise the whole result is printed as well. No index address gets into the file.
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}

compile "$@" requirements.in --output-file requirements.txt
compile "$@" requirements-dev.in --output-file requirements-dev.txt
echo "Pinned requirements.txt and requirements-dev.txt."
