#include "query/index/glass/document_reader.h"

#include <string_view>
#include <utility>

namespace dateline {
namespace {

[[noreturn]] void damaged(const char* what) {
  throw Xapian::DatabaseCorruptError(std::string("terms of a document: ") + what);
}

std::string key_of(Xapian::docid id) {
  std::string key;
  append_sortable(key, id);
  return key;
}

std::uint8_t next_byte(const char*& at, const char* end) {
  if (at == end) damaged("a list without an end");
  return static_cast<std::uint8_t>(*at++);
}

// The term after the one given, and its count. Its first byte says how much of the term before is
// kept; of a small count, that as well.
std::uint32_t next_term(const char*& at, const char* end, std::string& term) {
  std::optional<std::uint32_t> count;
  std::size_t kept = 0;
  if (!term.empty()) {
    kept = next_byte(at, end);
    if (kept > term.size()) {
      const std::size_t divisor = term.size() + 1;
      count = static_cast<std::uint32_t>(kept / divisor - 1);
      kept %= divisor;
    }
  }
  const std::size_t more = next_byte(at, end);
  if (more == 0 || more > static_cast<std::size_t>(end - at)) damaged("a term without an end");
  const std::string_view tail(at, more);
  if (tail <= std::string_view(term).substr(kept)) damaged("terms that are out of order");
  term.replace(kept, std::string::npos, tail);
  at += more;
  return count ? *count : unpack_number(at, end);
}

}  // namespace

DocumentReader::DocumentReader(const Xapian::Database& database,
                               std::shared_ptr<const GlassTable> documents,
                               std::shared_ptr<const GlassTable> terms)
    : database_(database), documents_(std::move(documents)), terms_(std::move(terms)) {
  if (documents_ != nullptr) document_.emplace(*documents_);
  if (terms_ != nullptr) term_list_.emplace(*terms_);
}

std::string DocumentReader::data(Xapian::docid id) {
  if (documents_ == nullptr) return database_.get_document(id, Xapian::DOC_ASSUME_VALID).get_data();
  return document_->find(key_of(id)) ? std::string(document_->value()) : "";
}

void DocumentReader::for_each_term(Xapian::docid id, const std::string& first,
                                   const TermSink& sink) {
  if (terms_ == nullptr) {
    auto at = database_.termlist_begin(id);
    for (at.skip_to(first); at != database_.termlist_end(id); ++at) {
      if (!sink(*at, at.get_wdf())) return;
    }
    return;
  }
  if (!term_list_->find(key_of(id))) damaged("no list");
  const std::string_view list = term_list_->value();
  const char* at = list.data();
  const char* end = at + list.size();
  if (at == end) return;
  unpack_number(at, end);  // length of the document
  unpack_number(at, end);  // number of terms
  bool wanted = false;
  for (std::string term; at != end;) {
    const std::uint32_t count = next_term(at, end, term);
    wanted = wanted || term >= first;
    if (wanted && !sink(term, count)) return;
  }
}

}  // namespace dateline
