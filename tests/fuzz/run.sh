#!/bin/sh
# Builds the fuzz targets with clang's libFuzzer under ASan and UBSan and runs each for SECONDS (default 20).
#   sh tests/fuzz/run.sh [SECONDS [TARGET]]
# A crash is printed with the file that repeats it; the exit status is 1.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-20}
sh .ci/install_packages.sh cmake make pkg-config clang-16 libclang-rt-16-dev libxapian-dev libboost-program-options-dev libfmt-dev nlohmann-json3-dev \
  libutf8proc-dev g++
sh .ci/build.sh fuzz
# The index that search_fuzz asks.
export DATELINE_FUZZ_DB="$PWD/build/fuzz/sample.db"
rm -rf "$DATELINE_FUZZ_DB"
ASAN_OPTIONS=new_delete_type_mismatch=0 DATELINE_DATA=$PWD/data build/fuzz/indexer/dateline-index --quiet --db "$DATELINE_FUZZ_DB" data/sample
# The queries of the tests, a file each.
rm -rf build/fuzz/queries
mkdir -p build/fuzz/queries
cut -f 1 tests/query/query_cases.tsv | split -l 1 -a 4 - build/fuzz/queries/
for source in tests/fuzz/*_fuzz.cpp; do
  name=$(basename "$source" .cpp)
  target=build/fuzz/tests/$name
  [ -z "${2:-}" ] || [ "$2" = "$name" ] || continue
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  seeds=data/sample
  case $name in
    query_fuzz | search_fuzz) seeds=build/fuzz/queries ;;
    tables_fuzz) seeds=$corpus ;;
  esac
  echo "== $name for $seconds s"
  if ! DATELINE_DATA=$PWD/data "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -artifact_prefix=build/fuzz/ \
    -print_final_stats=1 "$corpus" "$seeds" >"build/fuzz/$name.log" 2>&1; then
    tail -n 60 "build/fuzz/$name.log"
    exit 1
  fi
  grep -E 'stat::number_of_executed_units|cov:' "build/fuzz/$name.log" | tail -n 2
done
