#include "indexer/index_check.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include <csignal>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "common/error.h"
#include "common/ordinals.h"
#include "common/record_json.h"
#include "common/schema.h"
#include "common/take_until.h"
#include "common/unicode.h"
#include "indexer/child_process.h"
#include "indexer/content_sum.h"
#include "indexer/document.h"
#include "indexer/facet_dictionary.h"
#include "indexer/facet_values.h"
#include "indexer/generation.h"
#include "indexer/indexed_state.h"
#include "indexer/xapian_error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

Xapian::valueno number(Slot slot) { return static_cast<Xapian::valueno>(slot); }

// A term as text: name, frequency within the document, positions.
std::set<std::string> terms_of(const Xapian::Document& document) {
  std::set<std::string> terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    std::string text = fmt::format("{} {}", *term, term.get_wdf());
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position) text += fmt::format(" {}", *position);
    terms.insert(std::move(text));
  }
  return terms;
}

class Checker {
 public:
  Checker(const Xapian::Database& database, const std::function<void(const std::string&)>& finding)
      : database_(database), finding_(finding) {
    for (const auto& facet : kFacets) {
      if (facet.has_ordinals) dictionaries_.emplace(facet.facet, read_dictionary(database, facet.facet));
    }
  }

  std::uint64_t run() {
    for (auto posting = database_.postlist_begin(""); posting != database_.postlist_end(""); ++posting) document(*posting);
    if (paths_.size() != database_.get_doccount()) {
      find(fmt::format("{} documents have {} paths", database_.get_doccount(), paths_.size()));
    }
    if (const auto committed = database_.get_metadata(kContentSumKey); committed != sum_.to_text()) {
      find(fmt::format("the documents' content sum is {}, committed was \"{}\"", sum_.to_text(), committed));
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
  }

  // What was stored against what its own record and text would give.
  void compare(const Xapian::Document& stored, const std::string& path) {
    const std::string data = stored.get_data();
    const auto end = data.find('\n');
    const auto state = unpack_file_state(stored.get_value(number(Slot::file_state)));
    if (end == std::string::npos) return find(name_ + ": no record");
    if (!state) return find(name_ + ": no file state");
    const StoredRecord record = parse_json_line(std::string_view(data).substr(0, end));
    Article article = parse_article(path, data.substr(end + 1));
    article.encoding = record.encoding;
    const Xapian::Document made = maker_.make(article, record.record, *state);
    if (record.path != path) find(name_ + ": its record is of " + replace_invalid_utf8(record.path));
    if (made.get_data() != data) find(name_ + ": record and text do not agree");
    if (terms_of(made) != terms_of(stored)) find(name_ + ": terms do not agree with record and text");
    if (made.get_value(number(Slot::date)) != stored.get_value(number(Slot::date))) find(name_ + ": another date of publication than the text's");
    if (made.get_value(number(Slot::signature)) != stored.get_value(number(Slot::signature))) find(name_ + ": the signature is not the text's");
    for (const auto& [facet, dictionary] : dictionaries_) facet_slot(stored, record.record, facet, dictionary);
  }

  void facet_slot(const Xapian::Document& stored, const Record& record, Facet facet, const FacetDictionary& dictionary) {
    std::set<std::string> expected;
    for (const auto& value : facet_values(record, facet)) expected.insert(value.key);
    std::set<std::string> found;
    for (const Ordinal ordinal : unpack_ordinals(stored.get_value(number(info(facet).slot)))) {
      if (ordinal < dictionary.entries().size()) found.insert(facet_key(facet, dictionary.entries()[ordinal]));
      else find(fmt::format("{}: {} {} has no name", name_, info(facet).name, ordinal));
    }
    if (found != expected) find(fmt::format("{}: facet {} does not agree with the record", name_, info(facet).name));
  }

  const Xapian::Database& database_;
  const std::function<void(const std::string&)>& finding_;
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

// True when the child found nothing; otherwise what it said, and how it ended, is reported.
bool passes(std::string_view what, const ChildOutcome& outcome, const std::function<void(const std::string&)>& finding) {
  if (outcome.status == 0 && outcome.signal == 0) return true;
  report_lines(outcome.output, finding);
  if (outcome.signal == SIGXCPU) finding(fmt::format("{} came to no end: the index is damaged", what));
  else if (outcome.signal != 0) finding(fmt::format("{} was ended by signal {}: the index is damaged", what, outcome.signal));
  return false;
}

}  // namespace

std::uint64_t check_tables(const fs::path& path, std::ostream& report) {
  return translating_xapian_errors(path, [&] {
    open_index(path);  // what is no glass database is refused here: check() would follow a stub
    return static_cast<std::uint64_t>(Xapian::Database::check(generation_folder(path, current_generation(path).value()).string(), 0, &report));
  });
}

// A damaged table may send its reader in circles. A sound one of 1 MB is read in a tenth of a second.
std::uint64_t most_seconds(const fs::path& path) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) bytes += entry.is_regular_file() ? entry.file_size() : 0;
  return 2 + bytes / 1'000'000;
}

bool check_index(const fs::path& path, const std::function<void(const std::string&)>& finding) {
  if (!current_generation(path)) throw Error(fmt::format("{}: no index there", path.string()), "name the database with --db");
  const bool tables = passes("Xapian's check", run_in_child([&](int descriptor) {
    std::ostringstream report;
    const auto errors = check_tables(path, report);
    if (errors > 0) write_line(descriptor, report.str());
    return errors > 0 ? 1 : 0;
  }, most_seconds(path)), finding);
  const bool invariants = passes("the check of documents", run_in_child([&](int descriptor) {
    std::uint64_t shown = 0;
    const auto all = check_invariants(path, [&](const std::string& text) {
      if (shown++ < kFindingsShown) write_line(descriptor, text);
    });
    if (all > kFindingsShown) write_line(descriptor, fmt::format("and {} findings more", all - kFindingsShown));
    return all > 0 ? 1 : 0;
  }, most_seconds(path)), finding);
  return tables && invariants;
}

std::uint64_t check_invariants(const fs::path& path, const std::function<void(const std::string&)>& finding) {
  return translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    require_schema(database, path);
    return Checker(database, finding).run();
  });
}

}  // namespace dateline
