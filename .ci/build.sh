#!/bin/sh
# Configures and builds a preset of CMakePresets.json quietly; on failure the end of its log is printed.
# usage: build.sh PRESET [CMAKE-OPTION...]
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
mkdir -p "build/$preset"
log=build/$preset/build.log
echo "== building (build/$preset)"
if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset" -j"$(nproc)"; } >"$log" 2>&1; then
  grep -E 'error|Error' "$log" | head -n 20 >&2
  tail -n 20 "$log" >&2
  exit 1
fi
