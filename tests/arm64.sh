#!/bin/sh
# Does Dateline build for another processor, and do its tests pass there? Compiles for arm64 with
# Debian's cross compiler and runs programs and tests through qemu-user, which the kernel starts by
# itself (binfmt_misc). By hand, as root, in a Debian that may be spoilt: it adds an architecture and
# packages. Half an hour. Tests that ptrace cannot serve under emulation fail or are skipped there:
# name others to run fewer.
# usage: arm64.sh [TEST...]     TEST: names as ctest knows them (default: those of units and programs)
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- common_test indexer_test extract_test search_test cli_test concurrency_test
dpkg --add-architecture arm64
apt-get update -qq
. tests/packages.sh
foreign=''
for library in $libraries; do foreign="$foreign $library:arm64"; done
# shellcheck disable=SC2086 # names with blanks between them
DEBIAN_FRONTEND=noninteractive apt-get install -qqy --no-install-recommends cmake make pkg-config gzip \
  binfmt-support g++-aarch64-linux-gnu qemu-user-static $foreign >/dev/null
if ! mountpoint -q /proc/sys/fs/binfmt_misc; then
  mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
  trap 'umount /proc/sys/fs/binfmt_misc' EXIT
fi
[ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || update-binfmts --enable qemu-aarch64
export PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig
cmake --preset dev -B build/arm64 -D CMAKE_SYSTEM_NAME=Linux -D CMAKE_SYSTEM_PROCESSOR=aarch64 \
  -D CMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ -D CMAKE_LIBRARY_ARCHITECTURE=aarch64-linux-gnu \
  -D CMAKE_CROSSCOMPILING_EMULATOR=qemu-aarch64-static >/dev/null
cmake --build build/arm64 -j"$(nproc)"
file=build/arm64/query/dateline-query
echo "== $("$file" --version | head -n 1), machine $(od -An -tu2 -j18 -N2 "$file") (183 is AArch64)"
status=0
for test in "$@"; do
  echo "== $test"
  "build/arm64/tests/$test" || status=1
done
exit "$status"
