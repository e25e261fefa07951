// Databases that are damaged or made by a stranger: both programs end with an answer or with 3 and
// words of ours, within limits of time and memory, and never by a signal.
#include <fmt/format.h>
#include <xapian.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "common/text/unicode.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

namespace fs = std::filesystem;

using Arguments = std::vector<std::string>;

// Ten seconds of computing, 512 MB; AddressSanitizer needs all there is, and time.
#ifdef DATELINE_SANITIZED
constexpr const char* kLimits = "ulimit -t 60; exec \"$@\"";
#else
constexpr const char* kLimits = "ulimit -v 524288; ulimit -t 10; exec \"$@\"";
#endif

Outcome run_limited(const std::string& program, Arguments arguments) {
  arguments.insert(arguments.begin(), {"-c", kLimits, "sh", program});
  return run_tool("sh", arguments);
}

struct Archive {
  TemporaryFolder folder;
  std::string database = (folder / "index.db").string();
  fs::path generation = fs::path(database) / "gen-000001";

  explicit Archive(int articles) {
    for (int i = 1; i <= articles; ++i) {
      const std::string body = fmt::format(
          "Treaty number {}\n\n“We regret the delay {}x,” said Anna Lind in Geneva on "
          "Monday.\n\nThe ferry to Oslo left {} days later.\n",
          i, i, i);
      write_file(folder / fmt::format("archive/{}.txt", i),
                 article_bytes(fmt::format("2023-03-{:02}", 1 + i % 28), body));
    }
    REQUIRE(run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()})
                .status == 0);
  }

  // The first article's data, changed and written back with Xapian.
  void change_data(const std::string& from, const std::string& to) const {
    Xapian::WritableDatabase writer(generation.string(), Xapian::DB_OPEN);
    Xapian::Document document = writer.get_document(1);
    std::string data = document.get_data();
    const auto at = data.find(from);
    REQUIRE(at != std::string::npos);
    document.set_data(data.replace(at, from.size(), to));
    writer.replace_document(1, document);
    writer.commit();
  }

  Outcome query(Arguments arguments) const {
    arguments.insert(arguments.begin(), {"--db", database});
    return run_limited(query_program(), std::move(arguments));
  }
  Outcome index(const std::string& action) const {
    return run_limited(index_program(), {"--db", database, action});
  }
};

std::string read_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

constexpr std::size_t kBlock = 8192;

// One of the ways in which a disk or a stranger changes a table.
void damage(const fs::path& generation, const fs::path& other, std::mt19937& random) {
  const std::vector<std::string> tables = {"postlist.glass", "docdata.glass", "termlist.glass",
                                           "position.glass", "iamglass"};
  const std::string& table = tables[random() % tables.size()];
  std::string bytes = read_bytes(generation / table);
  const std::size_t block = random() % (bytes.size() / kBlock + 1) * kBlock;
  const std::size_t size = std::min(kBlock, bytes.size() - std::min(bytes.size(), block));
  switch (random() % 8) {
    case 0:
    case 1:
      for (std::size_t i = 1 + random() % 20; i > 0; --i)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      break;
    case 2:
      bytes.replace(block, size, std::string(size, '\0'));
      break;
    case 3:
      bytes.replace(block, size, std::string(size, '\xff'));
      break;
    case 4:
      bytes.resize(random() % bytes.size());
      break;
    case 5:
      bytes = read_bytes(generation / tables[random() % tables.size()]);
      break;
    case 6:
      bytes = read_bytes(other / table);
      break;
    default:  // the beginning of a block, where everything is that says where the rest stands
      for (std::size_t i = 0; i < 3 && size > 0; ++i)
        bytes[block + random() % std::min<std::size_t>(size, 40)] = static_cast<char>(random());
  }
  write_bytes(generation / table, bytes);
}

const std::vector<Arguments> kQueries = {
    {"treaty"},
    {"\"regret the delay\""},
    {"--facet", "speaker", "--facet", "place", "--facet", "year", "--timeline", "day", ""},
    {"--quotes", "speaker:lind"},
    {"--all", "--format", "json", "date:2023-03-05..2023-03-20"},
    {"--match", "any", "--collapse", "near", "ferry oslo trety"},
    {"--significant", "place", "delay"},
};

}  // namespace

TEST_CASE("a stranger's record is refused with words of ours that name the document", "[hostile]") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"\"begin\":", "\"begin\":9"},  // far outside of the text
      {"\"begin\":", "\"begin\":-"},
      {"\"begin\":", "\"begin\":99999999999"},
      {"\"segments\":[[", "\"segments\":[[4294967295,"},
      {"\"mentions\":[[", "\"mentions\":[[\"x\","},
      {"\"focus\":", "\"focus\":" + deep + ",\"more\":"},
      {"\"lat\":", "\"lat\":1e300,\"more\":"},
      {"\"quotes\":[",
       "\"quotes\":["
       "7,"},
      {"{\"path\":\"", "[\""},
  };
  for (const auto& [from, to] : changes) {
    const Archive archive(3);
    archive.change_data(from, to);
    for (const Arguments& arguments : {Arguments{"--quotes", "treaty"},
                                       {"--show", (archive.folder / "archive/1.txt").string()}}) {
      const Outcome outcome = archive.query(arguments);
      INFO(from << " -> " << to.substr(0, 40) << ": " << outcome.err);
      CHECK(outcome.status == 3);
      CHECK_THAT(outcome.err, Catch::Contains("document 1 (") && Catch::Contains("archive/1.txt") &&
                                  Catch::Contains("the index is damaged"));
      CHECK_THAT(outcome.err, Catch::Contains("hint: look for damage") &&
                                  !Catch::Contains("json.exception") &&
                                  !Catch::Contains("basic_string"));
    }
  }
}

TEST_CASE("title and paragraphs of a stranger's that do not stand in the text are refused",
          "[hostile]") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  std::string many = "[21,22]";  // the same stretch again and again
  for (int i = 0; i < 100'000; ++i) many += ",[21,22]";
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"\"title_span\":[", "\"title_span\":[9"},
      {"\"title_span\":[", "\"title_span\":[4294967295,4294967295],\"more\":["},
      {"\"title_span\":[", "\"title_span\":[30,21],\"more\":["},
      {"\"title_span\":[", "\"title_span\":[-1,"},
      {"\"title_span\":[", "\"title_span\":[21,99999999999],\"more\":["},
      {"\"title_span\":[", "\"title_span\":" + deep + ",\"more\":["},
      {"\"title\":\"", "\"title\":\"Another "},
      {"\"paragraphs\":[", "\"paragraphs\":[],\"more\":["},
      {"\"paragraphs\":[", "\"paragraphs\":[[21,4294967295]],\"more\":["},
      {"\"paragraphs\":[", "\"paragraphs\":[[40,21]],\"more\":["},
      {"\"paragraphs\":[", "\"paragraphs\":[[21,21]],\"more\":["},
      {"\"paragraphs\":[", "\"paragraphs\":" + deep + ",\"more\":["},
      {"\"paragraphs\":[", "\"paragraphs\":[" + many + "],\"more\":["},
      {"\"paragraphs\":[", "\"more\":["},
  };
  for (const auto& [from, to] : changes) {
    const Archive archive(3);
    archive.change_data(from, to);
    for (const Arguments& arguments : {Arguments{"treaty"},
                                       {"--quotes", "treaty"},
                                       {"--show", (archive.folder / "archive/1.txt").string()}}) {
      const Outcome outcome = archive.query(arguments);
      INFO(from << " -> " << to.substr(0, 60) << ": " << outcome.err);
      CHECK(outcome.status == 3);
      CHECK_THAT(outcome.err, Catch::Contains("document 1 (") && Catch::Contains("archive/1.txt") &&
                                  Catch::Contains("the index is damaged"));
    }
    const Outcome checked = archive.index("--check");
    INFO(from << " -> " << to.substr(0, 60) << ": " << checked.err);
    CHECK(checked.status == 3);
  }
}

TEST_CASE("paragraphs of a stranger's that cut a character are shown as valid UTF-8", "[hostile]") {
  const Archive archive(3);
  const std::string text = " date 2023-03-02 \n\n\n\nTreaty number 1\n\n“We";
  const auto inside = text.find("“We") + 1;
  archive.change_data("\"paragraphs\":[", fmt::format("\"paragraphs\":[[21,36],[{},{}]],\"more\":[",
                                                      inside, inside + 40));
  for (const std::string format : {"text", "json", "csv"}) {
    const Outcome outcome = archive.query({"--format", format, "treaty"});
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(is_valid_utf8(outcome.out));
  }
}

TEST_CASE("an article of 200,000 speakers is shown within the limits", "[hostile]") {
  const Archive archive(3);
  std::string speakers;
  for (int i = 0; i < 200'000; ++i)
    speakers += fmt::format("{{\"name\":\"Person Number{}\",\"type\":\"person\"}},", i);
  archive.change_data("\"speakers\":[", "\"speakers\":[" + speakers);
  for (const Arguments& arguments :
       {Arguments{"treaty"}, {"speaker:lind"}, {"--quotes", "--format", "json", "speaker:lind"}}) {
    const Outcome outcome = archive.query(arguments);
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out, Catch::Contains("Anna Lind"));
  }
}

TEST_CASE("an ordinal or a document near 2^32 takes no memory", "[hostile]") {
  {
    const Archive archive(3);
    Xapian::WritableDatabase writer(archive.generation.string(), Xapian::DB_OPEN);
    Xapian::Document document = writer.get_document(1);
    document.add_value(4, "\xfe\xff\xff\xff\x0f");
    std::string names;
    for (int i = 0; i < 256; ++i) names += "Somebody\n";
    writer.set_metadata("ordinals.speaker.16777215", names);
    writer.replace_document(1, document);
    writer.commit();
    writer.close();
    const Outcome outcome = archive.query({"--facet", "speaker", ""});
    INFO(outcome.err);
    CHECK(outcome.status == 3);
  }
  const Archive archive(3);
  {
    Xapian::WritableDatabase writer(archive.generation.string(), Xapian::DB_OPEN);
    writer.replace_document(4'294'967'290u, writer.get_document(1));
    writer.commit();
  }
  const Outcome outcome = archive.query({"--facet", "speaker", "treaty"});
  INFO(outcome.err);
  CHECK(outcome.status == 3);
  CHECK_THAT(outcome.err, Catch::Contains("more documents than the table has room for"));
}

TEST_CASE(
    "a database damaged anywhere is an answer or damage, within the limits and without a signal",
    "[hostile]") {
  const Archive sound(60);
  const Archive other(25);
  const TemporaryFolder copy;
  const fs::path aliases = copy / "aliases.tsv";
  write_file(aliases, "Anna Lind\tLind\n");
  std::mt19937 random{14};
  for (int trial = 0; trial < trials(60, 600); ++trial) {
    const fs::path database = copy / "index.db";
    fs::remove_all(database);
    fs::copy(sound.database, database, fs::copy_options::recursive);
    damage(database / "gen-000001", other.generation, random);
    std::vector<std::pair<std::string, Arguments>> calls;
    calls.emplace_back(query_program(),
                       kQueries[static_cast<std::size_t>(trial) % kQueries.size()]);
    calls.emplace_back(query_program(), Arguments{"--quotes", "--limit", "100", "lind"});
    calls.emplace_back(query_program(),
                       Arguments{"--more-like", (sound.folder / "archive/7.txt").string()});
    calls.emplace_back(query_program(),
                       Arguments{"--show", (sound.folder / "archive/9.txt").string()});
    const std::vector<Arguments> actions = {
        {"--dump"}, {"--stats"}, {"--audit"}, {"--check"}, {"--preview-aliases", aliases.string()}};
    calls.emplace_back(index_program(), actions[static_cast<std::size_t>(trial) % actions.size()]);
    for (auto& [program, arguments] : calls) {
      arguments.insert(arguments.begin(), {"--db", database.string()});
      const Outcome outcome = run_limited(program, arguments);
      INFO("trial " << trial << ": " << fmt::format("{}", fmt::join(arguments, " ")) << ": "
                    << outcome.err);
      const bool unknown_path =
          outcome.status == 2 &&
          arguments[2] == "--more-like";  // the list that names it is another's
      CHECK((outcome.status == 0 || outcome.status == 1 || outcome.status == 3 || unknown_path));
      CHECK_THAT(outcome.err, !Catch::Contains("json.exception") && !Catch::Contains("std::") &&
                                  !Catch::Contains("basic_string"));
    }
  }
}

TEST_CASE("--dump shows no control character of a stranger's names", "[hostile]") {
  const Archive archive(2);
  {
    Xapian::WritableDatabase writer(archive.generation.string(), Xapian::DB_OPEN);
    Xapian::Document document = writer.get_document(1);
    document.add_term("x\x1b]0;owned\x07y\x9bz");
    document.set_data(document.get_data() + "\x1b[2J\u202e");
    writer.replace_document(1, document);
    writer.commit();
  }
  const Outcome outcome = archive.index("--dump");
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("term x\\x1b]0;owned\\x07y\\x9bz 1") &&
                              Catch::Contains("\\x1b[2J\\xe2\\x80\\xae"));
  CHECK(outcome.out.find('\x1b') == std::string::npos);
}
