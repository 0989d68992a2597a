#!/usr/bin/env bash
# Collect the Chinese words of templates and code, bring the English catalogue up to date, compile it.
set -euo pipefail
cd "$(dirname "$0")/.."

translations=tracker/translations
template=$translations/messages.pot
mkdir -p "$translations"
.venv/bin/pybabel -q extract --mapping-file pyproject.toml --sort-by-file --no-location --keyword lazy_gettext \
    --project huiyin --output-file "$template" .
if [ -e "$translations/en/LC_MESSAGES/messages.po" ]; then
    .venv/bin/pybabel -q update --input-file "$template" --output-dir "$translations" --no-fuzzy-matching
else
    .venv/bin/pybabel -q init --input-file "$template" --output-dir "$translations" --locale en
fi
.venv/bin/pybabel compile --directory "$translations" --statistics
