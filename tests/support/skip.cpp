#include "tests/support/skip.h"

#include <unistd.h>

#include <iostream>

namespace dateline::test {

void skip(std::string_view reason) { std::cout << "skipped: " << reason << std::endl; }

bool is_root() { return geteuid() == 0; }

}  // namespace dateline::test
