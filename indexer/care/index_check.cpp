#include "indexer/care/index_check.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "common/child_process.h"
#include "common/error.h"
#include "common/record_json.h"
#include "common/store/facet_values.h"
#include "common/store/keys.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "common/text/take_until.h"
#include "common/text/unicode.h"
#include "indexer/care/readable_tables.h"
#include "indexer/database/content_sum.h"
#include "indexer/database/facet_dictionary.h"
#include "indexer/database/generation.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/stored_article.h"
#include "indexer/database/xapian_error.h"
#include "indexer/write/document.h"
#include "indexer/write/xapian_document.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// A term as text: name, frequency within the document, positions.
std::set<std::string> terms_of(const Xapian::Document& document) {
  std::set<std::string> terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    std::string text = fmt::format("{} {}", *term, term.get_wdf());
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position)
      text += fmt::format(" {}", *position);
    terms.insert(std::move(text));
  }
  return terms;
}

class Checker {
 public:
  Checker(const Xapian::Database& database, const std::function<void(const std::string&)>& finding)
      : database_(database), finding_(finding), schema_(schema_of(database)), sum_(schema_) {
    for (const auto& facet : kFacets) {
      if (facet.has_ordinals())
        dictionaries_.emplace(facet.field, read_dictionary(database, facet.field));
    }
  }

  std::uint64_t run() {
    for (auto posting = database_.postlist_begin(""); posting != database_.postlist_end("");
         ++posting)
      document(*posting);
    if (paths_.size() != database_.get_doccount()) {
      find(fmt::format("{} documents have {} paths", database_.get_doccount(), paths_.size()));
    }
    if (const auto committed = database_.get_metadata(kContentSumKey);
        committed != sum_.to_text()) {
      find(fmt::format("the documents' content sum is {}, committed was \"{}\"", sum_.to_text(),
                       committed));
    }
    return findings_;
  }

 private:
  void find(const std::string& text) {
    ++findings_;
    finding_(text);
  }

  void document(Xapian::docid id) try {
    const Xapian::Document stored = database_.get_document(id);
    const std::string path = stored.get_value(number(Slot::path));
    name_ = path.empty() ? fmt::format("document {}", id) : replace_invalid_utf8(path);
    if (!paths_.insert(path).second) find(name_ + ": the path is there twice");
    sum_.add(path, stored.get_data());
    compare(stored, path);
  } catch (const Xapian::Error& error) {
    find(fmt::format("{}: {}", name_, error.get_description()));
  } catch (const Error& error) {
    find(fmt::format("{}: {}", name_, error.what()));
  } catch (const std::logic_error&) {  // of strings: its record names places that its text has not
    find(fmt::format("{}: record and text do not agree", name_));
  }

  // What was stored against what its own record and text would give.
  void compare(const Xapian::Document& stored, const std::string& path) {
    const std::string data = stored.get_data();
    const auto state = unpack_file_state(stored.get_value(number(Slot::file_state)));
    const auto end = data.find('\n');
    if (end == std::string::npos) return find(name_ + ": no record");
    if (!state) return find(name_ + ": no file state");
    const std::string_view text = std::string_view(data).substr(end + 1);
    const StoredRecord line = parse_json_line(std::string_view(data).substr(0, end));
    const Record& record = line.record;
    const Article article = make_article(path, line, text, schema_);
    if (line.path != path) find(name_ + ": its record is of " + replace_invalid_utf8(line.path));
    const Xapian::Document made = to_xapian(maker_.make(article, record, *state));
    const std::string expected =
        schema_ < kSpansSchema
            ? to_json_line(article, record, RecordForm::schema_4) + '\n' + article.text
            : made.get_data();
    if (expected != data) find(name_ + ": record and text do not agree");
    if (terms_of(made) != terms_of(stored))
      find(name_ + ": terms do not agree with record and text");
    if (made.get_value(number(Slot::date)) != stored.get_value(number(Slot::date)))
      find(name_ + ": another date of publication than the record's");
    if (made.get_value(number(Slot::signature)) != stored.get_value(number(Slot::signature)))
      find(name_ + ": the signature is not the text's");
    for (const auto& [facet, dictionary] : dictionaries_)
      facet_slot(stored, record, facet, dictionary);
  }

  void facet_slot(const Xapian::Document& stored, const Record& record, Facet facet,
                  const FacetDictionary& dictionary) {
    std::set<std::string> expected;
    for (const auto& value : facet_values(record, facet)) expected.insert(value.key);
    std::set<std::string> found;
    for (const Ordinal ordinal : unpack_ordinals(stored.get_value(number(info(facet).slot)))) {
      const bool named =
          ordinal < dictionary.entries().size() && !dictionary.entries()[ordinal].empty();
      if (named)
        found.insert(facet_key(facet, dictionary.entries()[ordinal]));
      else
        find(fmt::format("{}: {} {} has no name", name_, info(facet).name, ordinal));
    }
    if (found != expected)
      find(fmt::format("{}: facet {} does not agree with the record", name_, info(facet).name));
  }

  const Xapian::Database& database_;
  const std::function<void(const std::string&)>& finding_;
  const int schema_;
  std::map<Facet, FacetDictionary> dictionaries_;
  DocumentMaker maker_;
  std::set<std::string> paths_;
  ContentSum sum_;
  std::string name_;
  std::uint64_t findings_ = 0;
};

}  // namespace

namespace {

constexpr std::uint64_t kFindingsShown = 100;  // one cause often shows in every document

void write_line(int descriptor, std::string line) {
  line += '\n';
  for (std::string_view rest = line; !rest.empty();) {
    const auto written = write(descriptor, rest.data(), rest.size());
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void report_lines(std::string_view output, const std::function<void(const std::string&)>& finding) {
  while (!output.empty()) finding(std::string(take_until(output, '\n')));
}

// Of Xapian's report: the tables that are sound are not named, and of many lines the first.
std::string findings_of(std::string_view report) {
  std::string findings;
  std::uint64_t lines = 0;
  while (!report.empty()) {
    const std::string_view line = take_until(report, '\n');
    const bool sound = line.empty() || line.ends_with(':') || line.ends_with(" checked OK") ||
                       line.starts_with("Lazily created");
    if (!sound && lines++ < kFindingsShown) findings.append(line) += '\n';
  }
  if (lines > kFindingsShown)
    findings += fmt::format("and {} findings more\n", lines - kFindingsShown);
  if (findings.ends_with('\n')) findings.pop_back();
  return findings;
}

// What the children of one look at the index said.
struct Look {
  std::vector<std::string> findings;
  std::vector<std::string> hindrances;  // why it could not be looked at
};

constexpr int kHindered = 2;  // exit status of a child

void take_outcome(std::string_view what, const ChildOutcome& outcome, Look& look) {
  if (outcome.status == 0 && outcome.signal == 0) return;
  auto& lines = outcome.status == kHindered ? look.hindrances : look.findings;
  report_lines(outcome.output, [&](const std::string& line) { lines.push_back(line); });
  if (outcome.signal == SIGXCPU)
    lines.push_back(fmt::format("{} came to no end: the index is damaged", what));
  else if (outcome.signal != 0)
    lines.push_back(
        fmt::format("{} was ended by signal {}: the index is damaged", what, outcome.signal));
}

// In the child: an error that says nothing of the bytes in the index is no damage.
int noting_hindrances(int descriptor, const std::function<int()>& work) try {
  return work();
} catch (const UnreadableError& error) {
  write_line(descriptor, error.what());
  return kHindered;
}

// Readable to the last file? "" or which is not, and why.
std::string unreadable_file(const fs::path& folder) {
  std::error_code failure;
  fs::directory_iterator item(folder, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    const int file = open(item->path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && errno != ENOENT)
      return fmt::format("{}: {}", item->path().string(), std::strerror(errno));
    if (file >= 0) close(file);
  }
  return failure ? fmt::format("{}: {}", folder.string(), failure.message()) : "";
}

// What decides whether two looks were at the same index.
std::string revision_of(const fs::path& path) try {
  const std::string generation = current_generation(path).value_or("");
  const Xapian::Database database(generation_folder(path, generation).string(),
                                  Xapian::DB_BACKEND_GLASS);
  return fmt::format("{} {}", generation, database.get_revision());
} catch (const Xapian::Error& error) {
  return error.get_description();
}

constexpr int kTries = 5;  // of looking at an index that is written meanwhile

}  // namespace

std::uint64_t check_tables(const fs::path& path, std::ostream& report) {
  return translating_xapian_errors(path, [&] {
    open_index(path);  // what is no glass database is refused here: check() would follow a stub
    const ReadableTables tables(generation_folder(path, current_generation(path).value()));
    return static_cast<std::uint64_t>(
        Xapian::Database::check(tables.folder().string(), 0, &report));
  });
}

// A damaged table may send its reader in circles. A sound one of 1 MB is read in a tenth of a
// second.
std::uint64_t most_seconds(const fs::path& path) {
  const auto generation = current_generation(path);
  return 2 + (generation ? generation_bytes(path, *generation) / 1'000'000 : 0);
}

Look look_at(const fs::path& path) {
  Look look;
  take_outcome("Xapian's check",
               run_in_child(
                   [&](int descriptor) {
                     return noting_hindrances(descriptor, [&] {
                       std::ostringstream report;
                       const auto errors = check_tables(path, report);
                       if (errors > 0) write_line(descriptor, findings_of(report.str()));
                       return errors > 0 ? 1 : 0;
                     });
                   },
                   most_seconds(path)),
               look);
  take_outcome("the check of documents",
               run_in_child(
                   [&](int descriptor) {
                     return noting_hindrances(descriptor, [&] {
                       std::uint64_t shown = 0;
                       const auto all = check_invariants(path, [&](const std::string& text) {
                         if (shown++ < kFindingsShown) write_line(descriptor, text);
                       });
                       if (all > kFindingsShown)
                         write_line(descriptor,
                                    fmt::format("and {} findings more", all - kFindingsShown));
                       return all > 0 ? 1 : 0;
                     });
                   },
                   most_seconds(path)),
               look);
  return look;
}

CheckResult check_index(const fs::path& path,
                        const std::function<void(const std::string&)>& finding) try {
  if (!current_generation(path))
    throw Error(fmt::format("{}: no index there", path.string()),
                remedy_without_stub(path, RemedyKind::name_database));
  for (int attempt = 1; attempt <= kTries; ++attempt) {
    const std::string before = revision_of(path);
    const std::string generation = current_generation(path).value_or("");
    if (!is_there(path, generation)) {
      if (current_generation(path) != generation) continue;  // a run has swapped meanwhile
      finding(
          fmt::format("{}: names {}, which is not there", (path / kStubName).string(), generation));
      return CheckResult::damaged;
    }
    const std::string unreadable =
        unreadable_file(generation_folder(path, current_generation(path).value_or("")));
    if (!unreadable.empty()) throw UnreadableError(unreadable);
    const Look look = look_at(path);
    if (look.findings.empty() && look.hindrances.empty()) return CheckResult::sound;
    if (revision_of(path) != before) continue;
    for (const auto& line : look.findings) finding(line);
    if (!look.findings.empty()) return CheckResult::damaged;
    throw UnreadableError(look.hindrances.front());
  }
  finding(fmt::format("{}: could not be checked: it is being written", path.string()));
  return CheckResult::unchecked;
} catch (const UnreadableError& error) {
  finding(fmt::format("could not be checked: {}", error.what()));
  return CheckResult::unchecked;
}

std::uint64_t check_invariants(const fs::path& path,
                               const std::function<void(const std::string&)>& finding) {
  return translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    require_schema(database, path);
    return Checker(database, finding).run();
  });
}

}  // namespace dateline
