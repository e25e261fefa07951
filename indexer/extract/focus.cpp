#include "indexer/extract/focus.h"

#include <algorithm>
#include <map>

namespace dateline {
namespace {

// Found by trying on Reuters' newswire, whose editors marked the countries of each story.
constexpr double kTitle = 2.5;
constexpr double kDateline = 1.0;
constexpr double kLead = 1.5;      // first paragraph after the title
constexpr double kFirstShare = 0.34;  // of the first country's weight, at least
constexpr std::size_t kMost = 5;

std::string_view country_of(const ToponymMention& m, const Gazetteer& gazetteer) {
  if (m.form == ToponymForm::adjective) return m.senses.empty() ? std::string_view{} : gazetteer[m.senses[0].place].country;
  return m.place == kNoPlace ? std::string_view{} : gazetteer[m.place].country;
}

}  // namespace

std::vector<std::string> find_focus(const TokenizedText& text, TokenRange dateline, const Gazetteer& gazetteer,
                                    const std::vector<ToponymMention>& mentions) {
  std::map<std::string_view, double> weights;
  for (const auto& m : mentions) {
    if (!m.accepted && m.form != ToponymForm::adjective) continue;
    const auto country = country_of(m, gazetteer);
    if (country.empty()) continue;
    const Token& first = text.tokens[m.tokens.begin];
    double weight = 1;
    if (text.article->title.contains(first.span)) weight = kTitle;
    else if (dateline.contains(m.tokens.begin)) weight = kDateline;
    else if (first.paragraph <= 1) weight = kLead;
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
