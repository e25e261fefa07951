#include "query/index/glass/position_reader.h"

#include <bit>
#include <cstdint>
#include <string_view>

namespace dateline {
namespace {

constexpr Xapian::termpos kMostPositions = 1u << 24;  // of one term: an article has 16 MB at most

[[noreturn]] void damaged(const char* what) {
  throw Xapian::DatabaseCorruptError(std::string("positions: ") + what);
}

// Numbers in as few bits as their range allows, the low bits of a byte first (common/bitstream.cc
// of xapian-core).
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  // A number under `range`. Of a range that is no power of two the numbers in the middle take a bit
  // less.
  std::uint32_t read(std::uint32_t range) {
    if (range == 0) damaged("a list with too little room");
    const auto bits = static_cast<int>(std::bit_width(range - 1));
    const auto spare = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - range);
    if (spare == 0) return read_bits(bits);
    const std::uint32_t middle = (range - spare) / 2;
    const std::uint32_t number = read_bits(bits - 1);
    return number < middle && read_bits(1) != 0 ? number + middle + spare : number;
  }

 private:
  std::uint32_t read_bits(int count) {
    while (held_ < count) {
      if (next_ == bytes_.size()) damaged("a list without an end");
      bits_ |= std::uint64_t{static_cast<std::uint8_t>(bytes_[next_++])} << held_;
      held_ += 8;
    }
    const auto number = static_cast<std::uint32_t>(bits_ & ((std::uint64_t{1} << count) - 1));
    bits_ >>= count;
    held_ -= count;
    return number;
  }

  std::string_view bytes_;
  std::size_t next_ = 0;
  std::uint64_t bits_ = 0;
  int held_ = 0;
};

// Those between the positions at `left` and `right`, which are known: the middle one first, in the
// room that the others leave it.
void read_between(Positions& positions, std::size_t left, std::size_t right, BitReader& bits) {
  if (right - left < 2) return;
  const auto between = static_cast<Xapian::termpos>(right - left);
  if (positions[right] < positions[left] || positions[right] - positions[left] < between)
    damaged("a list with too little room");
  const std::size_t middle = left + (right - left) / 2;
  const Xapian::termpos least = positions[left] + static_cast<Xapian::termpos>(middle - left);
  positions[middle] = least + bits.read(positions[right] - positions[left] - between + 1);
  read_between(positions, left, middle, bits);
  read_between(positions, middle, right, bits);
}

// The last position, and when there are others the first, their number and those between.
Positions unpack(std::string_view packed) {
  const char* at = packed.data();
  const char* end = at + packed.size();
  const Xapian::termpos last = unpack_number(at, end);
  if (at == end) return {last};
  if (last == 0) damaged("a list with too little room");
  BitReader bits({at, static_cast<std::size_t>(end - at)});
  const Xapian::termpos first = bits.read(last);
  const Xapian::termpos size = bits.read(last - first) + 2;
  if (size > kMostPositions) damaged("a list too long");
  Positions positions(size);
  positions.front() = first;
  positions.back() = last;
  read_between(positions, 0, size - 1, bits);
  return positions;
}

}  // namespace

PositionReader::PositionReader(const Xapian::Database& database,
                               std::shared_ptr<const GlassTable> table)
    : database_(database), table_(std::move(table)) {
  if (table_ != nullptr) cursor_.emplace(*table_);
}

Positions PositionReader::read(const std::string& term, Xapian::docid document) {
  if (table_ == nullptr) {
    Positions positions;
    const auto end = database_.positionlist_end(document, term);
    for (auto position = database_.positionlist_begin(document, term); position != end; ++position)
      positions.push_back(*position);
    return positions;
  }
  std::string key = pack_term(term);
  key += '\0';
  append_sortable(key, document);
  return cursor_->find(key) ? unpack(cursor_->value()) : Positions{};
}

}  // namespace dateline
