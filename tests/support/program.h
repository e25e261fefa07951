// The two programs from outside: run one, see what it printed and how it ended.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace dateline::test {

struct Outcome {
  int status = 0;   // exit status, or 128 + signal
  std::string out;  // stdout
  std::string err;  // stderr
};

// "dateline-index" or "dateline-query" of this build, with DATELINE_DATA set to the checkout's
// data, DATELINE_DB unset, no configuration file; `environment` adds to the inherited one. Nothing
// is read from a shell; stdin is empty.
Outcome run(const std::string& program, const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& environment = {});

// The same, and a signal after some seconds.
Outcome run_and_signal(const std::string& program, const std::vector<std::string>& arguments,
                       int signal, double after_seconds);

// The same with no file allowed to grow over `bytes` (RLIMIT_FSIZE): what a full disk looks like to
// a program.
Outcome run_with_file_limit(const std::string& program, const std::vector<std::string>& arguments,
                            unsigned long bytes);

// How often a test of random moments, changes or damage tries: the second number when
// DATELINE_LONG_TESTS is set.
int trials(int usually, int long_run);

// Where the programs of this build are; DATELINE_TEST_QUERY and DATELINE_TEST_INDEX name others.
std::string query_program();
std::string index_program();

// The same for any program of the PATH.
Outcome run_tool(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace dateline::test
