// What an error advises, in the words and options of a command line.
#pragma once

#include <string>

#include "common/error.h"

namespace dateline {

// "rebuild the index with --rebuild"
std::string hint_text(const Remedy& remedy);

// The error's remedy in words, else its own hint; "" when it has neither.
std::string hint_of(const Error& error);

}  // namespace dateline
