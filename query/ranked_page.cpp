#include "query/ranked_page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/schema.h"

namespace dateline {
namespace {

constexpr Xapian::doccount kRoomForTies = 10;  // documents after the page looked at for equal weights

using Ranking = std::vector<RankedDocument>;

Ranking ranking_of(const Xapian::MSet& matches) {
  Ranking ranking;
  for (auto match = matches.begin(); match != matches.end(); ++match) ranking.push_back({*match, match.get_weight(), 0});
  return ranking;
}

// Are all documents known that weigh as much as the last of the page?
bool holds_all_ties(const Ranking& ranking, std::size_t end, std::size_t asked) {
  return ranking.size() < asked || ranking.size() <= end || ranking.back().weight != ranking[end - 1].weight;
}

// Newest first, then by path.
void sort_ties(Ranking::iterator begin, Ranking::iterator end, const Xapian::Database& database) {
  struct Keyed {
    std::string date;
    std::string path;
    RankedDocument document;
  };
  std::vector<Keyed> keyed;
  for (auto at = begin; at != end; ++at) {
    const Xapian::Document document = database.get_document(at->id);
    keyed.push_back({document.get_value(static_cast<Xapian::valueno>(Slot::date)), document.get_value(static_cast<Xapian::valueno>(Slot::path)), *at});
  }
  std::ranges::sort(keyed, [](const Keyed& a, const Keyed& b) { return a.date != b.date ? a.date > b.date : a.path < b.path; });
  std::ranges::transform(keyed, begin, &Keyed::document);
}

void sort_page(Ranking& ranking, std::size_t first, std::size_t end, const Xapian::Database& database) {
  for (auto run = ranking.begin(); run != ranking.end() && run < ranking.begin() + static_cast<std::ptrdiff_t>(end);) {
    const auto after = std::find_if(run, ranking.end(), [&](const RankedDocument& document) { return document.weight != run->weight; });
    const bool on_page = after > ranking.begin() + static_cast<std::ptrdiff_t>(first);
    if (on_page && after - run > 1) sort_ties(run, after, database);
    run = after;
  }
}

}  // namespace

RankedPage find_ranked_page(const Xapian::Database& database, const Xapian::Query& query, const Xapian::Weight& weighting,
                            const std::vector<Xapian::MatchSpy*>& spies, Xapian::doccount first, Xapian::doccount most, Xapian::doccount visited) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(weighting);
  for (auto* spy : spies) enquire.add_matchspy(spy);
  const Xapian::doccount all = database.get_doccount();
  const std::size_t end = std::size_t{first} + most;
  Xapian::doccount asked = static_cast<Xapian::doccount>(std::min<std::size_t>(end + kRoomForTies, all));
  RankedPage page{.documents = {}, .matches = enquire.get_mset(0, asked, visited)};
  Ranking ranking = ranking_of(page.matches);
  enquire.clear_matchspies();
  while (!holds_all_ties(ranking, end, asked)) {
    asked = static_cast<Xapian::doccount>(std::min<std::size_t>(std::size_t{asked} * 4, all));
    ranking = ranking_of(enquire.get_mset(0, asked));
    if (asked == all) break;
  }
  sort_page(ranking, first, end, database);
  const auto at = [&](std::size_t rank) { return ranking.begin() + static_cast<std::ptrdiff_t>(std::min(rank, ranking.size())); };
  page.documents.assign(at(first), at(end));
  return page;
}

}  // namespace dateline
