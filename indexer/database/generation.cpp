#include "indexer/database/generation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ranges>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/terminal_text.h"
#include "indexer/database/adoption.h"
#include "indexer/database/folder_rights.h"
#include "indexer/database/run_history.h"
#include "indexer/database/run_lock.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "gen-";
constexpr mode_t kStubMode = 0644;

[[noreturn]] void fail(const fs::path& path, std::string_view what, int error) {
  throw Error(fmt::format("{}: {}: {}", path.string(), what, std::strerror(error)));
}

// Names in a folder. Throws Error when it cannot be listed to the end: then nothing is known.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  fs::directory_iterator item(folder, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    names.push_back(item->path().filename().string());
  }
  if (failure) {
    throw Error(fmt::format("{}: cannot be listed: {}", folder.string(), failure.message()));
  }
  std::ranges::sort(names);
  return names;
}

bool is_own_folder(const fs::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) == 0) return S_ISDIR(status.st_mode);
  if (errno == ENOENT) return false;
  fail(path, "cannot be looked at", errno);
}

constexpr const char* kCopyName = "copy.tmp";

// What Xapian and we make in a generation.
bool is_table(const std::string& name) {
  constexpr std::array kTables = {"iamglass",       "flintlock",      "postlist.glass",
                                  "docdata.glass",  "termlist.glass", "position.glass",
                                  "spelling.glass", "synonym.glass",  "v.tmp",
                                  kUnfinishedFile,  kCopyName};
  return std::ranges::find(kTables, name) != kTables.end();
}

// Something is mounted there: a folder, or a file, of somebody else's.
bool is_mounted(const fs::path& path) {
  struct statx state {};
  return statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, 0, &state) == 0 &&
         (state.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

// Why a folder is not one that runs made and nothing else is in; "" when it is. Nothing is removed
// then, not even what could be.
std::string why_foreign(const fs::path& folder, const std::vector<std::string>& names) {
  if (is_mounted(folder)) return "something is mounted there; it was left";
  for (const auto& name : names) {
    struct stat status {};
    if (!is_table(name) ||
        (lstat((folder / name).c_str(), &status) == 0 && S_ISDIR(status.st_mode))) {
      return fmt::format("holds \"{}\", which is none of an index; it was left", name);
    }
    if (is_mounted(folder / name)) {
      return fmt::format("something is mounted on \"{}\"; it was left", name);
    }
  }
  return "";
}

std::uint64_t number_of(const std::string& generation) {
  std::uint64_t number = 0;
  std::from_chars(generation.data() + kPrefix.size(), generation.data() + generation.size(),
                  number);
  return number;
}

// To the disk; 0 or an errno. Some file systems have nothing to sync for a folder and say so.
int synced(const fs::path& path, int flags) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags);
  if (descriptor < 0) return errno;
  int error = fsync(descriptor) == 0 ? 0 : errno;
  if ((flags & O_DIRECTORY) != 0 && error == EINVAL) error = 0;
  if (close(descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
  return error;
}

int written(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

// A file that was not there, its bytes on the disk. When it cannot be, it is not there either.
void write_new_file(const fs::path& file, std::string_view text) {
  const int descriptor =
      open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kStubMode);
  if (descriptor < 0) fail(file, "cannot be made", errno);
  int error = written(descriptor, text);
  if (error == 0 && fsync(descriptor) != 0) error = errno;
  if (close(descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
  if (error == 0) return;
  unlink(file.c_str());
  fail(file, "cannot be written", error);
}

void write_stub(const fs::path& database, const std::string& generation) {
  const fs::path fresh = database / kNewStubName;
  if (unlink(fresh.c_str()) != 0 && errno != ENOENT) fail(fresh, "cannot be replaced", errno);
  write_new_file(fresh, stub_line(generation));
  try {
    FolderRights(database).give(fresh);
    if (rename(fresh.c_str(), (database / kStubName).c_str()) != 0) {
      fail(database / kStubName, "cannot be replaced", errno);
    }
  } catch (...) {  // memory may be short as well
    unlink(fresh.c_str());
    throw;
  }
}

// As far as can be: what failed is told by who calls.
void put_back_stub(const fs::path& database, const std::optional<std::string>& generation) {
  try {
    if (generation) {
      write_stub(database, *generation);
    } else {
      unlink((database / kStubName).c_str());
    }
  } catch (const std::exception&) {
  }
}

// What a first run leaves that was killed before readers saw anything.
bool is_left_by_first_run(const fs::path& database, const std::string& name) {
  const fs::path path = database / name;
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return false;
  if (name == kLockName) return is_lock_of_run(path);
  if (name.starts_with(kHistoryName) || name == kNewStubName) return S_ISREG(status.st_mode);
  return is_generation_name(name) && S_ISDIR(status.st_mode) &&
         std::ranges::all_of(names_in(path), is_table);
}

}  // namespace

std::optional<std::string> current_generation(const fs::path& database) {
  return read_stub(database);
}

std::vector<std::string> generations(const fs::path& database) {
  auto names = names_in(database);
  std::erase_if(names, [&](const std::string& name) {
    return !is_generation_name(name) || !is_own_folder(database / name);
  });
  std::ranges::sort(names, {}, number_of);
  return names;
}

std::string make_generation(const fs::path& database) {
  std::uint64_t highest = 0;
  for (const auto& name : names_in(database)) {
    if (is_generation_name(name)) highest = std::max(highest, number_of(name));
  }
  const FolderRights rights(database);
  std::string name = fmt::format("{}{:06}", kPrefix, highest + 1);
  if (!is_generation_name(name)) {
    throw Error(fmt::format("{}: no number after gen-{} is left for another generation",
                            database.string(), highest),
                "move that folder away");
  }
  const fs::path folder = database / name;
  if (mkdir(folder.c_str(), rights.folder_mode()) != 0) fail(folder, "cannot be made", errno);
  try {
    rights.give(folder);
  } catch (...) {
    rmdir(folder.c_str());
    throw;
  }
  return name;
}

void sync_folder(const fs::path& folder) {
  if (const int error = synced(folder, O_DIRECTORY); error != 0) {
    fail(folder, "cannot be brought to the disk", error);
  }
}

void sync_generation(const fs::path& database, const std::string& generation) {
  const fs::path folder = database / generation;
  for (const auto& name : names_in(folder)) {
    if (const int error = synced(folder / name, 0); error != 0) {
      fail(folder / name, "cannot be brought to the disk", error);
    }
  }
  sync_folder(folder);
  sync_folder(database);
}

namespace {

int copied(int from, int to) {
  std::array<char, 1 << 16> buffer{};
  for (;;) {
    const auto got = read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? errno : 0;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
    if (const int error = written(to, text); error != 0) return error;
  }
}

// Puts a copy, on the disk, in the place of a file that has other names.
void copy_in_place(const fs::path& file, const fs::path& copy, const FolderRights& rights) {
  const Descriptor from(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!from) fail(file, "cannot be read", errno);
  if (unlink(copy.c_str()) != 0 && errno != ENOENT) fail(copy, "cannot be replaced", errno);
  Descriptor to(open(copy.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!to) fail(copy, "cannot be made", errno);
  int error = copied(from.get(), to.get());
  if (error == 0 && (fsync(to.get()) != 0 || !to.close())) error = errno;
  try {
    if (error != 0) fail(copy, "cannot be written", error);
    rights.give(copy);
    if (rename(copy.c_str(), file.c_str()) != 0) fail(file, "cannot be replaced", errno);
  } catch (...) {
    unlink(copy.c_str());
    throw;
  }
}

}  // namespace

void part_from_links(const fs::path& database, const std::string& generation) {
  const fs::path folder = generation_folder(database, generation);
  const FolderRights rights(database);
  bool parted = false;
  for (const auto& name : names_in(folder)) {
    struct stat status {};
    if (lstat((folder / name).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (status.st_nlink < 2 || !is_table(name)) continue;
    copy_in_place(folder / name, folder / kCopyName, rights);
    parted = true;
  }
  if (parted) sync_folder(folder);
}

bool is_there(const fs::path& database, const std::string& generation) {
  struct stat status {};
  const fs::path folder = database / generation;
  if (lstat(folder.c_str(), &status) == 0) return true;
  if (errno == ENOENT) return false;
  fail(folder, "cannot be looked at", errno);
}

void publish_generation(const fs::path& database, const std::string& generation) {
  std::optional<std::string> before;
  try {
    before = current_generation(database);
  } catch (const Error&) {  // --adopt replaces what is no stub of ours
  }
  write_stub(database, generation);
  try {
    sync_folder(database);
  } catch (...) {
    put_back_stub(database, before);
    throw;
  }
}

std::string remove_generation(const fs::path& database, const std::string& generation) try {
  const fs::path folder = database / generation;
  if (!is_generation_name(generation) || !is_own_folder(folder)) {
    return fmt::format("{}: is no generation; it was left", folder.string());
  }
  if (current_generation(database) == generation) {
    return fmt::format("{}: is what readers see; it was left", folder.string());
  }
  const auto names = names_in(folder);
  if (const std::string why = why_foreign(folder, names); !why.empty()) {
    return fmt::format("{}: {}", folder.string(), harmless(why));
  }
  // What opens a half removed generation should find no database.
  std::string first_failure;
  const auto remove = [&](const std::string& name) {
    if (unlink((folder / name).c_str()) != 0 && errno != ENOENT && first_failure.empty()) {
      first_failure = std::strerror(errno);
    }
  };
  if (std::ranges::find(names, "iamglass") != names.end()) remove("iamglass");
  for (const auto& name : names) {
    if (first_failure.empty() && name != "iamglass") remove(name);
  }
  if (first_failure.empty() && rmdir(folder.c_str()) != 0) first_failure = std::strerror(errno);
  return first_failure.empty()
             ? ""
             : fmt::format("{}: cannot be removed: {}", folder.string(), first_failure);
} catch (const Error& error) {
  return error.what();
}

std::vector<std::string> remove_other_generations(const fs::path& database,
                                                  const std::vector<std::string>& kept) try {
  std::vector<std::string> left;
  for (const auto& name : generations(database)) {
    if (std::ranges::find(kept, name) != kept.end()) continue;
    if (auto why = remove_generation(database, name); !why.empty()) left.push_back(std::move(why));
  }
  return left;
} catch (const Error& error) {
  return {error.what()};
}

std::string damaged_name(const std::string& generation) { return "damaged-" + generation; }
std::string spare_name(const std::string& generation) { return "spare-" + generation; }

void set_aside_generation(const fs::path& database, const std::string& generation,
                          const std::string& name) {
  const fs::path kept = database / name;
  if (rename((database / generation).c_str(), kept.c_str()) != 0) {
    fail(kept, "the old index cannot be kept there", errno);
  }
  sync_folder(database);
}

std::uint64_t generation_bytes(const fs::path& database, const std::string& generation) {
  std::uint64_t total = 0;
  for (const auto& name : names_in(database / generation)) {
    struct stat status {};
    if (lstat((database / generation / name).c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      total += static_cast<std::uint64_t>(status.st_size);
    }
  }
  return total;
}

bool is_database_folder(const fs::path& database) try {
  if (read_stub(database)) return true;
  const auto names = names_in(database);
  return !names.empty() && std::ranges::all_of(names, [&](const std::string& name) {
    return is_left_by_first_run(database, name);
  });
} catch (const Error&) {
  return false;
}

std::vector<fs::path> make_folders(const fs::path& path) {
  std::vector<fs::path> missing;
  fs::path at = fs::absolute(path).lexically_normal();
  if (at.filename().empty()) at = at.parent_path();
  for (; !fs::exists(at) && at.has_relative_path(); at = at.parent_path()) missing.push_back(at);
  std::vector<fs::path> made;
  try {
    for (const auto& folder : missing | std::views::reverse) {
      if (mkdir(folder.c_str(), 0777) != 0) fail(folder, "cannot be made", errno);
      made.push_back(folder);
      sync_folder(folder.parent_path());
    }
  } catch (...) {
    for (const auto& one : made | std::views::reverse) rmdir(one.c_str());
    throw;
  }
  return made;
}

void prepare_database_folder(const fs::path& database) {
  std::error_code failure;
  const auto status = fs::status(database, failure);
  if (status.type() == fs::file_type::not_found) {
    make_folders(database);
    return;
  }
  if (failure) throw Error(fmt::format("{}: {}", database.string(), failure.message()));
  if (status.type() != fs::file_type::directory) {
    throw Error(fmt::format("{}: is no folder", database.string()),
                Remedy{RemedyKind::own_database_folder});
  }
  if (read_stub(database)) {
    [[maybe_unused]] const FolderRights rights{database};  // says as whom to run
    return;
  }
  for (const auto& name : names_in(database)) {
    if (is_left_by_first_run(database, name)) continue;
    refuse_unpublished_generations(database);
    throw Error(
        fmt::format("{}: is no Dateline index and not empty: \"{}\"", database.string(), name),
        Remedy{RemedyKind::empty_database_folder});
  }
}

}  // namespace dateline
