#include "query/index/glass/posting_reader.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::string_view kLengthsKey{
    "\x00\xe0", 2};  // the list of document lengths, kept as if they were a term's counts
constexpr std::string_view kValuesKey{"\x00\xd8", 2};
constexpr std::string_view kValueBoundsKey{"\x00\xd0", 2};
constexpr std::string_view kMetadataKey{"\x00\xc0", 2};

[[noreturn]] void damaged(const char* what) {
  throw Xapian::DatabaseCorruptError(std::string("posting lists: ") + what);
}

// Of a list's first piece.
std::string key_of(std::string_view term) {
  return term.empty() ? std::string(kLengthsKey) : pack_term(term);
}

// Of the other pieces of a list, before the id of their first document.
std::string piece_prefix(std::string_view term) {
  return term.empty() ? std::string(kLengthsKey) : key_of(term) + '\0';
}

// Behind the keys of a term's pieces, before that of any other term.
constexpr std::string_view kAfterPieces{"\0\xfe", 2};

// Where the term ends in a key: at a NUL that no 0xFF follows, after which stands the document of a
// later piece.
std::size_t end_of_term(std::string_view key) {
  for (auto at = key.find('\0'); at != std::string_view::npos; at = key.find('\0', at + 1)) {
    if (at + 1 == key.size() || key[at + 1] != '\xff') return at;
  }
  return key.size();
}

std::string term_of(std::string_view key) {
  std::string term;
  for (std::size_t i = 0; i < key.size(); ++i) {
    term += key[i];
    if (key[i] == '\0') ++i;
  }
  return term;
}

// A piece of a posting list: header, then count and distance to the next document by turns.
struct Piece {
  Xapian::docid first = 0;
  Xapian::docid last = 0;
  bool ends_list = false;
  const char* at = nullptr;  // of the first count
  const char* end = nullptr;
};

// What a list's first piece begins with: its frequency and the sum of its counts.
Xapian::doccount read_frequency(const char*& at, const char* end) {
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

// Its first document follows the frequency; that of other pieces, and of the pieces of a slot, is
// in the key.
Piece first_piece(std::string_view value) {
  const char* at = value.data();
  const char* end = at + value.size();
  read_frequency(at, end);
  const Xapian::docid first = unpack_number(at, end) + 1;
  return read_piece(at, end, first);
}

std::string piece_key(std::string prefix, Xapian::docid document) {
  append_sortable(prefix, document);
  return prefix;
}

// REQUIRES: the key has the prefix.
Xapian::docid first_document(std::string_view key, std::string_view prefix) {
  return unpack_sortable(key.substr(prefix.size()));
}

// The piece the cursor stands at; holds until it moves.
Piece later_piece(GlassTable::Cursor& cursor, std::string_view prefix) {
  if (!cursor.key().starts_with(prefix)) damaged("a list without an end");
  const Xapian::docid first = first_document(cursor.key(), prefix);
  const std::string_view value = cursor.value();
  return read_piece(value.data(), value.data() + value.size(), first);
}

// Is the number that begins here that byte alone?
bool is_one_byte(char byte) { return (static_cast<unsigned char>(byte) & 0x80) == 0; }

std::uint32_t next_number(const char*& at, const char* end) {
  if (at != end && static_cast<unsigned char>(*at) < 0x80) return static_cast<unsigned char>(*at++);
  return unpack_number(at, end);
}

// Decodes a piece into a small buffer, once or several times.
void decode_piece(const Piece& piece, Xapian::docid last_of_all,
                  const PostingReader::PieceSink& sink) {
  if (piece.last > last_of_all) damaged("a document beyond the last");
  constexpr std::size_t kBuffered = 1024;  // postings; pieces have about as many
  Xapian::docid documents[kBuffered];
  std::uint32_t counts[kBuffered];
  const char* at = piece.at;
  std::uint64_t id = piece.first;
  for (bool more = true; more;) {
    std::size_t size = 0;
    while (more && size < kBuffered) {
      documents[size] = static_cast<Xapian::docid>(id);
      if (piece.end - at > 3 && is_one_byte(at[0]) &&
          (is_one_byte(at[1]) || is_one_byte(at[2]))) {  // as nearly always
        counts[size++] = static_cast<unsigned char>(at[0]);
        if (is_one_byte(at[1])) {
          id += static_cast<std::uint64_t>(at[1]) + 1;
          at += 2;
        } else {
          id += (static_cast<std::uint64_t>(at[1]) & 0x7F) +
                (static_cast<std::uint64_t>(at[2]) << 7) + 1;
          at += 3;
        }
        continue;
      }
      counts[size++] = unpack_number(at, piece.end);
      more = at != piece.end;
      if (more) id += std::uint64_t{unpack_number(at, piece.end)} + 1;
    }
    if (id > piece.last) damaged("a piece that goes on beyond its last document");
    sink({documents, size}, counts);
  }
  if (id != piece.last) damaged("a piece that ends with another document than it says");
}

void append(DocumentSpan documents, const std::uint32_t* counts, PostingList& list) {
  list.documents.insert(list.documents.end(), documents.begin(), documents.end());
  list.counts.insert(list.counts.end(), counts, counts + documents.size());
}

void append_wanted(DocumentSpan documents, const std::uint32_t* counts, DocumentSpan wanted,
                   PostingList& list) {
  const auto begin = std::lower_bound(wanted.begin(), wanted.end(), documents.front());
  const auto end = std::upper_bound(begin, wanted.end(), documents.back());
  for_each_common(documents, {begin, end}, [&](std::size_t i, std::size_t) {
    list.documents.push_back(documents[i]);
    list.counts.push_back(counts[i]);
  });
}

std::string values_prefix(Xapian::valueno slot) {
  if (slot >= 0x80)
    damaged("a slot that no field has");  // its number would take two bytes of the key
  return std::string(kValuesKey) + static_cast<char>(slot);
}

// A piece of a slot's values: length and bytes of each, between them the distance to the next
// document. Ends when `sink` says false.
template <class Sink>
void for_each_in_piece(std::string_view piece, Xapian::docid first, Sink&& sink) {
  const char* end = piece.data() + piece.size();
  Xapian::docid id = first;
  for (const char* at = piece.data();;) {
    const std::size_t length = next_number(at, end);
    if (length > static_cast<std::size_t>(end - at)) damaged("a value without an end");
    if (!sink(id, std::string_view{at, length})) return;
    at += length;
    if (at == end) return;
    id += next_number(at, end) + 1;
  }
}

void append_one(const Xapian::PostingIterator& posting, std::uint32_t count,
                Xapian::docid last_of_all, PostingList& list) {
  if (*posting > last_of_all) damaged("a document beyond the last");
  list.documents.push_back(*posting);
  list.counts.push_back(count);
}

PostingList read_with_xapian(const Xapian::Database& database, const std::string& term) {
  PostingList list;
  for (auto posting = database.postlist_begin(term); posting != database.postlist_end(term);
       ++posting) {
    append_one(posting, term.empty() ? posting.get_doclength() : posting.get_wdf(),
               database.get_lastdocid(), list);
  }
  return list;
}

PostingList skip_with_xapian(const Xapian::Database& database, const std::string& term,
                             const Documents& among) {
  PostingList list;
  auto posting = database.postlist_begin(term);
  const auto end = database.postlist_end(term);
  for (const Xapian::docid id : among) {
    if (posting != end) posting.skip_to(id);
    if (posting == end) break;
    if (*posting == id) append_one(posting, posting.get_wdf(), database.get_lastdocid(), list);
  }
  return list;
}

}  // namespace

PostingReader::PostingReader(const Xapian::Database& database,
                             std::shared_ptr<const GlassTable> table)
    : database_(database), table_(std::move(table)), last_document_(database.get_lastdocid()) {
  if (table_ != nullptr) cursor_.emplace(*table_);
  if (!can_hold(last_document_) || database.get_doccount() > last_document_)
    damaged("more documents than the table has room for");
}

Xapian::doccount PostingReader::frequency(const std::string& term) {
  if (table_ == nullptr) return database_.get_termfreq(term);
  if (!cursor_->find(key_of(term))) return 0;
  const std::string_view value = cursor_->value();
  const char* at = value.data();
  const Xapian::doccount found = read_frequency(at, at + value.size());
  if (found > database_.get_doccount()) damaged("a term of more documents than there are");
  return found;
}

std::string PostingReader::metadata(std::string_view key) {
  if (table_ == nullptr) return database_.get_metadata(std::string(key));
  return cursor_->find(std::string(kMetadataKey).append(key)) ? std::string(cursor_->value()) : "";
}

// How many have a value, then the length of the least and its bytes; the rest is the greatest, when
// it is another.
std::pair<std::string, std::string> PostingReader::value_bounds(Xapian::valueno slot) {
  if (table_ == nullptr)
    return {database_.get_value_lower_bound(slot), database_.get_value_upper_bound(slot)};
  std::string key(kValueBoundsKey);
  if (slot > 0) key += static_cast<char>(slot);
  if (!cursor_->find(key)) return {};
  const std::string_view value = cursor_->value();
  const char* at = value.data();
  const char* end = at + value.size();
  unpack_number(at, end);
  const std::size_t least = unpack_number(at, end);
  if (least > static_cast<std::size_t>(end - at)) damaged("a value without an end");
  std::pair<std::string, std::string> bounds{{at, least}, {at + least, end}};
  if (bounds.second.empty()) bounds.second = bounds.first;
  return bounds;
}

std::vector<std::string> PostingReader::terms_beginning(const std::string& prefix,
                                                        std::size_t most) {
  if (table_ != nullptr) return terms_from_table(prefix, most);
  std::vector<std::string> terms;
  const auto end = database_.allterms_end(prefix);
  for (auto term = database_.allterms_begin(prefix); term != end && terms.size() < most; ++term)
    terms.push_back(*term);
  return terms;
}

std::vector<std::string> PostingReader::terms_from_table(const std::string& prefix,
                                                         std::size_t most) {
  const std::string begin = key_of(prefix);
  std::vector<std::string> terms;
  std::string before;
  for (bool more = cursor_->find(begin) || cursor_->next();
       more && terms.size() < most && cursor_->key().starts_with(begin); more = cursor_->next()) {
    const std::string_view key = cursor_->key();
    if (key <= before) damaged("terms that are out of order");
    before = key;
    const auto end = end_of_term(key);
    if (end == key.size())
      terms.push_back(term_of(key));
    else
      cursor_->find(std::string(key.substr(0, end)).append(kAfterPieces));
  }
  return terms;
}

PostingList PostingReader::read(const std::string& term) {
  if (table_ == nullptr) return read_with_xapian(database_, term);
  PostingList list;
  list.documents.reserve(term.empty() ? database_.get_doccount()
                                      : std::min(frequency(term), database_.get_doccount()));
  list.counts.reserve(list.documents.capacity());
  read_pieces(term, nullptr, [&](DocumentSpan documents, const std::uint32_t* counts) {
    append(documents, counts, list);
  });
  return list;
}

void PostingReader::for_each_piece(const std::string& term, const PieceSink& sink) {
  if (table_ != nullptr) return read_pieces(term, nullptr, sink);
  const PostingList list = read_with_xapian(database_, term);
  if (!list.documents.empty()) sink(list.documents, list.counts.data());
}

PostingList PostingReader::read_among(const std::string& term, const Documents& among) {
  if (table_ == nullptr) return skip_with_xapian(database_, term, among);
  PostingList list;
  read_pieces(term, &among, [&](DocumentSpan documents, const std::uint32_t* counts) {
    append_wanted(documents, counts, among, list);
  });
  return list;
}

// Pieces that hold none of `among` are passed over, many at a time where the next wanted document
// is far.
void PostingReader::read_pieces(const std::string& term, const Documents* among,
                                const PieceSink& sink) {
  if (!cursor_->find(key_of(term))) return;
  const std::string prefix = piece_prefix(term);
  auto wanted = among == nullptr ? Documents::const_iterator() : among->begin();
  for (Piece piece = first_piece(cursor_->value());;) {
    if (among == nullptr) {
      decode_piece(piece, last_document_, sink);
    } else {
      wanted = std::lower_bound(wanted, among->end(), piece.first);
      if (wanted != among->end() && *wanted <= piece.last)
        decode_piece(piece, last_document_, sink);
      wanted = std::upper_bound(wanted, among->end(), piece.last);
      if (wanted == among->end()) return;
    }
    if (piece.ends_list) return;
    if (!cursor_->next()) damaged("a list without an end");
    Piece next = later_piece(*cursor_, prefix);
    if (among != nullptr && *wanted > next.last) {
      cursor_->find(piece_key(prefix, *wanted));
      next = later_piece(*cursor_, prefix);
    }
    if (next.first <= piece.last) damaged("a list whose pieces are out of order");
    piece = next;
  }
}

std::vector<std::uint32_t> PostingReader::lengths() {
  const PostingList list = read("");
  std::vector<std::uint32_t> lengths(std::size_t{last_document_} + 1, 0);
  for (std::size_t i = 0; i < list.documents.size(); ++i)
    lengths[list.documents[i]] = list.counts[i];
  return lengths;
}

Documents PostingReader::all_documents() { return read("").documents; }

void PostingReader::for_each_value(
    Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink) {
  Xapian::docid last = 0;
  const auto checked = [&](Xapian::docid id, std::string_view value) {
    if (id <= last || id > last_document_) damaged("a value of a document that is not there");
    last = id;
    sink(id, value);
  };
  if (table_ != nullptr) return values_from_table(slot, checked);
  for (auto value = database_.valuestream_begin(slot); value != database_.valuestream_end(slot);
       ++value)
    checked(value.get_docid(), *value);
}

std::string PostingReader::value(Xapian::valueno slot, Xapian::docid document) {
  if (table_ != nullptr) return value_from_table(slot, document);
  return database_.get_document(document, Xapian::DOC_ASSUME_VALID).get_value(slot);
}

std::string PostingReader::value_from_table(Xapian::valueno slot, Xapian::docid document) {
  const std::string prefix = values_prefix(slot);
  cursor_->find(piece_key(prefix, document));
  std::string found;
  if (!cursor_->key().starts_with(prefix)) return found;
  const Xapian::docid first = first_document(cursor_->key(), prefix);
  for_each_in_piece(cursor_->value(), first, [&](Xapian::docid id, std::string_view value) {
    if (id == document) found = value;
    return id < document;
  });
  return found;
}

void PostingReader::values_from_table(
    Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink) {
  const std::string prefix = values_prefix(slot);
  cursor_->find(prefix);
  while (cursor_->next() && cursor_->key().starts_with(prefix)) {
    const Xapian::docid first = first_document(cursor_->key(), prefix);
    for_each_in_piece(cursor_->value(), first, [&](Xapian::docid id, std::string_view value) {
      sink(id, value);
      return true;
    });
  }
}

}  // namespace dateline
