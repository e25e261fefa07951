#include "query/options.h"

#include <fmt/format.h>

#include <boost/program_options/variables_map.hpp>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "query/program_info.h"
#include "query/query_parser.h"

namespace dateline {
namespace {

namespace po = boost::program_options;

constexpr std::size_t kMostHits = 1'000'000;
constexpr double kMostDays = 1e6;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string text_of(const po::variables_map& values, const char* name) { return values.count(name) == 0 ? "" : values[name].as<std::string>(); }

const std::vector<std::pair<std::string_view, OutputFormat>> kFormats = {
    {"text", OutputFormat::text}, {"json", OutputFormat::json}, {"jsonl", OutputFormat::jsonl}, {"csv", OutputFormat::csv},
    {"tsv", OutputFormat::tsv}, {"paths", OutputFormat::paths}, {"trec", OutputFormat::trec}};

const std::vector<std::pair<std::string_view, Generated>> kGenerated = {
    {"man", Generated::manual}, {"language", Generated::language}, {"bash", Generated::bash}, {"zsh", Generated::zsh}};

// The choice of that name; absent when the option is not given.
template <class Choice>
std::optional<Choice> choice(const po::variables_map& values, const char* name, const std::vector<std::pair<std::string_view, Choice>>& choices) {
  if (values.count(name) == 0) return std::nullopt;
  const std::string given = values[name].as<std::string>();
  std::vector<std::string_view> names;
  for (const auto& [text, value] : choices) {
    if (given == text) return value;
    names.push_back(text);
  }
  throw UsageError(fmt::format("--{} {}: not one of {}", name, given, fmt::join(names, ", ")));
}

Facet facet_of(std::string_view name, std::string_view option) {
  if (const auto facet = parse_facet(name)) return *facet;
  std::vector<std::string_view> names;
  for (const auto& facet : kFacets) names.push_back(facet.name);
  const auto nearest = nearest_name(name, names);
  throw UsageError(fmt::format("{}: there is no facet {}", option, name),
                   nearest.empty() ? fmt::format("the facets are {}", fmt::join(names, ", ")) : fmt::format("did you mean {}?", nearest));
}

FacetRequest parse_facet_request(const std::string& text, std::string_view option) {
  const auto colon = text.find(':');
  FacetRequest request{.facet = facet_of(text.substr(0, colon), option)};
  if (colon == std::string::npos) return request;
  const std::string count = text.substr(colon + 1);
  std::size_t most = 0;
  const auto read = std::from_chars(count.data(), count.data() + count.size(), most);
  if (count == "all") request.most = std::nullopt;
  else if (read.ec == std::errc{} && read.ptr == count.data() + count.size() && most > 0) request.most = most;
  else throw UsageError(fmt::format("{} {}: \"{}\" is neither a number nor all", option, text, count), fmt::format("for example {} speaker:20", option));
  return request;
}

FacetRequest parse_significant(const std::string& text) {
  const FacetRequest request = parse_facet_request(text, "--significant");
  if (!info(request.facet).has_ordinals) {
    throw UsageError(fmt::format("--significant {}: a date of publication is no value to compare", text), "for example --significant speaker");
  }
  return request;
}

Filter parse_filter(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw UsageError(fmt::format("--filter {}: not of the form FIELD=VALUE", text), "for example --filter country=CH");
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
  if (!day || day->unit != DateUnit::day) throw UsageError(fmt::format("--today {}: no day of the form YYYY-MM-DD", given));
  return days_of(*day).first;
}

QueryAction action_of(const po::variables_map& values) {
  const std::vector<std::pair<const char*, QueryAction>> actions = {
      {"help", QueryAction::help}, {"help-all", QueryAction::help_all}, {"generate", QueryAction::generate}, {"version", QueryAction::version}, {"fields", QueryAction::fields}, {"show", QueryAction::show},
      {"queries", QueryAction::batch}, {"count", QueryAction::count}};
  for (const auto& [name, action] : actions) {
    if (values.count(name) != 0) return action;
  }
  return QueryAction::search;
}

std::optional<double> recent_of(const po::variables_map& values) {
  if (values.count("recent") == 0) return std::nullopt;
  const double days = values["recent"].as<double>();
  if (!(days > 0 && days <= kMostDays)) throw UsageError(fmt::format("--recent {}: not over 0 and up to {} days", days, kMostDays));
  return days;
}

void set_facets(const po::variables_map& values, SearchRequest& request) {
  if (values.count("facet") != 0) {
    for (const auto& text : values["facet"].as<std::vector<std::string>>()) request.facets.push_back(parse_facet_request(text, "--facet"));
  }
  if (values.count("significant") != 0) {
    for (const auto& text : values["significant"].as<std::vector<std::string>>()) request.significant.push_back(parse_significant(text));
  }
  if (values.count("filter") != 0) {
    for (const auto& text : values["filter"].as<std::vector<std::string>>()) request.filters.push_back(parse_filter(text));
  }
  request.facet_sort = choice<FacetSort>(values, "facet-sort", {{"count", FacetSort::count}, {"name", FacetSort::name}}).value_or(FacetSort::count);
  if (values.count("facet-min") != 0) request.facet_min = values["facet-min"].as<std::uint64_t>();
  request.facet_prefix = text_of(values, "facet-prefix");
}

SearchRequest request_of(const po::variables_map& values) {
  SearchRequest request;
  if (values.count("argument") != 0) request.query = fmt::format("{}", fmt::join(values["argument"].as<std::vector<std::string>>(), " "));
  request.plain = values.count("plain") != 0;
  request.explain = values.count("explain") != 0;
  request.match = choice<MatchMode>(values, "match", {{"all", MatchMode::all}, {"any", MatchMode::any}}).value_or(MatchMode::all);
  request.sort = choice<SortOrder>(values, "sort", {{"relevance", SortOrder::relevance}, {"newest", SortOrder::newest}, {"oldest", SortOrder::oldest}});
  request.timeline = choice<DateUnit>(values, "timeline", {{"day", DateUnit::day}, {"week", DateUnit::week}, {"month", DateUnit::month}, {"year", DateUnit::year}});
  request.recent = recent_of(values);
  request.more_like = text_of(values, "more-like");
  request.collapse = choice<bool>(values, "collapse", {{"near", true}}).value_or(false);
  request.facets_collapsed = values.count("facet-collapsed") != 0;
  if (request.facets_collapsed && !request.collapse) throw UsageError("--facet-collapsed goes with --collapse near only");
  if (values.count("limit") != 0) request.limit = values["limit"].as<std::uint64_t>();
  if (values.count("offset") != 0) request.offset = values["offset"].as<std::uint64_t>();
  if (request.limit > kMostHits) throw UsageError(fmt::format("--limit {}: more than {}", request.limit, kMostHits));
  request.today = today_of(values);
  set_facets(values, request);
  return request;
}

bool needs_database(QueryAction action) {
  return action == QueryAction::search || action == QueryAction::batch || action == QueryAction::count || action == QueryAction::show;
}

// Which options of output go together.
void check_output(const po::variables_map& values, const QueryOptions& options) {
  if (options.exact_paths && options.format != OutputFormat::paths) throw UsageError("--null goes with --format paths only");
  if (options.action != QueryAction::batch) return;
  if (!options.request.query.empty()) throw UsageError(fmt::format("--queries and the query \"{}\" exclude each other", options.request.query));
  if (options.all) throw UsageError("--queries and --all exclude each other", "name a --limit");
  const bool tells_queries_apart = options.format == OutputFormat::text || options.format == OutputFormat::json ||
                                   options.format == OutputFormat::jsonl || options.format == OutputFormat::trec;
  if (!tells_queries_apart) {
    throw UsageError(fmt::format("--format {}: does not say which of --queries found a hit", values["format"].as<std::string>()), "--format jsonl does");
  }
}

}  // namespace

QueryOptions parse_query_options(int argc, const char* const* argv) {
  const OutsideSettings outside{environment("DATELINE_DB"), config_file(environment("XDG_CONFIG_HOME"), environment("HOME"))};
  const auto values = parse_command_line(kQueryProgram, argc, argv, outside);
  QueryOptions options;
  options.action = action_of(values);
  options.request = request_of(values);
  options.request.home = environment("HOME");
  options.database = text_of(values, "db");
  options.format = choice<OutputFormat>(values, "format", kFormats).value_or(OutputFormat::text);
  options.all = values.count("all") != 0;
  options.exact_paths = values.count("null") != 0;
  options.colour = choice<ColourMode>(values, "color", {{"auto", ColourMode::automatic}, {"always", ColourMode::always}, {"never", ColourMode::never}}).value_or(ColourMode::automatic);
  options.no_colour_in_environment = !environment("NO_COLOR").empty();
  if (const auto columns = std::strtoul(environment("COLUMNS").c_str(), nullptr, 10); columns > 0) options.columns = columns;
  options.queries = text_of(values, "queries");
  options.show = text_of(values, "show");
  options.generated = choice<Generated>(values, "generate", kGenerated).value_or(Generated::manual);
  if (needs_database(options.action) && options.database.empty()) {
    throw UsageError("no database named", "name it with --db DB or in the environment, DATELINE_DB=DB");
  }
  check_output(values, options);
  return options;
}

}  // namespace dateline
