#include "indexer/database/verification.h"

#include <fmt/format.h>

#include "common/child_process.h"
#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "indexer/database/content_sum.h"
#include "indexer/database/generation.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_state.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

class Verification {
 public:
  Verification(const Xapian::Database& database, const fs::path& folder)
      : database_(database), folder_(folder) {}

  void run() const {
    documents();
    facets();
    // Without its table of positions Xapian takes a phrase for its words. Only words count in a
    // document's length, and each has a position.
    if (database_.get_total_length() > 0 && !database_.has_positions()) {
      fail("the positions of words are missing");
    }
  }

  void compare(const Xapian::Database& source) const {
    if (database_.get_doccount() != source.get_doccount()) {
      fail(fmt::format("{} documents were written of {}", database_.get_doccount(),
                       source.get_doccount()));
    }
    if (database_.get_total_length() != source.get_total_length() ||
        database_.get_lastdocid() != source.get_lastdocid()) {
      fail("the documents' lengths or numbers are others");
    }
    if (database_.has_positions() != source.has_positions()) {
      fail("the positions of words are missing");
    }
    metadata(source);
    terms(source);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(fmt::format("{}: {}: it was not taken", folder_.string(), what),
                Remedy{RemedyKind::check});
  }

  void documents() const {
    ContentSum sum(schema_of(database_));
    std::uint64_t count = 0;
    const auto end = database_.valuestream_end(number(Slot::path));
    for (auto path = database_.valuestream_begin(number(Slot::path)); path != end; ++path) {
      const Xapian::docid id = path.get_docid();
      sum.add(*path, database_.get_document(id, Xapian::DOC_ASSUME_VALID).get_data());
      if (database_.get_unique_terms(id) == 0) fail(fmt::format("document {} has no terms", id));
      ++count;
    }
    if (count != database_.get_doccount()) {
      fail(fmt::format("{} documents have {} paths", database_.get_doccount(), count));
    }
    if (sum.to_text() != database_.get_metadata(kContentSumKey)) {
      fail(fmt::format("the documents' content sum is {}, committed was \"{}\"", sum.to_text(),
                       database_.get_metadata(kContentSumKey)));
    }
  }

  void facets() const {
    for (const auto& facet : kFacets) {
      if (!facet.has_ordinals()) continue;
      const FacetDictionary dictionary = read_dictionary(database_, facet.field);
      const auto& names = dictionary.entries();
      const auto end = database_.valuestream_end(number(facet.slot));
      for (auto value = database_.valuestream_begin(number(facet.slot)); value != end; ++value) {
        std::vector<Ordinal> ordinals;
        if (!for_each_ordinal(*value, [&](Ordinal one) { ordinals.push_back(one); })) {
          fail(fmt::format("document {}: its facet {} is no list of ordinals", value.get_docid(),
                           facet.name));
        }
        for (const Ordinal ordinal : ordinals) {
          if (ordinal >= names.size() || names[ordinal].empty()) {
            fail(fmt::format("{} {} has no name", facet.name, ordinal));
          }
        }
      }
    }
  }

  void metadata(const Xapian::Database& source) const {
    auto copied = database_.metadata_keys_begin();
    const auto end = database_.metadata_keys_end();
    for (auto key = source.metadata_keys_begin(); key != source.metadata_keys_end();
         ++key, ++copied) {
      if (copied == end || *copied != *key ||
          database_.get_metadata(*key) != source.get_metadata(*key)) {
        fail(fmt::format("\"{}\" is missing", *key));
      }
    }
    if (copied != end) fail(fmt::format("\"{}\" is too much", *copied));
  }

  void terms(const Xapian::Database& source) const {
    auto copied = database_.allterms_begin();
    const auto end = database_.allterms_end();
    for (auto term = source.allterms_begin(); term != source.allterms_end(); ++term, ++copied) {
      if (copied == end || *copied != *term || copied.get_termfreq() != term.get_termfreq()) {
        fail(fmt::format("the term \"{}\" is missing", *term));
      }
    }
    if (copied != end) fail(fmt::format("the term \"{}\" is too much", *copied));
  }

  const Xapian::Database& database_;
  const fs::path& folder_;
};

}  // namespace

void verify_generation(const fs::path& folder) {
  const Xapian::Database database(folder.string(), Xapian::DB_BACKEND_GLASS);
  Verification(database, folder).run();
}

bool has_sound_tables(const fs::path& database, const std::string& generation) try {
  constexpr std::uint64_t kLeastSeconds = 10;  // of computing
  constexpr std::uint64_t kBytesASecond = 1'000'000;
  const fs::path folder = generation_folder(database, generation);
  const auto check = [&](int) {
    if (Xapian::Database::check(folder.string(), 0, nullptr) != 0) return 1;
    verify_generation(folder);  // a table that is gone is an empty one to Xapian
    return 0;
  };
  const ChildOutcome outcome = run_in_child(  // its exceptions are a status of 255
      check, kLeastSeconds + generation_bytes(database, generation) / kBytesASecond);
  return outcome.signal == 0 && outcome.status == 0;
} catch (const Error&) {
  return false;
}

void verify_copy(const Xapian::Database& source, const fs::path& folder) {
  const Xapian::Database database(folder.string(), Xapian::DB_BACKEND_GLASS);
  const Verification verification(database, folder);
  verification.compare(source);
  verification.run();
}

}  // namespace dateline
