// A Record as one JSON object, and back: the line of `--extract` and the first line of a document's
// data.
//
// Format version 1:
// {"path":..,"date":..,"title":..,"quotes":[..],"speakers":[..],"places":[..],"focus":[..],
// "dates":[..]}; offsets in bytes, end exclusive. A path that is not UTF-8 is shown with U+FFFD and
// adds "path_base64". "encoding" is there when the file had to be decoded.
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"
#include "common/record.h"

namespace dateline {

// In the index the article's text stands beside the record, and quotations need not be stored
// twice.
enum class QuoteText : std::uint8_t { include, leave_out };

// One line without the line end.
std::string to_json_line(const Article& article, const Record& record,
                         QuoteText quote_text = QuoteText::include);

// What a stored line holds besides the record.
struct StoredRecord {
  std::string path;  // bytes
  std::string title;
  Day date;
  Encoding encoding = Encoding::utf8;
  Record record;
};

// Throws Error when the line is not a record this version wrote: a name of JSON's library or of a
// type is in no message.
StoredRecord parse_json_line(std::string_view line);

// Throws Error unless every span of the record lies in a text of so many bytes, its end not before
// its beginning, and the quotations together are no more than several times the text.
void require_spans(const Record& record, std::size_t text_bytes);

}  // namespace dateline
