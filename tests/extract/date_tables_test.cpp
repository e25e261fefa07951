// The tables of dates: a holiday or a date word is one row, and a row that nobody understands is
// an error that names file and line.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>

#include "common/article.h"
#include "common/error.h"
#include "common/text/take_until.h"
#include "indexer/extract/dates/date_expression.h"
#include "indexer/extract/tsv.h"
#include "indexer/formats/article_format.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

// A data folder of our own: no list has a word, but `words` and `holidays`, without their headers.
class Tables {
 public:
  Tables(const std::string& words, const std::string& holidays, const std::string& historic = "") {
    for (const auto& item : std::filesystem::directory_iterator(data_folder() / "en")) {
      const auto name = item.path().filename();
      if (name.extension() == ".tsv") write_file(folder_ / ("en" / name), "word\n");
    }
    write_file(folder_ / "en/dates/words.tsv", "word\troles\tvalue\n" + words);
    write_file(folder_ / "en/dates/holidays.tsv", "name\tday\n" + holidays);
    write_file(folder_ / "en/dates/movable_days.tsv",
               "feast\tday\nlantern\t2022-02-15\nlantern\t2023-01-05\nlantern\t2023-12-25\n");
    write_file(folder_ / "en/dates/historic.tsv", "name\tdate\twithin\tcues\n" + historic);
  }

  // The values found in a sentence of 2023-03-03, or the error without the folder.
  std::string read(const std::string& sentence) const {
    try {
      const Lexicon lexicon = Lexicon::load(folder_.path());
      const Holidays holidays = Holidays::load(folder_.path(), lexicon);
      const Article article = parse_article("a.txt", " date 2023-03-03 \n\n" + sentence + "\n");
      std::string values;
      for (const auto& date : find_dates(tokenize(article, lexicon), article.date, holidays))
        values += to_string(date.value) + ' ';
      return values;
    } catch (const Error& error) {
      const std::string text = error.what();
      return text.substr(text.rfind('/') + 1);
    }
  }

 private:
  TemporaryFolder folder_;
};

const std::string kCalendar =
    "jan\tmonth,shortened\t1\nmon\tweekday,shortened\t1\nmonday\tweekday\t1\n"
    "nov\tmonth,shortened\t11\non\tbefore_holiday\nthe\tthe\nthu\tweekday,shortened\t4\n";

}  // namespace

TEST_CASE("a holiday is one row, whatever its rule") {
  const Tables tables(
      kCalendar,
      "Eid al-Fitr\t04-21\nFounders' Day\tnov thu 4\nJuneteenth\t06-19\n"
      "Mill Day\tjan mon last\nMill Day Eve\tjan mon 1 -1\nSt. Olaf's Day\teaster+39\n"
      "the Tenth of May\t05-10\n");
  CHECK(tables.read("They met on Juneteenth.") == "2023-06-19 ");
  CHECK(tables.read("They met on Eid al-Fitr.") == "2023-04-21 ");
  CHECK(tables.read("They met on Founders' Day.") == "2022-11-24 ");
  CHECK(tables.read("They met on Founders\u2019 Day.") == "2022-11-24 ");
  CHECK(tables.read("They met on Mill Day.") == "2023-01-30 ");
  CHECK(tables.read("They met on Mill Day Eve.") == "2023-01-01 ");
  CHECK(tables.read("They met on St Olaf\u2019s Day.") == "2023-05-18 ");
  CHECK(tables.read("They met on St. Olaf's Day.") == "2023-05-18 ");
  CHECK(tables.read("They met on the Tenth of May.") == "2023-05-10 ");
  CHECK(tables.read("They met on juneteenth.") == "");
  CHECK(tables.read("Juneteenth songs were sung.") == "");
  CHECK(tables.read("They met on the tenth Of May.") == "");
}

TEST_CASE("a feast of another calendar has its days in a table") {
  const Tables tables(kCalendar, "Lantern Feast\ttable lantern\n");
  CHECK(tables.read("They met on Lantern Feast.") == "2023-01-05 ");
  CHECK(tables.read("They met on Lantern Feast 2022.") == "2022-02-15 ");
  CHECK(tables.read("They met on Lantern Feast 1999.") == "");
  CHECK(Tables(kCalendar, "Lamp Feast\ttable lamp\n").read("They met.") ==
        "holidays.tsv:2: movable_days.tsv has no \"lamp\"");
}

TEST_CASE("a historic date is one row, with the words that have to stand beside it") {
  const Tables tables(kCalendar, "",
                      "4/4\t1998-04-04\t0\t\nBlack Noon\t1901-02-03\t5\tflood\n"
                      "Monday Club\t-\t0\t\n");
  CHECK(tables.read("They fled after 4/4.") == "1998-04-04 ");
  CHECK(tables.read("They fled on Black Noon, in the flood.") == "1901-02-03 ");
  CHECK(tables.read("They fled on Black Noon.") == "");
  CHECK(tables.read("The Monday Club met.") == "");
  const auto error = [](const std::string& row) {
    return Tables(kCalendar, "", row + "\n").read("They met.");
  };
  CHECK(error("Black Noon\t1901-02-30\t0\t") == "historic.tsv:2: \"1901-02-30\" is no date");
  CHECK(error("Black Noon\t1901-02-03\t5\t") ==
        "historic.tsv:2: cues need a number of tokens, and the number needs cues");
  CHECK(error("Black Noon\t1901-02-03\tfive\tflood") ==
        "historic.tsv:2: \"five\" is no number of tokens up to 60");
}

TEST_CASE("a date word is one row") {
  const std::string sentence = "They met on Washday.";
  CHECK(Tables(kCalendar, "").read(sentence) == "");
  CHECK(Tables(kCalendar + "washday\tweekday\t1\n", "").read(sentence) == "2023-02-27 ");
}

TEST_CASE("a row of a holiday that no rule knows is an error that names file and line") {
  const auto error = [](const std::string& row) {
    return Tables(kCalendar, "Alms Day\t01-02\n" + row + "\n").read("They met.");
  };
  for (const std::string rule : {"02-29", "13-01", "1-2", "easter 2", "easter+101", "nov thu 5",
                                 "nov thu 0", "nov noday 1", "nov thu", "nov thu last 1", ""}) {
    CHECK(error("Mill Day\t" + rule)
              .starts_with("holidays.tsv:3: \"" + rule + "\" is no rule of a holiday"));
  }
  CHECK(error("Mill Day\t01-02\tnever") == "holidays.tsv:3: \"never\" is not \"alone\"");
  CHECK(error("mill day\t01-02") ==
        "holidays.tsv:3: \"mill day\" does not begin with a capital letter");
  CHECK(error("Mill  Day\t01-02") == "holidays.tsv:3: \"Mill  Day\" has a blank too many");
  CHECK(error("Alms Day\t01-03") == "holidays.tsv:3: \"Alms Day\" stands in line 2 already");
  CHECK(error("Aims Day\t01-03") ==
        "holidays.tsv:3: \"Aims Day\" comes before \"Alms Day\", the row above");
}

TEST_CASE("a row of a date word that no rule knows is an error that names file and line") {
  const auto error = [](const std::string& row) {
    return Tables(row + "\n", "").read("They met.");
  };
  CHECK(error("june\tmonht\t6") == "words.tsv:2: \"monht\" is no role of a date word");
  CHECK(error("june\tmonth\t13") == "words.tsv:2: \"13\" is no value of \"month\"");
  CHECK(error("june\tmonth") == "words.tsv:2: \"\" is no value of \"month\"");
  CHECK(error("june\tmonth,weekday\t6") ==
        "words.tsv:2: a word cannot be \"month\" and \"weekday\"");
  CHECK(error("week\tunit\tfortnight") == "words.tsv:2: \"fortnight\" is no value of \"unit\"");
  CHECK(error("since\tbefore_year\t6") == "words.tsv:2: \"6\" is no value of \"before_year\"");
  CHECK(error("June\tmonth\t6") == "words.tsv:2: \"June\" is not in lower case");
  CHECK(error("june\t") == "words.tsv:2: a word without a role");
}

TEST_CASE("each role of a date word is explained") {
  const auto folder = data_folder() / "en/dates";
  std::string manual = read_file(folder / "README.md");
  std::ranges::replace(manual, '\n', ' ');
  std::set<std::string> explained;  // what stands between backquotes
  bool quoted = false;
  for (const auto& part : parts_of<std::string>(manual, '`')) {
    if (quoted) {
      for (const auto& word : parts_of<std::string>(part, ' ')) explained.insert(word);
    }
    quoted = !quoted;
  }
  read_tsv(folder / "words.tsv", 2, [&](std::span<const std::string_view> row) {
    for (const auto& role : parts_of<std::string>(row[1], ',')) {
      INFO(role);
      CHECK(explained.contains(role));
    }
  });
}
