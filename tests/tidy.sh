#!/bin/sh
# What does clang-tidy-16 find in the code? .clang-tidy says which checks, and why. All files take
# some eight minutes on two cores, so it looks at those that were changed since the branch left
# origin/main (on main itself: in the last ten commits; a changed header counts as the source file
# of its name; thirty at most) and at every twentieth of the others, always the same.
# DATELINE_LONG_TESTS=1 looks at all.
# usage: tidy.sh CHECKOUT BUILD     BUILD: a folder of `cmake --preset dev`
set -eu
cd "$1"
build=$2
command -v clang-tidy-16 >/dev/null || {
  echo 'tidy: clang-tidy-16 is not installed (the Debian package of this name)' >&2
  exit 1
}
most=30  # files that differ: after a large change CI would take too long
list=$(mktemp)
trap 'rm -f "$list"' EXIT

# Paths relative to the checkout, of all sources that the build knows.
sources() {
  sed -nE "s|^ *\"file\": \"$(pwd)/(.*\\.cpp)\",?\$|\\1|p" "$build/compile_commands.json" |
    grep -v '^build' | sort -u
}
changed() {
  head=$(git rev-parse HEAD 2>/dev/null) || return 0
  base=$(git merge-base HEAD origin/main 2>/dev/null) || base=$head
  [ "$base" != "$head" ] || base=$(git rev-list -n 11 HEAD | tail -n 1)
  git diff --name-only "$base" -- '*.cpp' '*.h' | sed 's/\.h$/.cpp/' | sort -u
}
sources >"$list"
all=$(wc -l <"$list")
if [ "${DATELINE_LONG_TESTS:-}" != 1 ]; then
  {
    changed | grep -Fx -f "$list" | head -n "$most" || true
    # cksum is the same everywhere: so is the twentieth.
    while read -r file; do
      sum=$(printf %s "$file" | cksum)
      [ $((${sum%% *} % 20)) -ne 0 ] || echo "$file"
    done <"$list"
  } | sort -u >"$list.some"
  mv "$list.some" "$list"
fi
echo "tidy: $(wc -l <"$list") of $all files"
# Warnings of g++ that clang does not know are none of its business.
xargs -P "$(nproc)" -n 4 clang-tidy-16 -p "$build" --quiet \
  --extra-arg=-Wno-unknown-warning-option <"$list" 2>/dev/null || {
  echo 'tidy: mend what is found; a check that is wrong here is left out in .clang-tidy, with why' >&2
  exit 1
}
echo 'tidy: nothing found'
