#!/bin/sh
# Builds the fuzz targets with the tests of the sanitize preset, clang's libFuzzer under ASan and UBSan, and runs each for SECONDS (default 20).
#   sh tests/fuzz/run.sh [SECONDS [TARGET]]
# A crash is printed with the file that repeats it; the exit status is 1.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-20}
. tests/packages.sh
install_packages sanitize
sh .ci/build.sh sanitize
# The index that search_fuzz asks.
export DATELINE_FUZZ_DB="$PWD/build/sanitize/sample.db"
rm -rf "$DATELINE_FUZZ_DB"
ASAN_OPTIONS=new_delete_type_mismatch=0 DATELINE_DATA=$PWD/data build/sanitize/indexer/dateline-index --quiet --db "$DATELINE_FUZZ_DB" data/sample
# The queries of the tests, a file each.
rm -rf build/sanitize/queries
mkdir -p build/sanitize/queries
cut -f 1 tests/query/query_cases.tsv | split -l 1 -a 4 - build/sanitize/queries/
# The records of the sample archive, a file each.
rm -rf build/sanitize/records
mkdir -p build/sanitize/records
DATELINE_DATA=$PWD/data build/sanitize/indexer/dateline-index --extract data/sample | split -l 1 -a 4 - build/sanitize/records/
for source in tests/fuzz/*_fuzz.cpp; do
  name=$(basename "$source" .cpp)
  target=build/sanitize/tests/$name
  [ -z "${2:-}" ] || [ "$2" = "$name" ] || continue
  corpus=build/sanitize/corpus/$name
  mkdir -p "$corpus"
  seeds=data/sample
  case $name in
    query_fuzz | search_fuzz) seeds=build/sanitize/queries ;;
    record_json_fuzz) seeds=build/sanitize/records ;;
    tables_fuzz) seeds=$corpus ;;
  esac
  echo "== $name for $seconds s"
  if ! DATELINE_DATA=$PWD/data "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -artifact_prefix=build/sanitize/ \
    -print_final_stats=1 "$corpus" "$seeds" >"build/sanitize/$name.log" 2>&1; then
    tail -n 60 "build/sanitize/$name.log"
    exit 1
  fi
  grep -E 'stat::number_of_executed_units|cov:' "build/sanitize/$name.log" | tail -n 2
done
