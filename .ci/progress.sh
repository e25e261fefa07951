#!/bin/sh
# Copies what it reads into LOG and says at each tenth of TOTAL lines like PATTERN (as case takes
# it) how far the work is: "30 of 128 files compiled". Plain lines: a log holds ten of them.
# usage: COMMAND 2>&1 | progress.sh LOG TOTAL PATTERN WHAT
set -eu
log=$1 total=$2 pattern=$3 what=$4
done=0 said=0
: >"$log"
while IFS= read -r line || [ -n "$line" ]; do
  printf '%s\n' "$line" >>"$log"
  # shellcheck disable=SC2254 # the pattern is one
  case $line in $pattern) done=$((done + 1)) ;; *) continue ;; esac
  [ "$total" -gt 0 ] || continue
  tenth=$((done * 10 / total))
  [ "$tenth" -gt "$said" ] || continue
  said=$tenth
  echo "   $done of $total $what"
done
