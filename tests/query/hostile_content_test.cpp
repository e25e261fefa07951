// Databases whose tables are sound and whose content is a stranger's: values, metadata, terms,
// positions and document ids that no run writes. Each action of both programs ends with an answer
// or with 3 and words of ours, within limits of time and memory, and never by a signal.
#include <fmt/format.h>
#include <xapian.h>

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "common/store/keys.h"
#include "common/store/schema.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

using Arguments = std::vector<std::string>;
using Writer = Xapian::WritableDatabase;

// Ten seconds of computing, 1 GB, half a minute; AddressSanitizer needs all there is, and time.
#ifdef DATELINE_SANITIZED
constexpr const char* kLimits = "ulimit -t 60; exec timeout 200 \"$@\"";
#else
constexpr const char* kLimits = "ulimit -v 1048576; ulimit -t 10; exec timeout 30 \"$@\"";
#endif

// One thing a stranger does.
struct Change {
  std::string name;
  std::function<void(Writer&)> make;
  std::function<void(const fs::path&)> on_files = {};  // of the generation, afterwards
};

std::string shown(const std::string& bytes) {
  std::string text;
  for (const char c : bytes.substr(0, 24)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte > 0x7e ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return fmt::format("\"{}\" ({} bytes)", text, bytes.size());
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

const std::vector<std::string>& hostile_values() {
  using Limits = std::numeric_limits<double>;
  static const std::vector<std::string> values = {
      "",
      "x",
      std::string(4, '\xff'),
      std::string("\x80\0\0\0", 4),
      std::string(8, '\xff'),
      std::string(40, '\0'),
      std::string(40, '\xff'),
      std::string(41, '\x01'),
      std::string(64, '\xff'),
      "\x80\x80\x80\x80\x80",
      "\xff\xff\xff\xff\x0f",
      "\xff\xff\xff\xff\x7f",
      "\xff\xff\xff\xff\x0f\x01",
      std::string(5'000, '\x01'),
      std::string(5'000, '\0'),
      "/a\n\t\x1b[2J\x9b\xff",
      Xapian::sortable_serialise(Limits::infinity()),
      Xapian::sortable_serialise(-Limits::infinity()),
      Xapian::sortable_serialise(-1),
      Xapian::sortable_serialise(1e300),
  };
  return values;
}

const std::vector<std::string>& hostile_metadata() {
  static const std::vector<std::string> values = {
      "",
      "x",
      "\xff\xfe\x1b[2J",
      "-1",
      "3",
      "5",
      "4 ",
      "4294967296",
      "99999999999999999999",
      "nan",
      "1e999",
      std::string("a\0b", 3),
      "0\t1\n1\t0\n",
      "0\t4294967295\n4294967295\t0\n",
      "0\t99999999999999999999\n-1\t-1\n",
      "anna lind\tAnna Lind\nanna lind\tBo Ek\n\t\n\t\t\t\n",
      "anna lind\t\x1b]0;owned\x07\n",
      "1\tOslo\tOslo\tcity\tNO\t\tnan\tinf\t\n",
      "1\tOslo\tOslo\tcity\tNO\t\t1e308\t-1e308\t1|2|3\n",
      "-1\tOslo\tOslo\tplanet\tNORWAY\t\t\t\t|||\n",
      "99999999999999999999\tO\tO\tcity\tNO\t\t0\t0\t\n",
      "CH\tCHE\t\n\xff\t\x1b\t|\n",
      "unreadable\t-1\t1 2 3\t4\t/a\\\n",
      "nonsense\t99999999999999999999\t99999999999999999999 1 1 outside\t1e9\t/a\\q\n",
      std::string(300'000, '\n'),
      repeated("a\tb\n", 100'000),
      repeated("x", 1'000'000),
      repeated("0\t1\n", 100'000),
  };
  return values;
}

std::vector<std::string> keys() {
  std::vector<std::string> all = {kSchemaKey,
                                  kRulesKey,
                                  kDataFingerprintKey,
                                  kMixedKey,
                                  kRebuildKey,
                                  kAliasesDueKey,
                                  kContentSumKey,
                                  kFailedFilesKey,
                                  kAnyDateKey,
                                  kExcludeKey,
                                  kUserAliasKey,
                                  kAliasKey,
                                  kCountriesKey,
                                  "ordinals.speaker.99999999",
                                  "ordinals.nothing.000000"};
  for (const auto& field : kSchema) {
    if (!field.has_ordinals()) continue;
    all.push_back(ordinals_key(field.field, 0));
    all.push_back(ordinals_key(field.field, 1));
    if (field.aliases) all.push_back(alias_ordinals_key(field.field));
  }
  return all;
}

const std::vector<std::string>& hostile_terms() {
  static const std::vector<std::string> terms = {
      std::string(245, 'a'),
      std::string(245, '\xff'),
      std::string(100, '\0'),
      std::string("a\0b", 3),
      "\xff\xfe\xc0\x80",
      "\x1b[2J\xe2\x80\xae",
      "Q",
      "Q/elsewhere/1.txt",
      "Y",
      "Y99999999999999999999",
      "Y-1",
      "M202399",
      "D99999999",
      "D00000000",
      "D2023\xff",
      "Z",
      "ZS",
      "S",
      "XS",
      "XXS",
      "XS\xff\xff",
      "XXP",
      "XXPoslo",
      "XXP99999999999999999999",
      "XXP-1",
      "XC",
      "XCswitzerland",
      "XF\xff",
      "XD9999-99-99",
      "XD",
      "XUnknown",
      "X",
  };
  return terms;
}

const std::vector<std::string>& hostile_data() {
  static const std::vector<std::string> data = {
      "",
      "\n",
      "{}\n",
      "null\ntext",
      "[]\ntext",
      "{\"path\":7}\ntext",
      "{\"path\":\"/elsewhere/1.txt\",\"date\":\"9999-99-99\",\"title\":\"\"}\ntext",
      "{\"path\":\"/e/1.txt\",\"date\":\"2023-03-03\",\"title\":\"\\u001b[2J\"}\n\x1b[2J\xff",
      "{\"path\":\"/elsewhere/1.txt\",\"path_base64\":\"////\",\"date\":\"2023-03-03\"}\ntext",
      "{\"path\":\"/e/1.txt\",\"date\":\"2023-03-03\",\"title\":\"t\",\"quotes\":[{\"speaker\":"
      "\"A\",\"kind\":\"none\",\"begin\":4,\"end\":1,\"segments\":[[4,1]]}],\"places\":[{\"name\":"
      "\"P\",\"id\":-1,\"kind\":\"city\",\"lat\":1e999}],\"dates\":[{\"value\":\"\"}]}\ntext",
      repeated("[", 200'000) + "\ntext",
      std::string(2'000'000, '\xff'),
      std::string(2'000'000, '\n'),
  };
  return data;
}

// In the first document, or in all.
void set_value(Writer& writer, bool in_all, Xapian::valueno slot, const std::string& value) {
  const Xapian::docid last = in_all ? writer.get_lastdocid() : 1;
  for (Xapian::docid id = 1; id <= last; ++id) {
    Xapian::Document document = writer.get_document(id);
    document.add_value(slot, value);
    writer.replace_document(id, document);
  }
}

void change_first(Writer& writer, const std::function<void(Xapian::Document&)>& change) {
  Xapian::Document document = writer.get_document(1);
  change(document);
  writer.replace_document(1, document);
}

Change value_change(Xapian::valueno slot, bool in_all, const std::string& value) {
  return {fmt::format("slot {} of {} is {}", slot, in_all ? "all" : "document 1", shown(value)),
          [=](Writer& writer) { set_value(writer, in_all, slot, value); }};
}

Change metadata_change(const std::string& key, const std::string& value) {
  return {fmt::format("{} is {}", key, shown(value)),
          [=](Writer& writer) { writer.set_metadata(key, value); }};
}

Change term_change(const std::string& term, Xapian::termpos position) {
  return {fmt::format("term {} at {}", shown(term), position), [=](Writer& writer) {
            change_first(writer, [&](Xapian::Document& document) {
              if (position == 0) {
                document.add_boolean_term(term);
              } else {
                document.add_posting(term, position, 1'000'000'000);
              }
            });
          }};
}

Change data_change(const std::string& data) {
  return {fmt::format("data of document 1 is {}", shown(data)), [=](Writer& writer) {
            change_first(writer, [&](Xapian::Document& document) { document.set_data(data); });
          }};
}

Change id_change(Xapian::docid id) {
  return {fmt::format("a document {}", id),
          [=](Writer& writer) { writer.replace_document(id, writer.get_document(1)); }};
}

// The last bytes of iamglass are numbers: of documents, their lengths, the last document.
Change statistics_change(std::size_t from_end, char byte) {
  return {fmt::format("statistics: {} at {} from the end", shown({byte}), from_end), [](Writer&) {},
          [=](const fs::path& generation) {
            const fs::path file = generation / "iamglass";
            std::string bytes = read_file(file);
            if (from_end >= bytes.size()) return;
            bytes[bytes.size() - 1 - from_end] = byte;
            write_file(file, bytes);
          }};
}

std::vector<Change> other_changes() {
  return {
      {"no documents",
       [](Writer& writer) {
         for (Xapian::docid id = writer.get_lastdocid(); id > 0; --id) writer.delete_document(id);
       }},
      {"document 2 is gone", [](Writer& writer) { writer.delete_document(2); }},
      {"document 1 is empty",
       [](Writer& writer) { writer.replace_document(1, Xapian::Document()); }},
      {"50 documents alike",
       [](Writer& writer) {
         for (int i = 0; i < 50; ++i) writer.add_document(writer.get_document(1));
       }},
      {"empty documents",
       [](Writer& writer) {
         for (int i = 0; i < 50; ++i) writer.add_document(Xapian::Document());
       }},
      {"100,000 positions of a word",
       [](Writer& writer) {
         change_first(writer, [](Xapian::Document& document) {
           for (Xapian::termpos i = 0; i < 100'000; ++i) document.add_posting("regret", i * 40'000);
         });
       }},
      {"the last position",
       [](Writer& writer) {
         change_first(writer, [](Xapian::Document& document) {
           for (const char* word : {"regret", "the", "delay"}) {
             document.add_posting(word, std::numeric_limits<Xapian::termpos>::max());
             document.add_posting(word, 0);
           }
         });
       }},
      {"all in one place",
       [](Writer& writer) {
         change_first(writer, [](Xapian::Document& document) {
           for (const char* word : {"regret", "the", "delay"}) document.add_posting(word, 7);
         });
       }},
      {"100,000 terms",
       [](Writer& writer) {
         change_first(writer, [](Xapian::Document& document) {
           for (int i = 0; i < 100'000; ++i) document.add_boolean_term(fmt::format("XStr{}", i));
         });
       }},
  };
}

const std::vector<Xapian::valueno> kSlots = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 99};
const std::vector<Xapian::docid> kIds = {7, 1'000, 5'000'000, 4'294'967'290};
const std::vector<Xapian::termpos> kPositions = {0, 1, std::numeric_limits<Xapian::termpos>::max()};

// Each hostile thing of the tables above, once.
std::vector<Change> systematic_changes() {
  std::vector<Change> all = other_changes();
  for (const auto slot : kSlots) {
    for (const auto& value : hostile_values()) {
      all.push_back(value_change(slot, all.size() % 2 == 0, value));
    }
  }
  for (const auto& key : keys()) {
    for (const auto& value : hostile_metadata()) all.push_back(metadata_change(key, value));
  }
  for (const auto& term : hostile_terms()) {
    for (const auto position : kPositions) all.push_back(term_change(term, position));
  }
  for (const auto& data : hostile_data()) all.push_back(data_change(data));
  for (const auto id : kIds) all.push_back(id_change(id));
  for (std::size_t at = 0; at < 20; ++at) {
    for (const char byte : {'\0', '\x01', '\x7f', '\xff'}) {
      all.push_back(statistics_change(at, byte));
    }
  }
  return all;
}

std::string random_bytes(std::mt19937& random) {
  std::string bytes(random() % 80, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() % 4 : random());
  return bytes;
}

template <class T>
const T& any_of(const std::vector<T>& list, std::mt19937& random) {
  return list[random() % list.size()];
}

// A sound value of ours with a few bytes changed comes further than noise does.
Change random_change(std::mt19937& random) {
  static const std::vector<Change> kOthers = other_changes();
  static const std::vector<std::string> kKeys = keys();
  const auto seed = random();
  switch (random() % 7) {
    case 0:
      return value_change(any_of(kSlots, random), random() % 2 == 0, random_bytes(random));
    case 1:
      return {fmt::format("a value changed by {}", seed), [seed](Writer& writer) {
                std::mt19937 own(seed);
                const auto slot = any_of(kSlots, own);
                std::string value = writer.get_document(1).get_value(slot) + "\x01";
                for (int i = 0; i < 2; ++i) value[own() % value.size()] = static_cast<char>(own());
                set_value(writer, false, slot, value);
              }};
    case 2:
      return metadata_change(any_of(kKeys, random), random_bytes(random));
    case 3:
      return {fmt::format("metadata changed by {}", seed), [seed](Writer& writer) {
                std::mt19937 own(seed);
                const std::string& key = any_of(kKeys, own);
                std::string value = writer.get_metadata(key) + "\n";
                for (int i = 0; i < 3; ++i)
                  value[own() % value.size()] = "\t\n\xff-|09a"[own() % 8];
                writer.set_metadata(key, value);
              }};
    case 4:
      return {fmt::format("data changed by {}", seed), [seed](Writer& writer) {
                std::mt19937 own(seed);
                change_first(writer, [&](Xapian::Document& document) {
                  std::string data = document.get_data() + "\n";
                  for (int i = 0; i < 3; ++i) {
                    data[own() % std::min<std::size_t>(data.size(), 600)] =
                        "\"[]{},:-9\n\xff"[own() % 11];
                  }
                  document.set_data(data);
                });
              }};
    case 5:
      return term_change(
          any_of(std::vector<std::string>{"XS", "XXP", "D", "Q", "Z", "XD"}, random) +
              random_bytes(random),
          any_of(kPositions, random));
    default:
      return any_of(kOthers, random);
  }
}

struct Call {
  bool searches;
  Arguments arguments;
};

class HostileBench : Workplace {
 public:
  HostileBench() {
    for (int i = 1; i <= 5; ++i) write(i, "We regret the delay");
    REQUIRE(run("dateline-index", {"--quiet", "--db", database, archive}).status == 0);
    write(6, "Nobody regrets the delay");
    write(2, "All regret the delay");
    write_file(folder / "aliases.tsv", "Anna Lind\tLind\n");
  }

  std::string aliases() const { return (folder / "aliases.tsv").string(); }

  std::vector<Call> calls() const {
    const std::string article = archive + "/1.txt";
    std::vector<Call> all;
    for (const Arguments& one : std::vector<Arguments>{
             {"treaty"},
             {"\"regret the delay\""},
             {"regret NEAR/3 delay"},
             {"--facet", "speaker:all", "--facet", "organisation:all", "--facet", "place:all",
              "--facet", "country:all", "--facet", "focus:all", "--timeline", "day", ""},
             {"--facet", "mentions-year:all", "--facet", "mentions-month:all", "--facet",
              "mentions-day:all", "--facet", "year:all", "--facet", "month", "--facet", "day", ""},
             {"--quotes", "--format", "json", "speaker:lind"},
             {"--sort", "newest", "--all", "--format", "json", ""},
             {"--sort", "oldest", "--format", "csv", "--offset", "2", "treaty -ferry"},
             {"near:\"Geneva,50km\""},
             {"--explain", "place:oslo country:CH focus:NO organisation:treaty"},
             {"--limit", "0", "--facet", "speaker:50", "--format", "paths"},
             {"--more-like", article},
             {"--show", article},
             {"--match", "any", "--collapse", "near", "ferry oslo trety"},
             {"--significant", "place", "--significant", "speaker", "delay"},
             {"--filter", "speaker=Anna Lind", "--filter", "place=Oslo", "tr*"},
             {"--recent", "30", "date:2023-03 mentions:2023 -path:2.txt"}}) {
      all.push_back({true, one});
    }
    for (const Arguments& one : std::vector<Arguments>{{"--check"},
                                                       {"--stats"},
                                                       {"--stats", "--json", "--failed"},
                                                       {"--dump"},
                                                       {"--audit"},
                                                       {"--health"},
                                                       {"--health", "--prometheus"},
                                                       {"--preview-aliases", aliases()},
                                                       {"--dry-run", archive},
                                                       {"--backup", (folder / "copy.db").string()},
                                                       {"--compact"},
                                                       {"--aliases", aliases()},
                                                       {archive},
                                                       {"--rebuild", archive}}) {
      all.push_back({false, one});
    }
    return all;
  }

  // The database as it was, with the changes. False when Xapian itself refuses them.
  bool change(const std::vector<Change>& changes) {
    changed_ = folder / "changed.db";
    fs::remove_all(changed_);
    fs::copy(database, changed_, fs::copy_options::recursive);
    try {
      Writer writer((changed_ / "gen-000001").string(), Xapian::DB_OPEN);
      for (const auto& change : changes) change.make(writer);
      writer.commit();
      writer.close();
      for (const auto& change : changes) {
        if (change.on_files) change.on_files(changed_ / "gen-000001");
      }
    } catch (const Xapian::Error&) {
      return false;
    }
    return true;
  }

  Outcome expect_sound_end(const Call& call, const std::string& what) {
    const bool writes =
        !call.searches && (call.arguments[0] == "--compact" || call.arguments[0] == "--rebuild" ||
                           call.arguments[0] == "--aliases" || call.arguments[0] == archive);
    fs::path used = changed_;
    if (writes) {
      used = folder / "written.db";
      fs::remove_all(used);
      fs::copy(changed_, used, fs::copy_options::recursive);
    }
    fs::remove_all(folder / "copy.db");
    Arguments all = {"-c",
                     std::string("export DATELINE_DATA=\"$0\"; ") + kLimits,
                     data_folder().string(),
                     call.searches ? query_program() : index_program(),
                     "--db",
                     used.string()};
    all.insert(all.end(), call.arguments.begin(), call.arguments.end());
    const Outcome outcome = run_tool("sh", all);
    INFO(what << ": " << fmt::format("{}", fmt::join(call.arguments, " ")) << ": "
              << outcome.err.substr(0, 2'000));
    const bool health = call.arguments[0] == "--health";
    const bool unknown =
        call.searches && (call.arguments[0] == "--more-like" || call.arguments[0] == "--filter");
    CHECK((outcome.status == 0 || outcome.status == 1 || outcome.status == 3 ||
           (outcome.status == 2 && (health || unknown))));
    for (const char* raw : {"json.exception", "std::", "basic_string", "vector", "terminate",
                            "Xapian::", "what()", "stoi", "stod", "bad_alloc", "by signal",
                            "out of memory", "bitset", "map::at", "came to no end", "0 results"}) {
      CHECK_THAT(outcome.err, !Catch::Contains(raw));
    }
    const bool check = call.arguments[0] == "--check";  // Xapian's findings name the table
    if (outcome.status == 3 && !health && !check) {
      CHECK_THAT(outcome.err, Catch::Contains(used.string()) || Catch::Contains(archive) ||
                                  Catch::Contains((folder / "copy.db").string()) ||
                                  Catch::Contains("document"));
    }
    CHECK(outcome.err.find('\x1b') == std::string::npos);
    const bool json = std::ranges::find(call.arguments, "json") != call.arguments.end();
    if (!json) CHECK(outcome.out.find('\x1b') == std::string::npos);
    if (json && outcome.status <= 1) CHECK(nlohmann::json::accept(outcome.out));
    return outcome;
  }

 private:
  void write(int number, const std::string& words) const {
    const std::string body = fmt::format(
        "Treaty number {}\n\n“{} {}x,” said Anna Lind in Geneva on Monday, 6 March 2023.\n\n"
        "The Foreign Ministry said the ferry to Oslo left {} days later.\n",
        number, words, number, number);
    write_file(folder / fmt::format("archive/{}.txt", number),
               article_bytes(fmt::format("2023-03-{:02}", number), body));
  }

  fs::path changed_;
};

}  // namespace

TEST_CASE("damage to one document's values is told with the document", "[hostile]") {
  HostileBench bench;
  const std::string aliases = bench.aliases();
  const Call facet{true, {"--facet", "speaker:all", ""}};
  const Call preview{false, {"--preview-aliases", aliases}};
  const Call set{false, {"--aliases", aliases}};
  const auto speaker = number(Slot::speaker);
  const std::string no_list = "document 1: its facet speaker is no list of ordinals";
  const std::string no_name = "document 1: speaker 127 has no name";
  const std::string no_day = "document 1: its day of publication is none";
  const std::string date_less = "4 of 5 documents have a day of publication";
  const Call timeline{true, {"--timeline", "day", ""}};
  for (const auto& [change, call, words] : std::vector<std::tuple<Change, Call, std::string>>{
           {value_change(speaker, false, "\xff"), facet, no_list},
           {value_change(speaker, false, "\xff"), preview, no_list},
           {value_change(speaker, false, "\xff"), set, no_list},
           {value_change(speaker, false, "\x7f"), preview, no_name},
           {value_change(speaker, false, "\x7f"), set, no_name},
           {value_change(number(Slot::date), false, "x"), timeline, no_day},
           {value_change(number(Slot::date), false, ""), timeline, date_less}}) {
    REQUIRE(bench.change({change}));
    const Outcome outcome = bench.expect_sound_end(call, change.name);
    INFO(change.name << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains(words));
  }
}

TEST_CASE("hostile values, metadata, terms, positions and ids, each at once", "[hostile]") {
  HostileBench bench;
  const auto calls = bench.calls();
  const auto changes = systematic_changes();
  const auto step = static_cast<std::size_t>(trials(23, 1));
  const auto calls_each = static_cast<std::size_t>(trials(4, 8));
  std::size_t next = 0;
  for (std::size_t i = 0; i < changes.size(); i += step) {
    if (!bench.change({changes[i]})) continue;
    for (std::size_t n = 0; n < calls_each; ++n) {
      bench.expect_sound_end(calls[next++ % calls.size()], changes[i].name);
    }
  }
}

TEST_CASE("hostile content at random", "[hostile]") {
  HostileBench bench;
  const auto calls = bench.calls();
  std::mt19937 random{20261128};
  std::size_t next = 0;
  const auto calls_each = static_cast<std::size_t>(trials(3, 8));
  for (int trial = 0; trial < trials(40, 400); ++trial) {
    std::vector<Change> changes;
    std::string names = fmt::format("trial {}", trial);
    for (std::size_t i = 1 + random() % 3; i > 0; --i) {
      changes.push_back(random_change(random));
      names += ": " + changes.back().name;
    }
    if (!bench.change(changes)) continue;
    for (std::size_t n = 0; n < calls_each; ++n) {
      bench.expect_sound_end(calls[next++ % calls.size()], names);
    }
  }
}
