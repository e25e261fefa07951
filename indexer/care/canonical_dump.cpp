#include "indexer/care/canonical_dump.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "common/store/keys.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "indexer/database/content_sum.h"
#include "indexer/database/facet_dictionary.h"
#include "indexer/database/file_state.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/xapian_error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

using Dictionaries = std::map<Facet, std::vector<std::string>>;

Dictionaries read_dictionaries(const Xapian::Database& database) {
  Dictionaries all;
  for (const auto& facet : kFacets) {
    if (!facet.has_ordinals()) continue;
    all[facet.field] = read_dictionary(database, facet.field).entries();
  }
  return all;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

// Names and texts are a stranger's: what drives a terminal, and bytes that are no UTF-8, are
// written \x1b. Lines and tabs stay.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    const auto bytes = text.substr(pos, c.bytes);
    pos += c.bytes;
    const bool valid = c.value != 0xFFFD || bytes == "\uFFFD";
    const bool plain = c.value == '\n' || c.value == '\t' || (valid && !drives_terminal(c.value));
    if (plain)
      out += bytes;
    else
      for (const char byte : bytes)
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  }
  return out;
}

class Dumper {
 public:
  Dumper(const Xapian::Database& database, const std::function<void(const std::string&)>& line)
      : database_(database),
        line_([&line](const std::string& text) { line(escaped(text)); }),
        names_(read_dictionaries(database)) {}

  void run() {
    std::map<std::string, Xapian::docid> by_path;
    for (auto path = database_.valuestream_begin(number(Slot::path));
         path != database_.valuestream_end(number(Slot::path)); ++path) {
      by_path.emplace(*path, path.get_docid());
    }
    line_(fmt::format("documents {} with path {}", database_.get_doccount(), by_path.size()));
    for (const auto& [path, id] : by_path) document(path, id);
    for (const auto& [facet, used] : used_) {
      for (const auto& name : used) line_(fmt::format("name {} {}", info(facet).name, name));
    }
    for (const auto& file : parse_failed_files(database_.get_metadata(kFailedFilesKey))) {
      line_(
          fmt::format("failed {} {} {}", file.reason, file.size, replace_invalid_utf8(file.path)));
    }
    line_("aliases");
    line_(database_.get_metadata(kAliasKey));
    for (const auto key : {kSchemaKey, kRulesKey, kDataFingerprintKey, kContentSumKey})
      line_(fmt::format("{} {}", key, database_.get_metadata(std::string(key))));
  }

 private:
  void document(const std::string& path, Xapian::docid id) {
    const Xapian::Document document = database_.get_document(id);
    line_("document " + replace_invalid_utf8(path));
    line_(fmt::format("length {}", database_.get_doclength(id)));
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
      std::string text = fmt::format("term {} {}", *term, term.get_wdf());
      for (auto position = term.positionlist_begin(); position != term.positionlist_end();
           ++position)
        text += fmt::format(" {}", *position);
      line_(text);
    }
    for (auto value = document.values_begin(); value != document.values_end(); ++value)
      slot(value.get_valueno(), *value);
    line_("data " + document.get_data());
  }

  void slot(Xapian::valueno slot_number, const std::string& value) {
    for (const auto& facet : kFacets) {
      if (facet.has_ordinals() && number(facet.slot) == slot_number)
        return facet_slot(facet.field, value);
    }
    if (slot_number == number(Slot::file_state)) {
      const auto state = unpack_file_state(value);
      return line_(state ? fmt::format("file {} bytes {:016x}", state->size, state->hash)
                         : "file damaged");
    }
    line_(fmt::format("value {} {}", slot_number, hex(value)));
  }

  void facet_slot(Facet facet, const std::string& packed) {
    std::set<std::string> shown;
    const auto& names = names_.at(facet);
    const bool sound = for_each_ordinal(packed, [&](Ordinal ordinal) {
      shown.insert(ordinal < names.size() ? names[ordinal]
                                          : fmt::format("ordinal {} without a name", ordinal));
    });
    if (!sound) return line_(fmt::format("facet {} damaged {}", info(facet).name, hex(packed)));
    for (const auto& name : shown) line_(fmt::format("facet {} {}", info(facet).name, name));
    used_[facet].insert(shown.begin(), shown.end());
  }

  const Xapian::Database& database_;
  const std::function<void(const std::string&)> line_;
  Dictionaries names_;
  std::map<Facet, std::set<std::string>> used_;
};

}  // namespace

void dump_index(const fs::path& path, const std::function<void(const std::string&)>& line) {
  translating_xapian_errors(path, [&] { Dumper(open_index(path), line).run(); });
}

}  // namespace dateline
