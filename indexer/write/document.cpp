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

void DocumentMaker::add_text(IndexedDocument& document, std::string_view text,
                             std::string_view prefix, std::uint32_t& position) {
  for_each_word(text, [&](Span, std::string_view word) {
    term_.assign(prefix).append(word);
    document.terms.add_posting(term_, ++position);
    term_.assign(kStemPrefix).append(prefix).append(stem_of(word));
    document.terms.add_counted(term_);
  });
}

IndexedDocument DocumentMaker::make(const Article& article, const Record& record,
                                    const FileState& state) {
  IndexedDocument document{.path = article.path};
  std::uint32_t position = 0;
  for (const Span paragraph : article.paragraphs) {
    add_text(document, slice(article.text, paragraph), "", position);
    position += kParagraphGap;
  }
  position = 0;
  add_text(document, article.title_text(), info(Field::title).prefix, position);
  document.terms.add_flag(unique_term(article.path));
  for (const auto& part :
       {year_value(article.date), month_value(article.date), day_value(article.date)})
    document.terms.add_flag(publication_term(part));
  for (const auto& term : record_terms(record, article.text)) document.terms.add_flag(term);
  document.values.emplace_back(Slot::date, pack_day(article.date));
  document.values.emplace_back(Slot::path, article.path);
  document.values.emplace_back(Slot::file_state, pack_file_state(state));
  document.values.emplace_back(Slot::signature, text_signature(article.text, article.paragraphs));
  document.data = to_json_line(article, record, RecordForm::stored) + '\n' + article.text;
  for (const auto& facet : kFacets) {
    if (!facet.has_ordinals()) continue;
    document.facets[static_cast<std::size_t>(facet.field)] = facet_values(record, facet.field);
  }
  return document;
}

}  // namespace dateline
