#!/usr/bin/env bash
# Make this folder able to run the service. Safe to repeat, and quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/system-packages.sh

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or later is needed and was not found; set PYTHON to its path." >&2
    return 1
}

want_missing_system_packages() { # …PYTHON
    local missing
    missing=$("$1" - <<'PYTHON'
from ctypes.util import find_library
from glob import glob
from importlib.util import find_spec

fonts = glob("/usr/share/fonts/**/NotoSerifCJK*", recursive=True)
print("" if find_library("pango-1.0") else "libpango-1.0-0")
print("" if find_library("pangoft2-1.0") else "libpangoft2-1.0-0")
print("" if find_library("harfbuzz-subset") else "libharfbuzz-subset0")
print("" if fonts else "fonts-noto-cjk")
print("" if find_spec("venv") and find_spec("ensurepip") else "python3-venv")
PYTHON
    )
    local package
    for package in $missing; do
        case $package in
            libpango*) want "$package" "lays out the text of letters" ;;
            libharfbuzz*) want "$package" "cuts fonts down, or a letter takes seconds instead of milliseconds" ;;
            fonts-*) want "$package" "holds the rare characters of people's names" ;;
            python3-venv) want "$package" "keeps this project's packages in its own folder" ;;
        esac
    done
}

make_venv() { # …PYTHON
    if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    echo "Making .venv with $("$1" --version) …"
    "$1" -m venv --clear .venv
}

install_requirements() {
    # The stamp is the file itself: as long as it is the same, nothing can be missing.
    cmp -s requirements.txt .venv/installed-requirements.txt && return
    echo "Installing the pinned requirements …"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
    cp requirements.txt .venv/installed-requirements.txt
}

compile_catalogues() {
    local catalogue
    for catalogue in tracker/translations/*/LC_MESSAGES/*.po; do
        if [ -e "$catalogue" ] && [ "$catalogue" -nt "${catalogue%.po}.mo" ]; then
            .venv/bin/pybabel -q compile --input-file "$catalogue" --output-file "${catalogue%.po}.mo"
        fi
    done
}

mkdir -p instance
if command -v flock >/dev/null; then
    # Two at once, say a run and a test, take turns.
    exec 9>instance/.setup.lock
    flock 9
fi
python=$(find_python)
want_missing_system_packages "$python"
install_wanted
make_venv "$python"
install_requirements
compile_catalogues
scripts/fonts.sh
