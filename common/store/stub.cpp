#include "common/store/stub.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/terminal_text.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "gen-";
constexpr std::size_t kFewestDigits = 6;
constexpr std::size_t kMostDigits = 18;  // the number fits 64 bits
constexpr std::string_view kWord = "auto ";
constexpr std::size_t kLongestStub = 256;  // bytes; ours have 16

constexpr const char* kForeignGenerationHint =
    "do not use a database that you do not trust; in one of your own, move away what is not of an "
    "index, or restore a backup";

[[noreturn]] void refuse(const fs::path& path, std::string_view why) {
  throw Error(fmt::format("{}: {}", path.string(), why), Remedy{RemedyKind::distrust});
}

[[noreturn]] void refuse_generation(const fs::path& path, std::string_view why) {
  throw Error(fmt::format("{}: {}", path.string(), why), kForeignGenerationHint);
}

[[noreturn]] void cannot_read(const fs::path& path, int error) {
  throw UnreadableError(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(error)),
                        Remedy{RemedyKind::read_as_another_user});
}

std::string read_beginning(int descriptor, const fs::path& path) {
  std::array<char, kLongestStub> buffer{};
  std::size_t length = 0;
  while (length < buffer.size()) {
    const auto got = read(descriptor, buffer.data() + length, buffer.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot_read(path, errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  return {buffer.data(), length};
}

}  // namespace

bool is_generation_name(std::string_view name) {
  if (!name.starts_with(kPrefix)) return false;
  const std::string_view digits = name.substr(kPrefix.size());
  return digits.size() >= kFewestDigits && digits.size() <= kMostDigits &&
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

std::string stub_line(std::string_view generation) {
  return fmt::format("{}{}\n", kWord, generation);
}

std::optional<std::string> read_stub(const fs::path& database) {
  const fs::path path = database / kStubName;
  const Descriptor file(
      open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    struct stat link {};
    const int error = errno;
    if (lstat(path.c_str(), &link) == 0 && !S_ISREG(link.st_mode)) {
      refuse(path, "is no regular file");
    }
    cannot_read(path, error);
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0) cannot_read(path, errno);
  if (!S_ISREG(status.st_mode)) refuse(path, "is no regular file");
  const std::string text = read_beginning(file.get(), path);
  std::string_view line = text;
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (!line.starts_with(kWord) || !is_generation_name(line.substr(kWord.size()))) {
    const std::string_view first = line.substr(0, line.find('\n'));
    const bool more = first.size() < line.size() && first.starts_with(kWord) &&
                      is_generation_name(first.substr(kWord.size()));
    refuse(path,
           more ? fmt::format("has more than its line \"{}\"", first)
                : fmt::format("\"{}\" names no generation of a Dateline index", harmless(first)));
  }
  return std::string(line.substr(kWord.size()));
}

Remedy remedy_without_stub(const fs::path& database, RemedyKind usual) {
  std::error_code failure;
  for (fs::directory_iterator item(database, failure); !failure && item != fs::directory_iterator();
       item.increment(failure)) {
    const std::string name = item->path().filename().string();
    if (!is_generation_name(name) || !fs::is_directory(item->symlink_status(failure))) continue;
    return {.kind = RemedyKind::adopt_beside_lost_stub, .name = name};
  }
  return {.kind = usual};
}

fs::path current_folder(const fs::path& database, RemedyKind usual) {
  const auto generation = read_stub(database);
  if (generation) return generation_folder(database, *generation);
  throw Error(fmt::format("{}: no index there", database.string()),
              remedy_without_stub(database, usual));
}

fs::path generation_folder(const fs::path& database, std::string_view generation) {
  const fs::path folder = database / generation;
  struct stat status {};
  if (lstat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) return folder;
    cannot_read(folder, errno);
  }
  if (!S_ISDIR(status.st_mode)) refuse_generation(folder, "is no folder");
  std::error_code failure;
  fs::directory_iterator item(folder, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    const auto& path = item->path();
    if (path.filename() == kStubName)
      refuse_generation(path, "no stub belongs inside a generation");
    if (lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
      refuse_generation(path, "is no regular file");
    }
    // Xapian takes a table that it may not open for an empty one.
    const bool is_table = path.extension() == ".glass" || path.filename() == "iamglass";
    if (is_table && faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0 && errno != ENOENT) {
      cannot_read(path, errno);
    }
  }
  if (failure && failure != std::errc::no_such_file_or_directory) {
    cannot_read(folder, failure.value());
  }
  return folder;
}

}  // namespace dateline
