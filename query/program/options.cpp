#include "query/program/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options/variables_map.hpp>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <vector>

#include "common/text/edit_distance.h"
#include "common/text/name_key.h"
#include "common/text/number.h"
#include "common/text/take_until.h"
#include "common/text/word.h"
#include "query/program/program_info.h"

namespace dateline {
namespace {

namespace po = boost::program_options;

constexpr std::size_t kMostHits = 1'000'000;
constexpr double kMostDays = 1e6;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string text_of(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? "" : values[name].as<std::string>();
}

// The choice of that name; absent when the option is not given.
template <class Choice>
std::optional<Choice> choice(const po::variables_map& values, const char* name,
                             const std::vector<std::pair<std::string_view, Choice>>& choices) {
  if (values.count(name) == 0) return std::nullopt;
  const std::string given = values[name].as<std::string>();
  for (const auto& [text, value] : choices) {
    if (given == text) return value;
  }
  throw std::logic_error(fmt::format("--{} {}: in the table of options, and unknown", name,
                                     given));  // parse_command_line() refuses all others
}

std::optional<OutputFormat> format_of(const po::variables_map& values) {
  return choice<OutputFormat>(values, "format",
                              {{"text", OutputFormat::text},
                               {"json", OutputFormat::json},
                               {"jsonl", OutputFormat::jsonl},
                               {"csv", OutputFormat::csv},
                               {"tsv", OutputFormat::tsv},
                               {"paths", OutputFormat::paths},
                               {"trec", OutputFormat::trec}});
}

std::optional<Generated> generated_of(const po::variables_map& values) {
  return choice<Generated>(values, "generate",
                           {{"man", Generated::manual},
                            {"language", Generated::language},
                            {"bash", Generated::bash},
                            {"zsh", Generated::zsh}});
}

// Letter case does not matter, as in the query language.
std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string hint_for_facet(std::string_view name, std::string_view option) {
  std::vector<std::string_view> names;
  for (const auto& facet : kFacets) names.push_back(facet.name);
  const auto comma = name.find(',');
  if (comma != std::string_view::npos)
    return fmt::format("one {0} for each: {0} {1} {0} {2}", option, name.substr(0, comma),
                       name.substr(comma + 1));
  const auto nearest = nearest_name(name, names);
  return nearest.empty() ? fmt::format("the facets are {}", fmt::join(names, ", "))
                         : fmt::format("did you mean {}?", nearest);
}

Facet facet_of(std::string_view name, std::string_view option) {
  if (const auto facet = parse_facet(lower(name))) return *facet;
  throw UsageError(fmt::format("{}: there is no facet {}", option, name),
                   hint_for_facet(name, option));
}

// N of FIELD:N; absent for "all".
std::optional<std::size_t> parse_most(const std::string& count, const std::string& text,
                                      std::string_view option) {
  if (count == "all") return std::nullopt;
  const auto most = parse_number<std::size_t>(count);
  const std::string hint = fmt::format("for example {} speaker:20", option);
  if (!most)
    throw UsageError(fmt::format("{} {}: \"{}\" is neither a number nor all", option, text, count),
                     hint);
  if (*most == 0) throw UsageError(fmt::format("{} {}: less than 1 value", option, text), hint);
  return most;
}

FacetRequest parse_facet_request(const std::string& text, std::string_view option) {
  const auto colon = text.find(':');
  FacetRequest request{.facet = facet_of(text.substr(0, colon), option)};
  if (colon != std::string::npos) request.most = parse_most(text.substr(colon + 1), text, option);
  return request;
}

FacetRequest parse_significant(const std::string& text) {
  const FacetRequest request = parse_facet_request(text, "--significant");
  if (!info(request.facet).has_ordinals()) {
    throw UsageError(
        fmt::format("--significant {}: a date of publication is no value to compare", text),
        "for example --significant speaker");
  }
  return request;
}

Filter parse_filter(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw UsageError(fmt::format("--filter {}: not of the form FIELD=VALUE", text),
                     "for example --filter country=CH");
  }
  return {facet_of(text.substr(0, equals), "--filter"), text.substr(equals + 1)};
}

Day today_of(const po::variables_map& values) {
  const std::string given = text_of(values, "today");
  if (given.empty()) {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return *make_day(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
  }
  const auto day = parse_partial_date(given);
  if (!day || day->unit != DateUnit::day)
    throw UsageError(fmt::format("--today {}: no day of the form YYYY-MM-DD", given),
                     "for example --today 2024-06-30");
  return days_of(*day).first;
}

QueryAction action_of(const po::variables_map& values) {
  const std::vector<std::pair<const char*, QueryAction>> actions = {
      {"help", QueryAction::help},         {"help-all", QueryAction::help_all},
      {"generate", QueryAction::generate}, {"version", QueryAction::version},
      {"fields", QueryAction::fields},     {"show", QueryAction::show},
      {"queries", QueryAction::batch},     {"count", QueryAction::count}};
  for (const auto& [name, action] : actions) {
    if (values.count(name) != 0) return action;
  }
  return QueryAction::search;
}

std::optional<double> recent_of(const po::variables_map& values) {
  if (values.count("recent") == 0) return std::nullopt;
  const double days = values["recent"].as<double>();
  if (!(days >= 0 && days <= kMostDays))
    throw UsageError(fmt::format("--recent {}: not between 0 and {} days", days, kMostDays),
                     "for example --recent 20");
  return days > 0 ? std::optional(days) : std::nullopt;
}

void set_facets(const po::variables_map& values, SearchRequest& request) {
  if (values.count("facet") != 0) {
    for (const auto& text : values["facet"].as<std::vector<std::string>>())
      request.facets.push_back(parse_facet_request(text, "--facet"));
  }
  if (values.count("significant") != 0) {
    for (const auto& text : values["significant"].as<std::vector<std::string>>())
      request.significant.push_back(parse_significant(text));
  }
  if (values.count("filter") != 0) {
    for (const auto& text : values["filter"].as<std::vector<std::string>>())
      request.filters.push_back(parse_filter(text));
  }
  request.facet_sort = choice<FacetSort>(values, "facet-sort",
                                         {{"count", FacetSort::count}, {"name", FacetSort::name}})
                           .value_or(FacetSort::count);
  if (values.count("facet-min") != 0) request.facet_min = values["facet-min"].as<std::uint64_t>();
  request.facet_prefix = text_of(values, "facet-prefix");
  if (!request.facet_prefix.empty() && split_words(request.facet_prefix).empty()) {
    throw UsageError(
        fmt::format("--facet-prefix {}: no letter or digit in it", request.facet_prefix),
        "for example --facet-prefix lin");
  }
}

SearchRequest request_of(const po::variables_map& values) {
  SearchRequest request;
  if (values.count("argument") != 0)
    request.query =
        fmt::format("{}", fmt::join(values["argument"].as<std::vector<std::string>>(), " "));
  request.plain = values.count("plain") != 0;
  request.quotes = values.count("quotes") != 0;
  request.explain = values.count("explain") != 0;
  request.match =
      choice<MatchMode>(values, "match", {{"all", MatchMode::all}, {"any", MatchMode::any}})
          .value_or(MatchMode::all);
  request.sort = choice<SortOrder>(values, "sort",
                                   {{"relevance", SortOrder::relevance},
                                    {"newest", SortOrder::newest},
                                    {"oldest", SortOrder::oldest}});
  request.timeline = choice<DateUnit>(values, "timeline",
                                      {{"day", DateUnit::day},
                                       {"week", DateUnit::week},
                                       {"month", DateUnit::month},
                                       {"year", DateUnit::year}});
  request.recent = recent_of(values);
  request.more_like = text_of(values, "more-like");
  request.collapse =
      choice<bool>(values, "collapse", {{"near", true}, {"none", false}}).value_or(false);
  request.facets_collapsed = values.count("facet-collapsed") != 0;
  request.guessed_places = values.count("guessed-places") != 0;
  if (values.count("limit") != 0) request.limit = values["limit"].as<std::uint64_t>();
  if (values.count("offset") != 0) request.offset = values["offset"].as<std::uint64_t>();
  if (request.limit > kMostHits)
    throw UsageError(fmt::format("--limit {}: more than {}", request.limit, kMostHits),
                     "--all prints every hit");
  request.today = today_of(values);
  set_facets(values, request);
  return request;
}

bool needs_database(QueryAction action) {
  return action == QueryAction::search || action == QueryAction::batch ||
         action == QueryAction::count || action == QueryAction::show;
}

// An option that would be passed over in silence is a mistake of the one who typed it.
struct Exclusion {
  std::string_view option;
  std::string_view others;  // parted by blanks
  std::string_view hint;
};

constexpr std::array kExclusions = {
    Exclusion{"show",
              "argument filter sort match recent more-like collapse plain queries facet "
              "significant timeline all offset today count quotes null explain fields",
              "--show prints one article; a search shows hits"},
    Exclusion{"fields",
              "argument filter sort match recent more-like collapse plain queries facet "
              "significant timeline all offset today count quotes null explain format",
              "--fields goes alone"},
    Exclusion{"queries", "argument", "the queries are lines of the file"},
    Exclusion{"queries", "all", "name a --limit"},
    Exclusion{
        "count", "sort recent offset quotes format facet significant timeline all null",
        "--count prints a number; --limit 0 --format json gives the total beside other counts"},
    Exclusion{"null", "facet significant timeline",
              "another program would take the counts for paths"},
};

void check_exclusions(const po::variables_map& values, const std::string& query) {
  for (const auto& row : kExclusions) {
    if (!is_given(values, std::string(row.option))) continue;
    for (const auto& other : parts_of<std::string>(row.others, ' ')) {
      if (!is_given(values, other)) continue;
      const std::string named =
          other == "argument" ? fmt::format("the query \"{}\"", query) : "--" + other;
      throw UsageError(fmt::format("--{} and {} exclude each other", row.option, named),
                       std::string(row.hint));
    }
  }
}

void check_companions(const po::variables_map& values, const SearchRequest& request) {
  const bool by_date = is_given(values, "sort") && request.sort != SortOrder::relevance;
  if (by_date && is_given(values, "recent") && request.recent)
    throw UsageError("--recent ranks, and --sort newest or oldest does not", "leave one out");
  if (request.facets_collapsed && !request.collapse)
    throw UsageError("--facet-collapsed goes with --collapse near only", "add --collapse near");
  for (const char* name : {"facet-min", "facet-prefix", "facet-sort"}) {
    if (is_given(values, name) && request.facets.empty())
      throw UsageError(fmt::format("--{} goes with --facet only", name),
                       "for example --facet speaker");
  }
}

// Is there a place in the format for what is asked?
bool has_place(OutputFormat format, const QueryOptions& options) {
  const QueryAction action = options.action;
  if (options.request.quotes && (format == OutputFormat::paths || format == OutputFormat::trec))
    return false;
  const bool json = format == OutputFormat::json || format == OutputFormat::jsonl;
  if (action == QueryAction::show) return json || format == OutputFormat::text;
  if (action == QueryAction::batch)
    return json || format == OutputFormat::text || format == OutputFormat::trec ||
           options.count_only;
  return true;
}

// The format of the settings file is what one usually wants: where it has no place for what is
// asked, text has.
OutputFormat format_of(const po::variables_map& values, const QueryOptions& options) {
  const auto format = format_of(values).value_or(OutputFormat::text);
  if (has_place(format, options)) return format;
  if (!is_given(values, "format")) return OutputFormat::text;
  const std::string name = values["format"].as<std::string>();
  if (options.request.quotes)
    throw UsageError(fmt::format("--quotes: --format {} shows no text", name),
                     "--format jsonl does");
  if (options.action == QueryAction::show)
    throw UsageError(fmt::format("--show: --format {} cannot show an article", name),
                     "--format json does");
  throw UsageError(fmt::format("--queries: --format {} does not say which query found a hit", name),
                   "--format jsonl does");
}

// Which options go together.
void check(const po::variables_map& values, const QueryOptions& options) {
  if (options.action >= QueryAction::help) return;
  check_exclusions(values, options.request.query);
  check_companions(values, options.request);
  if (options.exact_paths && options.format != OutputFormat::paths)
    throw UsageError("--null goes with --format paths only");
  if (needs_database(options.action) && options.database.empty()) {
    throw UsageError(
        "no database named",
        hint_for_database(config_file(environment("XDG_CONFIG_HOME"), environment("HOME"))));
  }
}

// "" when it was removed meanwhile.
std::string working_directory() {
  std::error_code failure;
  const auto folder = std::filesystem::current_path(failure);
  return failure ? "" : folder.string();
}

OutsideSettings outside_settings() {
  const std::string home = environment("HOME");
  return {.environment = {{"db", environment("DATELINE_DB")},
                          {"color", environment("NO_COLOR").empty() ? "" : "never"}},
          .config = config_file(environment("XDG_CONFIG_HOME"), home),
          .home = home};
}

}  // namespace

QueryOptions parse_query_options(int argc, const char* const* argv) {
  const auto values = parse_command_line(kQueryProgram, argc, argv, outside_settings());
  QueryOptions options;
  options.action = action_of(values);
  options.request = request_of(values);
  options.request.paths = {.folder = working_directory(), .home = environment("HOME")};
  options.database = text_of(values, "db");
  options.count_only = values.count("count") != 0;
  options.format = format_of(values, options);
  options.all = values.count("all") != 0;
  options.exact_paths = values.count("null") != 0;
  options.colour = choice<ColourMode>(values, "color",
                                      {{"auto", ColourMode::automatic},
                                       {"always", ColourMode::always},
                                       {"never", ColourMode::never}})
                       .value_or(ColourMode::automatic);
  options.no_colour_in_environment = !environment("NO_COLOR").empty();
  if (const auto columns = std::strtoul(environment("COLUMNS").c_str(), nullptr, 10); columns > 0)
    options.columns = columns;
  options.queries = text_of(values, "queries");
  options.show = text_of(values, "show");
  options.generated = generated_of(values).value_or(Generated::manual);
  check(values, options);
  return options;
}

}  // namespace dateline
