// Command line, environment and configuration file -> the options given. In this order: what comes
// first wins.
#pragma once

#include <boost/program_options/variables_map.hpp>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "common/cli/option_table.h"
#include "common/error.h"

namespace dateline {

class UsageError : public Error {
  using Error::Error;
};

struct OutsideSettings {
  std::vector<std::pair<std::string, std::string>>
      environment;               // option -> what a variable says of it: db, $DATELINE_DB
  std::filesystem::path config;  // need not exist
  std::string home;              // what ~/ in the file means, "" when unknown
};

// What is no option is under "argument". Of an option that has one value the last one given counts,
// so that an alias of the shell may hold one. The file has lines `db = PATH`, and `limit = 20`
// below a line `[query]`; it is not read when the program is asked about itself (--help). Throws
// UsageError naming option or file and the offending text.
boost::program_options::variables_map parse_command_line(const ProgramInfo& program, int argc,
                                                         const char* const* argv,
                                                         const OutsideSettings& outside);

// Was it asked for in this command? What the environment or the file says is what one usually
// wants, and may be of no use this time.
bool is_given(const boost::program_options::variables_map& values, const std::string& name);

// How the database is named, with the settings file that may do so; "" for none.
std::string hint_for_database(const std::filesystem::path& config);

// `dateline/config` in $XDG_CONFIG_HOME, or in .config in $HOME; either may be "".
std::filesystem::path config_file(const std::string& config_home, const std::string& home);

}  // namespace dateline
