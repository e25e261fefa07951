#!/bin/sh
# Do the includes keep the order of the rooms (arrows point down only)? Prints each that does not;
# exit status 1 if any. Direct includes are held to the table of folders, those that come in
# through other headers to the table of what a folder must never see.
# usage: layering.sh CHECKOUT
set -eu
cd "$1"
broken=0

# Folder: the folders whose headers its files may include, besides its own. A folder that is not
# named here may include nothing, so that a new one gets its row.
folders='
common              common/text
common/text         common
common/store        common common/text
common/cli          common common/text common/store
indexer/formats     common common/text
indexer/extract     common common/text common/store
indexer/database    common common/text common/store indexer/extract indexer/formats
indexer/write       common common/text common/store indexer/extract indexer/database
indexer/care        common common/text common/store indexer/database indexer/write
indexer/run         common common/text common/store indexer/extract indexer/formats indexer/database indexer/write indexer/care
indexer/program     common common/text common/store common/cli indexer/extract indexer/formats indexer/database indexer/write indexer/care indexer/run
query/index         common common/text common/store
query/language      common common/text common/store query/index query
query/match         common common/text common/store query/index query/language query
query/count         common common/text common/store query/index query/language query/match query/hits query
query/hits          common common/text common/store query/index query/language query/match query
query/render        common common/text common/cli query/hits query
query               common common/text common/store query/index query/language query/match query/count query/hits
query/program       common common/text common/store common/cli query/language query/render query
'
# Folder: a pattern that none of its files may reach, through however many headers, and why.
never='
common              xapian.h                                   common/ knows no Xapian
indexer/extract     xapian.h                                   extract/ knows no Xapian
indexer/formats     xapian.h                                   formats/ knows no Xapian
query/render        xapian.h|query/(index|language|match)/.*   render/ gets a complete ResultSet
'
# The only files that include a library.
only='
simdjson.h common/listed_record\.cpp
utf8proc.h common/text/unicode\.cpp
xapian.h   (indexer/(database|write|care)|query)/.*
xxhash.h   indexer/database/content_hash\.cpp
zlib.h     query/index/glass/.*
boost/.*   common/cli/.*|(indexer|query)/program/.*
'

files=$(find common indexer query -name '*.h' -o -name '*.cpp' | sort)
# shellcheck disable=SC2086 # no file of ours has a blank in its name
grep -HoE '^ *# *include *["<][^">]*' $files | sed -E 's/: *# *include *["<]/ /' |
  awk -v folders="$folders" -v never="$never" -v only="$only" '
    # extract/dates, match/rank, index/glass are parts of the folder above.
    function folder_of(file, part, n) {
      sub("/[^/]*$", "", file)
      n = split(file, part, "/")
      if (part[1] == "indexer" || part[1] == "query" || part[1] == "common")
        return n > 1 ? part[1] "/" part[2] : part[1]
      return ""
    }
    function tell(line) { print "layering: " line; broken = 1 }
    function visit(file, seen, i, list, n) {  # all that comes in with a file
      if (file in seen) return
      seen[file] = 1
      n = split(includes[file], list, " ")
      for (i = 1; i <= n; i++) visit(list[i], seen)
    }
    BEGIN {
      n = split(folders, row, "\n")
      for (i = 1; i <= n; i++) {
        m = split(row[i], cell, " ")
        for (j = 1; j <= m; j++) may[cell[1], cell[j]] = 1
      }
      n = split(only, row, "\n")
      for (i = 1; i <= n; i++) if (split(row[i], cell, " ") == 2) owners[cell[1]] = cell[2]
    }
    {
      includes[$1] = includes[$1] " " $2
      from = folder_of($1)
      to = folder_of($2)
      if (to != "" && from != to && !((from, to) in may))
        tell($1 " includes " $2 ", but " from "/ may not include " to "/")
      for (library in owners)
        if ($2 ~ "^" library "$" && $1 !~ "^(" owners[library] ")$")
          tell($1 " includes " $2 ", which only " owners[library] " may")
    }
    END {
      n = split(never, row, "\n")
      for (i = 1; i <= n; i++) {
        if (split(row[i], cell, " ") < 2) continue
        why = row[i]
        sub(/^[^ ]+ +[^ ]+ +/, "", why)
        for (file in includes) {
          if (folder_of(file) != cell[1]) continue
          delete seen
          visit(file, seen)
          for (other in seen)
            if (other != file && other ~ "^(" cell[2] ")$") tell(file " sees " other ": " why)
        }
      }
      exit broken
    }' || broken=1

# deny PATTERN FILES-LEFT-OUT WHY: no library's file may hold what matches.
deny() {
  # shellcheck disable=SC2046,SC2086
  if grep -nE "$1" $(printf '%s\n' $files | grep '\.cpp$' | grep -vE "$2") | grep -vE '^[^:]*:[0-9]+: *//'; then
    echo "layering: $3" >&2
    broken=1
  fi
}
deny 'include *<iostream>' '/program/' 'libraries do not print'
deny '\b(getenv|exit|abort)\(' '/program/' 'only programs know environment and exit'
# real_path is told a path by a program; the indexer makes the folders that it is told to.
deny '\b(current_path|absolute)\(' '/program/|^common/real_path\.cpp|^indexer/database/generation\.cpp' \
  'only programs know the working directory'
# What a search has to say is a Notice, what can be done about an error a Remedy: query/render and
# common/cli word them. Looks into string literals alone: `at("(")) --end` names no option.
# shellcheck disable=SC2046,SC2086
awk '
  {
    line = $0
    gsub(/\\\\|\\"|\047"\047/, "", line)
    n = split(line, part, "\"")
    for (i = 1; i <= n; i++) {
      if (i % 2 == 1 && part[i] ~ /\/\//) break
      if (i % 2 == 0 && part[i] ~ /(^|[^a-z-])--[a-z]/) {
        print FILENAME ":" FNR ": " $0
        named = 1
      }
    }
  }
  END { exit named }' $(printf '%s\n' $files | grep -vE '/program/|^query/render/|^common/cli/') || {
  echo 'layering: libraries name no option: a Notice or a Remedy is worded by the programs' >&2
  broken=1
}
deny '\b(stderr|stdout|STDERR_FILENO)\b|fmt::print' '^common/cli/(message|process)|/program/' \
  'messages go through common/cli/message, output through common/cli/output'
deny 'common/cli/(message|output|process|stop_signal)\.h' '^common/cli/|/program/' \
  'only programs print, and know descriptors and signals'
[ "$broken" -eq 0 ] && echo 'layering: every include points down'
exit "$broken"
