#include "indexer/database/run_history.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/take_until.h"
#include "common/text/unicode.h"
#include "indexer/database/generation.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using std::chrono::sys_seconds;

constexpr const char* kFreshName = "runs.jsonl.new";
constexpr std::size_t kLongestLine = 1 << 16;  // bytes
constexpr std::size_t kLongestError = 1'000;
constexpr std::size_t kLongestFolder = 400;
// All these, each byte escaped by six, are less than kLongestLine.
constexpr std::size_t kMostFolders = 12;
constexpr std::uint64_t kMostDocuments = 0xffff'ffff;  // of a Xapian database
constexpr std::uint64_t kMostBytesRead = 4 * kLargestHistory;
constexpr int kDeepest = 3;  // arrays within an entry
constexpr std::chrono::hours kLately{30 * 24};
constexpr std::chrono::seconds kPatience{10};  // for others who append; they need milliseconds

[[noreturn]] void fail(const fs::path& file) {
  throw Error(fmt::format("{}: {}", replace_invalid_utf8(file.string()), std::strerror(errno)));
}

std::string cut(const std::string& text, std::size_t longest) {
  std::string valid = replace_invalid_utf8(text);
  if (valid.size() <= longest) return valid;
  return replace_invalid_utf8(valid.substr(0, longest)) + "...";
}

Json cut(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const auto& name : names) {
    if (list.size() == kMostFolders) break;
    list.push_back(cut(name, kLongestFolder));
  }
  return list;
}

// Reads the members of one line; a member of another type than it should have makes the line none
// of ours.
class EntryReader {
 public:
  explicit EntryReader(const Json& json) : json_(json) {}

  bool ok() const { return ok_; }

  void read(const char* key, std::string& text) {
    if (const Json* found = find(key); found != nullptr) {
      if (expect(found->is_string())) text = found->get<std::string>();
    }
  }
  void read(const char* key, std::uint64_t& number) {
    if (const Json* found = find(key); found != nullptr) {
      if (expect(found->is_number_unsigned())) number = found->get<std::uint64_t>();
    }
  }
  void read(const char* key, std::optional<std::uint64_t>& number) {
    std::uint64_t value = 0;
    if (find(key) == nullptr) return;
    read(key, value);
    number = value;
  }
  void read(const char* key, bool& flag) {
    if (const Json* found = find(key); found != nullptr) {
      if (expect(found->is_boolean())) flag = found->get<bool>();
    }
  }
  void read(const char* key, std::vector<std::string>& names) {
    const Json* found = find(key);
    if (found == nullptr || !expect(found->is_array())) return;
    for (const auto& name : *found) {
      if (expect(name.is_string())) names.push_back(name.get<std::string>());
    }
  }
  void require(const char* key, int& status) {
    const Json* found = find(key);
    if (!expect(found != nullptr && found->is_number_unsigned())) return;
    const auto value = found->get<std::uint64_t>();
    if (expect(value < 256)) status = static_cast<int>(value);
  }
  void require(const char* key, sys_seconds& time) {
    const Json* found = find(key);
    if (!expect(found != nullptr && found->is_string())) return;
    const auto value = parse_time(found->get<std::string>());
    if (expect(value.has_value())) time = *value;
  }

 private:
  const Json* find(const char* key) const {
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  bool expect(bool held) {
    ok_ = ok_ && held;
    return held;
  }

  const Json& json_;
  bool ok_ = true;
};

bool is_generation(const char* name) {
  const std::string_view text = name;
  return text.starts_with("gen-") && text.size() >= 10 &&
         text.find_first_not_of("0123456789", 4) == std::string_view::npos;
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

// A folder that an index is in, be it damaged, or one that holds nothing but what a run left that
// was just begun. Never somebody's folder that was named by mistake.
bool is_ours(const Descriptor& folder, const std::filesystem::path& database) {
  const int copy = openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseFolder> open(copy < 0 ? nullptr : fdopendir(copy));
  if (!open) {
    if (copy >= 0) close(copy);
    return false;
  }
  bool stub = false;
  bool lock = false;
  bool generation = false;
  bool foreign = false;
  while (const dirent* item = readdir(open.get())) {
    const std::string_view name = item->d_name;
    if (name == "." || name == ".." || name == kHistoryName || name == kFreshName ||
        name == "XAPIANDB.new") {
      continue;
    }
    if (name == "XAPIANDB") {
      stub = true;
    } else if (name == "lock") {
      lock = true;
    } else if (is_generation(item->d_name)) {
      generation = true;
    } else {
      foreign = true;
    }
  }
  const int signs = (stub ? 1 : 0) + (lock ? 1 : 0) + (generation ? 1 : 0);
  return signs >= 2 || (signs == 1 && !foreign && is_database_folder(database));
}

Descriptor open_history(const Descriptor& folder, const char* name, int flags) {
  return Descriptor(openat(folder.get(), name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
}

// Who may read and write the database's folder may do so with the history: a night of root's must
// not shut out the user's.
bool give_as_folder(const Descriptor& folder, const Descriptor& file) {
  struct stat wanted {};
  struct stat have {};
  if (fstat(folder.get(), &wanted) != 0 || fstat(file.get(), &have) != 0) return false;
  if ((have.st_uid != wanted.st_uid || have.st_gid != wanted.st_gid) &&
      fchown(file.get(), wanted.st_uid, wanted.st_gid) != 0) {
    if (have.st_gid != wanted.st_gid &&
        fchown(file.get(), static_cast<uid_t>(-1), wanted.st_gid) != 0) {
      return true;  // another's: kept private
    }
  }
  return fchmod(file.get(), (wanted.st_mode & 0666) | 0600) == 0;
}

bool lock_patiently(const Descriptor& file) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

// Somebody may have put a new file in this one's place before we had its lock.
bool is_still_named(const Descriptor& folder, const struct stat& state) {
  struct stat named {};
  return fstatat(folder.get(), kHistoryName, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         named.st_ino == state.st_ino && named.st_dev == state.st_dev;
}

std::optional<std::string> read_from(const Descriptor& file, std::uint64_t offset,
                                     std::uint64_t end) {
  std::string text;
  std::array<char, 1 << 16> buffer;
  while (offset < end) {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), end - offset);
    const auto got = pread(file.get(), buffer.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return text;
}

// One write, so that a reader sees the whole line or nothing of it. The rest of one that was cut
// short is tried, too: it fits, or errno tells why it does not (a full disk, a quota, a limit).
bool write_line(const Descriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t got = write(file.get(), text.data(), text.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = EIO;
    if (got <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(got));
  }
  return true;
}

bool sync(const Descriptor& file) { return fsync(file.get()) == 0 || errno == EINVAL; }

// The newer half of what has grown too large, from the start of a line.
std::string_view newer_half(std::string_view text) {
  if (text.size() > kLargestHistory / 2) text.remove_prefix(text.size() - kLargestHistory / 2);
  const auto line_end = text.find('\n');
  return line_end == std::string_view::npos ? std::string_view() : text.substr(line_end + 1);
}

// With the file's lock held.
bool replace_whole(const Descriptor& folder, const Descriptor& file, std::uint64_t size,
                   const std::string& line) {
  const auto text = read_from(file, size - std::min(size, kLargestHistory), size);
  if (!text) return false;
  if (unlinkat(folder.get(), kFreshName, 0) != 0 && errno != ENOENT) return false;
  const Descriptor fresh = open_history(folder, kFreshName, O_WRONLY | O_CREAT | O_EXCL);
  const bool large = size + line.size() > kLargestHistory;
  std::string kept(large ? newer_half(*text) : std::string_view(*text));
  if (!kept.empty() && !kept.ends_with('\n')) kept += '\n';
  const bool written =
      fresh && give_as_folder(folder, fresh) && write_line(fresh, kept + line) && sync(fresh) &&
      renameat(folder.get(), kFreshName, folder.get(), kHistoryName) == 0 && sync(folder);
  if (written) return true;
  const int why = errno;
  unlinkat(folder.get(), kFreshName, 0);
  errno = why;
  return false;
}

bool append_line(const Descriptor& file, std::uint64_t size, const std::string& line) {
  const auto last = size > 0 ? read_from(file, size - 1, size) : std::string("\n");
  if (!last) return false;
  // What a crash left of a line must not swallow this one.
  if (write_line(file, *last == "\n" ? line : '\n' + line) && sync(file)) return true;
  const int why = errno;
  const bool taken_back = ftruncate(file.get(), static_cast<off_t>(size)) == 0;
  errno = taken_back ? why : errno;
  return false;
}

// The history, made when there is none.
Descriptor open_or_make(const Descriptor& folder) {
  Descriptor there = open_history(folder, kHistoryName, O_RDWR | O_APPEND);
  if (there || errno != ENOENT) return there;
  Descriptor made = open_history(folder, kHistoryName, O_RDWR | O_APPEND | O_CREAT | O_EXCL);
  if (!made && errno == EEXIST) return open_history(folder, kHistoryName, O_RDWR | O_APPEND);
  if (!made || !give_as_folder(folder, made) || !sync(folder)) return Descriptor(-1);
  return made;
}

enum class Append { done, again, failed };

Append try_append(const Descriptor& folder, const std::string& line) {
  const Descriptor own = open_or_make(folder);
  // Another user's (root's hand, a copied index): one who may write the folder puts its own there.
  const bool of_another = !own && errno == EACCES;
  const Descriptor seen(of_another ? open_history(folder, kHistoryName, O_RDONLY) : Descriptor(-1));
  const Descriptor& file = of_another ? seen : own;
  if (!file) return errno == ENOENT ? Append::again : Append::failed;
  struct stat state {};
  if (fstat(file.get(), &state) != 0) return Append::failed;
  if (!S_ISREG(state.st_mode)) {
    errno = EINVAL;
    return Append::failed;
  }
  if (!lock_patiently(file) || fstat(file.get(), &state) != 0) return Append::failed;
  if (!is_still_named(folder, state)) return Append::again;
  const auto size = static_cast<std::uint64_t>(state.st_size);
  // A second name is of a copy (`cp -al`) that must stay as it is.
  const bool replaced = of_another || size + line.size() > kLargestHistory || state.st_nlink > 1;
  const bool written =
      replaced ? replace_whole(folder, file, size, line) : append_line(file, size, line);
  return written ? Append::done : Append::failed;
}

std::optional<Json> parse_shallow(std::string_view line) {
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= kDeepest; };
  Json json = Json::parse(line, shallow, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

}  // namespace

std::string to_json(const RunEntry& entry) {
  Json j = Json::object();
  j["version"] = 1;
  j["action"] = entry.action;
  j["started"] = to_text(entry.started);
  j["ended"] = to_text(entry.ended);
  j["status"] = entry.status;
  if (!entry.error.empty()) j["error"] = cut(entry.error, kLongestError);
  j["pid"] = entry.pid;
  j["program"] = entry.program;
  j["folders"] = cut(entry.folders);
  j["offline"] = cut(entry.offline);
  j["added"] = entry.added;
  j["updated"] = entry.updated;
  j["moved"] = entry.moved;
  j["removed"] = entry.removed;
  j["failed"] = entry.failed;
  j["new_failures"] = entry.new_failures;
  if (entry.documents) j["documents"] = *entry.documents;
  if (entry.index_bytes) j["index_bytes"] = *entry.index_bytes;
  if (!entry.newest_article.empty()) j["newest_article"] = entry.newest_article;
  j["alias_changes"] = entry.alias_changes;
  j["removed_on_demand"] = entry.removed_on_demand;
  j["deletions_allowed"] = entry.deletions_allowed;
  j["stopped"] = entry.stopped;
  return j.dump();
}

std::optional<RunEntry> parse_run_entry(std::string_view line) {
  if (line.size() > kLongestLine) return std::nullopt;
  const auto json = parse_shallow(line);
  if (!json) return std::nullopt;
  EntryReader reader(*json);
  RunEntry entry;
  reader.read("action", entry.action);
  reader.require("started", entry.started);
  reader.require("ended", entry.ended);
  reader.require("status", entry.status);
  reader.read("error", entry.error);
  reader.read("pid", entry.pid);
  reader.read("program", entry.program);
  reader.read("folders", entry.folders);
  reader.read("offline", entry.offline);
  reader.read("added", entry.added);
  reader.read("updated", entry.updated);
  reader.read("moved", entry.moved);
  reader.read("removed", entry.removed);
  reader.read("failed", entry.failed);
  reader.read("new_failures", entry.new_failures);
  reader.read("documents", entry.documents);
  reader.read("index_bytes", entry.index_bytes);
  reader.read("newest_article", entry.newest_article);
  reader.read("alias_changes", entry.alias_changes);
  reader.read("removed_on_demand", entry.removed_on_demand);
  reader.read("deletions_allowed", entry.deletions_allowed);
  reader.read("stopped", entry.stopped);
  if (!reader.ok() || entry.documents.value_or(0) > kMostDocuments) return std::nullopt;
  return entry;
}

void append_run(const fs::path& database, const RunEntry& entry) {
  const Descriptor folder(open(database.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || !is_ours(folder, database)) return;
  const std::string line = to_json(entry) + '\n';
  constexpr int kTries = 10;  // others may replace the file meanwhile, hardly ever twice
  for (int i = 0; i < kTries; ++i) {
    const Append outcome = try_append(folder, line);
    if (outcome == Append::done) return;
    if (outcome == Append::failed) break;
  }
  fail(database / kHistoryName);
}

std::vector<RunEntry> read_runs(const fs::path& database) {
  const fs::path name = database / kHistoryName;
  const Descriptor file(open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return {};
  struct stat state {};
  if (!file || fstat(file.get(), &state) != 0) fail(name);
  if (!S_ISREG(state.st_mode)) {
    throw Error(fmt::format("{}: is no file", replace_invalid_utf8(name.string())));
  }
  const auto size = static_cast<std::uint64_t>(state.st_size);
  const auto text = read_from(file, size - std::min(size, kMostBytesRead), size);
  if (!text) fail(name);
  std::vector<RunEntry> runs;
  for (std::string_view rest = *text; !rest.empty();) {
    if (auto entry = parse_run_entry(take_until(rest, '\n'))) runs.push_back(std::move(*entry));
  }
  return runs;
}

std::uint64_t largest_lately(const std::vector<RunEntry>& runs, sys_seconds now) {
  std::uint64_t largest = 0;
  std::uint64_t removed_on_demand = 0;  // by later runs
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (std::min(run->ended, now) >= now - kLately) {
      const std::uint64_t documents = run->documents.value_or(0);
      largest = std::max(largest, documents - std::min(documents, removed_on_demand));
    }
    removed_on_demand += std::min(run->removed_on_demand, kMostDocuments);
    if (run->deletions_allowed && run->removed > 0 && run->documents) break;
  }
  return largest;
}

bool is_indexing(const RunEntry& run) {
  return run.action == "index" || run.action == "upgrade" || run.action == "rebuild" ||
         run.action == "forget";
}

bool is_good(const RunEntry& run) {
  return is_indexing(run) && (run.status == 0 || run.status == 1 || run.status == kOutputStatus);
}

const RunEntry* last_good_run(const std::vector<RunEntry>& runs) {
  const auto found = std::find_if(runs.rbegin(), runs.rend(), is_good);
  return found == runs.rend() ? nullptr : &*found;
}

sys_seconds now_in_seconds() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string to_text(sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<sys_seconds> parse_time(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [&](std::size_t from, std::size_t digits) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + digits, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 60) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(number(11, 2)) +
         std::chrono::minutes(number(14, 2)) + std::chrono::seconds(number(17, 2));
}

}  // namespace dateline
