#!/bin/sh
# What came of the tests: count.sh LOG prints "N passed, N failed, N skipped" of ctest's LastTest.log. What a Catch program says
# counts by its test cases, any other test and a program that broke off as one; "skipped: why" is the line of a case not made here.
set -eu
awk '
  function count(  cases) {
    if (test == "") return
    if (!summed && ended != "Passed") failed += 1
    else if (!summed && !skips) passed += 1
    if (summed) passed -= skips
    skipped += skips
  }
  /^[0-9]+\/[0-9]+ Testing: / { count(); test = $3; summed = 0; skips = 0; ended = "" }
  /^skipped: / { skips += 1 }
  /^All tests passed \(.* in [0-9]+ test cases?\)$/ { summed = 1; passed += $(NF - 2) }
  /^No tests ran$/ { summed = 1 }
  /^test cases: / {
    summed = 1
    for (i = 4; i < NF; ++i) {
      if ($(i + 1) == "passed") passed += $i
      if ($(i + 1) == "failed") failed += $i
    }
  }
  /^Test Pass Reason:$/ { ended = "Passed" }  # the output was as the test wants it
  /^Test (Passed|Failed)\.$/ { ended = substr($2, 1, length($2) - 1) }
  END {
    count()
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  }
' "$1"
