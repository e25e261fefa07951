#include "indexer/database/folder_rights.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "common/error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kWrittenByOthers = 0022;  // by the group, or by all

std::string name_of(uid_t user) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found);
  return found == nullptr ? fmt::format("user {}", user) : std::string(entry.pw_name);
}

[[noreturn]] void refuse(const fs::path& path, std::string_view why, uid_t owner) {
  throw Error(fmt::format("{}: {}", path.string(), why),
              fmt::format("run it as {}, to whom the database's folder belongs", name_of(owner)));
}

}  // namespace

FolderRights::FolderRights(const fs::path& folder) : folder_(folder) {
  struct stat status {};
  if (stat(folder.c_str(), &status) != 0) {
    throw Error(fmt::format("{}: {}", folder.string(), std::strerror(errno)));
  }
  owner_ = status.st_uid;
  group_ = status.st_gid;
  mode_ = status.st_mode & 07777;
  if (faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    const std::string why = fmt::format("cannot be written: {}", std::strerror(errno));
    if (errno == EACCES && owner_ != geteuid()) refuse(folder, why, owner_);
    throw Error(fmt::format("{}: {}", folder.string(), why));
  }
  const uid_t self = geteuid();
  if (self != 0 && self != owner_ && (mode_ & kWrittenByOthers) == 0) {
    refuse(folder, "belongs to another user", owner_);
  }
}

void FolderRights::give_one(const fs::path& made) const {
  const int file = open(made.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) {
    if (errno == ENOENT || errno == ELOOP) {
      return;  // Xapian's own temporary file has gone; a link is not ours
    }
    throw Error(fmt::format("{}: {}", made.string(), std::strerror(errno)));
  }
  struct stat status {};
  const uid_t self = geteuid();
  const bool known = fstat(file, &status) == 0;
  const bool is_folder = S_ISDIR(status.st_mode);
  // A second name of a file could be one outside the database.
  if (known && status.st_uid == self &&
      (is_folder || (S_ISREG(status.st_mode) && status.st_nlink == 1))) {
    const mode_t mode = is_folder ? folder_mode() | (mode_ & S_ISGID) : file_mode();
    const uid_t owner = self == 0 ? owner_ : self;
    bool given = true;
    if (status.st_uid != owner || status.st_gid != group_) given = fchown(file, owner, group_) == 0;
    if ((status.st_mode & 07777) != mode && fchmod(file, mode) != 0) given = false;
    // What the owner cannot replace would stop every later night.
    if (!given && self != owner_ && (mode_ & kWrittenByOthers) == 0) {
      const std::string why = fmt::format("cannot be given to its owner: {}", std::strerror(errno));
      close(file);
      refuse(made, why, owner_);
    }
  }
  close(file);
}

void FolderRights::give(const fs::path& made) const {
  give_one(made);
  std::error_code failure;
  if (!fs::is_directory(fs::symlink_status(made, failure))) return;
  fs::directory_iterator item(made, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    give_one(item->path());
  }
  if (failure) {
    throw Error(fmt::format("{}: cannot be listed: {}", made.string(), failure.message()));
  }
}

FolderModes::FolderModes(const FolderRights& rights)
    : before_(umask(static_cast<mode_t>(~rights.folder_mode() & 0777))) {}
FolderModes::~FolderModes() { umask(before_); }

}  // namespace dateline
