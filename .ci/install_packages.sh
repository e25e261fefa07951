#!/bin/sh
# Installs those of the named Debian packages that are missing; says which. As root, or with sudo.
# usage: install_packages.sh PACKAGE...
set -eu
missing=''
for package in "$@"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then as_root=''
elif command -v sudo >/dev/null; then as_root=sudo
else
  echo "missing packages:$missing; run as root or install sudo" >&2
  exit 1
fi
echo "installing from Debian:$missing"
log=$(mktemp)
# shellcheck disable=SC2086 # names with blanks between them
if ! { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
