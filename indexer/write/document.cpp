#include "indexer/write/document.h"

#include "common/record_json.h"
#include "common/store/packed_day.h"
#include "common/store/record_terms.h"
#include "common/store/schema.h"
#include "common/text/near_duplicate.h"
#include "common/text/word.h"

namespace dateline {
namespace {

constexpr std::size_t kCachedStems = 200'000;  // words; some 20 MB a thread

}  // namespace

const std::string& DocumentMaker::stem_of(std::string_view word) {
  const auto known = stems_.find(word);
  if (known != stems_.end()) return known->second;
  if (stems_.size() >= kCachedStems) stems_.clear();
  std::string key{word};
  std::string stem = stemmer_(key);
  return stems_.emplace(std::move(key), std::move(stem)).first->second;
}

void DocumentMaker::add_text(Xapian::Document& document, std::string_view text,
                             std::string_view prefix, Xapian::termpos& position) {
  for_each_word(text, [&](Span, std::string_view word) {
    term_.assign(prefix).append(word);
    document.add_posting(term_, ++position);
    term_.assign(kStemPrefix).append(prefix).append(stem_of(word));
    document.add_term(term_);
  });
}

Xapian::Document DocumentMaker::make(const Article& article, const Record& record,
                                     const FileState& state) {
  Xapian::Document document;
  Xapian::termpos position = 0;
  for (const Span paragraph : article.paragraphs) {
    add_text(document, slice(article.text, paragraph), "", position);
    position += kParagraphGap;
  }
  position = 0;
  add_text(document, article.title_text(), info(Field::title).prefix, position);
  document.add_boolean_term(unique_term(article.path));
  for (const auto& part :
       {year_value(article.date), month_value(article.date), day_value(article.date)})
    document.add_boolean_term(publication_term(part));
  for (const auto& term : record_terms(record, article.text)) document.add_boolean_term(term);
  document.add_value(number(Slot::date), pack_day(article.date));
  document.add_value(number(Slot::path), article.path);
  document.add_value(number(Slot::file_state), pack_file_state(state));
  document.add_value(number(Slot::signature), text_signature(article.text, article.paragraphs));
  document.set_data(to_json_line(article, record, QuoteText::leave_out) + '\n' + article.text);
  return document;
}

}  // namespace dateline
