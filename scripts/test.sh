#!/usr/bin/env bash
# Everything the suite has; pytest's summary is the last line.
#   scripts/test.sh          style and types, then every test
#   scripts/test.sh gate     only the tests marked `gate`, at full figures
set -uo pipefail
cd "$(dirname "$0")/.."

# The tests choose their own settings; those of the person who runs them stay outside.
unset DATABASE_URL SECRET_KEY HUIYIN_DATA_KEY HUIYIN_DATA_KEY_FILE HUIYIN_EVENT_KEY HUIYIN_EVENT_KEY_FILE \
    HUIYIN_DEMO HUIYIN_BROKER_URL HUIYIN_TIER FLASK_APP FLASK_DEBUG
# What is compiled once is kept: every process that a test starts would compile the whole service again.
unset PYTHONDONTWRITEBYTECODE
export FLASK_SKIP_DOTENV=1 PYTHONUTF8=1

workers=${HUIYIN_TEST_WORKERS:-2}
if [ "${1:-}" = gate ]; then
    export HUIYIN_TIER=gate
    exec .venv/bin/pytest -n "$workers" --dist worksteal -m gate --timeout 3000
fi

# While the checks keep one processor busy, the other compiles the tests: each worker would do so for itself.
.venv/bin/pytest --collect-only -qq >/dev/null 2>&1 &
scripts/lint.sh
lint=$?
wait
[ "$lint" -eq 0 ] || echo "The checks above failed, and so will this run; the tests are run all the same." >&2
.venv/bin/pytest -n "$workers" --dist worksteal
tests=$?
[ "$tests" -ne 0 ] || tests=$lint
exit "$tests"
