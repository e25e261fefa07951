// Command line, environment and configuration file -> the options given. In this order: what comes first wins.
#pragma once

#include <boost/program_options/variables_map.hpp>
#include <filesystem>
#include <string>

#include "common/error.h"
#include "common/option_table.h"

namespace dateline {

class UsageError : public Error {
  using Error::Error;
};

struct OutsideSettings {
  std::string database;          // $DATELINE_DB, "" when it is not set
  std::filesystem::path config;  // need not exist
};

// What is no option is under "argument". The file has lines `db = PATH`, and `limit = 20` below a line `[query]`.
// Throws UsageError naming option or file and the offending text.
boost::program_options::variables_map parse_command_line(const ProgramInfo& program, int argc, const char* const* argv, const OutsideSettings& outside);

// `dateline/config` in $XDG_CONFIG_HOME, or in .config in $HOME; either may be "".
std::filesystem::path config_file(const std::string& config_home, const std::string& home);

}  // namespace dateline
