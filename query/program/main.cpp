#include "common/cli/hint.h"
#include "common/cli/message.h"
#include "common/cli/output.h"
#include "common/cli/process.h"
#include "query/language/query_error.h"
#include "query/program/program.h"

namespace {

constexpr const char* kName = "dateline-query";

int answer(const dateline::QueryOptions& options) try {
  return dateline::run_query_program(options);
} catch (const dateline::QueryError& error) {
  dateline::report_query_error(error, options.request.query, "");
  return 2;
}

int run(int argc, char** argv) try {
  return answer(dateline::parse_query_options(argc, argv));
} catch (const dateline::UsageError& error) {
  return dateline::complain(kName, error.what(), dateline::hint_of(error), 2);
} catch (...) {
  return dateline::status_of_caught(kName);
}

}  // namespace

int main(int argc, char** argv) {
  if (!dateline::begin_process(kName)) return 3;
  return dateline::finish_output(kName, run(argc, argv));
}
