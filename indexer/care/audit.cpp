#include "indexer/care/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "common/text/terminal_text.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

template <class Value>
Value middle(std::vector<Value>& values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, at);
  return *at;
}

struct Neighbourhood {
  Day date;     // the middle one
  days spread;  // median absolute deviation
};

// REQUIRES: more than one article.
Neighbourhood neighbourhood(const std::vector<DatedArticle>& articles, std::size_t at) {
  std::vector<Day> dates;
  const std::size_t end = std::min(articles.size(), at + kNeighbours + 1);
  for (std::size_t i = at > kNeighbours ? at - kNeighbours : 0; i < end; ++i) {
    if (i != at) dates.push_back(articles[i].date);
  }
  const Day date = middle(dates);
  std::vector<days> deviations;
  for (const Day other : dates) deviations.push_back(std::chrono::abs(other - date));
  return {date, middle(deviations)};
}

bool is_far(Day date, const Neighbourhood& beside) {
  const days distance = std::chrono::abs(date - beside.date);
  return distance > days{kFarDays} && distance > kFarSpreads * beside.spread;
}

bool holds(const DateInterval& interval, Day day) {
  return (!interval.first || *interval.first <= day) && (!interval.last || day <= *interval.last);
}

// The range asked for, open ends closed by the dates not doubted.
std::optional<DayRange> closed(const DateInterval& asked, const std::set<Day>& trusted) {
  if (trusted.empty() && !(asked.first && asked.last)) return std::nullopt;
  const DayRange range{asked.first ? *asked.first : *trusted.begin(),
                       asked.last ? *asked.last : *trusted.rbegin()};
  return range.first <= range.last ? std::optional(range) : std::nullopt;
}

std::vector<DayRange> gaps(const DayRange& range, const std::set<Day>& present) {
  std::vector<DayRange> empty;
  Day next = range.first;
  for (auto day = present.lower_bound(range.first); day != present.end() && *day <= range.last;
       ++day) {
    if (*day > next) empty.push_back({next, *day - days{1}});
    next = *day + days{1};
  }
  if (next <= range.last) empty.push_back({next, range.last});
  return empty;
}

std::int64_t length(const DayRange& range) { return (range.last - range.first).count() + 1; }

std::string stretch(const DayRange& range) {
  if (range.first == range.last) return to_string(range.first);
  return fmt::format("{} to {} ({} days)", to_string(range.first), to_string(range.last),
                     length(range));
}

std::string doubt(std::string_view what, const DoubtfulArticle& found) {
  return fmt::format("{} {} {} (beside articles of {})\n", what, to_string(found.article.date),
                     harmless(found.article.path), to_string(found.neighbours));
}

Json to_json(const DayRange& range) {
  return {{"first", to_string(range.first)}, {"last", to_string(range.last)}};
}

Json to_json(const std::vector<DoubtfulArticle>& doubted) {
  Json list = Json::array();
  for (const auto& found : doubted) {
    list.push_back({{"path", replace_invalid_utf8(found.article.path)},
                    {"date", to_string(found.article.date)},
                    {"neighbours", to_string(found.neighbours)}});
  }
  return list;
}

}  // namespace

Audit audit(const std::vector<DatedArticle>& articles, std::vector<FailedFile> failed,
            const DateInterval& asked, Day today) {
  Audit found;
  found.failed = std::move(failed);
  std::set<Day> trusted;
  std::set<Day> present;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const DatedArticle& article = articles[i];
    const Neighbourhood beside =
        articles.size() > 1 ? neighbourhood(articles, i) : Neighbourhood{article.date, days{0}};
    const bool future = article.date > today + days{1};
    const bool far = !future && is_far(article.date, beside);
    present.insert(article.date);
    if (!future && !far)
      trusted.insert(article.date);
    else if (holds(asked, article.date) || holds(asked, beside.date))
      (future ? found.future : found.far).push_back({article, beside.date});
  }
  found.range = closed(asked, trusted);
  if (!found.range) return found;
  found.empty = gaps(*found.range, present);
  found.days = static_cast<std::uint64_t>(length(*found.range));
  for (const auto& gap : found.empty) found.days -= static_cast<std::uint64_t>(length(gap));
  for (const auto& article : articles)
    found.articles +=
        found.range->first <= article.date && article.date <= found.range->last ? 1u : 0u;
  return found;
}

std::string to_text(const Audit& audit) {
  std::string text = "no article that could tell the days\n";
  if (audit.range) {
    text =
        fmt::format("{} to {}: {} articles on {} of {} days\n", to_string(audit.range->first),
                    to_string(audit.range->last), audit.articles, audit.days, length(*audit.range));
  }
  for (const auto& gap : audit.empty) text += fmt::format("no article {}\n", stretch(gap));
  for (const auto& file : audit.failed)
    text += fmt::format("failed {} {}\n", file.reason, harmless(file.path));
  for (const auto& found : audit.future) text += doubt("future", found);
  for (const auto& found : audit.far) text += doubt("far", found);
  return text;
}

std::string to_json(const Audit& audit) {
  Json j = Json::object();
  j["version"] = 1;
  if (audit.range) j["range"] = to_json(*audit.range);
  j["articles"] = audit.articles;
  j["days"] = audit.days;
  j["empty"] = Json::array();
  for (const auto& gap : audit.empty) j["empty"].push_back(to_json(gap));
  j["failed"] = Json::array();
  for (const auto& file : audit.failed) j["failed"].push_back(Json::parse(to_json(file)));
  j["future"] = to_json(audit.future);
  j["far"] = to_json(audit.far);
  return j.dump(2);
}

}  // namespace dateline
