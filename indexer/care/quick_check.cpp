#include "indexer/care/quick_check.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>

#include "common/child_process.h"
#include "common/error.h"
#include "common/partial_date.h"
#include "common/store/keys.h"
#include "common/store/schema.h"
#include "common/text/take_until.h"
#include "common/text/terminal_text.h"
#include "indexer/database/content_sum.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostSeconds = 20;  // of computing
constexpr unsigned kMostWaiting = 60;       // in all: a disk may have gone
constexpr int kTries = 3;                   // beside a run that commits
constexpr Xapian::docid kSamples = 64;      // documents that are read

struct Finding {
  std::string text;
};

void require(bool held, const std::string& text) {
  if (!held) throw Finding{text};
}

// Each article has one day of publication: their counts must come to all articles.
std::string newest_day(const Xapian::Database& database, std::int64_t today) {
  const PublicationDays days = publication_days(database, Day(std::chrono::days(today + 1)));
  require(days.articles == database.get_doccount(),
          fmt::format("{} of {} articles have a day of publication", days.articles,
                      database.get_doccount()));
  return days.newest ? to_string(*days.newest) : "";
}

void read_whole(const Xapian::Database& database, Xapian::docid id) {
  const Xapian::Document document = database.get_document(id);
  require(!document.get_value(number(Slot::path)).empty(),
          fmt::format("document {} has no path", id));
  require(document.get_data().find('\n') != std::string::npos,
          fmt::format("document {} has no record", id));
  std::string word;  // one with positions
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    if (word.empty() && term.positionlist_count() > 0) word = *term;
  }
  if (word.empty()) return;
  std::uint64_t positions = 0;
  for (auto at = database.positionlist_begin(id, word); at != database.positionlist_end(id, word);
       ++at) {
    ++positions;
  }
  require(positions > 0, fmt::format("document {} has no positions of \"{}\"", id, word));
}

void read_samples(const Xapian::Database& database) {
  const Xapian::docid step = std::max(database.get_lastdocid() / kSamples, 1U);
  Xapian::docid wanted = 1;
  auto posting = database.postlist_begin("");
  while (posting != database.postlist_end("")) {
    read_whole(database, *posting);
    if (*posting > 0xffff'ffffU - step) return;
    wanted = *posting + step;
    posting.skip_to(wanted);
  }
}

bool is_empty_text(const Xapian::Database& database) {
  return database.get_doccount() == 0 || database.get_average_length() < 0.5;
}

// Xapian takes a missing table for an empty one.
void require_tables(const fs::path& generation, bool with_positions, bool with_documents) {
  std::vector<std::string> names{"iamglass", "postlist.glass"};
  if (with_documents) names.insert(names.end(), {"docdata.glass", "termlist.glass"});
  if (with_positions) names.emplace_back("position.glass");
  for (const auto& name : names) {
    std::error_code failure;
    const auto bytes = fs::file_size(generation / name, failure);
    require(!failure, fmt::format("{} is missing", name));
    require(bytes > 0, fmt::format("{} is empty", name));
  }
}

IndexFacts read_facts(const fs::path& path, std::int64_t today) {
  const Xapian::Database database = open_index(path);
  const std::string schema = database.get_metadata(kSchemaKey);
  const std::string generation = current_generation(path).value_or("");
  require(!schema.empty(), "the index has no schema version");
  require(!database.get_metadata(kContentSumKey).empty(), "the index has no content sum");
  require_tables(path / generation, !is_empty_text(database), database.get_doccount() > 0);
  IndexFacts facts;
  facts.articles = database.get_doccount();
  facts.newest = newest_day(database, today);
  facts.failed = parse_failed_files(database.get_metadata(kFailedFilesKey)).size();
  facts.bytes = generation_bytes(path, generation);
  facts.mixed = !database.get_metadata(kMixedKey).empty();
  facts.other_schema = schema != std::to_string(kSchemaVersion);
  read_samples(database);
  return facts;
}

std::string lines_of(const IndexFacts& facts) {
  return fmt::format("articles {}\nnewest {}\nfailed {}\nbytes {}\nmixed {}\nother_schema {}\n",
                     facts.articles, facts.newest, facts.failed, facts.bytes, facts.mixed ? 1 : 0,
                     facts.other_schema ? 1 : 0);
}

std::string one_line(std::string_view text) { return harmless(text.substr(0, 300)); }

// Want of descriptors or memory says nothing of the index.
std::string failure_of(const Xapian::Error& error) {
  const char* why = error.get_error_string();
  const bool hindered = why != nullptr && is_hindrance(why);
  return (hindered ? "unchecked " : "damage ") + one_line(error.get_description()) + '\n';
}

std::string checked(const fs::path& path, std::int64_t today) {
  for (int attempt = 1;; ++attempt) {
    try {
      return lines_of(read_facts(path, today));
    } catch (const Finding& finding) {
      return "damage " + one_line(finding.text) + '\n';
    } catch (const Xapian::DatabaseModifiedError& error) {
      if (attempt == kTries) return "unchecked a run changes the index meanwhile\n";
    } catch (
        const Xapian::DatabaseOpeningError& error) {  // a run may have taken the generation away
      if (attempt == kTries) return failure_of(error);
    } catch (const Xapian::Error& error) {
      return failure_of(error);
    } catch (const UnreadableError& error) {
      return "unchecked " + one_line(error.what()) + '\n';
    } catch (const Error& error) {
      return "damage " + one_line(error.what()) + '\n';
    }
  }
}

std::uint64_t as_number(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void take_line(std::string_view line, QuickCheck& check, IndexFacts& facts) {
  const std::string_view key = take_until(line, ' ');
  if (key == "damage") {
    check.damage.emplace_back(line);
  } else if (key == "unchecked") {
    check.unchecked.emplace_back(line);
  } else if (key == "articles") {
    facts.articles = as_number(line);
  } else if (key == "newest") {
    facts.newest = line;
  } else if (key == "failed") {
    facts.failed = as_number(line);
  } else if (key == "bytes") {
    facts.bytes = as_number(line);
  } else if (key == "mixed") {
    facts.mixed = line == "1";
  } else if (key == "other_schema") {
    facts.other_schema = line == "1";
  } else {
    check.damage.push_back(one_line(std::string(key) + ' ' + std::string(line)));
  }
}

QuickCheck result_of(const ChildOutcome& outcome) {
  QuickCheck check;
  IndexFacts facts;
  for (std::string_view rest = outcome.output; !rest.empty();) {
    take_line(take_until(rest, '\n'), check, facts);
  }
  if (outcome.signal == SIGALRM) {
    check.unchecked.push_back(fmt::format("it took more than {} seconds", kMostWaiting));
  } else if (outcome.signal == SIGXCPU) {
    check.damage.emplace_back("reading it came to no end");
  } else if (outcome.signal != 0) {
    check.damage.push_back(fmt::format("reading it was ended by signal {}", outcome.signal));
  }
  if (outcome.signal == 0 && outcome.status != 0 && check.damage.empty()) {
    check.unchecked.emplace_back("the check did not end");
  }
  if (check.damage.empty() && check.unchecked.empty()) check.facts = facts;
  return check;
}

// Why the tables cannot be read by whoever asks; "" when they can.
std::string why_unreadable(const fs::path& generation) {
  std::error_code failure;
  const fs::directory_iterator files(generation, failure);
  if (failure) {
    return failure == std::errc::no_such_file_or_directory
               ? ""
               : fmt::format("{}: {}", generation.string(), failure.message());
  }
  for (const auto& file : files) {
    if (access(file.path().c_str(), R_OK) != 0 && errno != ENOENT) {
      return fmt::format("{}: {}", file.path().string(), std::strerror(errno));
    }
  }
  return "";
}

}  // namespace

QuickCheck quick_check(const fs::path& path, std::int64_t today) {
  if (const std::string why = why_unreadable(path / current_generation(path).value_or(""));
      !why.empty()) {
    return {.unchecked = {why}};
  }
  return result_of(run_in_child(
      [&](int descriptor) {
        alarm(kMostWaiting);
        const std::string text = checked(path, today);
        return write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0
                                                                                                : 1;
      },
      kMostSeconds));
}

}  // namespace dateline
