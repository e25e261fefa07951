#include "query/posting_reader.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::string_view kLengthsKey{"\x00\xe0", 2};  // the list of document lengths, kept as if they were a term's counts
constexpr std::string_view kValuesKey{"\x00\xd8", 2};
constexpr std::size_t kSkippedAtOnce = 16;  // a list so much longer than the documents asked for is skipped through, not read

[[noreturn]] void damaged(const char* what) { throw Xapian::DatabaseCorruptError(std::string("posting lists: ") + what); }

// Of a list's first piece; a NUL in a term is followed by 0xFF.
std::string key_of(std::string_view term) {
  if (term.empty()) return std::string(kLengthsKey);
  std::string key;
  for (const char c : term) {
    key += c;
    if (c == '\0') key += '\xff';
  }
  return key;
}

// Of the other pieces of a list, before the id of their first document.
std::string piece_prefix(std::string_view term) { return term.empty() ? std::string(kLengthsKey) : key_of(term) + '\0'; }

// A piece of a posting list: header, then count and distance to the next document by turns.
struct Piece {
  Xapian::docid first = 0;
  Xapian::docid last = 0;
  bool ends_list = false;
  const char* at = nullptr;   // of the first count
  const char* end = nullptr;
};

// The first piece begins with the list's frequency, the sum of its counts and its first document, which in others is in the key.
Xapian::doccount read_list_header(const char*& at, const char* end) {
  const Xapian::doccount frequency = unpack_number(at, end);
  unpack_number(at, end);
  return frequency;
}

Piece read_piece(const char* at, const char* end, Xapian::docid first) {
  if (at == end || (*at != '0' && *at != '1')) damaged("a piece without a header");
  Piece piece{.first = first, .ends_list = *at == '1'};
  ++at;
  piece.last = first + unpack_number(at, end);
  piece.at = at;
  piece.end = end;
  return piece;
}

std::uint32_t next_number(const char*& at, const char* end) {
  if (at != end && static_cast<unsigned char>(*at) < 0x80) return static_cast<unsigned char>(*at++);
  return unpack_number(at, end);
}

void append_piece(const Piece& piece, Xapian::docid last_of_all, PostingList& list) {
  if (piece.last > last_of_all) damaged("a document beyond the last");
  const std::size_t before = list.documents.size();
  const std::size_t most = before + static_cast<std::size_t>(piece.end - piece.at) / 2 + 1;  // two bytes a posting, the first one
  list.documents.resize(most);
  list.counts.resize(most);
  Xapian::docid* document = list.documents.data() + before;
  std::uint32_t* count = list.counts.data() + before;
  const char* at = piece.at;
  std::uint64_t id = piece.first;  // ends at the piece's last document, and so never lay beyond it
  for (;;) {
    *document++ = static_cast<Xapian::docid>(id);
    *count++ = next_number(at, piece.end);
    if (at == piece.end) break;
    id += std::uint64_t{next_number(at, piece.end)} + 1;
  }
  const auto size = static_cast<std::size_t>(document - list.documents.data());
  if (id != piece.last) damaged("a piece that ends with another document than it says");
  list.documents.resize(size);
  list.counts.resize(size);
}

void append(const Xapian::PostingIterator& posting, std::uint32_t count, Xapian::docid last_of_all, PostingList& list) {
  if (*posting > last_of_all) damaged("a document beyond the last");
  list.documents.push_back(*posting);
  list.counts.push_back(count);
}

PostingList read_with_xapian(const Xapian::Database& database, const std::string& term) {
  PostingList list;
  for (auto posting = database.postlist_begin(term); posting != database.postlist_end(term); ++posting) {
    append(posting, term.empty() ? posting.get_doclength() : posting.get_wdf(), database.get_lastdocid(), list);
  }
  return list;
}

PostingList skip_with_xapian(const Xapian::Database& database, const std::string& term, const Documents& among) {
  PostingList list;
  auto posting = database.postlist_begin(term);
  const auto end = database.postlist_end(term);
  for (const Xapian::docid id : among) {
    if (posting != end) posting.skip_to(id);
    if (posting == end) break;
    if (*posting == id) append(posting, posting.get_wdf(), database.get_lastdocid(), list);
  }
  return list;
}

}  // namespace

Xapian::doccount PostingReader::frequency(const std::string& term) {
  if (table_ == nullptr) return database_.get_termfreq(term);
  GlassTable::Cursor cursor(*table_);
  if (!cursor.find(key_of(term))) return 0;
  const std::string_view value = cursor.value();
  const char* at = value.data();
  return read_list_header(at, at + value.size());
}

PostingList PostingReader::read(const std::string& term) {
  return table_ == nullptr ? read_with_xapian(database_, term) : read_pieces(term, nullptr);
}

PostingList PostingReader::read_among(const std::string& term, const Documents& among) {
  if (table_ != nullptr) return read_pieces(term, &among);
  if (among.size() * kSkippedAtOnce < database_.get_termfreq(term)) return skip_with_xapian(database_, term, among);
  return read_with_xapian(database_, term);
}

PostingList PostingReader::read_pieces(const std::string& term, const Documents* among) {
  PostingList list;
  GlassTable::Cursor cursor(*table_);
  if (!cursor.find(key_of(term))) return list;
  const std::string prefix = piece_prefix(term);
  std::string_view value = cursor.value();
  const char* at = value.data();
  const Xapian::doccount frequency = std::min(read_list_header(at, at + value.size()), database_.get_doccount());
  list.documents.reserve(among == nullptr ? frequency : std::min<std::size_t>(frequency, 2 * among->size()));
  list.counts.reserve(list.documents.capacity());
  Xapian::docid first = unpack_number(at, value.data() + value.size()) + 1;
  auto wanted = among == nullptr ? Documents::const_iterator() : among->begin();
  for (;;) {
    const Piece piece = read_piece(at, value.data() + value.size(), first);
    if (among != nullptr) wanted = std::lower_bound(wanted, among->end(), piece.first);
    if (among == nullptr || (wanted != among->end() && *wanted <= piece.last)) append_piece(piece, database_.get_lastdocid(), list);
    if (piece.ends_list) return list;
    if (among != nullptr) {
      wanted = std::upper_bound(wanted, among->end(), piece.last);
      if (wanted == among->end()) return list;
    }
    if (!cursor.next() || !cursor.key().starts_with(prefix)) damaged("a list without an end");
    Xapian::docid next = unpack_sortable(cursor.key().substr(prefix.size()));
    value = cursor.value();
    at = value.data();
    if (among != nullptr && *wanted > read_piece(at, at + value.size(), next).last) {  // far: not piece by piece
      std::string key = prefix;
      append_sortable(key, *wanted);
      cursor.find(key);
      if (!cursor.key().starts_with(prefix)) damaged("a list whose pieces are out of order");
      next = unpack_sortable(cursor.key().substr(prefix.size()));
      value = cursor.value();
      at = value.data();
    }
    if (next <= piece.last) damaged("a list whose pieces are out of order");
    first = next;
  }
}

std::vector<std::uint32_t> PostingReader::lengths() {
  const PostingList list = read("");
  std::vector<std::uint32_t> lengths(std::size_t{database_.get_lastdocid()} + 1, 0);
  for (std::size_t i = 0; i < list.documents.size(); ++i) lengths[list.documents[i]] = list.counts[i];
  return lengths;
}

Documents PostingReader::all_documents() { return read("").documents; }

void PostingReader::for_each_value(Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink) {
  if (table_ != nullptr) return values_from_table(slot, sink);
  for (auto value = database_.valuestream_begin(slot); value != database_.valuestream_end(slot); ++value) sink(value.get_docid(), *value);
}

// A piece of a slot's values: length and bytes of each, between them the distance to the next document.
void PostingReader::values_from_table(Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink) {
  if (slot >= 0x80) damaged("a slot that no field has");  // its number would take two bytes of the key
  const std::string prefix = std::string(kValuesKey) + static_cast<char>(slot);
  GlassTable::Cursor cursor(*table_);
  cursor.find(prefix);
  while (cursor.next() && cursor.key().starts_with(prefix)) {
    Xapian::docid id = unpack_sortable(cursor.key().substr(prefix.size()));
    const std::string_view piece = cursor.value();
    const char* end = piece.data() + piece.size();
    for (const char* at = piece.data();;) {
      const std::size_t length = next_number(at, end);
      if (length > static_cast<std::size_t>(end - at)) damaged("a value without an end");
      sink(id, {at, length});
      at += length;
      if (at == end) break;
      id += next_number(at, end) + 1;
    }
  }
}

}  // namespace dateline
