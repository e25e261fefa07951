// Any bytes as the record of a stored document: a record whose spans lie in the text and which
// comes back as it was, or an Error in words of ours.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/error.h"
#include "common/listed_record.h"
#include "common/record_json.h"
#include "common/store/place_entry.h"

namespace {

using namespace dateline;

void require(bool condition) {
  if (!condition) std::abort();
}

template <class Read>
void try_to(Read&& read) {
  try {
    read();
  } catch (const Error& error) {
    require(std::string_view(error.what()).find("json.exception") == std::string_view::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  try_to([&] { parse_listed(line); });
  try_to([&] {
    const StoredRecord stored = parse_json_line(line);
    require_spans(stored.record, 1000);
    if (!stored.paragraphs.empty()) try_to([&] { require_spans(stored, std::string(1000, 'x')); });
    for (const auto& quote : stored.record.quotes)
      require(quote.span.begin <= quote.span.end && quote.span.end <= 1000);
    Article article;
    article.path = stored.path;
    article.date = stored.date;
    require(parse_json_line(to_json_line(article, stored.record, RecordForm::stored)).record ==
            stored.record);
  });
  if (const auto place = parse_place_entry(line))
    require(place->lat >= -90 && place->lat <= 90 && place->lon >= -180 && place->lon <= 180);
  return 0;
}
