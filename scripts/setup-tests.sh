#!/usr/bin/env bash
# What the tests need beyond scripts/setup.sh, which has to run first.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/system-packages.sh

has_any() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null && return
    done
    return 1
}

has_postgres_server() {
    has_any initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

has_any chromium chromium-browser google-chrome google-chrome-stable || want chromium "the journeys use a real browser"
has_any pdftoppm || want poppler-utils "looks into the PDFs of letters"
[ -n "${HUIYIN_TEST_POSTGRES_URL:-}" ] || has_postgres_server ||
    want postgresql "everything is tested on PostgreSQL too; set HUIYIN_TEST_POSTGRES_URL to use another server"
install_wanted

if ! cmp -s requirements-dev.txt .venv/installed-requirements-dev.txt; then
    echo "Installing the pinned requirements of the tests …"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
    cp requirements-dev.txt .venv/installed-requirements-dev.txt
fi
