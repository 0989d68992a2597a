# Sourced by the set-up scripts: say what the system lacks and why, then install all of it at once.

wanted_packages=()

want() { # want PACKAGE REASON
    echo "Missing from the system: $1 ($2)"
    wanted_packages+=("$1")
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

may_become_root() {
    # Without a terminal sudo may not ask for a password.
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

install_wanted() {
    [ ${#wanted_packages[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "Please install what Debian calls ${wanted_packages[*]} by your system's own means, then start again." >&2
        return 1
    fi
    if ! may_become_root; then
        echo "Please ask an administrator for: apt-get install ${wanted_packages[*]}" >&2
        return 1
    fi
    echo "Installing ${wanted_packages[*]} …"
    # The lists may be old or absent on a fresh machine; a foreign source that fails must not stop us.
    as_root apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends "${wanted_packages[@]}" >/dev/null
    wanted_packages=()
}
