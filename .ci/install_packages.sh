#!/bin/sh
# Installs those of the named Debian packages that are missing; says which, and how far it is. As
# root, or with sudo.
# usage: install_packages.sh PACKAGE...
set -eu
cd "$(dirname "$0")/.."
missing=''
for package in "$@"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then as_root=''
elif command -v sudo >/dev/null; then as_root=sudo
else
  echo "missing packages:$missing; run as root or install sudo" >&2
  exit 1
fi
log=$(mktemp)
status=$(mktemp)
trap 'rm -f "$log" "$status"' EXIT
failed() {
  tail -n 20 "$log" >&2
  exit 1
}
# install PATTERN WHAT OPTION...: apt-get install of what is missing, its lines like PATTERN counted.
install() {
  pattern=$1 what=$2
  shift 2
  : >"$status"
  # shellcheck disable=SC2086 # names with blanks between them
  {
    $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
      apt-get install -qy --no-install-recommends "$@" $missing && echo installed >"$status"
  } 2>&1 | sh .ci/progress.sh "$log" "$count" "$pattern" "$what"
  [ -s "$status" ] || failed
}

echo "== installing from Debian:$missing"
$as_root apt-get update -q >"$log" 2>&1 || failed
# shellcheck disable=SC2086
count=$(LC_ALL=C apt-get install -sq --no-install-recommends $missing 2>/dev/null | grep -c '^Inst ' || true)
echo "   $count packages with those that they need"
install 'Get:*' 'packages fetched' --download-only
install 'Setting up *' 'packages set up'
