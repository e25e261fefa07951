#!/bin/sh
# Is extraction as accurate as tests/measured.tsv says? Runs an accuracy measure (`MEASURE KIND INDEXER`, lines "KIND CORPUS (...)"
# followed by "    FIGURE VALUE ...") and fails when a figure is more than 1.0 below; a figure well above asks to raise the table.
# usage: check_measured.sh MEASURE INDEXER      the table's columns: kind, corpus, figure, value
set -eu
table=$(dirname "$0")/measured.tsv
work=${TMPDIR:-/tmp}/dateline-measure-$(id -u)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for kind in speakers places dates reuters; do
  "$1" "$kind" "$2" --work "$work" 2>&1 | tee -a "$log"
done
awk -F '\t' -v OFS='\t' '
  FNR == NR { if (FNR > 1) { want[$1 OFS $2 OFS $3] = $4; n++ } next }
  /^[a-z]+ +[^ ]+ +\(/ { split($0, head, " +"); kind = head[1]; corpus = head[2]; next }
  /^    [^ ]/ {
    line = substr($0, 5); name = substr(line, 1, 22); sub(/ +$/, "", name); split(substr(line, 23), value, " +")
    number = value[1] != "" ? value[1] : value[2]
    key = kind OFS corpus OFS name
    if (!(key in want)) next
    seen++
    if (number < want[key] - 1.0) { print "measured: " kind " " corpus ", " name ": " number ", was " want[key]; bad = 1 }
    else if (number > want[key] + 1.0) print "measured: " kind " " corpus ", " name ": " number ", raise it from " want[key] " in tests/measured.tsv"
  }
  END {
    if (seen != n) { print "measured: " seen + 0 " of " n " figures of tests/measured.tsv were measured"; bad = 1 }
    if (!bad) print "measured: no figure fell"
    exit bad
  }' "$table" "$log"
