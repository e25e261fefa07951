// Preloaded into a program under test: writes down every change below a folder, in order, for a
// disk to be rebuilt as a power cut may leave it (disk_model.h reads it).
//
//   DATELINE_JOURNAL_ROOT=FOLDER   whose changes are written down
//   DATELINE_JOURNAL=FILE          where to: JournalHead, then two texts, for each change
//
// What it cannot follow (links, copies inside the kernel, folders that are renamed, writable maps)
// is written down as such, and the test fails.
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "tests/faults/journal.h"

extern "C" {
char* getenv(const char* name);
char* strcpy(char* to, const char* from);
int snprintf(char* to, size_t bytes, const char* format, ...);
int strncmp(const char* a, const char* b, size_t bytes);
size_t strlen(const char* text);
long syscall(long number, ...);
}

namespace {

using dateline::test::JournalHead;

constexpr int kHere = -100;  // AT_FDCWD
constexpr size_t kPath = 4096;
using Path = char[kPath];

struct State {  // struct stat of x86-64 and arm64 begin alike
  uint64_t device;
  uint64_t inode;
  char rest[256];
};

struct Piece {
  const void* from;
  size_t bytes;
};

char root[kPath];
int journal = -1;
int busy = 0;  // a lock that spins: a call and its line belong together

class Turn {
 public:
  Turn() {
    while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) {
    }
  }
  ~Turn() { __atomic_clear(&busy, __ATOMIC_RELEASE); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

bool is_below_root(const char* path) {
  const size_t length = strlen(root);
  return length > 0 && strncmp(path, root, length) == 0 &&
         (path[length] == '/' || path[length] == '\0');
}

void path_of_file(int file, Path& path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const long length = syscall(SYS_readlinkat, kHere, link, path, kPath - 1);
  path[length > 0 ? length : 0] = '\0';
}

void resolve(int folder, const char* name, Path& path) {
  if (name[0] == '/') {
    snprintf(path, kPath, "%s", name);
    return;
  }
  Path base;
  if (folder == kHere) {
    if (syscall(SYS_getcwd, base, kPath) < 0) base[0] = '\0';
  } else {
    path_of_file(folder, base);
  }
  const size_t length = strlen(base);
  snprintf(path, kPath, "%.2000s/%.2000s", base, name);
  if (name[0] == '.' && name[1] == '\0') path[length] = '\0';
}

uint64_t inode_at(const char* path) {
  State state{};
  constexpr int kNoFollow = 0x100;
  return syscall(SYS_newfstatat, kHere, path, &state, kNoFollow) == 0 ? state.inode : 0;
}

uint64_t inode_of(int file) {
  State state{};
  return syscall(SYS_fstat, file, &state) == 0 ? state.inode : 0;
}

bool is_watched(int file) {
  if (journal < 0 || file == journal) return false;
  Path path;
  path_of_file(file, path);
  return is_below_root(path);
}

void put(const void* from, size_t bytes) {
  const char* at = static_cast<const char*>(from);
  while (bytes > 0) {
    const long put = syscall(SYS_write, journal, at, bytes);
    if (put <= 0) return;
    at += put;
    bytes -= static_cast<size_t>(put);
  }
}

void note(char what, uint64_t inode, uint64_t offset, Piece first, Piece second = {nullptr, 0}) {
  const int kept = errno;
  const JournalHead head{what, inode, offset, first.bytes, second.bytes};
  put(&head, sizeof head);
  put(first.from, first.bytes);
  put(second.from, second.bytes);
  errno = kept;
}

Piece text(const char* path) { return {path, strlen(path)}; }

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

long offset_of(int file) { return syscall(SYS_lseek, file, 0L, 1); }

int open_noting(int folder, const char* name, int flags, unsigned mode) {
  constexpr int kWriting = 3;
  constexpr int kCreate = 0100;
  constexpr int kTruncate = 01000;
  const Turn turn;
  Path path;
  resolve(folder, name, path);
  const bool watched = journal >= 0 && is_below_root(path) && (flags & (kWriting | kCreate)) != 0;
  const bool was_there = watched && inode_at(path) != 0;
  const long file = syscall(SYS_openat, folder, name, flags, mode);
  if (file < 0) {
    errno = static_cast<int>(errno);
    return -1;
  }
  if (watched && !was_there) note('C', inode_of(static_cast<int>(file)), 0, text(path));
  if (watched && was_there && (flags & kTruncate) != 0) {
    note('T', inode_of(static_cast<int>(file)), 0, {});
  }
  return static_cast<int>(file);
}

// fopen of a mode that writes: the C library opens it out of sight.
void* fopen_noting(void* (*real)(const char*, const char*), const char* name, const char* mode) {
  const Turn turn;
  Path path;
  resolve(kHere, name, path);
  const bool watched = journal >= 0 && is_below_root(path) && mode[0] != 'r';
  const bool was_there = watched && inode_at(path) != 0;
  void* const stream = real(name, mode);
  if (stream == nullptr || !watched) return stream;
  if (!was_there)
    note('C', inode_at(path), 0, text(path));
  else if (mode[0] == 'w')
    note('T', inode_at(path), 0, {});
  return stream;
}

int rename_noting(int folder, const char* from, int other, const char* to, unsigned flags) {
  const Turn turn;
  Path source;
  Path target;
  resolve(folder, from, source);
  resolve(other, to, target);
  const uint64_t inode = inode_at(source);
  const long result = syscall(SYS_renameat2, folder, from, other, to, flags);
  if (result == 0 && journal >= 0 && (is_below_root(source) || is_below_root(target))) {
    note(flags == 0 ? 'R' : 'X', inode, 0, text(source), text(target));
  }
  return static_cast<int>(result);
}

int unlink_noting(int folder, const char* name, int flags) {
  const Turn turn;
  Path path;
  resolve(folder, name, path);
  const long result = syscall(SYS_unlinkat, folder, name, flags);
  if (result == 0 && journal >= 0 && is_below_root(path)) note('U', 0, 0, text(path));
  return static_cast<int>(result);
}

int mkdir_noting(int folder, const char* name, unsigned mode) {
  const Turn turn;
  Path path;
  resolve(folder, name, path);
  const long result = syscall(SYS_mkdirat, folder, name, mode);
  if (result == 0 && journal >= 0 && is_below_root(path)) note('M', inode_at(path), 0, text(path));
  return static_cast<int>(result);
}

long written(int file, const void* from, long put, long offset) {
  if (put > 0 && is_watched(file)) {
    note('W', inode_of(file), static_cast<uint64_t>(offset), {from, static_cast<size_t>(put)});
  }
  return put;
}

int synced(int file, long result) {
  if (result == 0 && is_watched(file)) note('S', inode_of(file), 0, {});
  return static_cast<int>(result);
}

void unfollowed(int file, const char* what) {
  if (is_watched(file)) note('X', inode_of(file), 0, text(what));
}

constexpr int kRemoveFolder = 0x200;  // AT_REMOVEDIR

__attribute__((constructor)) void begin() {
  const char* folder = getenv("DATELINE_JOURNAL_ROOT");
  const char* file = getenv("DATELINE_JOURNAL");
  if (folder == nullptr || file == nullptr || strlen(folder) >= kPath) return;
  strcpy(root, folder);
  constexpr int kAppend = 02000 | 0100 | 1 | 02000000;  // O_APPEND O_CREAT O_WRONLY O_CLOEXEC
  journal = static_cast<int>(syscall(SYS_openat, kHere, file, kAppend, 0644));
}

}  // namespace

#define OPEN(name, parameters, folder)             \
  int name parameters {                            \
    va_list list;                                  \
    va_start(list, flags);                         \
    const unsigned mode = va_arg(list, unsigned);  \
    va_end(list);                                  \
    return open_noting(folder, path, flags, mode); \
  }
#define PWRITE(name)                                                                      \
  long name(int file, const void* from, size_t bytes, long offset) {                      \
    const Turn turn;                                                                      \
    return written(file, from, syscall(SYS_pwrite64, file, from, bytes, offset), offset); \
  }
#define TRUNCATE(name)                                             \
  int name(int file, long bytes) {                                 \
    const Turn turn;                                               \
    const long result = syscall(SYS_ftruncate, file, bytes);       \
    if (result == 0 && is_watched(file))                           \
      note('T', inode_of(file), static_cast<uint64_t>(bytes), {}); \
    return static_cast<int>(result);                               \
  }
#define SYNC(name, number)                      \
  int name(int file) {                          \
    const Turn turn;                            \
    return synced(file, syscall(number, file)); \
  }

#pragma GCC visibility push(default)
extern "C" {

OPEN(open, (const char* path, int flags, ...), kHere)
OPEN(open64, (const char* path, int flags, ...), kHere)
OPEN(openat, (int folder, const char* path, int flags, ...), folder)
OPEN(openat64, (int folder, const char* path, int flags, ...), folder)
int creat(const char* path, unsigned mode) {
  return open_noting(kHere, path, 01000 | 0100 | 1, mode);
}
int creat64(const char* path, unsigned mode) { return creat(path, mode); }

void* fopen(const char* path, const char* mode) {
  return fopen_noting(next<void*(const char*, const char*)>("fopen"), path, mode);
}
void* fopen64(const char* path, const char* mode) {
  return fopen_noting(next<void*(const char*, const char*)>("fopen64"), path, mode);
}

long write(int file, const void* from, size_t bytes) {
  const Turn turn;
  const long put = syscall(SYS_write, file, from, bytes);
  return written(file, from, put, is_watched(file) ? offset_of(file) - put : 0);
}
long writev(int file, const Piece* pieces, int count) {
  long total = 0;
  for (int i = 0; i < count; ++i) {
    const long put = write(file, pieces[i].from, pieces[i].bytes);
    if (put < 0) return total > 0 ? total : -1;
    total += put;
  }
  return total;
}
PWRITE(pwrite)
PWRITE(pwrite64)
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)
SYNC(fsync, SYS_fsync)
SYNC(fdatasync, SYS_fdatasync)

int rename(const char* from, const char* to) { return rename_noting(kHere, from, kHere, to, 0); }
int renameat(int folder, const char* from, int other, const char* to) {
  return rename_noting(folder, from, other, to, 0);
}
int renameat2(int folder, const char* from, int other, const char* to, unsigned flags) {
  return rename_noting(folder, from, other, to, flags);
}
int unlink(const char* path) { return unlink_noting(kHere, path, 0); }
int unlinkat(int folder, const char* path, int flags) { return unlink_noting(folder, path, flags); }
int rmdir(const char* path) { return unlink_noting(kHere, path, kRemoveFolder); }
int remove(const char* path) {
  if (unlink_noting(kHere, path, 0) == 0) return 0;
  return errno == EISDIR ? unlink_noting(kHere, path, kRemoveFolder) : -1;
}
int mkdir(const char* path, unsigned mode) { return mkdir_noting(kHere, path, mode); }
int mkdirat(int folder, const char* path, unsigned mode) {
  return mkdir_noting(folder, path, mode);
}

// Not followed.
long sendfile(int to, int from, long* offset, size_t bytes) {
  unfollowed(to, "sendfile");
  return syscall(SYS_sendfile, to, from, offset, bytes);
}
long copy_file_range(int from, long* at, int to, long* there, size_t bytes, unsigned flags) {
  unfollowed(to, "copy_file_range");
  return syscall(SYS_copy_file_range, from, at, to, there, bytes, flags);
}
int link(const char* from, const char* to) {
  note('X', 0, 0, text("link"));
  return static_cast<int>(syscall(SYS_linkat, kHere, from, kHere, to, 0));
}

}  // extern "C"
#pragma GCC visibility pop
