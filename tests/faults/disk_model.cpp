#include "tests/faults/disk_model.h"

#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

#include "tests/support/temporary_folder.h"

namespace dateline::test {
namespace {

namespace fs = std::filesystem;

std::uint64_t inode_at(const fs::path& path) {
  struct stat state {};
  if (lstat(path.c_str(), &state) != 0) throw std::runtime_error("no " + path.string());
  return state.st_ino;
}

void write_at(std::string& text, std::uint64_t at, std::string_view bytes) {
  if (text.size() < at + bytes.size()) text.resize(at + bytes.size());
  text.replace(at, bytes.size(), bytes);
}

bool by_chance(std::mt19937_64& random) { return random() % 2 == 0; }

}  // namespace

std::vector<JournalEntry> read_journal(const fs::path& file) {
  std::vector<JournalEntry> entries;
  std::ifstream in(file, std::ios::binary);
  JournalEntry entry;
  while (in.read(reinterpret_cast<char*>(&entry.head), sizeof entry.head)) {
    entry.first.resize(entry.head.first_bytes);
    entry.second.resize(entry.head.second_bytes);
    in.read(entry.first.data(), static_cast<std::streamsize>(entry.first.size()));
    in.read(entry.second.data(), static_cast<std::streamsize>(entry.second.size()));
    entries.push_back(entry);
  }
  return entries;
}

DiskModel::DiskModel(const fs::path& root) : root_(root) { load(root); }

int DiskModel::load(const fs::path& path) {
  const int number = make(path, inode_at(path), fs::is_directory(fs::symlink_status(path)));
  if (fs::is_symlink(path)) {
    nodes_[static_cast<std::size_t>(number)].link = fs::read_symlink(path);
  } else if (fs::is_directory(path)) {
    for (const auto& item : fs::directory_iterator(path)) {
      const int child = load(item.path());
      nodes_[static_cast<std::size_t>(number)].sure_names[item.path().filename()] = child;
    }
  } else {
    nodes_[static_cast<std::size_t>(number)].sure = read_file(path);
  }
  return number;
}

int DiskModel::make(const std::string& path, std::uint64_t inode, bool is_folder) {
  const int number = static_cast<int>(nodes_.size());
  nodes_.push_back({});
  nodes_.back().is_folder = is_folder;
  inodes_[inode] = number;
  paths_[path] = number;
  return number;
}

int DiskModel::node_of_inode(std::uint64_t inode) const {
  const auto found = inodes_.find(inode);
  if (found == inodes_.end()) throw std::runtime_error("a file that the journal does not know");
  return found->second;
}

int DiskModel::folder_of(const std::string& path) const {
  return paths_.at(fs::path(path).parent_path());
}

void DiskModel::apply(const JournalEntry& entry) {
  const auto& head = entry.head;
  const auto node = [&]() -> Node& {
    return nodes_[static_cast<std::size_t>(node_of_inode(head.inode))];
  };
  switch (head.what) {
    case 'C':
    case 'M': {
      const int made = make(entry.first, head.inode, head.what == 'M');
      const auto folder = static_cast<std::size_t>(folder_of(entry.first));
      const std::string name = fs::path(entry.first).filename();
      nodes_[folder].unsure_names.push_back({name, "", made});
      return;
    }
    case 'W':
      node().unsure.push_back({false, head.offset, entry.first});
      return;
    case 'T':
      node().unsure.push_back({true, head.offset, ""});
      return;
    case 'S':
      sync(node());
      return;
    case 'R':
      rename(entry);
      return;
    case 'U':
      unlink(entry.first);
      return;
    default:
      throw std::runtime_error("the journal cannot follow: " + entry.first);
  }
}

void DiskModel::rename(const JournalEntry& entry) {
  const int folder = folder_of(entry.first);
  if (folder != folder_of(entry.second)) throw std::runtime_error("renamed into another folder");
  const int moved = paths_.at(entry.first);
  if (nodes_[static_cast<std::size_t>(moved)].is_folder) throw std::runtime_error("folder renamed");
  paths_.erase(entry.first);
  paths_[entry.second] = moved;
  nodes_[static_cast<std::size_t>(folder)].unsure_names.push_back(
      {fs::path(entry.second).filename(), fs::path(entry.first).filename(), moved});
}

void DiskModel::unlink(const std::string& path) {
  nodes_[static_cast<std::size_t>(folder_of(path))].unsure_names.push_back(
      {"", fs::path(path).filename(), 0});
  paths_.erase(path);
}

void DiskModel::sync(Node& node) {
  for (const auto& change : node.unsure) {
    if (change.is_length)
      node.sure.resize(change.at);
    else
      write_at(node.sure, change.at, change.text);
  }
  node.unsure.clear();
  for (const auto& change : node.unsure_names) {
    if (!change.removed.empty()) node.sure_names.erase(change.removed);
    if (!change.added.empty()) node.sure_names[change.added] = change.node;
  }
  node.unsure_names.clear();
}

void DiskModel::cut(const fs::path& to, Loss loss, std::mt19937_64& random) const {
  write(nodes_.front(), to, loss, random);
}

void DiskModel::write(const Node& node, const fs::path& to, Loss loss,
                      std::mt19937_64& random) const {
  const bool keeps_names = loss == Loss::all_kept || loss == Loss::names_kept;
  const bool keeps_contents = loss == Loss::all_kept || loss == Loss::contents_kept;
  if (!node.link.empty()) {
    fs::create_symlink(node.link, to);
    return;
  }
  if (!node.is_folder) {
    std::string contents = node.sure;
    for (const auto& change : node.unsure) {
      if (loss == Loss::random ? by_chance(random) : !keeps_contents) continue;
      const bool halved = loss == Loss::random && random() % 4 == 0;
      if (change.is_length)
        contents.resize(change.at);
      else
        write_at(contents, change.at, change.text.substr(0, change.text.size() / (halved ? 2 : 1)));
    }
    write_file(to, contents);
    return;
  }
  auto names = node.sure_names;
  for (const auto& change : node.unsure_names) {
    if (loss == Loss::random ? by_chance(random) : !keeps_names) continue;
    if (!change.removed.empty()) names.erase(change.removed);
    if (!change.added.empty()) names[change.added] = change.node;
  }
  fs::create_directory(to);
  for (const auto& [name, child] : names) {
    write(nodes_[static_cast<std::size_t>(child)], to / name, loss, random);
  }
}

}  // namespace dateline::test
