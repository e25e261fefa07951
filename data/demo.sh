#!/bin/sh
# Builds Dateline, indexes the sample archive and shows four searches. Run it again at any time: what is done is not done again.
#   sh data/demo.sh
set -eu
cd "$(dirname "$0")/.."
cat <<'END'
Dateline, a demonstration:
   1. the Debian packages that are missing are installed (nothing else outside this folder changes)
   2. both programs are compiled, into build/release
   3. an archive of 83 invented articles is indexed, into build/demo.db: a second
   4. four searches of it are shown
On two processors the packages took half a minute beside their download, compiling three minutes.
END
sh .ci/install_packages.sh cmake g++ make pkg-config libxapian-dev libboost-program-options-dev libfmt-dev nlohmann-json3-dev libutf8proc-dev libsimdjson-dev libxxhash-dev zlib1g-dev

say() { printf '\n== %s\n' "$*"; }
show() {
  printf '\n$ dateline-query %s\n' "$*"
  dateline_query "$@"
}

say 'building both programs'
sh .ci/build.sh release -DDATELINE_TESTS=OFF
export DATELINE_DATA="$PWD/data" DATELINE_DB="$PWD/build/demo.db"
dateline_query() { build/release/query/dateline-query "$@"; }

say 'indexing the sample archive, 18 months of invented news (data/sample -> build/demo.db)'
rm -rf "$DATELINE_DB"  # an older checkout may have made it with other tables
build/release/indexer/dateline-index --quiet data/sample >/dev/null
build/release/indexer/dateline-index --stats

say 'a ranked search: what was written of the treaty?'
show --limit 3 treaty talks

say 'drilling down: who spoke of it, where and when?'
show --limit 1 --facet speaker:6 --facet place:6 --facet month:6 treaty

say 'what did the chair of the talks say?'
show --limit 2 --quotes speaker:olsen treaty

say 'the same for a script'
show --limit 1 --facet country:3 --format json treaty

say 'now your own archive: README.md has the tour'
