#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <system_error>

#include "common/terminal_text.h"
#include "indexer/program.h"
#include "indexer/run_lock.h"

namespace {

int complain(const char* message, const std::string& hint, int status) {
  fmt::print(stderr, "dateline-index: {}\n", dateline::harmless(message));
  if (!hint.empty()) fmt::print(stderr, "hint: {}\n", dateline::harmless(hint));
  return status;
}

}  // namespace

int main(int argc, char** argv) try {
  std::signal(SIGPIPE, SIG_IGN);                       // a closed pipe ends --extract without error
  setenv("XAPIAN_FLUSH_THRESHOLD", "100000000", 1);    // commits are ours alone: documents and dictionary belong together
  const int status = dateline::run_index_program(dateline::parse_index_options(argc, argv));
  if (std::fflush(stdout) != 0) throw dateline::OutputError(errno);
  return status;
} catch (const dateline::UsageError& error) {
  return complain(error.what(), error.hint(), 2);
} catch (const dateline::LockedError& error) {
  return complain(error.what(), error.hint(), 75);
} catch (const dateline::Error& error) {
  return complain(error.what(), error.hint(), 3);
} catch (const std::system_error& error) {
  if (error.code() == std::errc::broken_pipe) return 0;  // the reader of --extract or --dump has seen enough
  return complain(error.what(), "", std::ferror(stdout) != 0 ? dateline::kOutputStatus : 3);
} catch (const std::exception& error) {
  return complain(error.what(), "", 3);
}
