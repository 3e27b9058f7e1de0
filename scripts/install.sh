#!/bin/sh
# Make or refresh .venv. usage: install.sh run [dev] [bench]      Done again only when the lock files change.
# Why uv beside pip, and what is left out: docs/decisions/installing.md.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fingerprint() { cat "$@" scripts/install.sh scripts/hatch_build.py | cksum; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "Grapevine needs Python 3.11 or newer, and none was found. Install it (Debian and Ubuntu: apt-get install" \
        "python3 python3-venv; macOS: brew install python) and try again."
    exit 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        as_root=$( [ "$(id -u)" = 0 ] && echo env || { sudo -n true 2>/dev/null && echo "sudo -n"; } || true )
        if command -v apt-get >/dev/null 2>&1 && [ -n "$as_root" ]; then
            say "Installing the system package python$version-venv, which this Python lacks."
            { $as_root apt-get install -y -q "python$version-venv" || {
                $as_root apt-get update -q && $as_root apt-get install -y -q "python$version-venv"; }; } >&2
        else
            say "This Python ($python) cannot make environments. Install python3-venv (Debian and Ubuntu: sudo apt-get" \
                "install python3-venv) and try again."
            exit 1
        fi
    fi
    rm -rf .venv
    "$python" -m venv .venv
}

pip() { .venv/bin/python -m pip "$@" --disable-pip-version-check; }

# What locks name, by their hashes. uv takes a tenth of pip's time; but it does not read pip's configuration, so where an index is
# configured for pip, and wherever uv fails, pip does it.
install_locked() {
    from=$(printf -- '-r %s ' "$@")
    if ! pip config list 2>/dev/null | grep -qE '\.(index-url|no-index)='; then
        # shellcheck disable=SC2086
        if { [ -x .venv/bin/uv ] || pip install -q --no-compile --require-hashes --no-deps --only-binary :all: \
            -r requirements-install.lock 2>/dev/null; } &&
            .venv/bin/uv pip install -q --python .venv/bin/python --require-hashes --no-deps $from; then return; fi
        say "uv could not install it; pip tries."
    fi
    # shellcheck disable=SC2086
    pip install -q --no-compile --require-hashes --no-deps $from
}

# A clone that was moved, or whose Python was removed, has an environment that no longer runs.
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    make_venv
fi
# Scripts hold the path of the environment they were made in.
here=$(pwd -P)

for group in "$@"; do
    case $group in
        run) locks="requirements.lock requirements-build.lock" ;;
        *) locks="requirements-$group.lock" ;;
    esac
    # shellcheck disable=SC2086
    now="$(fingerprint $locks) $here"
    if [ "$(cat ".venv/.installed-$group" 2>/dev/null)" = "$now" ]; then continue; fi
    say "Installing what Grapevine needs ($group) into .venv …"
    # shellcheck disable=SC2086
    install_locked $locks
    if [ "$group" = run ]; then
        pip install -q --no-compile --no-deps --no-build-isolation -e .
    fi
    printf '%s' "$now" >".venv/.installed-$group"
done
.venv/bin/python scripts/messages.py compile
