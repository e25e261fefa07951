#!/bin/sh
# Do the includes keep the rooms' order (DESIGN: arrows point down only)? Prints each line that does not, exit status 1 if any.
# usage: layering.sh CHECKOUT
set -eu
cd "$1"
broken=0

# forbid PATTERN WHY FILE...: no file may include what matches.
forbid() {
  pattern=$1 why=$2
  shift 2
  if grep -nE "^ *# *include *[\"<]($pattern)" "$@" /dev/null; then
    echo "layering: $why" >&2
    broken=1
  fi
}

forbid 'xapian' 'common/ knows no Xapian' common/*.h common/*.cpp
forbid '(indexer|query)/' 'common/ includes neither program' common/*.h common/*.cpp
forbid 'utf8proc' 'only common/unicode.cpp knows the Unicode library' \
  $(ls common/*.h common/*.cpp indexer/*.h indexer/*.cpp indexer/extract/* query/*.h query/*.cpp query/*/* | grep -vE 'common/unicode.cpp|README')
forbid 'xapian' 'extract/ knows no Xapian' indexer/extract/*.h indexer/extract/*.cpp
forbid '(indexer/[a-z_]+\.h|query/)' 'extract/ includes nothing of the indexer around it' indexer/extract/*.h indexer/extract/*.cpp
forbid 'query/' 'the indexer never includes the query program' indexer/*.h indexer/*.cpp
forbid 'indexer/' 'the query program never includes the indexer' query/*.h query/*.cpp query/*/*.h query/*/*.cpp
forbid 'xapian' 'render/ gets a complete ResultSet, no database' query/render/*.h query/render/*.cpp
forbid 'query/(index/|language/|searcher|search\.|matcher|facet_counter)' 'render/ gets a complete ResultSet, no database' query/render/*.h query/render/*.cpp
forbid 'query/([a-z_]+\.h|language/|render/)' 'query/index/ knows nothing of queries' query/index/*.h query/index/*.cpp
forbid 'query/(render/|search(er)?\.h|matcher|hit_reader|facet_counter|ranked_page)' 'the query language knows nothing of matching' query/language/*.h query/language/*.cpp
forbid 'xapian' 'only the files that must talk to Xapian include it (indexer/README.md)' \
  $(ls indexer/*.h indexer/*.cpp | grep -vE '/(adoption|document|index_writer|alias_preview|index_check|index_stats|quick_check|index_version|indexed_state|stored_article|maintenance|verification|xapian_error|canonical_dump)\.')
forbid 'iostream' 'libraries do not print' $(ls common/*.cpp indexer/extract/*.cpp indexer/*.cpp query/*.cpp query/*/*.cpp | grep -vE '/(main|options|program)\.cpp')
if grep -nE '\b(getenv|exit|abort)\(' $(ls common/*.cpp indexer/extract/*.cpp indexer/*.cpp query/*.cpp query/*/*.cpp 2>/dev/null | grep -vE '/(main|options)\.cpp'); then
  echo 'layering: only main and options know environment and exit' >&2
  broken=1
fi
forbid 'common/(message|output|process|stop_signal)\.h' 'only programs print, and know descriptors and signals' \
  $(ls common/*.cpp indexer/extract/*.cpp indexer/*.cpp query/*.cpp query/*/*.cpp | grep -vE 'common/(message|output|process|stop_signal|write_all)\.cpp|/(main|program|told_run)\.cpp')
if grep -nE '\b(stderr|stdout|STDERR_FILENO)\b|fmt::print' $(ls common/*.cpp indexer/extract/*.cpp indexer/*.cpp query/*.cpp query/*/*.cpp) |
  grep -vE '^(common/(message|process)|query/main)\.cpp|isatty|^[^:]*:[0-9]+: *//'; then
  echo 'layering: messages go through common/message, output through common/output' >&2
  broken=1
fi
[ "$broken" -eq 0 ] && echo 'layering: every include points down'
exit "$broken"
