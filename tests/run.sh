#!/bin/sh
# Builds Dateline with its tests and runs them all. Run it again at any time: only what changed is built.
#   sh tests/run.sh [PRESET]     PRESET: dev (default), sanitize or release
set -eu
cd "$(dirname "$0")/.."
preset=${1:-dev}
sh .ci/install_packages.sh cmake g++ make pkg-config libxapian-dev xapian-tools libboost-program-options-dev libfmt-dev catch2 \
  nlohmann-json3-dev libutf8proc-dev libbenchmark-dev groff-base
sh .ci/build.sh "$preset"
echo "== running the tests"
ctest --preset "$preset" -j"$(nproc)"
