// A table of a glass database (posting lists, documents' data, their terms, positions), read
// without Xapian's iterators.
//
// Xapian hands postings out one by one through four calls into its library, 14 ns each; the bytes
// themselves are decoded in 2 ns, which decides how fast a search for a common word is. The table
// is a B-tree of blocks: a block of level 0 holds items (key, value), one of a higher level holds
// the first keys of blocks below. Format: glass 2016-03-14, of every Xapian 1.4; its reference is
// xapian-core, backends/glass/ (glass_table.h, glass_version.cc, glass_postlist.cc,
// glass_values.cc, glass_positionlist.cc), common/pack.h and common/bitstream.cc. Another format is
// not read: posting_reader.h and position_reader.h then ask Xapian.
//
// A commit writes new blocks and leaves those of the revision before alone; the commit after it may
// overwrite them. A block newer than the one above it is such a block:
// Xapian::DatabaseModifiedError, as Xapian itself throws. What cannot be a block or an item is
// Xapian::DatabaseCorruptError; no byte is read beyond a block. Xapian follows such bytes wherever
// they lead, for ever if they lead in a circle; here a walk goes on only while keys ascend, and a
// value has a length that no article reaches.
//
// THREADS: a table may be read by any number of threads at once; the blocks that it keeps are
// theirs together, behind a lock. A cursor belongs to one thread.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/descriptor.h"

namespace dateline {

class GlassTable {
 public:
  enum class Kind : std::uint8_t {
    postings = 0,
    documents = 1,
    terms = 2,
    positions = 3
  };  // places in the version file
  static constexpr std::size_t kKinds = 4;

  ~GlassTable();

  // Looks at the version file before Xapian does, which believes what it says of levels and sizes.
  // Throws Xapian::DatabaseCorruptError. A file of another format is left to Xapian, which reads no
  // more of it than the format's number.
  static void check_version(const std::filesystem::path& folder);

  // The revision that the last commit made; absent when the folder holds another format, or no
  // database. Throws Xapian::DatabaseCorruptError.
  static std::optional<std::uint64_t> revision_of(const std::filesystem::path& folder);

  // The table of the database in `folder` at `revision`; null when the folder holds another format
  // or the table is empty. Throws Xapian::DatabaseModifiedError when the folder is at another
  // revision, DatabaseOpeningError, DatabaseCorruptError.
  static std::unique_ptr<GlassTable> open(const std::filesystem::path& folder,
                                          std::uint64_t revision, Kind kind);

  // The bytes of a block.
  struct Block {
    std::shared_ptr<const std::uint8_t[]> bytes = nullptr;
    std::size_t size = 0;
    const std::uint8_t& operator[](std::size_t at) const { return bytes.get()[at]; }
  };

  std::uint64_t bytes() const { return bytes_; }  // of the file, when it was opened

  // Walks the items in order of their keys; reads no block again that it stands in. The table
  // outlives it.
  class Cursor {
   public:
    explicit Cursor(const GlassTable& table);
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor();

    // Moves to the last item whose key is not after `key`; true when it is that key. REQUIRES: the
    // key is not empty.
    bool find(std::string_view key);
    // Moves to the next item, however many parts this one's value has; false at the end of the
    // table. The key ascends.
    bool next();
    // Of the item; views hold until the cursor moves.
    std::string_view key() const;
    std::string_view value();

   private:
    struct Level {
      std::uint32_t number = 0;
      Block block = {};
      std::size_t at = 0;  // offset of the item's entry in the block's directory
    };
    bool in_this_leaf(std::string_view key) const;
    void descend_to_leaf_of(std::string_view key);
    void descend(std::size_t level, std::uint32_t number);
    bool next_part();
    bool previous();
    bool step_up(std::size_t level, bool forward);
    const std::uint8_t* leaf_item() const;
    bool is_first_part() const;
    std::string_view part(bool first) const;
    void append_parts();

    struct Inflater;

    const GlassTable& table_;
    std::vector<Level> levels_ = {};      // from the leaf up
    std::string value_ = {};              // of a value in several parts, or compressed
    std::string key_ = {};                // of the item before, or of the first part
    std::unique_ptr<Inflater> inflater_;  // when a value was compressed
  };

 private:
  GlassTable(int file, std::uint64_t bytes, Kind kind, std::uint32_t root, std::size_t levels,
             std::size_t block_size, std::uint64_t revision);
  bool may_compress() const { return kind_ == Kind::documents || kind_ == Kind::terms; }
  Block block(std::uint32_t number, std::size_t level) const;
  std::optional<Block> kept_block(std::uint32_t number) const;
  void keep(std::uint32_t number, const Block& block) const;
  Block read_block(std::uint32_t number, std::size_t level) const;
  static const Block& at_level(const Block& block, std::size_t level);

  Descriptor file_;
  std::uint64_t bytes_;
  Kind kind_;
  std::uint32_t root_;
  std::size_t levels_;  // above the leaves
  std::size_t block_size_;
  std::uint64_t revision_;
  // Blocks read lately: when the young are many they become the old, and the old ones before them
  // are forgotten.
  mutable std::mutex blocks_;  // guards both
  mutable std::unordered_map<std::uint32_t, Block> young_;
  mutable std::unordered_map<std::uint32_t, Block> old_;
};

// Xapian's coding of numbers in keys and values: seven bits a byte, the low ones first. Throw
// Xapian::DatabaseCorruptError when the bytes end or hold a larger number.
std::uint32_t unpack_number(const char*& at, const char* end);
// The coding of terms in keys: a NUL is followed by 0xFF, so that what stands behind a term can
// begin with a NUL.
std::string pack_term(std::string_view term);
// The coding of document ids at the end of keys, which sorts as the numbers do.
void append_sortable(std::string& key, std::uint32_t number);
std::uint32_t unpack_sortable(std::string_view bytes);

}  // namespace dateline
