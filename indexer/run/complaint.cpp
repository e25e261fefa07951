#include "indexer/run/complaint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "common/text/terminal_text.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t kMostGroups = 10;  // lines for one kind
constexpr std::uint64_t kFewRemovals = 20;
constexpr std::uint64_t kAlwaysSaid = 1'000;

// The message without the path: "Permission denied".
std::string cause(const FileFailure& failure) {
  if (failure.reason != BadArticle::unreadable) return std::string(reason_code(failure.reason));
  const std::string start = replace_invalid_utf8(failure.path) + ": ";
  return failure.message.starts_with(start) ? failure.message.substr(start.size())
                                            : failure.message;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

using Folders = std::map<std::string, std::vector<const FileFailure*>>;

// The folders of the deepest level give what they hold to the ones above.
Folders lifted(const Folders& folders) {
  const auto depth = [](const std::string& folder) {
    return folder == "/" ? 0 : std::ranges::count(folder, '/');
  };
  std::ptrdiff_t deepest = 0;
  for (const auto& [folder, files] : folders) deepest = std::max(deepest, depth(folder));
  Folders above;
  for (auto& [folder, files] : folders) {
    auto& there = above[depth(folder) == deepest ? folder_of(folder) : folder];
    there.insert(there.end(), files.begin(), files.end());
  }
  return above;
}

Folders grouped(const std::vector<const FileFailure*>& failures) {
  Folders folders;
  for (const auto* failure : failures) folders[folder_of(failure->path)].push_back(failure);
  while (folders.size() > kMostGroups) {
    Folders above = lifted(folders);
    if (above == folders) break;
    folders = std::move(above);
  }
  return folders;
}

std::string counted_below(const std::string& folder, const std::vector<const FileFailure*>& files,
                          std::string_view more) {
  const std::string why = cause(*files.front());
  const std::string_view thing = why.starts_with("cannot be listed") ? "folder" : "file";
  return fmt::format("{}{} below {}: {}", counted(files.size(), thing), more,
                     replace_invalid_utf8(folder), why);
}

void complain_of_new(const std::vector<const FileFailure*>& failures,
                     std::vector<std::string>& lines) {
  const std::size_t named = failures.size() <= kNamedOfAKind + 1 ? failures.size() : kNamedOfAKind;
  for (std::size_t i = 0; i < named; ++i) {
    lines.push_back(fmt::format("{}: {}", reason_code(failures[i]->reason), failures[i]->message));
  }
  for (const auto& [folder, files] :
       grouped({failures.begin() + static_cast<std::ptrdiff_t>(named), failures.end()})) {
    lines.push_back(counted_below(folder, files, " more"));
  }
}

void complain_of_known(const std::vector<const FileFailure*>& failures,
                       std::vector<std::string>& lines) {
  for (const auto& [folder, files] : grouped(failures)) {
    const auto first =
        std::ranges::min_element(files, {}, [](const FileFailure* file) { return file->since; });
    const std::string text = files.size() == 1
                                 ? fmt::format("{}: {}", replace_invalid_utf8(files.front()->path),
                                               cause(*files.front()))
                                 : counted_below(folder, files, "");
    lines.push_back(fmt::format("{}, since {}", text, (*first)->since));
  }
}

}  // namespace

std::vector<std::string> complaints(const std::vector<FileFailure>& failures,
                                    KnownFailures known_ones) {
  std::map<std::string, std::vector<const FileFailure*>> fresh;  // by cause
  std::map<std::string, std::vector<const FileFailure*>> known;
  for (const auto& failure : failures) {
    (failure.is_new ? fresh : known)[cause(failure)].push_back(&failure);
  }
  std::vector<std::string> lines;
  for (const auto& [kind, files] : fresh) complain_of_new(files, lines);
  if (known_ones == KnownFailures::silent) return lines;
  for (const auto& [kind, files] : known) complain_of_known(files, lines);
  return lines;
}

std::string removal_notice(const RunReport& report) {
  const std::uint64_t before = std::max(report.documents_before, report.removed);
  const bool many = report.removed > kFewRemovals && report.removed * 100 > before;
  if (!many && report.removed <= kAlwaysSaid) return "";
  const std::uint64_t told = report.no_articles + report.excluded + report.forgotten;
  const std::array<std::pair<std::uint64_t, std::string_view>, 4> reasons = {
      {{report.removed - std::min(report.removed, told), "gone from the archive"},
       {report.no_articles, "no articles any more"},
       {report.excluded, "excluded"},
       {report.forgotten, "forgotten"}}};
  std::string why;
  for (const auto& [count, reason] : reasons) {
    if (count == report.removed) {
      why = reason;
    } else if (count > 0) {
      why += fmt::format("{}{} {}", why.empty() ? "" : ", ", with_commas(count), reason);
    }
  }
  return fmt::format("removed {} of {} articles: {} (first: {})", with_commas(report.removed),
                     with_commas(before), why, replace_invalid_utf8(report.removed_paths.front()));
}

std::vector<std::string> folder_notices(const RunReport& report) {
  std::vector<std::string> lines;
  for (const auto& folder : report.offline) {
    lines.push_back(
        fmt::format("offline: {}: {}; what is indexed below it stays", folder.path, folder.why));
  }
  return lines;
}

std::vector<std::string> date_notices(const RunReport& report) {
  std::vector<std::string> lines;
  const std::size_t named = std::min(kNamedOfAKind, report.future_dates.size());
  for (std::size_t i = 0; i < named; ++i) {
    const auto& [path, date] = report.future_dates[i];
    lines.push_back(fmt::format("{}: is dated {}, after tomorrow", path, to_string(date)));
  }
  const std::size_t more = report.future_dates.size() - named;
  if (more > 0) {
    lines.push_back(fmt::format("{} more {} dated after tomorrow", with_commas(more),
                                more == 1 ? "is" : "are"));
  }
  return lines;
}

std::string alias_notice(const RunReport& report) {
  const AliasChanges& changes = report.alias_changes;
  if (changes.all() == 0 || !report.aliases_refused.empty()) return "";
  return fmt::format("aliases: {} added, {} removed, {} changed", with_commas(changes.added),
                     with_commas(changes.removed), with_commas(changes.changed));
}

}  // namespace dateline
