#include "indexer/extract/places/toponym_container.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kMostWordsBetween = 3;  // "the northern Spanish *port city of* Gijon"

bool is_division(const GazetteerPlace& p) {
  return p.kind == PlaceKind::country || p.kind == PlaceKind::territory ||
         p.kind == PlaceKind::region;
}

class ContainerFinder {
 public:
  ContainerFinder(const TokenizedText& text, const Gazetteer& gazetteer,
                  std::vector<ToponymMention>& mentions)
      : tokens_(text.tokens), gazetteer_(gazetteer), mentions_(mentions) {}

  void run() {
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      auto& m = mentions_[i];
      if (m.form == ToponymForm::adjective) continue;
      if (m.form == ToponymForm::gazetteer) m.said_kind = kind_said_of(m);
      if (i + 1 < mentions_.size() && (lies_after_comma(i) || is_in(i) || is_apposition(i)))
        m.container = i + 1;
      else if (i > 0 && (is_owned(i) || is_of_adjective(i)))
        m.container = i - 1;
    }
  }

 private:
  std::optional<PlaceKind> kind_said_of(const ToponymMention& m) const;
  bool lies_after_comma(std::uint32_t i) const;
  bool is_in(std::uint32_t i) const;
  bool is_apposition(std::uint32_t i) const;
  bool is_owned(std::uint32_t i) const;
  bool is_of_adjective(std::uint32_t i) const;
  bool is_division_list(std::size_t i) const;
  bool has_division_sense(const ToponymMention& m) const;
  bool may_hold(const ToponymMention& inner, const ToponymMention& outer) const;
  bool may_hold_region(const ToponymMention& inner, const ToponymMention& outer) const;
  bool same_sentence(const ToponymMention& a, const ToponymMention& b) const {
    return tokens_[a.tokens.begin].sentence == tokens_[b.tokens.begin].sentence;
  }
  PlaceWords::Entry role(std::uint32_t token) const {
    return gazetteer_.words().find(tokens_[token]);
  }

  const std::vector<Token>& tokens_;
  const Gazetteer& gazetteer_;
  std::vector<ToponymMention>& mentions_;
};

bool ContainerFinder::has_division_sense(const ToponymMention& m) const {
  return m.form == ToponymForm::gazetteer && std::ranges::any_of(m.senses, [&](const NameSense& s) {
           return !s.adjective && !s.only_after_comma && is_division(gazetteer_[s.place]);
         });
}

bool ContainerFinder::may_hold(const ToponymMention& inner, const ToponymMention& outer) const {
  if (inner.form == ToponymForm::local)
    return std::ranges::any_of(
        outer.senses, [&](const NameSense& s) { return is_division(gazetteer_[s.place]); });
  return std::ranges::any_of(inner.senses, [&](const NameSense& s) {
    return !s.adjective && holds(outer, s.place, gazetteer_);
  });
}

// "the state of Georgia", "the province of Utrecht", "New York state".
std::optional<PlaceKind> ContainerFinder::kind_said_of(const ToponymMention& m) const {
  const auto noun = [&](std::uint32_t at) -> std::optional<PlaceKind> {
    const bool same = tokens_[at].sentence == tokens_[m.tokens.begin].sentence;
    // "the State of Georgia", but not "Kansas City".
    if (!same || (tokens_[at].capitalised && at > m.tokens.begin)) return std::nullopt;
    const auto word = role(at);
    return word.has(PlaceRole::place_noun) && word.kind != PlaceKind::area
               ? std::optional(word.kind)
               : std::nullopt;
  };
  if (m.tokens.begin > 1 && tokens_[m.tokens.begin - 1].in(NameRole::of)) {
    if (const auto kind = noun(m.tokens.begin - 2)) return kind;
  }
  return m.tokens.end < tokens_.size() ? noun(m.tokens.end) : std::nullopt;
}

// "cases in Washington, Pennsylvania and California": three states, none of them within another.
bool ContainerFinder::is_division_list(std::size_t i) const {
  const auto near = [&](std::size_t a) {  // mentions a and a + 1 are parted by a comma or "and"
    if (a + 1 >= mentions_.size()) return false;
    const std::uint32_t gap = mentions_[a + 1].tokens.begin - mentions_[a].tokens.end;
    const std::uint32_t mark = mentions_[a].tokens.end;
    return gap >= 1 && gap <= 2 && (tokens_[mark].is(",") || role(mark).has(PlaceRole::list)) &&
           tokens_[mark].sentence == tokens_[mentions_[a + 1].tokens.begin].sentence;
  };
  const bool capital = std::ranges::any_of(mentions_[i].senses, [&](const NameSense& s) {
    return gazetteer_[s.place].capital &&
           std::ranges::any_of(mentions_[i + 1].senses, [&](const NameSense& o) {
             return o.place == gazetteer_[s.place].region_place;
           });
  });
  if (capital) return false;  // Washington, D.C.
  if (!has_division_sense(mentions_[i]) || !has_division_sense(mentions_[i + 1]) ||
      mentions_[i + 1].short_form)
    return false;
  const bool before = i > 0 && near(i - 1) && has_division_sense(mentions_[i - 1]);
  const bool after = near(i + 1) && has_division_sense(mentions_[i + 2]);
  return before || after;
}

// "Gary, Ind.", "Mobile (Ala.)", "Lamar County, Texas": the next mention is a state or country,
// after a comma, that has such a place.
bool ContainerFinder::lies_after_comma(std::uint32_t i) const {
  const auto& m = mentions_[i];
  const auto& next = mentions_[i + 1];
  const std::uint32_t at = m.tokens.end;
  if (next.form != ToponymForm::gazetteer) return false;
  if (next.tokens.begin != at + 1 && !(tokens_[at].is(".") && next.tokens.begin == at + 2))
    return false;
  const Token& mark = tokens_[next.tokens.begin - 1];
  if (!mark.is(",") && !mark.is("(")) return false;
  if (tokens_[at].paragraph != tokens_[next.tokens.begin].paragraph) return false;
  return !is_division_list(i) && may_hold(m, next);
}

// "Paris in Texas", "Aberdeen in the United States".
bool ContainerFinder::is_in(std::uint32_t i) const {
  const auto& m = mentions_[i];
  const auto& next = mentions_[i + 1];
  const std::uint32_t at = m.tokens.end;
  if (next.form != ToponymForm::gazetteer || m.form != ToponymForm::gazetteer ||
      !has_division_sense(next) || !same_sentence(m, next) || !role(at).has(PlaceRole::within))
    return false;
  const bool article = next.tokens.begin == at + 2 && tokens_[at + 1].in(NameRole::the);
  return (next.tokens.begin == at + 1 || article) && may_hold(m, next);
}

// "Valencia, a Spanish port".
bool ContainerFinder::is_apposition(std::uint32_t i) const {
  const auto& m = mentions_[i];
  const auto& next = mentions_[i + 1];
  if (next.form != ToponymForm::adjective || m.form != ToponymForm::gazetteer ||
      !same_sentence(m, next) || !tokens_[m.tokens.end].is(","))
    return false;
  if (next.tokens.begin > m.tokens.end + 1 + kMostWordsBetween) return false;
  for (std::uint32_t t = m.tokens.end + 1; t < next.tokens.begin; ++t) {
    if (tokens_[t].kind != TokenKind::word || tokens_[t].capitalised) return false;
  }
  for (std::uint32_t t = next.tokens.end; t < tokens_.size() && t < next.tokens.end + 2; ++t) {
    if (role(t).has(PlaceRole::place_noun)) return may_hold(m, next);
  }
  return false;
}

bool ContainerFinder::may_hold_region(const ToponymMention& inner,
                                      const ToponymMention& outer) const {
  return std::ranges::any_of(inner.senses, [&](const NameSense& s) {
    const auto kind = gazetteer_[s.place].kind;
    return !s.adjective && (kind == PlaceKind::region || kind == PlaceKind::area) &&
           holds(outer, s.place, gazetteer_);
  });
}

// "India's Punjab", "Pakistani Punjab".
bool ContainerFinder::is_owned(std::uint32_t i) const {
  const auto& m = mentions_[i];
  const auto& owner = mentions_[i - 1];
  if (m.form != ToponymForm::gazetteer || owner.form == ToponymForm::local ||
      !same_sentence(m, owner) || m.tokens.begin < owner.tokens.end)
    return false;
  const std::uint32_t gap = m.tokens.begin - owner.tokens.end;
  if (owner.form == ToponymForm::adjective) return gap == 0 && may_hold_region(m, owner);
  if (gap < 1 || gap > 2 || tokens_[owner.tokens.end].key != "'s") return false;
  if (gap == 2 && !role(owner.tokens.end + 1).has(PlaceRole::direction)) return false;
  return may_hold(m, owner);
}

// "the Spanish city of Valencia", "the Ukrainian port Odessa".
bool ContainerFinder::is_of_adjective(std::uint32_t i) const {
  const auto& m = mentions_[i];
  const auto& before = mentions_[i - 1];
  if (before.form != ToponymForm::adjective || !same_sentence(m, before) ||
      m.tokens.begin < before.tokens.end ||
      m.tokens.begin - before.tokens.end > kMostWordsBetween + 1)
    return false;
  bool noun = false;
  for (std::uint32_t t = before.tokens.end; t < m.tokens.begin; ++t) {
    if (tokens_[t].kind != TokenKind::word || tokens_[t].capitalised) return false;
    noun = noun || role(t).has(PlaceRole::place_noun);
  }
  return noun && may_hold(m, before);
}

}  // namespace

bool holds(const ToponymMention& container, PlaceIndex inner_index, const Gazetteer& gazetteer) {
  const auto& inner = gazetteer[inner_index];
  return std::ranges::any_of(container.senses, [&](const NameSense& outer) {
    const auto& o = gazetteer[outer.place];
    if (outer.place == inner_index || (outer.adjective && container.form != ToponymForm::adjective))
      return false;
    if (o.kind == PlaceKind::region) return inner.region_place == outer.place;
    if (o.kind == PlaceKind::country || o.kind == PlaceKind::territory)
      return inner.country_place == outer.place;
    return o.kind == PlaceKind::district && inner.region_place == o.region_place &&
           inner.country_place == o.country_place && inner.kind != PlaceKind::region;
  });
}

void find_containers(const TokenizedText& text, const Gazetteer& gazetteer,
                     std::vector<ToponymMention>& mentions) {
  ContainerFinder(text, gazetteer, mentions).run();
}

}  // namespace dateline
