// Who may read and replace what a run makes?
//
// Owner, group and mode are those of the database's folder, whoever runs and whatever the umask: of
// a folder "drwxr-s--- dateline readers" a generation's files are "-rw-r----- dateline readers",
// also when root's hand ran --compact once.
#pragma once

#include <sys/types.h>

#include <filesystem>

namespace dateline {

class FolderRights {
 public:
  // Throws Error, saying as whom to run, when files of this user could not be replaced by the
  // folder's owner.
  explicit FolderRights(const std::filesystem::path& folder);

  // Gives a file, or a folder and the files in it, to the owner and group of the database's folder,
  // with its mode. Links are left alone, and files of another user. Throws Error when the owner
  // could not replace them.
  void give(const std::filesystem::path& made) const;

  // The mode of a file; of a folder.
  mode_t file_mode() const { return mode_ & 0666; }
  mode_t folder_mode() const { return mode_ & 0777; }

 private:
  void give_one(const std::filesystem::path& made) const;

  std::filesystem::path folder_;
  uid_t owner_;
  gid_t group_;
  mode_t mode_;
};

// While it lives, the files this process makes get the mode of the folder: Xapian makes its own.
class FolderModes {
 public:
  explicit FolderModes(const FolderRights& rights);
  FolderModes(const FolderModes&) = delete;
  FolderModes& operator=(const FolderModes&) = delete;
  ~FolderModes();

 private:
  mode_t before_;
};

}  // namespace dateline
