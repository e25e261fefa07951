#include "indexer/extract/places/focus.h"

#include <algorithm>
#include <map>
#include <set>

namespace dateline {
namespace {

// Found by trying on Reuters' newswire, whose editors marked the countries of each story.
constexpr double kTitle = 2.5;
constexpr double kDateline = 1.0;
constexpr double kLead = 1.5;         // first paragraph after the title
constexpr double kFirstShare = 0.34;  // of the first country's weight, at least
constexpr std::size_t kMost = 5;

std::string_view country_of(const ToponymMention& m, const Gazetteer& gazetteer) {
  if (m.form == ToponymForm::adjective)
    return m.senses.empty() ? std::string_view{} : gazetteer[m.senses[0].place].country;
  if (m.form == ToponymForm::local) return {};  // a guess says nothing of a country
  return m.place == kNoPlace ? std::string_view{} : gazetteer[m.place].country;
}

// "The Indian Health Service" is not about India, nor is anything else Indian where no place of
// India is named.
bool says_nothing_alone(const ToponymMention& m, const Token& token, const Gazetteer& gazetteer) {
  return m.form == ToponymForm::adjective && gazetteer.words().find(token).has(PlaceRole::word);
}

std::set<std::string_view> countries_named(const std::vector<ToponymMention>& mentions,
                                           const Gazetteer& gazetteer) {
  std::set<std::string_view> named;
  for (const auto& m : mentions) {
    if (m.accepted && m.form != ToponymForm::adjective) named.insert(country_of(m, gazetteer));
  }
  return named;
}

}  // namespace

std::vector<std::string> find_focus(const TokenizedText& text, TokenRange dateline,
                                    const Gazetteer& gazetteer,
                                    const std::vector<ToponymMention>& mentions) {
  std::map<std::string_view, double> weights;
  const auto named = countries_named(mentions, gazetteer);
  for (const auto& m : mentions) {
    if (!m.accepted && m.form != ToponymForm::adjective) continue;
    const auto country = country_of(m, gazetteer);
    if (country.empty()) continue;
    const Token& first = text.tokens[m.tokens.begin];
    if (says_nothing_alone(m, first, gazetteer) && !named.contains(country)) continue;
    double weight = 1;
    if (text.article->title.contains(first.span))
      weight = kTitle;
    else if (dateline.contains(m.tokens.begin))
      weight = kDateline;
    else if (first.paragraph <= 1)
      weight = kLead;
    weights[country] += weight;
  }
  std::vector<std::pair<double, std::string_view>> order;
  for (const auto& [country, weight] : weights) order.emplace_back(-weight, country);
  std::ranges::sort(order);
  std::vector<std::string> focus;
  for (const auto& [weight, country] : order) {
    if (focus.size() == kMost || weight > order.front().first * kFirstShare) break;
    focus.emplace_back(country);
  }
  return focus;
}

}  // namespace dateline
