#!/bin/sh
# Runs a test program as an ordinary user when called by root, who may read everything: as_ordinary_user.sh PROGRAM [ARGUMENT...]
# Ends with 77 (skipped, for ctest) when there is nothing to do.
set -eu
user=nobody
skip() { echo "skipped: $1"; exit 77; }
[ "$(id -u)" = 0 ] || skip 'the tests run as an ordinary user anyway'
command -v runuser >/dev/null || skip 'no runuser here'
folder=$(mktemp -d)
trap 'chmod -R u+rwX "$folder" && rm -rf "$folder"' EXIT
chown "$user" "$folder"
cd "$folder"
runuser -u "$user" -- test -x "$1" || skip "$user may not run $1: put the checkout where other users may read it"
runuser -u "$user" -- env TMPDIR="$folder" HOME="$folder" "$@"
