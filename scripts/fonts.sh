#!/usr/bin/env bash
# Put the Fandol fonts (the free 仿宋, 小标宋, 黑体 and 楷体) into instance/fonts, without installing TeX.
#   scripts/fonts.sh          once; later calls return at once
#   scripts/fonts.sh --again  tries again
# instance/fonts/source then says "fandol", or "noto" where they could not be had.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/system-packages.sh

target=instance/fonts
inside=usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
package=texlive-lang-chinese

[ "${1:-}" != "--again" ] && [ -s "$target/source" ] && exit 0

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

download() {
    # As root apt would step down to a user who may not write here.
    (cd "$scratch" && apt-get -qq -o APT::Sandbox::User=root download "$package") >/dev/null 2>&1
}

fetch() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    echo "Fetching the fonts of letters (49 MB, from the system's package $package) …"
    if ! download; then
        may_become_root && as_root apt-get update -qq >/dev/null 2>&1 || true
        download || return 1
    fi
    dpkg-deb --fsys-tarfile "$scratch"/*.deb |
        tar -x -C "$scratch" --wildcards "./$inside/*.otf" './usr/share/doc/*/fonts/fandol/*'
}

take() { # take ROOT: copy from an unpacked or an installed package, licence included
    [ -s "$1/$inside/FandolFang-Regular.otf" ] || return 1
    cp "$1/$inside"/*.otf "$target/"
    cp "$1"/usr/share/doc/*/fonts/fandol/* "$target/" 2>/dev/null || true
}

mkdir -p "$target"
if take "" || { fetch && take "$scratch"; }; then
    echo fandol >"$target/source"
else
    echo "The Fandol fonts could not be had; letters will use Noto instead. 'make fonts' tries again."
    echo noto >"$target/source"
fi
