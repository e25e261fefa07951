#include "tests/faults/fault_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace dateline::test {
namespace {

namespace fs = std::filesystem;

constexpr int kArticles = 12;

std::string story(int number) {
  static const std::vector<std::string> speakers = {"Anna Lind", "Bo Ek", "Anna B. Lind"};
  static const std::vector<std::string> places = {"Oslo", "Geneva", "Paris", "Nairobi"};
  const auto n = static_cast<std::size_t>(number);
  return article_bytes(
      fmt::format("2023-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
      fmt::format("Talks {0} in {1}\n\n\"We met {0} times,\" said {2} in {3} on Monday.", number,
                  places[n % 4], speakers[n % 3], places[n / 4 % 4]));
}

void copy_tree(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}

// The lines of a table whose text is kept: its head, and what holds one of the words.
void copy_lines(const fs::path& from, const fs::path& to, int head,
                const std::vector<std::string>& words) {
  std::istringstream in(read_file(from));
  std::string kept;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    const bool named = std::ranges::any_of(words, [&](const auto& word) {
      return line.find('\t' + word + '\t') != std::string::npos;
    });
    if (number++ < head || named) kept += line + '\n';
  }
  write_file(to, kept);
}

std::set<std::string> documents_of(const std::string& dump) {
  std::set<std::string> blocks;
  std::istringstream in(dump);
  std::string block;
  for (std::string line; std::getline(in, line);) {
    const bool begins = line.starts_with("document ");
    if ((begins || line.empty()) && block.starts_with("document ")) blocks.insert(block);
    if (begins) block.clear();
    block += line + '\n';
    // The last document ends where the dictionaries begin.
    if (line.starts_with("data ") && block.starts_with("document ")) {
      blocks.insert(block);
      block = "-";
    }
  }
  return blocks;
}

std::size_t generations(const fs::path& database) {
  std::size_t count = 0;
  for (const auto& item : fs::directory_iterator(database)) {
    const std::string name = item.path().filename().string();
    if (fs::is_directory(item.symlink_status()) && name.starts_with("gen-00")) ++count;
  }
  return count;
}

bool is_documented(int status) {
  static const std::set<int> documented = {0, 1, 3, 4, 74, 75, 137};
  return documented.contains(status);  // 137: killed, where that is the fault
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string name_of(FaultJob job) {
  switch (job) {
    case FaultJob::first_build:
      return "first build";
    case FaultJob::increment:
      return "increment";
    case FaultJob::rebuild:
      return "rebuild";
    case FaultJob::compact:
      return "compact";
    case FaultJob::backup:
      return "backup";
    case FaultJob::upgrade:
      return "upgrade";
    case FaultJob::adopt:
      return "adopt";
  }
  return "";
}

std::uint64_t chosen_seed() {
  constexpr std::uint64_t kSeed = 20'261'128;
  const char* given = std::getenv("DATELINE_FAULT_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : kSeed;
}

// Of large tables a few rows, except where another table names what has to be there.
void write_small_data(const fs::path& folder) {
  for (const auto& item : fs::recursive_directory_iterator(data_folder())) {
    const fs::path name = item.path().lexically_relative(data_folder());
    if (name.extension() != ".tsv" || name.string().starts_with("sample")) continue;
    const bool large = item.file_size() > 40'000 && name.parent_path() != "en/dates";
    if (large)
      copy_lines(item.path(), folder / name, 60, {"Oslo", "Geneva", "Paris", "Nairobi"});
    else
      write_file(folder / name, read_file(item.path()));
  }
}

void renew_tables(const fs::path& data) {
  const fs::path table = data / "en/titles.tsv";
  write_file(table, read_file(table) + "zoologist general\n");
}

FaultBench::FaultBench(FaultJob job) : job_(job) {
  write_small_data(folder_ / "data");
  environment_ = {{"DATELINE_DATA", (folder_ / "data").string()},
                  {"DATELINE_DB", ""},
                  {"XDG_CONFIG_HOME", "/nonexistent"}};
  write_archive();
  write_file(folder_ / "aliases.tsv", "Lind\tAnna Lind\n");
  fs::create_directories(place_);
  if (job != FaultJob::first_build) {
    if (index(nightly()).status != 0) throw std::runtime_error("no index to begin with");
  }
  write_foreign_files();
  if (job == FaultJob::adopt) fs::remove(database_ / "XAPIANDB");
  old_ = state(database_);
  if (job == FaultJob::upgrade) renew_tables(folder_ / "data");
  if (job == FaultJob::increment) change_archive();
  copy_tree(place_, before_);
  foreign_ = foreign_files();
  database_ = place_ / "scratch.db";
  if (index(nightly()).status != 0) throw std::runtime_error("no index from scratch");
  new_ = state(database_);
  database_ = place_ / "index.db";
  blocks_ = documents_of(old_.dump);
  blocks_.merge(documents_of(new_.dump));
}

void FaultBench::write_archive() {
  for (int i = 0; i < kArticles; ++i) {
    write_file(archive_ / fmt::format("{}/{:02}.txt", i % 2, i), story(i));
  }
}

void FaultBench::change_archive() {
  write_file(archive_ / "0/20.txt", story(20));
  write_file(archive_ / "2/21.txt", story(21));
  write_file(archive_ / "0/02.txt", story(102));
  fs::remove(archive_ / "0/04.txt");
  fs::rename(archive_ / "1/05.txt", archive_ / "2/05.txt");
}

// A file, a folder, a link to a folder with files, names that are nearly those of generations.
void FaultBench::write_foreign_files() {
  write_file(place_ / "precious/letter.txt", "dear");
  write_file(place_ / "beside.txt", "beside");
  if (job_ == FaultJob::first_build) return;  // which wants an empty folder
  write_file(database_ / "notes.txt", "notes");
  write_file(database_ / "kept/a.txt", "a");
  write_file(database_ / "gen-12/old.txt", "old");
  write_file(database_ / "gen-notes/b.txt", "b");
  write_file(database_ / "gen-000777", "a file");
  fs::create_directory_symlink(place_ / "precious", database_ / "link");
  fs::create_directory_symlink(place_ / "precious", database_ / "gen-000888");
}

std::map<std::string, std::string> FaultBench::foreign_files() const {
  static const std::vector<std::string> names = {
      "precious",           "beside.txt",         "index.db/notes.txt",  "index.db/kept",
      "index.db/gen-12",    "index.db/gen-notes", "index.db/gen-000777", "index.db/link",
      "index.db/gen-000888"};
  std::map<std::string, std::string> found;
  for (const auto& name : names) {
    const fs::path path = place_ / name;
    if (fs::is_symlink(path))
      found[name] = fs::read_symlink(path);
    else if (fs::is_regular_file(path))
      found[name] = read_file(path);
    else if (fs::is_directory(path)) {
      for (const auto& item : fs::directory_iterator(path)) {
        found[item.path().lexically_relative(place_)] = read_file(item.path());
      }
    }
  }
  return found;
}

void FaultBench::reset() { copy_tree(before_, place_); }

std::vector<std::string> FaultBench::nightly() const {
  return {"--db",
          database_,
          archive_,
          "--jobs",
          "1",
          "--aliases",
          folder_ / "aliases.tsv",
          "--summary",
          place_ / "summary.json",
          "--errors",
          place_ / "errors.jsonl"};
}

std::vector<std::string> FaultBench::job_arguments() const {
  if (job_ == FaultJob::compact) return {"--db", database_, "--compact"};
  if (job_ == FaultJob::backup) return {"--db", database_, "--backup", backup_};
  if (job_ == FaultJob::adopt) return {"--db", database_, "--adopt"};
  std::vector<std::string> arguments = nightly();
  if (job_ == FaultJob::rebuild) arguments.emplace_back("--rebuild");
  return arguments;
}

std::vector<std::string> FaultBench::command() const {
  std::vector<std::string> all = job_arguments();
  all.insert(all.begin(), index_program());
  return all;
}

Outcome FaultBench::index(std::vector<std::string> arguments) {
  return run_child({index_program(), std::move(arguments), environment_});
}

Outcome FaultBench::run_job(const std::map<std::string, std::string>& environment) {
  std::map<std::string, std::string> all = environment_;
  all.insert(environment.begin(), environment.end());
  return run_child({index_program(), job_arguments(), all});
}

FaultBench::State FaultBench::state(const fs::path& database) {
  State found;
  found.check = index({"--db", database, "--check"}).status;
  Outcome dumped = index({"--db", database, "--dump"});
  found.there = dumped.status == 0;
  found.dump = std::move(dumped.out);
  const Outcome search = run_child({query_program(), {"--db", database, "talks"}, environment_});
  found.answer = fmt::format("{} {}", search.status, search.out);
  return found;
}

std::vector<std::string> FaultBench::judge(const Outcome& outcome, bool can_speak) {
  complaints_.clear();
  judge_status(outcome, can_speak);
  // An upgrade that cannot be done now is put off with a warning: the night goes on in the old
  // index.
  const bool put_off =
      job_ == FaultJob::upgrade && outcome.status == 0 &&
      (!can_speak || outcome.err.find("older rules or tables") != std::string::npos);
  judge_state(put_off ? 1 : outcome.status);
  if (job_ == FaultJob::backup) judge_backup(outcome.status == 0);
  if (foreign_files() != foreign_) complain("the files of others are not what they were");
  judge_next_run();
  return complaints_;
}

std::vector<std::string> FaultBench::judge_disk(bool done) {
  complaints_.clear();
  judge_state(done ? 0 : 3);
  if (job_ == FaultJob::backup) judge_backup(done);
  judge_next_run();
  return complaints_;
}

void FaultBench::judge_status(const Outcome& outcome, bool can_speak) {
  if (!is_documented(outcome.status)) complain(fmt::format("ended with {}", outcome.status));
  if (outcome.status > 1 && can_speak && outcome.err.empty()) complain("failed without a word");
}

// Sound, and the old state or the new one; only the new one when the run says that it is done.
void FaultBench::judge_state(int status) {
  const State left = state(database_);
  if (!left.there) {
    if (old_.there || status == 0) complain("there is no index any more");
    return;
  }
  if (left.check != 0) complain(fmt::format("--check ends with {}", left.check));
  const bool is_old = left.dump == old_.dump && left.answer == old_.answer;
  const bool is_new = left.dump == new_.dump && left.answer == new_.answer;
  if (status == 0 && !is_new) complain("the work is not there, yet the status is 0");
  if (!is_old && !is_new) judge_partial(left);
}

// What was committed before a fault, or without a file that could not be read: no document but
// those of before and after.
void FaultBench::judge_partial(const State& left) {
  for (const auto& block : documents_of(left.dump)) {
    if (!blocks_.contains(block)) complain("a document of neither state: " + first_line(block));
  }
}

void FaultBench::judge_backup(bool done) {
  if (!fs::exists(backup_)) {
    if (done) complain("there is no backup, yet the status is 0");
    return;
  }
  const State copy = state(backup_);
  if (done && !copy.there) complain("the backup is no index, yet the status is 0");
  if (!copy.there) return;
  if (copy.check != 0) complain(fmt::format("--check of the backup ends with {}", copy.check));
  if (copy.dump != old_.dump) complain("the backup is another index");
}

void FaultBench::judge_again() {
  const Outcome again = index(job_arguments());
  if (again.status != 0) complain("a second try fails: " + first_line(again.err));
}

void FaultBench::judge_next_run() {
  if (job_ == FaultJob::backup) {
    // What was finished after all is not written over.
    if (!fs::exists(backup_) || !state(backup_).there) judge_again();
    judge_backup(true);
  }
  if (job_ == FaultJob::compact) judge_again();
  if (job_ == FaultJob::adopt && !state(database_).there) judge_again();
  const Outcome next = index(nightly());
  if (next.status != 0) {
    complain(fmt::format("the next run ends with {}: {}", next.status, first_line(next.err)));
  }
  const State then = state(database_);
  if (then.check != 0) complain(fmt::format("after the next run --check ends with {}", then.check));
  if (then.dump != new_.dump) complain("after the next run the index is not that of a first run");
  if (then.answer != new_.answer) complain("after the next run a search answers otherwise");
  if (generations(database_) != 1) complain("a generation is left over");
  if (foreign_files() != foreign_) complain("after the next run the files of others are changed");
}

}  // namespace dateline::test
