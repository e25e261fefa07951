#include "query/index/glass/glass_table.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <utility>

namespace dateline {
namespace {

constexpr std::string_view kMagic{"\x0f\x0dXapian Glass\x04\x6e",
                                  16};  // with the format's version, 2016-03-14
constexpr std::size_t kUuid = 16;       // bytes after the magic
constexpr std::size_t kMostLevels = 9;  // above the leaves: Xapian's own limit
constexpr std::size_t kTables = 6;      // in the version file
constexpr const char* kVersionFile = "iamglass";
constexpr std::size_t kLongestRevision = 5;       // bytes: 32 bits, seven a byte
constexpr std::size_t kLongestVersion = 1 << 16;  // bytes read of it
constexpr std::size_t kMostParts = 0xFFFF;        // of a value: they are numbered in two bytes
constexpr std::size_t kLongestValue =
    128 << 20;  // bytes; an article has 16 MB, decoded 48, and its record beside it
constexpr std::size_t kYoungBytes = 16 << 20;     // of a table's blocks, and as many of old ones
constexpr std::size_t kYoungDocuments = 2 << 20;  // of what is read document by document

// Of a block, in bytes from its beginning; numbers of several bytes have the high one first.
constexpr std::size_t kLevelAt = 4;
constexpr std::size_t kDirectoryEndAt = 9;
constexpr std::size_t kDirectory = 11;
constexpr std::size_t kEntry = 2;        // of the directory: offset of an item
constexpr std::size_t kItemLength = 2;   // of a leaf's item, then the key's length and the key
constexpr std::size_t kChildNumber = 4;  // of a branch's item, then the key's length and the key
constexpr std::size_t kPartNumber =
    2;  // after the key: of every branch's item, of a leaf's from the second part of a value on
constexpr std::uint8_t kCompressed = 0x80;  // in the first byte of a leaf's item
constexpr std::uint8_t kLastPart = 0x40;
constexpr std::uint8_t kFirstPart = 0x20;
constexpr unsigned kLengthMask = 0x1FFF;
constexpr unsigned kLengthLess = 3;  // the length is stored less this

[[noreturn]] void damaged(const char* what) {
  throw Xapian::DatabaseCorruptError(std::string("table: ") + what);
}

std::size_t number_of_two(const std::uint8_t* at) {
  return static_cast<std::size_t>(at[0] << 8 | at[1]);
}

std::uint32_t number_of_four(const std::uint8_t* at) {
  std::uint32_t big_endian = 0;
  std::memcpy(&big_endian, at, sizeof big_endian);
  return std::endian::native == std::endian::little ? __builtin_bswap32(big_endian) : big_endian;
}

std::size_t directory_end(const GlassTable::Block& block) {
  return number_of_two(&block[kDirectoryEndAt]);
}

// Item `at` of the directory. Its key, whose length stands `before` bytes behind the item's
// beginning, lies inside the block.
const std::uint8_t* item_of(const GlassTable::Block& block, std::size_t at, std::size_t before) {
  const std::size_t offset = number_of_two(&block[at]);
  if (offset < kDirectory || offset + before + 1 > block.size)
    damaged("an item outside of its block");
  if (offset + before + 1 + block[offset + before] > block.size)
    damaged("a key outside of its block");
  return &block[offset];
}

std::string_view key_of(const std::uint8_t* item, std::size_t before) {
  return {reinterpret_cast<const char*>(item + before + 1), item[before]};
}

// Which part of a value a branch's item leads to.
std::size_t part_of_branch(const GlassTable::Block& block, const std::uint8_t* item) {
  const std::uint8_t* at = item + kChildNumber + 1 + item[kChildNumber];
  if (static_cast<std::size_t>(at - block.bytes.get()) + kPartNumber > block.size)
    damaged("a key outside of its block");
  return number_of_two(at);
}

// Entry of the last item, by `is_after`, that is not after what is sought; `from` when all are.
template <class IsAfter>
std::size_t last_not_after(std::size_t from, std::size_t end, IsAfter&& is_after) {
  while (end - from > kEntry) {
    const std::size_t middle = from + (end - from) / (2 * kEntry) * kEntry;
    if (is_after(middle))
      end = middle;
    else
      from = middle;
  }
  return from;
}

struct Root {
  std::uint32_t block = 0;
  std::size_t levels = 0;  // above the leaves
  std::size_t block_size = 0;
  bool empty = false;  // no block was written yet
};

struct Version {
  std::uint64_t revision = 0;
  std::array<Root, kTables> roots;
};

void skip_number(const char*& at, const char* end) {
  while (at != end && (static_cast<unsigned char>(*at) & 0x80) != 0) ++at;
  if (at == end) damaged("a version without an end");
  ++at;
}

Root read_root(const char*& at, const char* end) {
  Root root;
  root.block = unpack_number(at, end);
  const std::uint32_t level_and_flags = unpack_number(at, end);
  root.levels = level_and_flags >> 2;
  root.empty = (level_and_flags & 1u) != 0;
  skip_number(at, end);  // entries, of which there may be more than 32 bits hold
  root.block_size = std::size_t{unpack_number(at, end)} << 11;
  unpack_number(at, end);  // least length compressed
  const std::size_t free_list = unpack_number(at, end);
  if (free_list > static_cast<std::size_t>(end - at)) damaged("a version without an end");
  at += free_list;
  if (root.levels > kMostLevels) damaged("a version with too many levels");
  if (root.block_size < 2048 || root.block_size > 65536 || !std::has_single_bit(root.block_size))
    damaged("a version with no size of blocks");
  return root;
}

std::optional<std::uint64_t> revision_in(std::string_view version) {
  if (!version.starts_with(kMagic) || version.size() < kMagic.size() + kUuid) return std::nullopt;
  const char* at = version.data() + kMagic.size() + kUuid;
  return unpack_number(at, version.data() + version.size());
}

// The file that a commit renames into place: magic, uuid, revision, then of each table root block,
// level and flags, entries, block size, least length that is compressed, and the list of free
// blocks. Absent when it is of another format.
std::unique_ptr<Version> read_version(const std::filesystem::path& folder) {
  std::ifstream in(folder / kVersionFile, std::ios::binary);
  std::string bytes(kLongestVersion, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (!std::string_view(bytes).starts_with(kMagic) || bytes.size() < kMagic.size() + kUuid)
    return nullptr;
  const char* at = bytes.data() + kMagic.size() + kUuid;
  const char* end = bytes.data() + bytes.size();
  auto version = std::make_unique<Version>();
  version->revision = unpack_number(at, end);
  for (auto& root : version->roots) root = read_root(at, end);
  return version;
}

const char* file_name(GlassTable::Kind kind) {
  switch (kind) {
    case GlassTable::Kind::postings:
      return "postlist.glass";
    case GlassTable::Kind::documents:
      return "docdata.glass";
    case GlassTable::Kind::terms:
      return "termlist.glass";
    case GlassTable::Kind::positions:
      return "position.glass";
  }
  return "";
}

std::string decompressed(std::string& packed, z_stream& stream) {
  if (inflateReset(&stream) != Z_OK) damaged("a value that cannot be decompressed");
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  for (int result = Z_OK; result != Z_STREAM_END;) {
    const std::size_t before = text.size();
    if (before == kLongestValue) damaged("a value too long");
    text.resize(std::min(kLongestValue, before + std::max(4 * packed.size(), before)));
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(text.size() - before);
    result = inflate(&stream, Z_SYNC_FLUSH);
    text.resize(text.size() - stream.avail_out);
    const bool goes_on = result == Z_OK && text.size() > before;
    if (result != Z_STREAM_END && !goes_on) damaged("a value that cannot be decompressed");
  }
  if (stream.avail_in != 0) damaged("a value that goes on behind its end");
  return text;
}

}  // namespace

// Kept from value to value, so that its memory is asked for once.
struct GlassTable::Cursor::Inflater {
  Inflater() {
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();  // raw: no header
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }
  z_stream stream{};
};

GlassTable::Cursor::Cursor(const GlassTable& table) : table_(table) {}
GlassTable::Cursor::~Cursor() = default;

GlassTable::~GlassTable() = default;

GlassTable::GlassTable(int file, std::uint64_t bytes, Kind kind, std::uint32_t root,
                       std::size_t levels, std::size_t block_size, std::uint64_t revision)
    : file_(file),
      bytes_(bytes),
      kind_(kind),
      root_(root),
      levels_(levels),
      block_size_(block_size),
      revision_(revision) {}

void GlassTable::check_version(const std::filesystem::path& folder) { read_version(folder); }

std::optional<std::uint64_t> GlassTable::revision_of(const std::filesystem::path& folder) {
  const Descriptor file(::open((folder / kVersionFile).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return std::nullopt;
  std::array<char, kMagic.size() + kUuid + kLongestRevision> bytes{};
  const ssize_t size = pread(file.get(), bytes.data(), bytes.size(), 0);
  if (size < 0) return std::nullopt;
  return revision_in({bytes.data(), static_cast<std::size_t>(size)});
}

std::unique_ptr<GlassTable> GlassTable::open(const std::filesystem::path& folder,
                                             std::uint64_t revision, Kind kind) {
  const auto version = read_version(folder);
  if (version == nullptr) return nullptr;
  if (version->revision != revision) throw Xapian::DatabaseModifiedError("a commit came between");
  const Root& root = version->roots[static_cast<std::size_t>(kind)];
  if (root.empty) return nullptr;
  const auto path = folder / file_name(kind);
  const int file =
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a FIFO in its place is no table
  if (file < 0)
    throw Xapian::DatabaseOpeningError("table: cannot be opened: " + path.string(), errno);
  struct stat status {};
  const bool regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  std::unique_ptr<GlassTable> table(
      new GlassTable(file, regular ? static_cast<std::uint64_t>(status.st_size) : 0, kind,
                     root.block, root.levels, root.block_size, revision));
  if (!regular) damaged("not a file");
  return table;
}

// Two threads that miss the same block both read it, which does no harm: it is the same.
GlassTable::Block GlassTable::block(std::uint32_t number, std::size_t level) const {
  if (const auto kept = kept_block(number)) return at_level(*kept, level);
  const Block block = read_block(number, level);
  const std::lock_guard lock(blocks_);
  keep(number, block);
  return block;
}

std::optional<GlassTable::Block> GlassTable::kept_block(std::uint32_t number) const {
  const std::lock_guard lock(blocks_);
  if (const auto known = young_.find(number); known != young_.end()) return known->second;
  const auto known = old_.find(number);
  if (known == old_.end()) return std::nullopt;
  const Block block = known->second;
  keep(number, block);
  return block;
}

// REQUIRES: the lock.
void GlassTable::keep(std::uint32_t number, const Block& block) const {
  if (young_.size() * block_size_ >= (may_compress() ? kYoungDocuments : kYoungBytes))
    old_ = std::exchange(young_, {});
  young_.emplace(number, block);
}

const GlassTable::Block& GlassTable::at_level(const Block& block, std::size_t level) {
  if (block[kLevelAt] != level) damaged("not the block that was expected");
  return block;
}

GlassTable::Block GlassTable::read_block(std::uint32_t number, std::size_t level) const {
  auto bytes = std::make_shared_for_overwrite<std::uint8_t[]>(block_size_);
  const auto offset = static_cast<off_t>(number) * static_cast<off_t>(block_size_);
  if (pread(file_.get(), bytes.get(), block_size_, offset) != static_cast<ssize_t>(block_size_))
    damaged("a block cannot be read");
  if (number_of_four(bytes.get()) > revision_)
    throw Xapian::DatabaseModifiedError("a block was overwritten by a later commit");
  Block block{bytes, block_size_};
  const std::size_t end = directory_end(block);
  if (end <= kDirectory || end > block_size_ || (end - kDirectory) % kEntry != 0)
    damaged("a block without a directory");
  return at_level(block, level);
}

void GlassTable::Cursor::descend(std::size_t level, std::uint32_t number) {
  if (levels_[level].block.bytes == nullptr || levels_[level].number != number)
    levels_[level] = {number, table_.block(number, level), 0};
}

// Is the key between the first and the last of the leaf that the cursor stands in? The next word of
// an alphabet mostly is.
bool GlassTable::Cursor::in_this_leaf(std::string_view key) const {
  if (levels_.empty() || levels_[0].block.bytes == nullptr) return false;
  const auto& block = levels_[0].block;
  return key_of(item_of(block, kDirectory, kItemLength), kItemLength) < key &&
         key < key_of(item_of(block, directory_end(block) - kEntry, kItemLength), kItemLength);
}

bool GlassTable::Cursor::find(std::string_view key) {
  if (!in_this_leaf(key)) descend_to_leaf_of(key);
  auto& [unused, block, at] = levels_[0];
  const auto is_after = [&](std::size_t entry) {
    const auto* item = item_of(block, entry, kItemLength);
    const int order = key_of(item, kItemLength).compare(key);
    return order > 0 || (order == 0 && (item[0] & kFirstPart) == 0);
  };
  at = last_not_after(kDirectory, directory_end(block), is_after);
  if (is_after(at)) previous();
  for (std::size_t parts = 0; !is_first_part() && previous(); ++parts) {
    if (parts > kMostParts) damaged("a value without a beginning");
  }
  return this->key() == key;
}

void GlassTable::Cursor::descend_to_leaf_of(std::string_view key) {
  if (levels_.empty()) levels_.resize(table_.levels_ + 1);
  std::uint32_t number = table_.root_;
  for (std::size_t level = table_.levels_; level > 0; --level) {
    descend(level, number);
    auto& [unused, block, at] = levels_[level];
    // The first key of a branch stands for all before the second.
    at = last_not_after(kDirectory, directory_end(block), [&](std::size_t entry) {
      const auto* item = item_of(block, entry, kChildNumber);
      const int order = key_of(item, kChildNumber).compare(key);
      return order > 0 || (order == 0 && part_of_branch(block, item) > 1);
    });
    number = number_of_four(item_of(block, at, kChildNumber));
  }
  descend(0, number);
}

// Moves to the neighbour of the block at `level` below the same or another parent; false at the
// table's end.
bool GlassTable::Cursor::step_up(std::size_t level, bool forward) {
  if (level > table_.levels_) return false;
  auto& above = levels_[level];
  const std::size_t end = directory_end(above.block);
  if (forward ? above.at + kEntry < end : above.at > kDirectory)
    above.at = forward ? above.at + kEntry : above.at - kEntry;
  else if (!step_up(level + 1, forward))
    return false;
  const std::uint32_t number =
      number_of_four(item_of(levels_[level].block, levels_[level].at, kChildNumber));
  descend(level - 1, number);
  auto& below = levels_[level - 1];
  below.at = forward ? kDirectory : directory_end(below.block) - kEntry;
  return true;
}

bool GlassTable::Cursor::next() {
  key_ = key();
  std::size_t parts = 0;
  do {
    if (!next_part()) return false;
    if (++parts > kMostParts) damaged("a value without an end");
  } while (!is_first_part());
  if (key() <= key_) damaged("keys that are out of order");
  return true;
}

bool GlassTable::Cursor::next_part() {
  auto& leaf = levels_[0];
  if (leaf.at + kEntry < directory_end(leaf.block)) {
    leaf.at += kEntry;
    return true;
  }
  return step_up(1, true);
}

bool GlassTable::Cursor::previous() {
  auto& leaf = levels_[0];
  if (leaf.at > kDirectory) {
    leaf.at -= kEntry;
    return true;
  }
  return step_up(1, false);
}

const std::uint8_t* GlassTable::Cursor::leaf_item() const {
  return item_of(levels_[0].block, levels_[0].at, kItemLength);
}

bool GlassTable::Cursor::is_first_part() const { return (leaf_item()[0] & kFirstPart) != 0; }

std::string_view GlassTable::Cursor::key() const { return key_of(leaf_item(), kItemLength); }

// Where the bytes of a part begin, behind its key and, from the second on, its number.
std::string_view GlassTable::Cursor::part(bool first) const {
  const auto* item = leaf_item();
  const std::size_t length = (number_of_two(item) & kLengthMask) + kLengthLess;
  const std::size_t before = kItemLength + 1 + item[kItemLength] + (first ? 0 : kPartNumber);
  const Block& block = levels_[0].block;
  if (length < before || static_cast<std::size_t>(item - block.bytes.get()) + length > block.size)
    damaged("a value outside of its block");
  if (((item[0] & kFirstPart) != 0) != first) damaged("a value whose parts are out of order");
  return {reinterpret_cast<const char*>(item + before), length - before};
}

std::string_view GlassTable::Cursor::value() {
  const std::uint8_t flags = leaf_item()[0];
  const bool compressed = (flags & kCompressed) != 0;
  if (compressed && !table_.may_compress()) damaged("a compressed value");
  const std::string_view beginning = part(true);
  if (!compressed && (flags & kLastPart) != 0) return beginning;
  value_ = beginning;
  if ((flags & kLastPart) == 0) append_parts();
  if (compressed) {
    if (inflater_ == nullptr) inflater_ = std::make_unique<Inflater>();
    value_ = decompressed(value_, inflater_->stream);
  }
  return value_;
}

// The second part of the value and those behind it.
void GlassTable::Cursor::append_parts() {
  key_ = key();
  std::size_t number = 1;
  for (bool last = false; !last;) {
    if (!next_part()) damaged("a value without an end");
    const std::string_view bytes = part(false);
    const auto* named = reinterpret_cast<const std::uint8_t*>(bytes.data()) - kPartNumber;
    if (number_of_two(named) != ++number || key() != key_)
      damaged("a value whose parts are out of order");
    if (value_.size() + bytes.size() > kLongestValue) damaged("a value too long");
    value_ += bytes;
    last = (leaf_item()[0] & kLastPart) != 0;
  }
}

std::uint32_t unpack_number(const char*& at, const char* end) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (at == end) damaged("a number without an end");
    const auto byte = static_cast<std::uint8_t>(*at++);
    number |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) {
      if (number > 0xFFFFFFFFu) break;
      return static_cast<std::uint32_t>(number);
    }
  }
  damaged("a number too large");
}

std::string pack_term(std::string_view term) {
  std::string packed;
  for (const char c : term) {
    packed += c;
    if (c == '\0') packed += '\xff';
  }
  return packed;
}

// 15 bits in two bytes; larger ones begin with as many one bits as bytes follow beyond the second,
// less one, and a zero bit.
void append_sortable(std::string& key, std::uint32_t number) {
  if (number < 0x8000) {
    key += static_cast<char>(number >> 8);
    key += static_cast<char>(number & 0xFF);
    return;
  }
  const auto bytes = static_cast<std::size_t>((37 - std::countl_zero(number)) / 7);
  std::string packed(bytes, '\0');
  std::uint64_t rest = number;
  for (std::size_t i = bytes; i-- > 0; rest >>= 8) packed[i] = static_cast<char>(rest & 0xFF);
  packed[0] =
      static_cast<char>(static_cast<unsigned char>(packed[0]) | (0xFFu << (10 - bytes) & 0xFFu));
  key += packed;
}

std::uint32_t unpack_sortable(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (bytes.empty()) damaged("a key without a document");
  const auto ones = static_cast<std::size_t>(std::countl_one(byte(0)));
  const std::size_t length = ones == 0 ? 2 : ones + 2;
  if (bytes.size() != length || ones > 4) damaged("a key with no document");
  std::uint64_t number = byte(0) & (0xFFu >> (ones + 1));
  for (std::size_t i = 1; i < length; ++i) number = number << 8 | byte(i);
  if (number > 0xFFFFFFFFu) damaged("a key with no document");
  return static_cast<std::uint32_t>(number);
}

}  // namespace dateline
