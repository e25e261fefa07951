#include <exception>
#include <new>

#include "common/message.h"
#include "common/output.h"
#include "common/process.h"
#include "query/program.h"
#include "query/language/query_error.h"

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
  return dateline::complain(kName, error.what(), error.hint(), 2);
} catch (const dateline::OutputError& error) {
  return error.reader_is_gone() ? 0 : dateline::complain(kName, error.what(), "", dateline::kOutputStatus);
} catch (const dateline::Error& error) {
  return dateline::complain(kName, error.what(), error.hint(), 3);
} catch (const std::bad_alloc&) {
  return dateline::complain(kName, "out of memory", "", 3);
} catch (const std::exception& error) {
  return dateline::complain(kName, error.what(), "", 3);
} catch (...) {
  return dateline::complain(kName, "an error that has no words", "", 3);
}

}  // namespace

int main(int argc, char** argv) {
  if (!dateline::begin_process(kName)) return 3;
  return dateline::finish_output(kName, run(argc, argv));
}
