#include <array>
#include <cstdio>
#include <cstdlib>

#include "common/cli/hint.h"
#include "common/cli/message.h"
#include "common/cli/output.h"
#include "common/cli/process.h"
#include "common/cli/stop_signal.h"
#include "indexer/database/run_lock.h"
#include "indexer/program/program.h"

namespace {

constexpr const char* kName = "dateline-index";

// Commits are ours alone: documents and dictionary belong together.
void keep_xapian_from_committing() {
  if (setenv("XAPIAN_FLUSH_THRESHOLD", "100000000", 1) != 0) throw std::bad_alloc();
}

int stopped_by(int signal) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "stopped by signal %d; nothing was changed", signal);
  return dateline::complain(kName, text.data(), "", 128 + signal);
}

int run(int argc, char** argv) try {
  keep_xapian_from_committing();
  return dateline::run_index_program(dateline::parse_index_options(argc, argv));
} catch (const dateline::UsageError& error) {
  const int status = dateline::usage_status(argc, argv);
  if (status == dateline::kUnknownHealth)
    dateline::print_later(std::string("UNKNOWN: ") + error.what() +
                          '\n');  // a monitor reads no messages
  return dateline::complain(kName, error.what(), dateline::hint_of(error), status);
} catch (const dateline::LockedError& error) {
  return dateline::complain(kName, error.what(), dateline::hint_of(error), 75);
} catch (const dateline::StoppedError&) {
  return stopped_by(dateline::stop_signal());
} catch (...) {
  return dateline::status_of_caught(kName);
}

}  // namespace

int main(int argc, char** argv) {
  if (!dateline::begin_process(kName)) return 3;
  const int status = dateline::finish_output(kName, run(argc, argv));
  const bool unknown = status == dateline::kOutputStatus &&
                       dateline::usage_status(argc, argv) == dateline::kUnknownHealth;
  return unknown ? dateline::kUnknownHealth : status;
}
