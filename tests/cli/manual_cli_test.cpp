// --help, manuals, completion and the configuration file from outside: nothing is missing anywhere,
// every example runs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <sstream>

#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// A page's characters as they are shown.
std::string shown_text(std::string roff) {
  for (const auto& [escape, text] : {std::pair{R"(\\-)", "-"},
                                     {R"(\\\(aq)", "'"},
                                     {R"(\\\(ga)", "`"},
                                     {R"(\\\(ti)", "~"},
                                     {R"(\\\(ha)", "^"}}) {
    roff = std::regex_replace(roff, std::regex(escape), text);
  }
  return roff;
}

// The options that --help-all lists: "-n, --limit N" and so on.
std::vector<std::string> options_of(const std::string& program) {
  std::vector<std::string> names;
  const std::regex row(R"(^  (?:-., |    )--([a-z-]+))");
  for (const auto& line : lines_of(run(program, {"--help-all"}).out)) {
    std::smatch match;
    if (std::regex_search(line, match, row)) names.push_back(match[1]);
  }
  return names;
}

// A home with the sample archive at ~/archive, indexed as ~/news.db, which is the default database.
struct Home {
  TemporaryFolder folder;

  Home() {
    std::filesystem::copy(data_folder() / "sample", folder / "archive",
                          std::filesystem::copy_options::recursive);
    REQUIRE(run("dateline-index", {"--quiet", "--db", database(), (folder / "archive").string()})
                .status == 0);
  }
  std::string database() const { return (folder / "news.db").string(); }

  // As someone types it, `dateline-query ...`, `dateline-index ...`.
  Outcome shell(const std::string& command) const {
    const auto folder_of = [](const std::string& program) {
      return std::filesystem::path(program).parent_path().string();
    };
    const std::string set = "HOME='" + folder.path().string() + "' DATELINE_DB='" + database() +
                            "' DATELINE_DATA='" + data_folder().string() + "' PATH='" +
                            folder_of(query_program()) + ":" + folder_of(index_program()) +
                            "':$PATH; export HOME DATELINE_DB DATELINE_DATA PATH; cd; ";
    return run_tool("bash", {"-c", set + command});
  }
};

const Home& home() {
  static const Home made;
  return made;
}

void check_runs(const std::string& command) {
  INFO(command);
  const Outcome outcome = home().shell(command);
  INFO(outcome.err);
  CHECK(outcome.status <= 1);
  CHECK(outcome.err.find("unknown") == std::string::npos);
}

}  // namespace

TEST_CASE(
    "--help fits a screen of 24 lines and 80 columns with the prompt, --help-all and --fields 80 "
    "columns") {
  for (const std::string program : {"dateline-index", "dateline-query"}) {
    const auto lines = lines_of(run(program, {"--help"}).out);
    CHECK(lines.size() <= 23);  // and the prompt
    CHECK(lines.size() > 10);
    for (const auto& line : lines_of(run(program, {"--help-all"}).out)) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
    for (const auto& line : lines) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
  for (const auto& line : lines_of(run("dateline-query", {"--fields"}).out)) {
    INFO(line);
    CHECK(line.size() <= 80);
  }
}

namespace {

// Status -> meaning, as --help-all says it; what is cut at the width of a line is joined again.
std::map<std::string, std::string> statuses_of(const std::string& program) {
  std::map<std::string, std::string> statuses;
  std::string last;
  bool there = false;
  for (const auto& line : lines_of(run(program, {"--help-all"}).out)) {
    if (line == "Exit status:")
      there = true;
    else if (there && line.empty())
      break;
    else if (there && line.starts_with("         "))
      statuses[last] += ' ' + line.substr(9);
    else if (there)
      statuses[last = line.substr(2, line.find(' ', 2) - 2)] = line.substr(9);
  }
  return statuses;
}

// The column of README's table of exit statuses, 1 dateline-index, 2 dateline-query.
std::map<std::string, std::string> statuses_of_readme(std::size_t column) {
  std::map<std::string, std::string> statuses;
  bool there = false;
  for (auto line : lines_of(read_file(source_folder() / "README.md"))) {
    if (line.starts_with("| exit |"))
      there = true;
    else if (there && line.empty())
      break;
    if (!there || line.starts_with("| exit |") || line.starts_with("| --- |")) continue;
    std::erase(line, '`');
    std::vector<std::string> cells;
    for (std::size_t begin = 2; begin < line.size(); begin = line.find('|', begin) + 2) {
      const auto cell = line.substr(begin, line.find('|', begin) - begin);
      cells.push_back(cell.empty() ? "" : cell.substr(0, cell.size() - 1));
    }
    if (column < cells.size() && !cells[column].empty()) statuses[cells[0]] = cells[column];
  }
  return statuses;
}

}  // namespace

TEST_CASE("README and manual give every exit status the same meaning") {
  CHECK(statuses_of("dateline-index").size() == 8);
  CHECK(statuses_of("dateline-query").size() == 5);
  CHECK(statuses_of("dateline-index") == statuses_of_readme(1));
  CHECK(statuses_of("dateline-query") == statuses_of_readme(2));
}

TEST_CASE("no option is missing from the manual page or from completion") {
  for (const std::string program : {"dateline-index", "dateline-query"}) {
    const auto options = options_of(program);
    CHECK(options.size() > 20);
    const std::string page = shown_text(run(program, {"--generate", "man"}).out);
    for (const auto& option : options) {
      INFO(program << " --" << option);
      CHECK(page.find("\\fB--" + option + "\\fR") != std::string::npos);
      for (const std::string shell : {"bash", "zsh"})
        CHECK(run(program, {"--generate", shell}).out.find("--" + option) != std::string::npos);
    }
  }
}

TEST_CASE("an option of the manual is an option of the program, its letter too") {
  for (const std::string program : {"dateline-index", "dateline-query"}) {
    for (const auto& option : options_of(program)) {
      const Outcome outcome = run(program, {"--" + option});
      INFO(outcome.err);
      CHECK(outcome.err.find("unrecognised") == std::string::npos);
    }
  }
  CHECK(run("dateline-query", {"-n"}).err.find("--limit") != std::string::npos);
}

TEST_CASE("the manual pages are clean markup") {
  REQUIRE(run_tool("groff", {"--version"}).status == 0);  // tests/run.sh installs it
  const TemporaryFolder folder;
  for (const auto& [program, what] : {std::pair{"dateline-index", "man"},
                                      {"dateline-query", "man"},
                                      {"dateline-query", "language"}}) {
    write_file(folder / "page", run(program, {"--generate", what}).out);
    const Outcome outcome =
        run_tool("groff", {"-man", "-Tutf8", "-ww", "-z", (folder / "page").string()});
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "");
  }
}

TEST_CASE("every example of the manual pages runs") {
  for (const std::string program : {"dateline-index", "dateline-query"}) {
    const std::string page = shown_text(run(program, {"--generate", "man"}).out);
    std::size_t examples = 0;
    const auto begin = page.find(".SH EXAMPLES");
    for (const auto& line : lines_of(page.substr(begin, page.find(".SH EXIT") - begin))) {
      if (!line.starts_with("dateline-")) continue;
      check_runs(line);
      ++examples;
    }
    CHECK(examples >= 5);
  }
}

TEST_CASE("every example of the query language runs, and stands in query/README.md") {
  const std::string page = shown_text(run("dateline-query", {"--generate", "language"}).out);
  const std::string readme = read_file(source_folder() / "query/README.md");
  const auto lines = lines_of(page.substr(0, page.find(".SH FACETS")));
  std::size_t examples = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i] != ".TP") continue;
    INFO(lines[i + 1]);
    const Outcome outcome = run("dateline-query", {"--db", home().database(), "--", lines[i + 1]});
    CHECK(outcome.status <= 1);
    if (lines[i + 1].find('/') == std::string::npos ||
        lines[i + 1].find("NEAR") != std::string::npos)
      CHECK(readme.find(lines[i + 1]) != std::string::npos);
    ++examples;
  }
  CHECK(examples > 20);
}

TEST_CASE("every command of the READMEs runs") {
  std::size_t commands = 0;
  for (const char* file : {"README.md", "query/README.md", "indexer/README.md"}) {
    for (const auto& line : lines_of(read_file(source_folder() / file))) {
      if (!line.starts_with("    dateline-") && !line.starts_with("    $ dateline-")) continue;
      check_runs(line.substr(line.find("dateline-")));
      ++commands;
    }
  }
  CHECK(commands >= 2);
}

TEST_CASE("the picture of a search in the README has the counts of the sample archive") {
  const std::string out =
      home()
          .shell(
              "COLUMNS=80 dateline-query --limit 1 --facet speaker:3 --timeline year seabed treaty")
          .out;
  std::string counts;
  for (const auto& line : lines_of(out.substr(out.find("\nspeaker (") + 1)))
    counts += line.empty() ? "\n" : "    " + line + "\n";
  CHECK_THAT(
      read_file(source_folder() / "README.md"),
      Catch::Contains(
          "    dateline-query --limit 1 --facet speaker:3 --timeline year seabed treaty\n") &&
          Catch::Contains(counts));
}

TEST_CASE("the picture of quotations in the README is what the sample archive has") {
  const std::string out =
      home().shell("COLUMNS=80 dateline-query --limit 1 --quotes speaker:olsen treaty").out;
  std::string quotes;
  for (const auto& line : lines_of(out.substr(out.find("    said by: "))))
    quotes += line.empty() ? "\n" : "    " + line + "\n";
  CHECK(quotes.size() > 500);
  CHECK_THAT(read_file(source_folder() / "README.md"),
             Catch::Contains("    dateline-query --limit 1 --quotes speaker:olsen treaty\n") &&
                 Catch::Contains(quotes));
}

TEST_CASE(
    "a manual page begins with the program's call, and a command of it can be copied: nothing "
    "filled, hyphenated or curled") {
  const TemporaryFolder folder;
  for (const std::string program : {"dateline-index", "dateline-query"}) {
    write_file(folder / "page", run(program, {"--generate", "man"}).out);
    const std::string page =
        run_tool("groff", {"-man", "-Tutf8", "-P-cbou", "-rLL=80n", (folder / "page").string()})
            .out;
    CHECK_THAT(page, Catch::Contains("SYNOPSIS\n       " + program + " [--db DB]"));
    CHECK(page.find("usage:") == std::string::npos);
    CHECK(page.find("\xe2\x80\x99") == std::string::npos);  // a curly apostrophe
    for (const auto& line : lines_of(page)) {
      INFO(line);
      if (line.find("         " + program + " ") != std::string::npos)
        CHECK_THAT(shown_text(run(program, {"--generate", "man"}).out),
                   Catch::Contains(line.substr(line.find(program))));
    }
  }
}

namespace {

using Words = std::vector<std::string>;

constexpr const char* kZshCompletion =
    "autoload -U compinit; compinit -u -D; bindkey '^I' complete-word";

// The words of a program's call as an interactive shell that was started so runs the line after
// these keys, \t among them.
Words typed(const std::string& shell, const std::string& start, const std::string& keys) {
  const TemporaryFolder folder;
  const std::string words = (folder / "words").string();
  std::string calls;
  for (const std::string program : {"dateline-query", "dateline-index"})
    calls += program + "() { printf '%s\\n' \"$@\" > '" + words + "'; }\n";
  write_file(folder / "keys", start + "\n" + calls + keys + "\nexit\n");
  const std::string interactive = shell == "bash" ? "bash --norc --noprofile -i" : "zsh -f -i";
  home().shell("export TERM=dumb LC_ALL=C.UTF-8; cat '" + (folder / "keys").string() +
               "' | timeout -s KILL 30 script -qec '" + interactive + "' /dev/null");
  return lines_of(std::filesystem::exists(words) ? read_file(words) : "");
}

// With the completion installed.
Words completed(const std::string& shell, const std::string& keys) {
  const TemporaryFolder folder;
  const std::string functions = (folder / "functions").string();
  write_file(folder / "functions/_dateline-query",
             run("dateline-query", {"--generate", shell}).out);
  return typed(shell,
               shell == "bash" ? "source '" + functions + "/_dateline-query'"
                               : "fpath=('" + functions + "' $fpath); " + kZshCompletion,
               keys);
}

void check_completion(const std::string& shell) {
  const auto words = [&](const std::string& keys) {
    return completed(shell, "dateline-query " + keys);
  };
  CHECK(words("--format=cs\t") == Words{"--format=csv"});
  CHECK(words("--facet organ\t") == Words{"--facet", "organisation"});
  CHECK(words("--show archive/2024/03/seabed-treaty-ag\t") ==
        Words{"--show", "archive/2024/03/seabed-treaty-agreed.txt"});
  const std::string olsen = "speaker=Margaret T. Olsen";
  CHECK(words("--filter speaker=Marg\t") == Words{"--filter", olsen});
  CHECK(words("--filter speaker=olsen\t") == Words{"--filter", olsen});
  CHECK(words("--filter spea\tMarg\t") == Words{"--filter", olsen});
  CHECK(words("--filter=speaker=olsen\t") == Words{"--filter=" + olsen});
  CHECK(words("--filter \"speaker=Marg\t") == Words{"--filter", olsen});
  CHECK(words("--filter 'speaker=Margaret T\t") == Words{"--filter", olsen});
  CHECK(words("--filter speaker=Margaret\\ T\t") == Words{"--filter", olsen});
  CHECK(words("spea\tMarg\t") == Words{"speaker:\"Margaret T. Olsen\""});
  CHECK(words("speaker:\"Marg\t") == Words{"speaker:\"Margaret T. Olsen\""});
  CHECK(words("'speaker:\"Marg\t") == Words{"speaker:\"Margaret T. Olsen\""});
  CHECK(words("--filter place=Mala\t") == Words{"--filter", "place=Malawi"});
  CHECK(words("-- -spea\tolsen\t") == Words{"--", "-speaker:\"Margaret T. Olsen\""});
  CHECK(words("'treaty -spea\tolsen\t") == Words{"treaty -speaker:\"Margaret T. Olsen\""});
  CHECK(words("--db ~/news.db speaker:Marg\t") ==
        Words{"--db", home().database(), "speaker:\"Margaret T. Olsen\""});
}

// A bare root without /dev/pts has none; an interactive shell cannot be tried there.
bool has_pseudo_terminal() {
  const bool has = run_tool("script", {"-qec", "true", "/dev/null"}).status == 0;
  if (!has) skip("no pseudo-terminal here: completion was not tried");
  return has;
}

}  // namespace

TEST_CASE(
    "bash completes options, choices, files, and fields, facets and their values, in quotation "
    "marks and out of them") {
  if (!has_pseudo_terminal()) return;
  check_completion("bash");
  CHECK(completed("bash", "dateline-query --timel\tmonth") == Words{"--timeline", "month"});
  CHECK(completed("bash", "dateline-query --filter speaker=otie\t") ==
        Words{"--filter", "speaker=otie"});  // several, listed only
}

TEST_CASE("zsh completes what bash does") {
  if (run_tool("zsh", {"--version"}).status != 0 || !has_pseudo_terminal()) return;
  check_completion("zsh");
  CHECK(completed("zsh", "dateline-query --timel\tmonth") == Words{"--timeline=month"});
}

TEST_CASE("`source <(dateline-query --generate SHELL)` completes, of both programs") {
  if (!has_pseudo_terminal()) return;
  for (const std::string shell : {"bash", "zsh"}) {
    if (run_tool(shell, {"--version"}).status != 0) continue;
    for (const std::string program : {"dateline-query", "dateline-index"}) {
      INFO(program << " in " << shell);
      const std::string start = "source <(command " + program + " --generate " + shell + ")";
      CHECK(typed(shell, shell == "bash" ? start : std::string(kZshCompletion) + "; " + start,
                  program + " --generate=zs\t") == Words{"--generate=zsh"});
    }
  }
}

TEST_CASE("a query may offer a field where words stand, and a plain word stays what it is") {
  if (!has_pseudo_terminal()) return;
  CHECK(completed("bash", "dateline-query treaty\t") == Words{"treaty"});
  CHECK(completed("bash", "dateline-query '\"seabed trea\t\"'") == Words{"\"seabed trea\""});
}

TEST_CASE("the configuration file says less than the environment, and that less than an option") {
  const TemporaryFolder folder;
  write_file(folder / "dateline/config",
             "# the archive\ndb = " + home().database() +
                 "\n[query]\nlimit = 3\nformat = paths\n[index]\njobs = 1\n");
  const std::map<std::string, std::string> config{{"XDG_CONFIG_HOME", folder.path().string()}};
  const auto paths = [&](std::vector<std::string> arguments,
                         std::map<std::string, std::string> environment) {
    environment.insert(config.begin(), config.end());
    return lines_of(run("dateline-query", arguments, environment).out).size();
  };
  CHECK(paths({}, {}) == 3);
  CHECK(paths({"--limit", "5"}, {}) == 5);
  CHECK(paths({"--all"}, {}) > 80);
  CHECK(run("dateline-query", {},
            {{"XDG_CONFIG_HOME", folder.path().string()}, {"DATELINE_DB", "/nowhere.db"}})
            .err.find("/nowhere.db") != std::string::npos);
  CHECK(run("dateline-index", {"--stats"}, config).status == 0);
}

TEST_CASE(
    "a flag undoes a setting, the environment goes before it, and what is of no use is passed "
    "over") {
  const TemporaryFolder folder;
  write_file(folder / "dateline/config",
             "db = '~/news.db'\n[query]\ncollapse = near\nrecent = 30\nformat = csv\ncolor = "
             "always\nlimit = 1\n");
  write_file(folder / "queries.tsv", "7\ttreaty\n");
  const auto query = [&](std::vector<std::string> arguments,
                         std::map<std::string, std::string> environment = {}) {
    environment.insert(
        {{"XDG_CONFIG_HOME", folder.path().string()}, {"HOME", home().folder.path().string()}});
    return run("dateline-query", arguments, environment);
  };
  CHECK(query({"--format", "json", "treaty"}).out !=
        query({"--format", "json", "--collapse", "none", "--recent", "0", "treaty"}).out);
  CHECK(query({"--format", "json", "--collapse", "none", "--recent", "0", "treaty"}).out ==
        run("dateline-query",
            {"--db", home().database(), "--limit", "1", "--format", "json", "treaty"})
            .out);
  CHECK(query({"--format", "text", "treaty"}).out.find('\x1b') != std::string::npos);
  CHECK(query({"--format", "text", "treaty"}, {{"NO_COLOR", "1"}}).out.find('\x1b') ==
        std::string::npos);
  CHECK_THAT(query({"--queries", (folder / "queries.tsv").string()}, {{"NO_COLOR", "1"}}).out,
             Catch::StartsWith("== 7: treaty\n"));
  CHECK(query({"--count", "treaty"}).status == 0);
  write_file(folder / "other/dateline/config", "db = '~/news.db'\n[query]\nformat = paths\n");
  CHECK_THAT(
      query({"--quotes", "speaker:olsen"}, {{"XDG_CONFIG_HOME", (folder / "other").string()}}).out,
      Catch::Contains("    Margaret T. Olsen: "));
  CHECK(query({"--sort", "newest", "treaty"}).status == 0);
  CHECK(query({"--show", (home().folder / "archive/2024/03/seabed-treaty-agreed.txt").string()})
            .status == 0);
}

TEST_CASE("a wrong setting does not stand in the way of help") {
  const TemporaryFolder folder;
  write_file(folder / "dateline/config", "[query]\nlimitt = 3\n");
  for (const std::string option :
       {"--help", "--help-all", "--version", "--fields", "--generate=bash"}) {
    const Outcome outcome =
        run("dateline-query", {option}, {{"XDG_CONFIG_HOME", folder.path().string()}});
    INFO(option << outcome.err);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("every choice that the completion offers is one that the program takes") {
  std::size_t choices = 0;
  for (const auto& line : lines_of(run("dateline-query", {"--generate", "bash"}).out)) {
    std::smatch found;
    if (!std::regex_search(
            line, found, std::regex(R"re(^    (--[a-z-]+)\) _dateline_choices "([a-z ]+)" ;;$)re")))
      continue;
    if (found[1] == "--facet" || found[1] == "--significant") continue;
    std::istringstream words(found[2]);
    for (std::string word; words >> word; ++choices) {
      const Outcome outcome = run("dateline-query", {"--db", home().database(), "--limit", "1",
                                                     "--facet", "speaker", found[1], word});
      INFO(found[1] << ' ' << word << '\n' << outcome.err);
      CHECK(outcome.status == 0);
    }
  }
  CHECK(choices > 20);
}

TEST_CASE("of a setting written twice the last one counts") {
  const TemporaryFolder folder;
  write_file(folder / "dateline/config",
             "db = /nowhere.db\ndb = " + home().database() + "\n[query]\nlimit = 1\nlimit = 2\n");
  CHECK(lines_of(run("dateline-query", {"--format", "paths"},
                     {{"XDG_CONFIG_HOME", folder.path().string()}})
                     .out)
            .size() == 2);
}

TEST_CASE("a setting that is none is named with its file, and what could have been meant") {
  const TemporaryFolder folder;
  for (const std::string text :
       {"[query]\nlimitt = 3\n", "colour = never\n", "[query]\nshow = /a.txt\n", "no setting\n",
        "[query]\nlimit = many\n", "[query]\nsort =\n", "[query]\nsort = up\n",
        "[query]\nrecent = -3\n", "[query]\nrecent = nan\n"}) {
    write_file(folder / "dateline/config", text);
    const Outcome outcome =
        run("dateline-query", {"treaty"},
            {{"XDG_CONFIG_HOME", folder.path().string()}, {"DATELINE_DB", home().database()}});
    INFO(text << outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("dateline/config") != std::string::npos);
    CHECK(outcome.err.find("hint: ") != std::string::npos);
  }
}
