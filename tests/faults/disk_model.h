// A disk as strict POSIX has it: only what was synced before a power cut is sure to be there.
//
// The contents of a file are sure after fsync of the file; a name in a folder (made, renamed,
// removed) after fsync of the folder. All else may be lost, kept, kept in part or in another order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/journal.h"

namespace dateline::test {

struct JournalEntry {
  JournalHead head{};
  std::string first;
  std::string second;
};

std::vector<JournalEntry> read_journal(const std::filesystem::path& file);

// How a cut treats what was not synced.
enum class Loss { all_lost, all_kept, names_kept, contents_kept, random };

class DiskModel {
 public:
  // What is below the root now, all of it sure.
  explicit DiskModel(const std::filesystem::path& root);

  void apply(const JournalEntry& entry);
  // What is left of the disk after a cut now, written into an empty folder.
  void cut(const std::filesystem::path& to, Loss loss, std::mt19937_64& random) const;

 private:
  // A write, or a new length (`text` empty and `is_length`).
  struct Change {
    bool is_length = false;
    std::uint64_t at = 0;
    std::string text;
  };
  // `added` names the node; `removed` no longer does. A rename has both.
  struct NameChange {
    std::string added;
    std::string removed;
    int node = 0;
  };
  struct Node {
    bool is_folder = false;
    std::string link;  // a symbolic link's target
    std::string sure;  // contents
    std::vector<Change> unsure;
    std::map<std::string, int> sure_names;
    std::vector<NameChange> unsure_names;
  };

  int load(const std::filesystem::path& path);
  int node_of_inode(std::uint64_t inode) const;
  int folder_of(const std::string& path) const;
  int make(const std::string& path, std::uint64_t inode, bool is_folder);
  void rename(const JournalEntry& entry);
  void unlink(const std::string& path);
  void sync(Node& node);
  void write(const Node& node, const std::filesystem::path& to, Loss loss,
             std::mt19937_64& random) const;

  std::filesystem::path root_;
  std::vector<Node> nodes_;
  std::map<std::uint64_t, int> inodes_;
  std::map<std::string, int> paths_;  // as a program sees it
};

}  // namespace dateline::test
