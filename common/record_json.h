// A Record as one JSON object, and back: the line of `--extract` and the first line of a document's
// data.
//
// Format version 1:
// {"path":..,"date":..,"title":..,"quotes":[..],"speakers":[..],"places":[..],"focus":[..],
// "dates":[..]}; offsets in bytes, end exclusive. A path that is not UTF-8 is shown with U+FFFD and
// adds "path_base64". "encoding" is there when the file had to be decoded. In the index
// "title_span" and "paragraphs" are added, and the text of a quotation is left out.
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"
#include "common/record.h"

namespace dateline {

enum class RecordForm : std::uint8_t {
  printed,   // with the text of each quotation
  stored,    // without, for the article's text stands beside it; with where title and paragraphs
             // stand
  schema_4,  // as an index of that schema stored it: without either, places without confidence
};

// One line without the line end.
std::string to_json_line(const Article& article, const Record& record,
                         RecordForm form = RecordForm::printed);

// What a stored line holds besides the record.
struct StoredRecord {
  std::string path;  // bytes
  std::string title;
  Day date;
  Encoding encoding = Encoding::utf8;
  Span title_span;               // where the title stands in the text
  std::vector<Span> paragraphs;  // as in Article; empty when the line has none (schema 4)
  Record record;
};

// Throws Error when the line is not a record this version wrote. Messages never name the JSON
// library or a C++ type.
StoredRecord parse_json_line(std::string_view line);

// Throws Error unless every span of the record lies in a text of so many bytes, its end not before
// its beginning, and the quotations together are no more than several times the text.
void require_spans(const Record& record, std::size_t text_bytes);

// The same, and that there are paragraphs in the text, none empty, one behind the other, and that
// the title stands in the first of them; an empty title span says that it does not.
void require_spans(const StoredRecord& stored, std::string_view text);

}  // namespace dateline
