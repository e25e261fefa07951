#!/usr/bin/env bash
# What does a night cost? Figures in one run, on an archive of your own; nothing is asserted.
#   bash tests/bench/nightly_bench.sh ARCHIVE [BUILD]      (BUILD: build/release)
# Copies ARCHIVE (hard links for what stays as it is) and indexes the copy; then, each three times, the median counts:
#   no-op    a run that finds nothing changed, beside `find -type f -printf '%s %T@\n'`: wall clock
#   changed  a run after one article in a hundred was changed, beside indexing those files alone plus a no-op: CPU
# Peak memory is that of the first index, the changed run and a rebuild.
set -euo pipefail
archive=${1:?usage: nightly_bench.sh ARCHIVE [BUILD]}
index=$(realpath "${2:-build/release}/indexer/dateline-index")
work=$(mktemp -d "${TMPDIR:-/var/tmp}/dateline-night-XXXXXX")
trap 'rm -rf "$work"' EXIT
cp -rl "$(realpath "$archive")" "$work/archive"

# "wall cpu megabytes" of a command
measured() {
  local before after
  TIMEFORMAT='%R %U %S'
  before=$( { time "$@" >/dev/null 2>"$work/err"; } 2>&1 )
  after=$(awk '{ printf "%s %.2f", $1, $2 + $3 }' <<<"$before")
  echo "$after"
}
median() { sort -n | sed -n 2p; }
column() { awk -v n="$1" '{ print $n }'; }
peak() { python3 - "$@" <<'P'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
P
}

echo "first index: $(peak "$index" --quiet --db "$work/db" "$work/archive") MB at most"
for _ in 1 2 3; do
  measured "$index" --quiet --db "$work/db" "$work/archive" >>"$work/noop"
  measured find "$work/archive" -type f -printf '%s %T@\n' >>"$work/find"
done
noop=$(column 1 <"$work/noop" | median)
find=$(column 1 <"$work/find" | median)
echo "no-op $noop s, find $find s: $(awk -v a="$noop" -v b="$find" 'BEGIN { printf "%.2f", a / b }') times"

find "$work/archive" -name '*.txt' | sort | awk 'NR % 100 == 1' >"$work/list"
for round in 1 2 3; do
  rm -rf "$work/alone" "$work/alone.db"
  mkdir "$work/alone"
  number=0
  while read -r file; do
    number=$((number + 1))
    { cat "$file"; printf '\nChanged %s.\n' "$round"; } >"$work/new"
    cp "$work/new" "$work/alone/$number.txt"
    mv "$work/new" "$file"
  done <"$work/list"
  measured "$index" --quiet --db "$work/db" "$work/archive" >>"$work/changed"
  measured "$index" --quiet --db "$work/alone.db" "$work/alone" >>"$work/alone.times"
done
changed=$(column 2 <"$work/changed" | median)
alone=$(column 2 <"$work/alone.times" | median)
idle=$(column 2 <"$work/noop" | median)
echo "1 % changed ($(wc -l <"$work/list") files) $changed s CPU, those alone $alone s, no-op $idle s:" \
  "$(awk -v c="$changed" -v a="$alone" -v n="$idle" 'BEGIN { printf "%.2f", c / (a + n) }') times"
echo "rebuild: $(peak "$index" --quiet --rebuild --db "$work/db" "$work/archive") MB at most"
