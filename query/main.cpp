#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>

#include "common/terminal_text.h"
#include "query/program.h"
#include "query/language/query_error.h"

namespace {

int complain(const std::string& message, const std::string& hint, int status) {
  fmt::print(stderr, "dateline-query: {}\n", dateline::harmless(message));
  if (!hint.empty()) fmt::print(stderr, "hint: {}\n", dateline::harmless(hint));
  return status;
}

// Xapian 1.4 follows what a damaged table says of its own positions, beyond the memory it has: the index cannot be read, then, and no status
// of a signal says so. Async-signal-safe calls only. AddressSanitizer has a handler of its own.
[[maybe_unused]] void report_damage(int) {
  constexpr std::string_view kText = "dateline-query: reading the database failed beyond recovery; it may be damaged\n"
                                     "hint: look for damage with dateline-index --check, rebuild with --rebuild\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kText.data(), kText.size());
  _exit(3);
}

void report_damage_instead_of_crashing() {
#ifndef DATELINE_SANITIZED
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE}) std::signal(signal, report_damage);
#endif
}

int run(const dateline::QueryOptions& options) try {
  return dateline::run_query_program(options);
} catch (const dateline::QueryError& error) {
  dateline::report_query_error(error, options.request.query, "");
  return 2;
}

}  // namespace

int main(int argc, char** argv) try {
  std::signal(SIGPIPE, SIG_IGN);
  report_damage_instead_of_crashing();
  return run(dateline::parse_query_options(argc, argv));
} catch (const dateline::UsageError& error) {
  return complain(error.what(), error.hint(), 2);
} catch (const dateline::OutputError& error) {
  return error.reader_is_gone() ? 0 : complain(error.what(), "", dateline::kOutputStatus);
} catch (const dateline::Error& error) {
  return complain(error.what(), error.hint(), 3);
} catch (const std::exception& error) {
  return complain(error.what(), "", 3);
}
