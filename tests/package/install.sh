#!/bin/sh
# Is what cmake --install puts somewhere whole, and of that place? Does the nightly run read its conf as data? Nothing outside a
# temporary folder is touched.
# usage: install.sh BUILD
set -eu
build=$(cd "$1" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
unset DATELINE_DATA DATELINE_DB || true

wrong() {
  printf 'FAILED: %s\n' "$*" | tee -a "$root/failures" >&2
}
holds() { grep -qF -e "$2" "$1" || wrong "$1 lacks \"$2\""; }
install_to() { cmake --install "$build" "$@" >"$root/install.log" 2>&1 || { cat "$root/install.log" >&2; exit 1; }; }

# A prefix with a blank: everything below it, every path that is written into a file below it too.
prefix="$root/a prefix"
conf="$prefix/etc/dateline/nightly.conf"
nightly="$prefix/libexec/dateline/dateline-nightly"
install_to --prefix "$prefix"
holds "$prefix/lib/systemd/system/dateline-index.service" "ExecStart=\"$nightly\" \"$conf\""
holds "$prefix/share/doc/dateline/examples/dateline.cron" "'$nightly'"
[ -x "$nightly" ] || wrong "$nightly cannot be run"
for file in share/man/man1/dateline-index.1.gz share/man/man1/dateline-query.1.gz share/man/man7/dateline-query-language.7.gz \
  share/bash-completion/completions/dateline-index share/zsh/site-functions/_dateline-index share/zsh/site-functions/_dateline-query \
  lib/systemd/system/dateline-index.timer share/doc/dateline/copyright share/doc/dateline/examples/dateline-mail@.service; do
  [ -f "$prefix/$file" ] || wrong "no $file"
done
if grep -rlE '@[a-z]+@' "$prefix/lib" "$prefix/libexec" "$prefix/etc" "$prefix/share/doc/dateline/examples"; then wrong 'a name of a folder was not filled in'; fi
[ -f "$conf" ] || wrong "no $conf"

# An edited conf stays; the new one is beside it, and it is said. One that was not edited is simply there.
install_to --prefix "$prefix"
[ ! -e "$conf.new" ] || wrong 'a second conf though the first was not edited'
echo 'DATELINE_DB=/mine' >"$conf"
install_to --prefix "$prefix"
[ "$(cat "$conf")" = 'DATELINE_DB=/mine' ] || wrong 'an edited nightly.conf was overwritten'
[ -f "$conf.new" ] || wrong 'no nightly.conf.new'
holds "$root/install.log" 'Kept as it is'
rm "$conf" && ln -s /nowhere/at/all "$conf"
install_to --prefix "$prefix"
[ "$(readlink "$conf")" = /nowhere/at/all ] || wrong 'a nightly.conf that is a symbolic link was overwritten'
rm "$conf"

# DESTDIR, and where Debian has the configuration and zsh the completions of each prefix.
DESTDIR="$root/stage" install_to --prefix /usr
DESTDIR="$root/stage" install_to --prefix /usr/local
for file in etc/dateline/nightly.conf usr/share/zsh/vendor-completions/_dateline-index usr/lib/systemd/system/dateline-index.service \
  usr/local/etc/dateline/nightly.conf usr/local/share/zsh/site-functions/_dateline-index usr/local/lib/systemd/system/dateline-index.service; do
  [ -f "$root/stage/$file" ] || wrong "DESTDIR: no $file"
done
holds "$root/stage/usr/lib/systemd/system/dateline-index.service" 'ExecStart="/usr/libexec/dateline/dateline-nightly" "/etc/dateline/nightly.conf"'
holds "$root/stage/usr/local/libexec/dateline/dateline-nightly" "'/usr/local/etc/dateline/nightly.conf'"

# The nightly run. night STATUS WORDS-OF-MESSAGE: runs it with the conf on stdin.
archive="$root/an old archive"
mkdir "$archive" "$root/second"
printf ' date 2023-03-03\n\nTalks\n\n"We met," said Anna Lind in Oslo.\n' >"$archive/a.txt"
printf ' date 2023-03-04\n\nMore talks\n\n"We met again," said Anna Lind in Oslo.\n' >"$root/second/b.txt"
night() {
  cat >"$root/night.conf"
  status=0
  "$nightly" "$root/night.conf" >"$root/out" 2>"$root/err" || status=$?
  [ "$status" -eq "$1" ] || wrong "status $status, not $1, of $(cat "$root/night.conf" "$root/err")"
  case $(cat "$root/err") in *"$2"*) ;; *) wrong "not \"$2\": $(cat "$root/err")" ;; esac
}

night 0 '' <<END
# a comment
DATELINE_ARCHIVE="$archive" '$root/second'
  DATELINE_DB=$root/news.db
DATELINE_OPTIONS=--summary "$root/last run.json" -j 1
END
[ ! -s "$root/err" ] || wrong "a good night was not quiet: $(cat "$root/err")"
[ -s "$root/last run.json" ] || wrong 'no summary'
holds "$root/last run.json" '"documents": 2'
# Lines of another system; all options in one pair of quotes.
printf 'DATELINE_ARCHIVE="%s" %s\r\nDATELINE_DB=%s\r\nDATELINE_OPTIONS="--wait 5 --summary=%s"' "$archive" "$root/second" "$root/news.db" "$root/s.json" | night 0 ''
[ -s "$root/s.json" ] || wrong 'no summary where options stand in one pair of quotes'

rules='DATELINE_OPTIONS=--summary '"$root/s.json"
printf 'DATELINE_DB=%s\n' "$root/news.db" | night 78 'DATELINE_ARCHIVE names no folder'
printf 'DATELINE_ARCHIVE=\nDATELINE_DB=%s\n' "$root/news.db" | night 78 'DATELINE_ARCHIVE names no folder'
printf 'DATELINE_ARCHIVE=""\nDATELINE_DB=%s\n' "$root/news.db" | night 78 'DATELINE_ARCHIVE names no folder'
printf 'DATELINE_ARCHIVE=%s\n' "$root/second" | night 78 'DATELINE_DB names no database'
printf 'DATELINE_ARCHIVE=%s\nDATELINE_DB=%s b\n' "$root/second" "$root/a" | night 78 'absolute'
printf 'DATELINE_ARCHIVE=%s\nDATELINE_DB=%s /b\n' "$root/second" "$root/a" | night 78 'more than one database'
printf 'DATELINE_ARCHIVE=%s\nDATELINE_DB=news.db\n' "$root/second" | night 78 '"news.db" is no absolute path'
printf 'DATELINE_ARCHIVE="" %s\nDATELINE_DB=%s\n' "$root/second" "$root/b" | night 78 'absolute'
printf 'DATELINE_ARCHIVE="/a\nDATELINE_DB=/nowhere/b\n' | night 78 'quotation mark'
printf 'DATELINE_ARCHIVE=/a\nDATELINE_DB=/nowhere/b\nDATELINE_OPTOINS=--quiet\n' | night 78 'line 3: "DATELINE_OPTOINS=--quiet"'
printf 'DATELINE_ARCHIVE=/a\nDATELINE_DB=/nowhere/b\nDATELINE_DB=/nowhere/c\n' | night 78 'twice'
printf '' | night 78 'DATELINE_ARCHIVE'
# Neither run nor expanded.
# shellcheck disable=SC2016
printf 'DATELINE_ARCHIVE=/$(touch %s/run) `touch %s/run` /*\nDATELINE_DB=/nowhere/b\n' "$root" "$root" | night 78 'absolute'
printf 'touch %s/run\nDATELINE_DB=/nowhere/b\n' "$root" | night 78 'line 1'
[ ! -e "$root/run" ] || wrong 'a line of nightly.conf was run'
printf 'DATELINE_ARCHIVE=%s/sec*\nDATELINE_DB=%s/star.db\n%s\n' "$root" "$root" "$rules" | night 3 'sec*'
rm -f "$root/night.conf"
status=0
"$nightly" "$root/night.conf" 2>"$root/err" || status=$?
[ "$status" -eq 78 ] || wrong "a missing conf ends with $status"
holds "$root/err" 'no such file'

[ ! -s "$root/failures" ] || exit 1
echo 'install: whole, of its place, and the nightly run reads its conf as data'
