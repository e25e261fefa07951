#include "indexer/run/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "common/base64.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

std::string shown_bytes(std::uint64_t bytes) {
  constexpr double kStep = 1000;
  double value = static_cast<double>(bytes);
  for (const auto* unit : {"bytes", "kB", "MB"}) {
    if (value < kStep)
      return fmt::format("{:.{}f} {}", value, value < 10 && unit[0] != 'b' ? 1 : 0, unit);
    value /= kStep;
  }
  return fmt::format("{:.1f} GB", value);
}

Json failures_by_reason(const RunReport& report) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& failure : report.failures) ++counts[std::string(reason_code(failure.reason))];
  return counts;
}

Json offline_folders(const RunReport& report) {
  Json folders = Json::array();
  for (const auto& folder : report.offline)
    folders.push_back({{"folder", replace_invalid_utf8(folder.path)}, {"why", folder.why}});
  return folders;
}

Json shown(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const auto& name : names) list.push_back(replace_invalid_utf8(name));
  return list;
}

Json begun_summary(const RunEntry& entry, const std::string& database, std::string_view state) {
  Json j = Json::object();
  j["version"] = 1;
  j["state"] = state;
  j["program"] = entry.program;
  j["action"] = entry.action;
  j["pid"] = entry.pid;
  j["started"] = to_text(entry.started);
  j["database"] = replace_invalid_utf8(database);
  j["folders"] = shown(entry.folders);
  return j;
}

void add_report(Json& j, const RunReport& report) {
  j["added"] = report.added;
  j["updated"] = report.updated;
  j["moved"] = report.moved;
  j["removed"] = report.removed;
  j["unchanged"] = report.unchanged;
  j["elsewhere"] = report.elsewhere;
  j["ignored"] = report.ignored;
  j["decoded"] = report.decoded;
  j["decoded_utf16"] = report.decoded_utf16;
  j["mended"] = report.mended;
  j["failed"] = failures_by_reason(report);
  j["new_failures"] = new_failures(report);
  j["still_failing"] = report.failed_before.size();
  j["unlisted_folders"] = report.unlisted.size();
  j["offline"] = offline_folders(report);
  j["lost_elsewhere"] = report.lost_elsewhere;
  j["excluded"] = report.excluded;
  j["forgotten"] = report.forgotten;
  j["kept_out"] = report.kept_out;
  j["future_dates"] = Json::array();
  for (const auto& future : report.future_dates) {
    j["future_dates"].push_back(
        {{"path", replace_invalid_utf8(future.path)}, {"date", to_string(future.date)}});
  }
  j["documents"] = report.documents;
  j["documents_before"] = report.documents_before;
  j["index_bytes"] = report.index_bytes;
  j["new_speakers"] = report.new_speakers;
  j["new_places"] = report.new_places;
  j["seconds"] = {{"scan", report.scanning.count()},
                  {"plan", report.planning.count()},
                  {"write", report.writing.count()},
                  {"commit", report.committing.count()},
                  {"all", report.took.count()}};
  j["stopped"] = report.stopped;
  j["given_up"] = report.rebuild == Rebuild::unfinished;
  j["rebuilt"] = report.rebuild == Rebuild::done;
  j["rebuild"] = to_string(report.rebuild);
  if (!report.upgraded_from.empty()) j["upgraded_from"] = report.upgraded_from;
  j["lost"] = report.lost;
  if (!report.set_aside.empty()) j["set_aside"] = report.set_aside;
  j["warnings"] = Json::array();
  for (const auto& warning : report.warnings)
    j["warnings"].push_back(replace_invalid_utf8(warning));
  if (!report.newest_article.empty()) j["newest_article"] = report.newest_article;
  j["removals"] = {{"gone", report.removed - report.no_articles},
                   {"no_articles", report.no_articles},
                   {"paths", shown(report.removed_paths)}};
  j["alias_changes"] = {{"added", report.alias_changes.added},
                        {"removed", report.alias_changes.removed},
                        {"changed", report.alias_changes.changed},
                        {"refused", !report.aliases_refused.empty()}};
}

}  // namespace

std::string_view to_string(Rebuild rebuild) {
  switch (rebuild) {
    case Rebuild::none:
      return "none";
    case Rebuild::done:
      return "done";
    case Rebuild::unfinished:
      return "unfinished";
    case Rebuild::no_room:
      return "no-room";
    case Rebuild::failed:
      return "failed";
  }
  return "";
}

std::string summary(const RunReport& report) {
  std::string text;
  const auto add = [&](std::string_view what, std::uint64_t count) {
    if (count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, with_commas(count));
  };
  add("added", report.added);
  add("updated", report.updated);
  add("moved", report.moved);
  add("removed", report.removed - report.excluded);
  add("excluded", report.excluded);
  add("failed", new_failures(report));
  if (text.empty()) text = "nothing to do";
  add("decoded from Windows-1252", report.decoded);
  add("decoded from UTF-16", report.decoded_utf16);
  add("UTF-8 with stray bytes mended", report.mended);
  add("still failing", report.failed_before.size() + report.failures.size() - new_failures(report));
  if (report.rebuild == Rebuild::done && !report.upgraded_from.empty())
    text += ", rebuilt: was made with " + report.upgraded_from;
  text += fmt::format(", unchanged {} in {:.1f} s; index {}", counted(report.unchanged, "article"),
                      report.took.count(), shown_bytes(report.index_bytes));
  return text;
}

std::string running_summary(const RunEntry& entry, const std::string& database) {
  return begun_summary(entry, database, "running").dump(2);
}

std::string ended_summary(const RunEntry& entry, const std::string& database,
                          const RunReport* report) {
  Json j = begun_summary(entry, database, "ended");
  j["ended"] = to_text(entry.ended);
  j["status"] = entry.status;
  if (!entry.error.empty()) j["error"] = replace_invalid_utf8(entry.error);
  if (report != nullptr) add_report(j, *report);
  return j.dump(2);
}

std::uint64_t new_failures(const RunReport& report) {
  return static_cast<std::uint64_t>(
      std::ranges::count(report.failures, true, &FileFailure::is_new));
}

void take_report(RunEntry& entry, const RunReport& report) {
  entry.added = report.added;
  entry.updated = report.updated;
  entry.moved = report.moved;
  entry.removed = report.removed;
  entry.failed = report.failing.size();
  entry.new_failures = new_failures(report);
  for (const auto& folder : report.offline) entry.offline.push_back(folder.path);
  entry.alias_changes = report.aliases_refused.empty() ? report.alias_changes.all() : 0;
  entry.removed_on_demand = report.excluded + report.forgotten;
  entry.deletions_allowed = report.needed_permission;
  entry.stopped = report.stopped;
  const bool anew = report.rebuild == Rebuild::done || report.rebuild == Rebuild::unfinished;
  if (anew && entry.action == "index") {
    entry.action = report.upgraded_from.empty() ? "rebuild" : "upgrade";
  }
  entry.documents = report.documents;
  entry.index_bytes = report.index_bytes;
  entry.newest_article = report.newest_article;
}

std::string errors_file(const RunReport& report) {
  std::map<std::string_view, const FileFailure*> met;
  for (const auto& failure : report.failures) met.emplace(failure.path, &failure);
  std::string text;
  for (const auto& file : report.failing) {
    const auto found = met.find(file.path);
    Json j = Json::parse(to_json(file));
    if (found != met.end()) j["message"] = replace_invalid_utf8(found->second->message);
    j["new"] = found != met.end() && found->second->is_new;
    text += j.dump() + '\n';
  }
  return text;
}

}  // namespace dateline
