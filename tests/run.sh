#!/bin/sh
# Builds Dateline with its tests and runs them all. Run it again at any time: only what changed is built.
#   sh tests/run.sh [PRESET]     PRESET: dev (default), sanitize, thread or release
set -eu
cd "$(dirname "$0")/.."
preset=${1:-dev}
cat <<END
The tests of Dateline, preset $preset:
   1. the Debian packages that are missing are installed (nothing else outside this folder changes)
   2. programs and tests are compiled, into build/$preset
   3. all tests run; each says how long it took, the last line how many passed
On two processors the tests took two minutes (sanitize: five), compiling somewhat longer.
END
. tests/packages.sh
install_packages "$preset"
# The one test of this preset asks the dev build's program for its indexes.
if [ "$preset" = thread ] && [ ! -x build/dev/indexer/dateline-index ]; then sh .ci/build.sh dev; fi
sh .ci/build.sh "$preset"
echo "== running the tests"
status=0
ctest --preset "$preset" -j"$(nproc)" || status=$?
log=build/$preset/Testing/Temporary/LastTest.log
grep '^skipped: ' "$log" | sort | uniq -c || true
sh tests/count.sh "$log"
exit "$status"
