#!/bin/sh
# The Debian package: built, and what lintian, shellcheck and systemd-analyze say of it. Installs nothing but these tools.
# usage: check.sh [BUILD]    BUILD: a build to make the package of (default: the preset package is built)
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/package}

sh .ci/install_packages.sh dpkg-dev file gzip
[ $# -gt 0 ] || sh .ci/build.sh package
cmake "$build" >/dev/null
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
cpack --config "$build/CPackConfig.cmake" -G DEB -B "$packages" >"$packages/log" 2>&1 || { tail -n 20 "$packages/log" >&2; exit 1; }
package=$(ls "$packages"/dateline_*.deb)

wrong() { printf 'FAILED: %s\n' "$*" | tee -a "$packages/failures" >&2; }

# try TOOL PACKAGE: is there such a tool, perhaps after installing it?
try() {
  command -v "$1" >/dev/null || sh .ci/install_packages.sh "$2" || true
  command -v "$1" >/dev/null || { echo "package: no $1 to be had here, not asked"; return 1; }
}

dpkg-deb --contents "$package" | awk '{ print $1, $2, $6 }' >"$packages/contents"
for line in '-rwxr-xr-x root/root ./usr/bin/dateline-index' '-rwxr-xr-x root/root ./usr/bin/dateline-query' \
  '-rwxr-xr-x root/root ./usr/libexec/dateline/dateline-nightly' '-rw-r--r-- root/root ./etc/dateline/nightly.conf' \
  '-rw-r--r-- root/root ./usr/lib/systemd/system/dateline-index.service' '-rw-r--r-- root/root ./usr/lib/systemd/system/dateline-index.timer' \
  '-rw-r--r-- root/root ./usr/share/dateline/world/gazetteer.tsv' '-rw-r--r-- root/root ./usr/share/man/man1/dateline-index.1.gz' \
  '-rw-r--r-- root/root ./usr/share/zsh/vendor-completions/_dateline-query' '-rw-r--r-- root/root ./usr/share/doc/dateline/copyright'; do
  grep -qxF -e "$line" "$packages/contents" || wrong "the package lacks $line"
done
[ "$(dpkg-deb --info "$package" conffiles)" = /etc/dateline/nightly.conf ] || wrong 'nightly.conf is no conffile'
first=$(sed -n 's/^dateline (\(.*\)) .*/\1/p' indexer/program/systemd/debian/changelog | head -n 1)
[ "$first" = "$(dpkg-deb --field "$package" Version)" ] || wrong "the changelog is of $first, the package of another version"
# Every table names its source (data/README.md), and the copyright file says whose each is.
for source in GeoNames CC-BY-4.0 SCOWL Atkinson Faraglia 'US Census Bureau' GPL-2; do
  dpkg-deb --fsys-tarfile "$package" | tar xO ./usr/share/doc/dateline/copyright | grep -qF "$source" || wrong "copyright lacks $source"
done

if try lintian lintian; then lintian --allow-root --fail-on error "$package" || wrong 'lintian'; fi
if try shellcheck shellcheck; then
  shellcheck indexer/program/systemd/dateline-nightly.in indexer/program/systemd/debian/p* tests/package/*.sh || wrong 'shellcheck'
fi
if try systemd-analyze systemd; then
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$packages" ./usr/lib/systemd/system
  unit=$packages/usr/lib/systemd/system/dateline-index.service
  systemd-analyze security --offline=true --threshold=29 --no-pager "$unit" >"$packages/security" 2>&1 || { cat "$packages/security" >&2; wrong 'the unit is exposed by 3 or more'; }
  tail -n 1 "$packages/security"
fi
[ ! -s "$packages/failures" ] || exit 1
echo "package: $(basename "$package") is as Debian wants it"
