#include "indexer/database/adoption.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xapian.h>

#include <ranges>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/schema.h"
#include "common/text/terminal_text.h"
#include "indexer/database/folder_rights.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/verification.h"
#include "indexer/database/xapian_error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// Tables that a database without documents has not filled.
bool has_documents(const fs::path& folder) {
  for (const char* table : {"docdata.glass", "position.glass"}) {
    struct stat status {};
    if (lstat((folder / table).c_str(), &status) == 0 && status.st_size > 0) return true;
  }
  return false;
}

// "" when a generation holds nothing, otherwise what it holds, for the message.
std::string worth(const fs::path& database, const std::string& generation) try {
  const Xapian::Database opened(generation_folder(database, generation).string(),
                                Xapian::DB_BACKEND_GLASS);
  return opened.get_doccount() == 0
             ? ""
             : fmt::format("{} ({})", generation, counted(opened.get_doccount(), "article"));
} catch (const Xapian::Error& error) {
  return has_documents(database / generation) ? fmt::format("{} ({})", generation, error.get_msg())
                                              : "";
}

// Of its marks: why no run would have published it.
void require_finished(const fs::path& database, const std::string& generation) {
  const fs::path folder = generation_folder(database, generation);
  struct stat status {};
  if (lstat((folder / kUnfinishedFile).c_str(), &status) == 0) throw Error("was not finished");
  const Xapian::Database opened(folder.string(), Xapian::DB_BACKEND_GLASS);
  require_schema(opened, folder);
  if (!opened.get_metadata(kRebuildKey).empty()) throw Error("was not finished");
  if (opened.get_doccount() == 0) throw Error("is empty");
}

// Why it is not whole.
void require_whole(const fs::path& database, const std::string& generation) {
  require_finished(database, generation);
  verify_generation(generation_folder(database, generation));
}

bool is_finished(const fs::path& database, const std::string& generation) try {
  translating_xapian_errors(database / generation, [&] { require_finished(database, generation); });
  return true;
} catch (const UnreadableError&) {
  return true;  // it may be
} catch (const Error&) {
  return false;
}

std::string why_not_whole(const fs::path& database, const std::string& generation) try {
  translating_xapian_errors(database / generation, [&] { require_whole(database, generation); });
  return "";
} catch (const Error& error) {
  return error.what();
}

// A stub of another kind or of what is gone, or none: it may be replaced.
std::optional<std::string> valid_stub(const fs::path& database) try {
  auto stub = current_generation(database);
  return stub && is_there(database, *stub) ? stub : std::nullopt;
} catch (const Error&) {
  return std::nullopt;
}

}  // namespace

std::vector<std::string> finished_generations(const fs::path& database) {
  const auto named = current_generation(database);
  auto names = generations(database);
  std::erase_if(names, [&](const std::string& name) {
    return name == named || !is_finished(database, name);
  });
  return names;
}

void refuse_unpublished_generations(const fs::path& database) {
  const auto named = current_generation(database);
  const std::string lost = named ? fmt::format("names {}, which is not there", *named) : "is gone";
  std::string kept;
  for (const auto& name : generations(database)) {
    if (const std::string holds = worth(database, name); !holds.empty()) {
      kept += (kept.empty() ? "" : ", ") + holds;
    }
  }
  if (kept.empty()) return;
  throw Error(fmt::format("{}: the stub {} {}, but there is {}; nothing was changed",
                          database.string(), kStubName, lost, kept),
              Remedy{RemedyKind::adopt});
}

Adopted adopt_generation(const fs::path& database, const LockWait& wait) {
  std::error_code failure;
  if (!fs::is_directory(database, failure) || generations(database).empty()) {
    throw Error(fmt::format("{}: no generation of an index there", database.string()),
                Remedy{RemedyKind::name_database});
  }
  const FolderRights rights(database);
  const RunLock lock(database, wait);
  rights.give(database / kLockName);
  if (const auto stub = valid_stub(database)) {
    throw Error(fmt::format("{}: {} names {} already; nothing was changed", database.string(),
                            kStubName, *stub),
                Remedy{RemedyKind::check});
  }
  Adopted adopted;
  const auto names = generations(database);
  for (const auto& name : names | std::views::reverse) {
    const std::string why = why_not_whole(database, name);
    if (!why.empty()) {
      adopted.passed_over.push_back(fmt::format("{}: {}", name, why));
      continue;
    }
    adopted.generation = name;
    adopted.articles =
        Xapian::Database((database / name).string(), Xapian::DB_BACKEND_GLASS).get_doccount();
    sync_generation(database, name);
    publish_generation(database, name);
    return adopted;
  }
  std::string reasons;
  for (const auto& reason : adopted.passed_over) reasons += (reasons.empty() ? "" : "; ") + reason;
  throw Error(fmt::format("{}: no generation is whole: {}", database.string(), reasons),
              "restore a backup, or index into a new folder");
}

}  // namespace dateline
