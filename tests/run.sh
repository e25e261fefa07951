#!/bin/sh
# Builds Dateline with its tests and runs them all. Run it again at any time: only what changed is built.
#   sh tests/run.sh [PRESET]     PRESET: dev (default), sanitize or release
set -eu
cd "$(dirname "$0")/.."
preset=${1:-dev}
. tests/packages.sh
install_packages "$preset"
sh .ci/build.sh "$preset"
echo "== running the tests"
status=0
ctest --preset "$preset" -j"$(nproc)" || status=$?
log=build/$preset/Testing/Temporary/LastTest.log
grep '^skipped: ' "$log" | sort | uniq -c || true
sh tests/count.sh "$log"
exit "$status"
