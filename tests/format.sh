#!/bin/sh
# Is every file laid out as agreed? C++ as clang-format-16 writes it (.clang-format), scripts
# without a complaint of shellcheck, lines of Markdown at most 100 columns (tables excepted: a row
# cannot be broken), no document cited that is not in the repository. Prints what is not; exit
# status 1 if anything.
# usage: format.sh CHECKOUT
set -eu
cd "$1"
broken=0
# The files of the project, without what a build has made.
ours() { find . \( -name .git -o -name 'build*' \) -prune -o -type f "$@" -print | sort; }
tell() {
  echo "format: $1" >&2
  broken=1
}

# shellcheck disable=SC2046 # no file of ours has a blank in its name
clang-format-16 --dry-run -Werror $(ours \( -name '*.h' -o -name '*.cpp' \)) ||
  tell 'mend it with clang-format-16 -i FILE'

# A script is known by its first line, whatever its name.
# shellcheck disable=SC2046
scripts=$(grep -lE -m1 '^#!.*[/ ](sh|bash|dash)$' $(ours -size -200k ! -name '*.txt' ! -name '*.tsv'))
# shellcheck disable=SC2086
shellcheck -x $scripts || tell 'shellcheck complains of a script'

# Parts of the completion, joined by the program: what one part sets another reads (2034, 2154), an
# empty assignment and the first element of an array are meant (1007, 2128), sed needs no mending.
shellcheck -s bash -e SC1007,SC2001,SC2034,SC2128,SC2154 common/cli/completion/*.bash.in ||
  tell 'shellcheck complains of the completion'

# Columns are characters, not bytes.
# shellcheck disable=SC2046
LC_ALL=C.UTF-8 grep -nE '^[^|].{100}' $(ours -name '*.md') && tell 'a line of Markdown is too long'

# Who reads this checkout has nothing else.
# shellcheck disable=SC2046
grep -nE '\b(DESIGN|STYLE|XAPIAN|SPEED)\b[,:. ]|\.\./shared' \
  $(ours \( -name '*.h' -o -name '*.cpp' -o -name '*.md' \)) | grep -v '[A-Z]_*XAPIAN_' &&
  tell 'a document outside the repository is cited'

sh common/rooms.sh | cmp -s - common/rooms.svg ||
  tell 'common/rooms.svg is not what common/rooms.sh draws'

[ "$broken" -eq 0 ] && echo 'format: all files are laid out as agreed'
exit "$broken"
