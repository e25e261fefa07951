# What building and running the tests of a preset needs, from Debian: install_packages PRESET. Read by run.sh and fuzz/run.sh.
install_packages() {
  packages='cmake g++ make pkg-config libxapian-dev xapian-tools libboost-program-options-dev libfmt-dev catch2 nlohmann-json3-dev libutf8proc-dev libsimdjson-dev libxxhash-dev
    zlib1g-dev libbenchmark-dev groff-base strace'
  case $1 in sanitize | thread) packages="$packages clang-16 libclang-rt-16-dev" ;; esac
  # shellcheck disable=SC2086 # names with blanks between them
  sh .ci/install_packages.sh $packages
}
