#!/bin/sh
# Configures and builds a preset of CMakePresets.json. Says how many files there are to compile and
# how far it is; on failure the end of its log is printed.
# usage: build.sh PRESET [CMAKE-OPTION...]
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
folder=build/$preset
log=$folder/build.log
mkdir -p "$folder"
failed() {
  grep -E 'error|Error' "$log" | head -n 20 >&2
  tail -n 20 "$log" >&2
  exit 1
}
cmake --preset "$preset" "$@" >"$log" 2>&1 || failed
# As the makefiles count them; those of another generator do not, and then no progress is shown.
files=$(find "$folder" -name build.make -exec grep -h 'Building CXX object' {} + | wc -l)
echo "== building ($folder): $files files; those that are not up to date are compiled"
status=$(mktemp)
{
  cmake --build --preset "$preset" -j"$(nproc)" && echo built >"$status"
} 2>&1 | sh .ci/progress.sh "$log" "$files" '*Building CXX object*' 'files compiled'
result=$(cat "$status")
rm -f "$status"
[ "$result" = built ] || failed
