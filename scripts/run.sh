#!/usr/bin/env bash
# Start the service: its keys, its database, in a new database the demo, then the server.
# HUIYIN_DEMO=0 starts a new database without the demo.
set -euo pipefail
cd "$(dirname "$0")/.."
# Keys, database and uploads are nobody else's to read.
umask 077

if [ -f .env ] && [ -z "${HUIYIN_DOTENV_READ:-}" ]; then
    # The environment wins over the file, as in the service itself.
    HUIYIN_DOTENV_READ=1 exec .venv/bin/dotenv --file .env run --no-override -- "$0" "$@"
fi

flask() {
    .venv/bin/flask --app wsgi "$@"
}

made_keys=()

provide_key() { # provide_key VARIABLE FILE FORM: from the environment, else from the file, else made now
    local file_variable="$1_FILE"
    [ -z "${!1:-}" ] && [ -z "${!file_variable:-}" ] || return 0
    if [ ! -s "instance/$2" ]; then
        .venv/bin/python -c "import base64, secrets; print($3)" >"instance/$2"
        # A new secret only signs people out; the other two make old rows unreadable.
        [ "$1" = SECRET_KEY ] || made_keys+=("instance/$2")
    fi
    export "$1=$(cat "instance/$2")"
}

refuse_new_keys_for_old_data() {
    [ ${#made_keys[@]} -gt 0 ] || return 0
    rm -f "${made_keys[@]}"
    echo "The database holds data sealed with keys that are not here: ${made_keys[*]}." >&2
    echo "Put them back, or set HUIYIN_DATA_KEY and HUIYIN_EVENT_KEY." >&2
    exit 1
}

# The marker names its database, so that demo mode never follows the folder to another one.
database_fingerprint() {
    printf '%s' "${DATABASE_URL:-sqlite:///instance/huiyin.db}" |
        .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

marker_says() { # marker_says loading|loaded
    [ "$(cat instance/demo 2>/dev/null)" = "$1 $fingerprint" ]
}

mkdir -p instance
chmod 700 instance
provide_key SECRET_KEY secret_key 'secrets.token_hex(32)'
provide_key HUIYIN_DATA_KEY data_key '"k1:" + base64.b64encode(secrets.token_bytes(32)).decode()'
provide_key HUIYIN_EVENT_KEY event_key 'base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()'

fingerprint=$(database_fingerprint)
revision=$(flask db current 2>instance/start.log) || { cat instance/start.log >&2; exit 1; }
if [ -z "$revision" ]; then
    if [ "${HUIYIN_DEMO:-1}" = 1 ]; then
        echo "loading $fingerprint" >instance/demo
    fi
else
    refuse_new_keys_for_old_data
fi
if [ -z "${HUIYIN_DEMO:-}" ] && { marker_says loading || marker_says loaded; }; then
    export HUIYIN_DEMO=1
fi

flask db upgrade 2>instance/start.log || { cat instance/start.log >&2; exit 1; }
if [ "${HUIYIN_DEMO:-0}" = 1 ] && marker_says loading; then
    flask demo load
    echo "loaded $fingerprint" >instance/demo
fi
exec .venv/bin/flask --app wsgi serve --port "${PORT:-8000}"
