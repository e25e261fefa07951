// Preloaded into a program under test: its n-th call of a kind fails, as a broken disk, a full one
// or a lack of memory would have it.
//
//   DATELINE_FAULT=fsync:3:EIO:once    the third fsync or fdatasync after main() began fails
//   DATELINE_FAULT=write:7:SHORT:good  from the seventh on a write takes half of what it was given
//   DATELINE_FAULT=fsync:2:KILL:once   before the second fsync the program is killed; or TERM
//   DATELINE_FAULT_COUNTS=FILE         64-bit numbers, shared with child processes: calls of each
//                                      kind (fault_kinds.h), and last how many were made to fail
//   DATELINE_CLOCK_SHIFT=-86400        the clock of the day is a day late
//
// What glibc calls inside itself (the write of fwrite, the openat of opendir) does not come by
// here; strace's injection reaches it. The headers that declare what is replaced here are left out,
// since their declarations differ (noexcept, macros); structures are void.
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "tests/faults/fault_kinds.h"

extern "C" {
char* getenv(const char* name);
int strcmp(const char* a, const char* b);
long strtol(const char* text, char** end, int base);
long syscall(long number, ...);
void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t count, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);
}

namespace {

using dateline::test::FaultKind;
using dateline::test::kFaultKinds;

constexpr size_t kCounters = kFaultKinds.size() + 1;  // the last: faults made

struct Plan {
  int kind = -1;  // none
  long nth = 0;
  int error = 0;
  int signal = 0;  // sent to the program itself, whose call goes on
  bool is_short = false;
  bool for_good = false;
};

long own_counters[kCounters];  // where no file is shared
long* counters = own_counters;
Plan plan;
bool under_test = false;  // since main() began
long clock_shift = 0;     // seconds

struct ErrorName {
  const char* name;
  int value;
};
constexpr ErrorName kErrors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
                                 {"EMFILE", EMFILE}, {"EACCES", EACCES}, {"ENOMEM", ENOMEM},
                                 {"EAGAIN", EAGAIN}, {"SHORT", 0}};

// The text up to the next colon, copied into `piece`; what follows it.
const char* take_piece(const char* text, char (&piece)[32]) {
  size_t length = 0;
  while (*text != '\0' && *text != ':' && length + 1 < sizeof piece) piece[length++] = *text++;
  piece[length] = '\0';
  return *text == ':' ? text + 1 : text;
}

void read_plan(const char* text) {
  char piece[32];
  text = take_piece(text, piece);
  for (size_t i = 0; i < kFaultKinds.size(); ++i) {
    if (strcmp(piece, kFaultKinds[i]) == 0) plan.kind = static_cast<int>(i);
  }
  text = take_piece(text, piece);
  plan.nth = strtol(piece, nullptr, 10);
  text = take_piece(text, piece);
  for (const auto& [name, value] : kErrors) {
    if (strcmp(piece, name) == 0) plan.error = value;
  }
  plan.is_short = strcmp(piece, "SHORT") == 0;
  if (strcmp(piece, "KILL") == 0) plan.signal = 9;
  if (strcmp(piece, "TERM") == 0) plan.signal = 15;
  take_piece(text, piece);
  plan.for_good = strcmp(piece, "good") == 0;
}

void share_counters(const char* file) {
  constexpr int kHere = -100;    // AT_FDCWD
  constexpr int kReadWrite = 2;  // O_RDWR; PROT_READ | PROT_WRITE is 3, MAP_SHARED 1
  const long descriptor = syscall(SYS_openat, kHere, file, kReadWrite);
  if (descriptor < 0) return;
  const long address = syscall(SYS_mmap, nullptr, sizeof own_counters, 3, 1, descriptor, 0L);
  if (address > 0) counters = reinterpret_cast<long*>(address);
  syscall(SYS_close, descriptor);
}

void begin_test() {
  if (const char* file = getenv("DATELINE_FAULT_COUNTS")) share_counters(file);
  if (const char* text = getenv("DATELINE_FAULT")) read_plan(text);
  under_test = true;
}

// True when this call is to go wrong.
bool strike(FaultKind kind) {
  if (!under_test) return false;
  const auto index = static_cast<int>(kind);
  const long number = __atomic_add_fetch(&counters[index], 1, __ATOMIC_RELAXED);
  if (plan.kind != index || number < plan.nth || (number > plan.nth && !plan.for_good))
    return false;
  __atomic_add_fetch(&counters[kCounters - 1], 1, __ATOMIC_RELAXED);
  if (plan.signal != 0) syscall(SYS_kill, syscall(SYS_getpid), plan.signal);
  return plan.signal == 0;
}

bool fails(FaultKind kind) {
  if (!strike(kind)) return false;
  errno = plan.error;
  return true;
}

// How many bytes a read or write may take: half of them in a short one. -1: it fails.
long allowed(FaultKind kind, size_t bytes) {
  if (!strike(kind)) return static_cast<long>(bytes);
  if (plan.is_short) return static_cast<long>(bytes > 1 ? bytes / 2 : bytes);
  errno = plan.error;
  return -1;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

using Main = int(int, char**, char**);
Main* real_main = nullptr;

int main_under_test(int count, char** arguments, char** environment) {
  begin_test();
  return real_main(count, arguments, environment);
}

}  // namespace

// FAIL(kind, result type, value of failure, name, (parameters), (arguments)): a call that either
// fails or is passed on.
#define FAIL(kind, type, failure, name, parameters, arguments) \
  type name parameters {                                       \
    static auto* const real = next<type parameters>(#name);    \
    if (fails(FaultKind::kind)) return failure;                \
    return real arguments;                                     \
  }
// The same for reads and writes, whose `bytes` may be cut short.
#define TRANSFER(kind, name, parameters, arguments)               \
  ssize_type name parameters {                                    \
    static auto* const real = next<ssize_type parameters>(#name); \
    const long taken = allowed(FaultKind::kind, bytes);           \
    if (taken < 0) return -1;                                     \
    bytes = static_cast<size_t>(taken);                           \
    return real arguments;                                        \
  }
// open() and its kin, whose mode is there only when a file may be created.
#define OPEN(name, parameters, arguments)                  \
  int name parameters {                                    \
    static auto* const real = next<int parameters>(#name); \
    va_list list;                                          \
    va_start(list, flags);                                 \
    const unsigned mode = va_arg(list, unsigned);          \
    va_end(list);                                          \
    if (fails(FaultKind::open)) return -1;                 \
    return real arguments;                                 \
  }

using ssize_type = long;

#pragma GCC visibility push(default)
extern "C" {

int __libc_start_main(Main* program, int count, char** arguments, void (*init)(), void (*fini)(),
                      void (*loader_fini)(), void* stack) {
  using Start = int(Main*, int, char**, void (*)(), void (*)(), void (*)(), void*);
  real_main = program;
  if (const char* text = getenv("DATELINE_CLOCK_SHIFT")) clock_shift = strtol(text, nullptr, 10);
  return next<Start>("__libc_start_main")(main_under_test, count, arguments, init, fini,
                                          loader_fini, stack);
}

OPEN(open, (const char* path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char* path, int flags, ...), (path, flags, mode))
OPEN(openat, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
FAIL(open, int, -1, creat, (const char* path, unsigned mode), (path, mode))
FAIL(open, int, -1, creat64, (const char* path, unsigned mode), (path, mode))
FAIL(open, void*, nullptr, fopen, (const char* path, const char* mode), (path, mode))
FAIL(open, void*, nullptr, fopen64, (const char* path, const char* mode), (path, mode))
FAIL(open, int, -1, mkstemp, (char* path), (path))
FAIL(open, int, -1, mkostemp, (char* path, int flags), (path, flags))

TRANSFER(read, read, (int file, void* to, size_t bytes), (file, to, bytes))
TRANSFER(read, pread, (int file, void* to, size_t bytes, long offset), (file, to, bytes, offset))
TRANSFER(read, pread64, (int file, void* to, size_t bytes, long offset), (file, to, bytes, offset))
TRANSFER(write, write, (int file, const void* from, size_t bytes), (file, from, bytes))
TRANSFER(write, pwrite, (int file, const void* from, size_t bytes, long offset),
         (file, from, bytes, offset))
TRANSFER(write, pwrite64, (int file, const void* from, size_t bytes, long offset),
         (file, from, bytes, offset))
TRANSFER(write, sendfile, (int to, int from, long* offset, size_t bytes), (to, from, offset, bytes))
TRANSFER(write, copy_file_range,
         (int from, long* at, int to, long* there, size_t bytes, unsigned flags),
         (from, at, to, there, bytes, flags))
FAIL(read, ssize_type, -1, readv, (int file, const void* pieces, int count), (file, pieces, count))
FAIL(write, ssize_type, -1, writev, (int file, const void* pieces, int count),
     (file, pieces, count))

FAIL(fsync, int, -1, fsync, (int file), (file))
FAIL(fsync, int, -1, fdatasync, (int file), (file))
FAIL(fsync, int, -1, syncfs, (int file), (file))

// What cannot be closed is closed all the same.
int close(int file) {
  static auto* const real = next<int(int)>("close");
  const bool failing = strike(FaultKind::close);
  const int result = real(file);
  if (!failing) return result;
  errno = plan.error;
  return -1;
}

FAIL(rename, int, -1, rename, (const char* from, const char* to), (from, to))
FAIL(rename, int, -1, renameat, (int folder, const char* from, int other, const char* to),
     (folder, from, other, to))
FAIL(rename, int, -1, renameat2,
     (int folder, const char* from, int other, const char* to, unsigned flags),
     (folder, from, other, to, flags))
FAIL(unlink, int, -1, unlink, (const char* path), (path))
FAIL(unlink, int, -1, unlinkat, (int folder, const char* path, int flags), (folder, path, flags))
FAIL(unlink, int, -1, remove, (const char* path), (path))
FAIL(mkdir, int, -1, mkdir, (const char* path, unsigned mode), (path, mode))
FAIL(mkdir, int, -1, mkdirat, (int folder, const char* path, unsigned mode), (folder, path, mode))
FAIL(rmdir, int, -1, rmdir, (const char* path), (path))
FAIL(truncate, int, -1, ftruncate, (int file, long bytes), (file, bytes))
FAIL(truncate, int, -1, ftruncate64, (int file, long bytes), (file, bytes))
FAIL(truncate, int, -1, truncate, (const char* path, long bytes), (path, bytes))
FAIL(truncate, int, -1, truncate64, (const char* path, long bytes), (path, bytes))

FAIL(stat, int, -1, stat, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, stat64, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, lstat, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, lstat64, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, fstat, (int file, void* state), (file, state))
FAIL(stat, int, -1, fstat64, (int file, void* state), (file, state))
FAIL(stat, int, -1, fstatat, (int folder, const char* path, void* state, int flags),
     (folder, path, state, flags))
FAIL(stat, int, -1, fstatat64, (int folder, const char* path, void* state, int flags),
     (folder, path, state, flags))
FAIL(stat, int, -1, statx, (int folder, const char* path, int flags, unsigned mask, void* state),
     (folder, path, flags, mask, state))
FAIL(stat, int, -1, statvfs, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, statvfs64, (const char* path, void* state), (path, state))
FAIL(stat, int, -1, fstatvfs, (int file, void* state), (file, state))
FAIL(stat, int, -1, access, (const char* path, int mode), (path, mode))
FAIL(stat, int, -1, faccessat, (int folder, const char* path, int mode, int flags),
     (folder, path, mode, flags))
FAIL(stat, char*, nullptr, realpath, (const char* path, char* real_path), (path, real_path))
FAIL(stat, ssize_type, -1, readlink, (const char* path, char* to, size_t bytes), (path, to, bytes))
FAIL(stat, char*, nullptr, getcwd, (char* to, size_t bytes), (to, bytes))

FAIL(opendir, void*, nullptr, opendir, (const char* path), (path))
FAIL(opendir, void*, nullptr, fdopendir, (int folder), (folder))
FAIL(readdir, void*, nullptr, readdir, (void* folder), (folder))
FAIL(readdir, void*, nullptr, readdir64, (void* folder), (folder))

#define FAILED_MAP reinterpret_cast<void*>(-1)
FAIL(mmap, void*, FAILED_MAP, mmap,
     (void* at, size_t bytes, int access, int flags, int file, long offset),
     (at, bytes, access, flags, file, offset))
FAIL(mmap, void*, FAILED_MAP, mmap64,
     (void* at, size_t bytes, int access, int flags, int file, long offset),
     (at, bytes, access, flags, file, offset))

FAIL(flock, int, -1, flock, (int file, int operation), (file, operation))
#define LOCKING(name)                                                                            \
  int name(int file, int command, ...) {                                                         \
    static auto* const real = next<int(int, int, ...)>(#name);                                   \
    va_list list;                                                                                \
    va_start(list, command);                                                                     \
    void* const argument = va_arg(list, void*);                                                  \
    va_end(list);                                                                                \
    const bool locks =                                                                           \
        command == 6 || command == 7 || command == 37 || command == 38; /* F_SETLK, F_OFD_... */ \
    if (locks && fails(FaultKind::flock)) return -1;                                             \
    return real(file, command, argument);                                                        \
  }
LOCKING(fcntl)
LOCKING(fcntl64)

FAIL(chown, int, -1, chown, (const char* path, unsigned user, unsigned group), (path, user, group))
FAIL(chown, int, -1, fchown, (int file, unsigned user, unsigned group), (file, user, group))
FAIL(chown, int, -1, lchown, (const char* path, unsigned user, unsigned group), (path, user, group))
FAIL(chown, int, -1, fchownat,
     (int folder, const char* path, unsigned user, unsigned group, int flags),
     (folder, path, user, group, flags))
FAIL(chown, int, -1, chmod, (const char* path, unsigned mode), (path, mode))
FAIL(chown, int, -1, fchmod, (int file, unsigned mode), (file, mode))
FAIL(chown, int, -1, fchmodat, (int folder, const char* path, unsigned mode, int flags),
     (folder, path, mode, flags))

FAIL(fork, int, -1, fork, (), ())
FAIL(fork, int, -1, waitpid, (int child, int* status, int flags), (child, status, flags))
FAIL(pipe, int, -1, pipe, (int* ends), (ends))
FAIL(pipe, int, -1, pipe2, (int* ends, int flags), (ends, flags))
FAIL(pipe, int, -1, socketpair, (int domain, int type, int protocol, int* ends),
     (domain, type, protocol, ends))
FAIL(pipe, int, -1, dup, (int file), (file))
FAIL(pipe, int, -1, dup2, (int file, int other), (file, other))
FAIL(thread, int, plan.error, pthread_create,
     (void* thread, const void* attributes, void* (*start)(void*), void* argument),
     (thread, attributes, start, argument))

void* malloc(size_t bytes) { return fails(FaultKind::malloc) ? nullptr : __libc_malloc(bytes); }
void* calloc(size_t count, size_t bytes) {
  return fails(FaultKind::malloc) ? nullptr : __libc_calloc(count, bytes);
}
void* realloc(void* block, size_t bytes) {
  return fails(FaultKind::malloc) ? nullptr : __libc_realloc(block, bytes);
}
void* aligned_alloc(size_t alignment, size_t bytes) {
  return fails(FaultKind::malloc) ? nullptr : __libc_memalign(alignment, bytes);
}

int clock_gettime(int clock, void* time) {
  const long result = syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && clock == 0)
    *static_cast<long*>(time) += clock_shift;  // CLOCK_REALTIME; the first member is the seconds
  return static_cast<int>(result);
}

long time(long* out) {
  long now[2] = {0, 0};
  clock_gettime(0, now);
  if (out != nullptr) *out = now[0];
  return now[0];
}

int gettimeofday(void* time, void* zone) {
  const long result = syscall(SYS_gettimeofday, time, zone);
  if (result == 0 && time != nullptr) *static_cast<long*>(time) += clock_shift;
  return static_cast<int>(result);
}

}  // extern "C"
#pragma GCC visibility pop
