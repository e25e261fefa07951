#include "query/hit_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/snippet.h"

namespace dateline {
namespace {

// The text after the date line.
std::string_view body(std::string_view text) {
  const auto end = text.find('\n');
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

}  // namespace

Hit HitReader::read(const RankedDocument& ranked) {
  if (!request_.records) return bare_hit(ranked);
  auto stored = index_.document(ranked.id);
  Hit hit{.path = std::move(stored.record.path), .title = std::move(stored.record.title), .date = stored.record.date, .score = ranked.weight,
          .speakers = std::move(stored.record.record.speakers), .places = {}, .snippet = {}, .copies = ranked.copies};
  for (const auto& place : stored.record.record.places) hit.places.push_back(place.label);
  if (request_.snippets) hit.snippet = make_snippet(body(stored.text), [&](std::string_view form) { return word_weight(form); });
  return hit;
}

Hit HitReader::bare_hit(const RankedDocument& ranked) const {
  return {.path = index_.path_of(ranked.id), .title = {}, .date = index_.date_of(ranked.id), .score = ranked.weight, .speakers = {}, .places = {},
          .snippet = {}, .copies = ranked.copies};
}

double HitReader::word_weight(std::string_view form) {
  const auto [known, is_new] = weights_.try_emplace(std::string(form), 0.0);
  if (is_new && is_wanted(known->first)) known->second = rarity(known->first);
  return known->second;
}

bool HitReader::is_wanted(const std::string& form) const {
  if (resolved_.forms.contains(form) || resolved_.stems.contains(stemmer_(form))) return true;
  return std::ranges::any_of(resolved_.prefixes, [&](const std::string& prefix) { return form.starts_with(prefix); });
}

double HitReader::rarity(const std::string& form) const {
  const double all = index_.database().get_doccount();
  return std::log(1.0 + all / (1.0 + index_.postings().frequency(form)));
}

}  // namespace dateline
