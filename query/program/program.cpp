#include "query/program/program.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "common/cli/completion.h"
#include "common/cli/manual.h"
#include "common/cli/message.h"
#include "common/cli/output.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "query/engine.h"
#include "query/language/query_error.h"
#include "query/program/language_manual.h"
#include "query/program/program_info.h"
#include "query/render/notice_text.h"
#include "query/render/renderer.h"

namespace dateline {
namespace {

// Each page, each result of a batch is seen as soon as it is there.
void show(const std::string& text) {
  print(text);
  flush_output();
}

void note(const std::string& text) { complain("dateline-query", text, "", 0); }

// `where` is "" or ends in ": ", a line of a file.
void note_all(const ResultSet& results, const std::string& where = "") {
  for (const auto& notice : results.notices) note(where + notice_text(notice));
}

TextStyle style_of(const QueryOptions& options) {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  TextStyle style;
  style.colour =
      options.colour == ColourMode::always ||
      (options.colour == ColourMode::automatic && terminal && !options.no_colour_in_environment);
  winsize size{};
  if (options.columns)
    style.width = *options.columns;
  else if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.width = size.ws_col;
  return style;
}

OutputStyle output_style(const QueryOptions& options) {
  return {.format = options.format,
          .text = style_of(options),
          .query_id = "",
          .exact_paths = options.exact_paths};
}

// A format that has no place for it must not make --explain a word in the wind.
void note_explanation(const ResultSet& results, const QueryOptions& options) {
  const bool shows = options.format == OutputFormat::text || options.format == OutputFormat::json ||
                     options.format == OutputFormat::jsonl;
  if (!shows || options.count_only) say(harmless_lines(results.explanation));
}

// Every hit from the offset on. What was printed cannot be taken back: a search that breaks off
// midway is an error of the database.
int search_all(const QueryOptions& options) {
  const auto engine = open_engine(options.database);
  const OutputStyle style = output_style(options);
  ResultSet last;
  engine->search_all(options.request, [&](ResultSet& page) {
    if (page.earlier == 0) {
      note_all(page);
      note_explanation(page, options);
      show(render_begin(page, style));
    }
    show(render_hits(page, style));
    last = std::move(page);
  });
  show(render_end(last, style));
  return last.total > 0 ? 0 : 1;
}

int search(const QueryOptions& options) {
  if (options.all) return search_all(options);
  const auto engine = open_engine(options.database);
  const ResultSet results = engine->search(options.request);
  note_all(results);
  note_explanation(results, options);
  show(render(results, output_style(options)));
  return results.total > 0 ? 0 : 1;
}

// The request that only counts: no hit is read, nothing else is counted.
SearchRequest counting(SearchRequest request) {
  request.limit = 0;
  request.facets.clear();
  request.significant.clear();
  request.timeline.reset();
  return request;
}

int count(const QueryOptions& options) {
  const auto engine = open_engine(options.database);
  const ResultSet results = engine->search(counting(options.request));
  note_all(results);
  note_explanation(results, options);
  show(fmt::format("{}\n", results.total));
  return results.total > 0 ? 0 : 1;
}

// A TREC run needs paths and scores only.
SearchRequest batch_request(const QueryOptions& options) {
  if (options.count_only) return counting(options.request);
  SearchRequest request = options.request;
  const bool whole = options.format != OutputFormat::trec;
  request.exact_total = request.snippets = request.records = whole;
  return request;
}

// What tells the results apart; the other formats say it themselves.
std::string batch_result(const ResultSet& results, const std::string& id,
                         const QueryOptions& options) {
  if (options.count_only) return fmt::format("{}\t{}\n", harmless(id), results.total);
  OutputStyle style = output_style(options);
  style.query_id = id;
  const bool text = options.format == OutputFormat::text;
  return (text ? fmt::format("== {}: {}\n\n", harmless(id), harmless(results.query)) : "") +
         render(results, style) + (text ? "\n" : "");
}

// The lines of a batch; `where` is "queries.tsv:12: ".
class Batch {
 public:
  explicit Batch(const QueryOptions& options)
      : options_(options),
        engine_(open_engine(options.database)),
        request_(batch_request(options)) {}

  void run(const std::string& line, const std::string& where) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos || tab == 0)
      return refuse(fmt::format("{}no \"id TAB query\": {}", where, line));
    request_.query = line.substr(tab + 1);
    try {
      const ResultSet results = engine_->search(request_);
      note_all(results, where);
      note_explanation(results, options_);
      show(batch_result(results, line.substr(0, tab), options_));
    } catch (const QueryError& error) {
      report_query_error(error, request_.query, where);
      status_ = 2;
    }
  }
  int status() const { return status_; }

 private:
  void refuse(const std::string& message) {
    note(message);
    status_ = 2;
  }

  const QueryOptions& options_;
  const std::unique_ptr<Engine> engine_;
  SearchRequest request_;
  int status_ = 0;
};

// Runs every line; one that is none, or cannot be understood, is named and makes the status 2, the
// others run.
int batch(const QueryOptions& options) {
  const bool piped = options.queries == "-";
  std::ifstream file;
  if (!piped && !std::filesystem::is_directory(options.queries)) file.open(options.queries);
  if (!piped && !file.is_open())
    throw UsageError(fmt::format("--queries {}: cannot be read", options.queries.string()),
                     "name a file of lines \"id TAB query\", or - for standard input");
  std::istream& in = piped ? std::cin : file;
  const std::string name = piped ? "standard input" : options.queries.string();
  Batch queries(options);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) queries.run(line, fmt::format("{}:{}: ", name, number));
  }
  if (in.bad() || (piped && std::ferror(stdin) != 0))
    throw UsageError(name + ": cannot be read to its end");
  return queries.status();
}

int show_article(const QueryOptions& options) {
  const auto engine = open_engine(options.database);
  const auto article =
      engine->show(std::filesystem::path(options.request.paths.folder) / options.show);
  if (!article) {
    note(fmt::format("{}: no such article in the index; {}", options.show, kPathsHint));
    return 1;
  }
  print(render_article(*article, output_style(options)));
  return 0;
}

constexpr std::size_t kFieldColumn = 36;
constexpr std::size_t kFacetColumn = 18;

std::string fields() {
  std::string text = "Fields of the query language, an example of each:\n";
  for (const auto& field : kFields)
    text += help_row(fmt::format("  {}", field.example), field.help, kFieldColumn);
  text += "\nFacets, for --facet FIELD[:N|:all] and --filter FIELD=VALUE:\n";
  for (const auto& facet : kFacets)
    text += help_row(fmt::format("  {}", facet.name), facet.facet_help, kFacetColumn);
  return text;
}

std::string generated(Generated what) {
  switch (what) {
    case Generated::manual:
      return manual_page(kQueryProgram, DATELINE_VERSION);
    case Generated::language:
      return language_manual(DATELINE_VERSION);
    case Generated::bash:
      return bash_completion(kQueryProgram);
    case Generated::zsh:
      return zsh_completion(kQueryProgram);
  }
  return "";
}

constexpr std::size_t kCaretColumns = 38;  // shown on either side of it

// The end of a harmless text, cut to so many columns, with "…" before it when something was cut.
std::string last_columns(const std::string& text, std::size_t columns) {
  std::size_t pos = 0;
  if (columns_of(text) <= columns) return text;
  while (columns_of(std::string_view(text).substr(pos)) >= columns)
    pos += code_point_at(text, pos).bytes;
  return "…" + text.substr(pos);
}

}  // namespace

std::string with_caret(const std::string& query, std::size_t position) {
  const std::string before =
      last_columns(harmless(std::string_view(query).substr(0, position)), kCaretColumns);
  const std::string after =
      position < query.size()
          ? fitted(harmless(std::string_view(query).substr(position)), kCaretColumns, false)
          : "";
  return fmt::format("  {}{}\n  {}^", before, after, std::string(columns_of(before), ' '));
}

void report_query_error(const QueryError& error, const std::string& query,
                        const std::string& where) {
  note(where + notice_text(error.why()));
  if (error.position() != std::string::npos) say(with_caret(query, error.position()) + '\n');
  const std::string hint = hint_text(error.why());
  if (!hint.empty()) say(fmt::format("hint: {}\n", harmless(hint)));
}

int run_query_program(const QueryOptions& options) {
  switch (options.action) {
    case QueryAction::search:
      return search(options);
    case QueryAction::count:
      return count(options);
    case QueryAction::batch:
      return batch(options);
    case QueryAction::show:
      return show_article(options);
    case QueryAction::fields:
      print(fields());
      return 0;
    case QueryAction::help:
      print(short_help(kQueryProgram));
      return 0;
    case QueryAction::help_all:
      print(long_help(kQueryProgram));
      return 0;
    case QueryAction::generate:
      print(generated(options.generated));
      return 0;
    case QueryAction::version:
      print(
          fmt::format("dateline-query {} (index schema {}), GPL-2.0-or-later\nPlace names: "
                      "GeoNames, www.geonames.org, CC BY 4.0\n",
                      DATELINE_VERSION, kSchemaVersion));
      return 0;
  }
  return 2;
}

}  // namespace dateline
