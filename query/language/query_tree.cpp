#include "query/language/query_tree.h"

#include <fmt/format.h>

namespace dateline {

std::string_view operator_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::near:
      return "near";
    case NodeKind::adjacent:
      return "adj";
    case NodeKind::all:
      return "all";
    case NodeKind::any:
      return "any";
    case NodeKind::none:
      return "not";
    default:
      return "";
  }
}

namespace {

std::string leaf(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::everything:
      return "everything";
    case NodeKind::any:
      return "nothing";
    case NodeKind::word:
      return (node.exact ? "exact:" : "") + node.text;
    case NodeKind::prefix:
      return node.text + "*";
    case NodeKind::dates:
      return node.text;
    case NodeKind::value:
      return fmt::format("\"{}\"{}", node.text, node.wildcard ? "*" : "");
    default:
      return fmt::format("\"{}\"", node.text);
  }
}

}  // namespace

std::string to_string(const QueryNode& node) {
  if (node.children.empty())
    return (node.field ? fmt::format("{}:", info(*node.field).name) : "") + leaf(node);
  std::string text = fmt::format("({}", operator_name(node.kind));
  if (node.distance > 0) text += fmt::format("/{}", node.distance);
  for (const auto& child : node.children) text += ' ' + to_string(child);
  return text + ')';
}

}  // namespace dateline
