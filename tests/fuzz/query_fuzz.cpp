// Any bytes are a query that is understood, or an error that points into it; what is understood has
// words, each at its place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "query/language/query_error.h"
#include "query/language/query_parser.h"
#include "query/render/notice_text.h"

namespace {

void check(const dateline::QueryNode& node, std::size_t size) {
  using enum dateline::NodeKind;
  if (node.position > size) std::abort();
  const bool leaf = node.kind == word || node.kind == phrase || node.kind == prefix ||
                    node.kind == value || node.kind == dates;
  if (leaf && (node.text.empty() || !node.children.empty())) std::abort();
  if (!leaf && node.kind != everything && node.children.empty()) std::abort();
  if ((node.kind == near || node.kind == adjacent) && node.distance < 1) std::abort();
  for (const auto& child : node.children) check(child, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string query(reinterpret_cast<const char*>(data), size);
  try {
    check(dateline::parse_query(query).root, query.size());
  } catch (const dateline::QueryError& error) {
    if (error.position() != std::string::npos && error.position() > query.size()) std::abort();
    if (dateline::notice_text(error.why()).empty()) std::abort();
  }
  try {
    dateline::parse_plain_query(query);
  } catch (const dateline::QueryError&) {
  }
  return 0;
}
