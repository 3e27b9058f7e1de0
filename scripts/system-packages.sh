#!/bin/sh
# Install the system packages of system-packages.txt that are missing, when we may. Never fails: tests say what is lacking.
cd "$(dirname "$0")" || exit 0
command -v apt-get >/dev/null 2>&1 || exit 0
missing=""
for package in $(sed -n 's/^[a-z]*: *//p' system-packages.txt); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then as_root="env"; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "Not installed, since that takes root:$missing. The tests that need them are left out."
    exit 0
fi
echo "Installing system packages for the tests:$missing"
# shellcheck disable=SC2086
install_them() {
    $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends $missing >/dev/null 2>&1
}
install_them || { $as_root apt-get update -q >/dev/null 2>&1; install_them; } ||
    echo "Some of them could not be installed; the tests that need them are left out."
exit 0
