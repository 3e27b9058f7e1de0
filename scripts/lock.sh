#!/bin/sh
# Compile the lock files: hashes for every platform, no index addresses. The groups agree with the main lock.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-annotate --no-header "$@"
}
# graspologic-native declares scipy and never imports it; see docs/decisions/installing.md.
unused="--no-emit-package scipy"
compile pyproject.toml $unused -o requirements.lock "$@"
for group in install build dev bench; do
    compile --group "pyproject.toml:$group" -c requirements.lock -o "requirements-$group.lock" "$@"
done
for extra in deep cluster; do
    compile pyproject.toml --extra "$extra" $unused -c requirements.lock -o "requirements-$extra.lock" "$@"
done
