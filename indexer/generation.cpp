#include "indexer/generation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "common/error.h"
#include "common/stub.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "gen-";

void write_durably(const fs::path& file, const std::string& text) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool written = descriptor >= 0 && write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(descriptor) == 0;
  const std::string why = std::strerror(errno);
  if (descriptor >= 0) close(descriptor);
  if (!written) throw Error(fmt::format("{}: {}", file.string(), why));
}

void sync_folder(const fs::path& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

std::optional<std::string> current_generation(const fs::path& database) { return read_stub(database); }

std::vector<std::string> generations(const fs::path& database) {
  std::vector<std::string> names;
  std::error_code failure;
  fs::directory_iterator item(database, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    auto name = item->path().filename().string();
    if (is_generation_name(name)) names.push_back(std::move(name));
  }
  if (failure) throw Error(fmt::format("{}: cannot be listed: {}", database.string(), failure.message()));
  std::ranges::sort(names);
  return names;
}

std::string next_generation(const fs::path& database) {
  std::uint64_t highest = 0;
  for (const auto& name : generations(database)) {
    std::uint64_t number = 0;
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
    highest = std::max(highest, number);
  }
  return fmt::format("{}{:06}", kPrefix, highest + 1);
}

void publish_generation(const fs::path& database, const std::string& generation) {
  const fs::path fresh = database / "XAPIANDB.new";
  write_durably(fresh, stub_line(generation));
  fs::rename(fresh, database / kStubName);
  sync_folder(database);
}

void remove_other_generations(const fs::path& database, const std::vector<std::string>& kept) {
  for (const auto& name : generations(database)) {
    const bool ours = fs::is_directory(fs::symlink_status(database / name));
    if (ours && std::ranges::find(kept, name) == kept.end()) fs::remove_all(database / name);
  }
}

std::string damaged_name(const std::string& generation) { return "damaged-" + generation; }

void set_aside_generation(const fs::path& database, const std::string& generation) {
  fs::rename(database / generation, database / damaged_name(generation));
}

std::uint64_t generation_bytes(const fs::path& database, const std::string& generation) {
  std::uint64_t total = 0;
  for (const auto& item : fs::directory_iterator(database / generation)) total += item.is_regular_file() ? item.file_size() : 0;
  return total;
}

void prepare_database_folder(const fs::path& database) {
  std::error_code failure;
  if (!fs::exists(database, failure)) {
    fs::create_directories(database, failure);
    if (failure) throw Error(fmt::format("{}: cannot be made: {}", database.string(), failure.message()));
    return;
  }
  if (!fs::is_directory(database, failure)) throw Error(fmt::format("{}: is no folder", database.string()), "name a folder of its own with --db");
  if (fs::exists(database / kStubName) || fs::exists(database / "lock") || fs::is_empty(database, failure)) return;
  throw Error(fmt::format("{}: is no Dateline index and not empty", database.string()), "name an empty or new folder with --db");
}

}  // namespace dateline
