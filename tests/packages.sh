# What building and running the tests needs, from Debian. Read by run.sh, arm64.sh and fuzz/run.sh.
tools='cmake g++ make pkg-config xapian-tools groff-base strace'
# Libraries are of the processor that is compiled for.
libraries='libxapian-dev libboost-program-options-dev libfmt-dev catch2 nlohmann-json3-dev
  libutf8proc-dev libsimdjson-dev libxxhash-dev zlib1g-dev libbenchmark-dev'

# install_packages PRESET
install_packages() {
  packages="$tools $libraries"
  case $1 in sanitize | thread) packages="$packages clang-16 libclang-rt-16-dev" ;; esac
  # shellcheck disable=SC2086 # names with blanks between them
  sh .ci/install_packages.sh $packages
}
