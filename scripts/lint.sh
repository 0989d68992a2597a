#!/usr/bin/env bash
# Style, types and the order of the floors. Runs every check even when an early one fails.
set -uo pipefail
cd "$(dirname "$0")/.."

status=0
.venv/bin/ruff check . || status=1
.venv/bin/ruff format --check . || status=1
.venv/bin/mypy || status=1
.venv/bin/lint-imports --no-logo || status=1
exit "$status"
