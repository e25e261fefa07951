#include "indexer/extract/places/toponym_resolution.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "indexer/extract/places/toponym_container.h"

namespace dateline {
namespace {

// Found by trying on the development corpora.
constexpr double kCellWeight = 6;
constexpr double kRegionWeight = 24;
constexpr double kCountryWeight = 3;
constexpr double kCountryNamed =
    0.6;  // of a place in it: "the United States" does not make Geneva the one in Illinois
constexpr double kDatelineVoices = 3;
constexpr double kDatelineRenown = 4;  // exponent
constexpr double kBesideCapital = 0.05;
constexpr double kRegionBesideCountry = 2;  // the state of Georgia is in the news as the country is
constexpr double kRegionBesideCity = 0.15;
constexpr int kRounds = 3;
constexpr double kMostOfRegion = 3;
constexpr double kLeastOfRegion = 0.1;  // less is but of unlikely namesakes
constexpr double kMostOfCountry = 1;    // votes: the country of all names of an article does not
                                        // outvote renown for ever
constexpr double kWideRegion = 1.5e7;   // people: England says less of where in it a town lies
constexpr double kInList = 8;           // of what stands beside it in a list and is alike
constexpr double kHint = 0.4;           // of a word of a country's news, or an adjective
constexpr double kMostHints = 1;
constexpr double kHintOfDivision = 8;  // Republicans of Georgia, the Georgian army of Georgia
constexpr double kSaidKind = 30;  // "the state of Georgia" speaks for every Georgia of the article

struct Name : NameMeanings {
  double voices = 0;                           // how much its meanings count for others
  std::vector<std::uint32_t> neighbours = {};  // names beside it in a list
};

using Votes = std::unordered_map<std::uint64_t, double>;

std::uint64_t cell_of(const GazetteerPlace& p, int dx = 0, int dy = 0) {
  const auto y = static_cast<std::int64_t>(std::floor(p.lat)) + dy;
  const auto x = (static_cast<std::int64_t>(std::floor(p.lon)) + dx + 720) % 360;
  return static_cast<std::uint64_t>((y + 100) * 360 + x);
}

bool is_local(const GazetteerPlace& p) {
  return p.kind == PlaceKind::city || p.kind == PlaceKind::town || p.kind == PlaceKind::quarter ||
         p.kind == PlaceKind::district;
}
bool is_country(const GazetteerPlace& p) {
  return p.kind == PlaceKind::country || p.kind == PlaceKind::territory;
}

double renown(const GazetteerPlace& p, bool main_name) {
  double people = p.population;
  if (is_country(p)) people = std::max(people, 1e5) * 50;
  if (p.kind == PlaceKind::region)
    people = p.country == "US" || p.country == "CA" || p.country == "GB" || p.country == "AU"
                 ? std::max(people, 5e5)
                 : people * 0.4;
  if (p.kind == PlaceKind::continent) people = 1e10;
  if (is_landmark(p)) people = std::max(people, 2e6);
  if (p.kind == PlaceKind::quarter && p.id > 0) people *= 0.3;
  if (p.capital) people = std::max(people, 1e5) * 8;
  if (p.country == "US") people *= 1.5;
  if (!main_name && people < 1e6) people *= 0.5;
  return std::pow(people + 300, 0.85);
}

// Is it what the words beside it call it? A town is a city in this.
bool is_of_kind(const GazetteerPlace& p, PlaceKind kind) {
  switch (kind) {
    case PlaceKind::city:
      return p.kind == PlaceKind::city || p.kind == PlaceKind::town;
    case PlaceKind::country:
      return is_country(p);
    default:
      return p.kind == kind;
  }
}

class NamesakeChooser {
 public:
  NamesakeChooser(const TokenizedText& text, TokenRange dateline, const Gazetteer& gazetteer,
                  std::vector<ToponymMention>& mentions)
      : text_(text), dateline_(dateline), gazetteer_(gazetteer), mentions_(mentions) {}

  std::vector<NameMeanings> run() {
    collect_names();
    find_neighbours();
    find_hints();
    for (int round = 0; round < kRounds; ++round) {
      count_votes();
      for (auto& name : names_) weigh(name);
    }
    settle();
    place_local_names();
    return {std::make_move_iterator(names_.begin()), std::make_move_iterator(names_.end())};
  }

 private:
  static void sharpen(Name& name);
  void collect_names();
  void find_neighbours();
  void find_hints();
  bool has_region_namesake(PlaceIndex country) const;
  double hint_of(const Meaning& meaning) const;
  double agreement(const Name& name, const Meaning& meaning) const;
  bool is_beside_capital(const Name& name, const Meaning& meaning) const;
  void add_meanings(Name& name, const ToponymMention& mention);
  void count_votes();
  void vote(const Name& name, double sign);
  void weigh(Name& name);
  void support(Meaning& m) const;
  void settle();
  void place_local_names();
  PlaceIndex best_of(const Name& name) const;
  static double share_of(const Name& name, PlaceIndex place);
  PlaceIndex best_of_kind(const Name& name, PlaceKind kind) const;
  void weigh_said_kind(Name& name, const ToponymMention& mention) const;

  const TokenizedText& text_;
  TokenRange dateline_;
  const Gazetteer& gazetteer_;
  std::vector<ToponymMention>& mentions_;
  std::vector<Name> names_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash_;
  Votes cells_, regions_, countries_;
  Votes hints_;  // for countries: by words of their news and by adjectives
};

// Washington in Illinois: a country's news seldom calls a town what its capital is called.
bool NamesakeChooser::is_beside_capital(const Name& name, const Meaning& meaning) const {
  const auto& p = gazetteer_[meaning.place];
  return is_local(p) && !p.capital && std::ranges::any_of(name.meanings, [&](const Meaning& m) {
           const auto& other = gazetteer_[m.place];
           return other.capital && other.country_place == p.country_place;
         });
}

void NamesakeChooser::add_meanings(Name& name, const ToponymMention& mention) {
  const bool after_comma = mention.short_form;
  for (const auto& sense : mention.senses) {
    if (sense.adjective || sense.only_after_comma != after_comma) continue;
    const bool seen = std::ranges::any_of(name.meanings,
                                          [&](const Meaning& m) { return m.place == sense.place; });
    if (!seen)
      name.meanings.push_back(
          {.place = sense.place, .prior = renown(gazetteer_[sense.place], sense.main_name)});
  }
  // "New York" and "Washington" alone are the cities, "Quebec" is the province: a region yields to
  // a great city of its name.
  const bool great_city = std::ranges::any_of(name.meanings, [&](const Meaning& m) {
    const auto& p = gazetteer_[m.place];
    return p.kind == PlaceKind::city && (p.capital || p.population > 1'000'000);
  });
  const bool beside_country = std::ranges::any_of(
      name.meanings, [&](const Meaning& m) { return is_country(gazetteer_[m.place]); });
  double sum = 0;
  for (auto& m : name.meanings) {
    if (great_city && gazetteer_[m.place].kind == PlaceKind::region) m.prior *= kRegionBesideCity;
    if (is_beside_capital(name, m)) m.prior *= kBesideCapital;
    if (beside_country && gazetteer_[m.place].kind == PlaceKind::region)
      m.prior *= kRegionBesideCountry;
    sum += m.prior;
  }
  for (auto& m : name.meanings) m.share = m.prior = m.prior / sum;
}

// "GENEVA, March 3 -": a dateline that does not say where leaves the lesser namesakes less.
void NamesakeChooser::sharpen(Name& name) {
  double sum = 0;
  for (auto& m : name.meanings) sum += m.prior = std::pow(m.prior, kDatelineRenown);
  for (auto& m : name.meanings) m.share = m.prior /= sum;
}

// "the state of Georgia": of a country and a region of one name, the other Georgias of the article
// are that too.
void NamesakeChooser::weigh_said_kind(Name& name, const ToponymMention& mention) const {
  if (!mention.said_kind) return;
  const auto has = [&](PlaceKind kind) {
    return std::ranges::any_of(
        name.meanings, [&](const Meaning& m) { return is_of_kind(gazetteer_[m.place], kind); });
  };
  if (!has(PlaceKind::country) || !has(PlaceKind::region) || !has(*mention.said_kind)) return;
  double sum = 0;
  for (auto& m : name.meanings) {
    if (is_of_kind(gazetteer_[m.place], *mention.said_kind)) m.prior *= kSaidKind;
    sum += m.prior;
  }
  for (auto& m : name.meanings) m.share = m.prior /= sum;
}

void NamesakeChooser::collect_names() {
  for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
    const auto& m = mentions_[i];
    if (!m.accepted || m.form != ToponymForm::gazetteer) continue;
    const auto [it, fresh] = by_hash_.emplace(m.name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) {
      names_.emplace_back().name = m.name;
      add_meanings(names_.back(), m);
    }
    Name& name = names_[it->second];
    if (name.voices < 3) name.voices += name.voices == 0 ? 1 : 0.25;
    if (dateline_.contains(m.tokens.begin)) {
      name.voices += kDatelineVoices;
      if (m.container == kNoMention) sharpen(name);
    }
    weigh_said_kind(name, m);
    if (m.container == kNoMention) continue;
    // What the place beside it holds is meant: the others keep next to nothing.
    double held = 0;
    for (const auto& meaning : name.meanings)
      held += holds(mentions_[m.container], meaning.place, gazetteer_) ? meaning.prior : 0;
    if (held <= 0) continue;
    for (auto& meaning : name.meanings) {
      const bool fits = holds(mentions_[m.container], meaning.place, gazetteer_);
      meaning.share = meaning.prior = fits ? meaning.prior / held : meaning.prior * 1e-6;
    }
    name.voices += 1;
  }
}

// "Voters in Georgia and Alabama": names joined in a list are alike.
void NamesakeChooser::find_neighbours() {
  const auto& tokens = text_.tokens;
  for (std::size_t i = 0; i + 1 < mentions_.size(); ++i) {
    const auto& a = mentions_[i];
    const auto& b = mentions_[i + 1];
    if (!a.accepted || !b.accepted || a.form != ToponymForm::gazetteer ||
        b.form != ToponymForm::gazetteer || a.container != kNoMention || a.name == b.name ||
        tokens[a.tokens.begin].sentence != tokens[b.tokens.begin].sentence)
      continue;
    const std::uint32_t gap = b.tokens.begin - a.tokens.end;
    if (gap == 0 || gap > 2) continue;
    const bool joined = std::all_of(
        tokens.begin() + a.tokens.end, tokens.begin() + b.tokens.begin, [&](const Token& t) {
          return t.is(",") || gazetteer_.words().find(t).has(PlaceRole::list);
        });
    if (!joined) continue;
    const auto first = by_hash_.at(a.name);
    const auto second = by_hash_.at(b.name);
    names_[first].neighbours.push_back(second);
    names_[second].neighbours.push_back(first);
  }
}

bool NamesakeChooser::has_region_namesake(PlaceIndex country) const {
  return std::ranges::any_of(
      gazetteer_.find_name(gazetteer_[country].name),
      [&](const NameSense& s) { return gazetteer_[s.place].kind == PlaceKind::region; });
}

// "crore", "Taoiseach", "Republicans" and "Spanish" speak for a country, each once or so.
void NamesakeChooser::find_hints() {
  const auto add = [&](PlaceIndex country) {
    double& votes = hints_[country];
    votes = std::min(votes + kHint, kMostHints);
  };
  std::unordered_set<const WordEntry*> seen;
  for (const auto& token : text_.tokens) {
    if (token.entry == nullptr || token.entry->country.empty() || !seen.insert(token.entry).second)
      continue;
    if (const auto country = gazetteer_.country(token.entry->country)) add(*country);
  }
  for (const auto& m : mentions_) {
    if (m.form != ToponymForm::adjective || m.senses.empty()) continue;
    // "Georgians" are those of either Georgia.
    const bool plural = text_.tokens[m.tokens.begin].key.ends_with('s');
    if (!plural || !has_region_namesake(m.senses[0].place)) add(m.senses[0].place);
  }
}

// Of a country or a region: how much the words of its country's news say.
double NamesakeChooser::hint_of(const Meaning& meaning) const {
  const auto& p = gazetteer_[meaning.place];
  if (!is_country(p) && p.kind != PlaceKind::region) return 0;
  const auto found = hints_.find(p.country_place);
  return found == hints_.end() ? 0 : found->second;
}

// How much the names beside it in a list are like this meaning, 0 to 1 for each.
double NamesakeChooser::agreement(const Name& name, const Meaning& meaning) const {
  const auto& p = gazetteer_[meaning.place];
  double sum = 0;
  for (const std::uint32_t n : name.neighbours) {
    for (const auto& other : names_[n].meanings) {
      const auto& q = gazetteer_[other.place];
      const bool countries = is_country(p) && is_country(q);
      const bool regions = p.kind == PlaceKind::region && q.kind == PlaceKind::region &&
                           p.country_place == q.country_place;
      if (countries || regions) sum += other.share;
    }
  }
  return sum;
}

void NamesakeChooser::vote(const Name& name, double sign) {
  for (const auto& m : name.meanings) {
    const auto& p = gazetteer_[m.place];
    const double weight = sign * m.share * name.voices;
    if (is_local(p) || p.id < 0) cells_[cell_of(p)] += weight;
    if (p.region_place != kNoPlace) regions_[p.region_place] += weight;
    if (p.country_place != kNoPlace)
      countries_[p.country_place] += is_country(p) ? weight * kCountryNamed : weight;
  }
}

void NamesakeChooser::count_votes() {
  cells_.clear();
  regions_.clear();
  countries_ = hints_;
  for (const auto& name : names_) vote(name, 1);
}

void NamesakeChooser::support(Meaning& m) const {
  const auto& p = gazetteer_[m.place];
  const auto get = [](const Votes& votes, std::uint64_t key) {
    const auto found = votes.find(key);
    return found == votes.end() ? 0.0 : std::max(found->second, 0.0);
  };
  m.near = 0;
  if (is_local(p)) {
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) m.near += get(cells_, cell_of(p, dx, dy));
    }
  }
  m.region = p.region_place == kNoPlace ? 0 : get(regions_, p.region_place);
  m.country = p.country_place == kNoPlace ? 0 : get(countries_, p.country_place);
  if (is_local(p)) {
    m.country = std::min(m.country, kMostOfCountry);
    m.region = std::min(m.region, kMostOfRegion);
    if (m.region < kLeastOfRegion) m.region = 0;
  }
  if (p.region_place != kNoPlace)
    m.region *= std::min(1.0, kWideRegion / (1.0 + gazetteer_[p.region_place].population));
}

void NamesakeChooser::weigh(Name& name) {
  if (name.meanings.size() < 2) return;
  vote(name, -1);
  double sum = 0;
  for (auto& m : name.meanings) {
    support(m);
    m.share = m.prior * (1 + kCellWeight * m.near) * (1 + kRegionWeight * m.region) *
              (1 + kCountryWeight * m.country) * (1 + kInList * agreement(name, m)) *
              (1 + kHintOfDivision * hint_of(m));
    sum += m.share;
  }
  for (auto& m : name.meanings) m.share /= sum;
  vote(name, 1);
}

PlaceIndex NamesakeChooser::best_of(const Name& name) const {
  const auto best = std::ranges::max_element(name.meanings, {}, &Meaning::share);
  return best == name.meanings.end() ? kNoPlace : best->place;
}

double NamesakeChooser::share_of(const Name& name, PlaceIndex place) {
  const auto found = std::ranges::find(name.meanings, place, &Meaning::place);
  return found == name.meanings.end() ? 0 : found->share;
}

// "New York state" is the state, whatever the article's other New Yorks are.
PlaceIndex NamesakeChooser::best_of_kind(const Name& name, PlaceKind kind) const {
  const Meaning* best = nullptr;
  for (const auto& m : name.meanings) {
    if (is_of_kind(gazetteer_[m.place], kind) && (best == nullptr || m.share > best->share))
      best = &m;
  }
  return best == nullptr ? best_of(name) : best->place;
}

void NamesakeChooser::settle() {
  for (auto& m : mentions_) {
    if (!m.accepted || m.form != ToponymForm::gazetteer) continue;
    const Name& name = names_[by_hash_.at(m.name)];
    m.place = m.said_kind ? best_of_kind(name, *m.said_kind) : best_of(name);
    m.share = share_of(name, m.place);
    if (m.container == kNoMention || m.place == kNoPlace) continue;
    // This very mention says where it lies.
    double best = -1;
    for (const auto& meaning : name.meanings) {
      if (meaning.prior > best && holds(mentions_[m.container], meaning.place, gazetteer_)) {
        best = meaning.prior;
        m.place = meaning.place;
        m.share = 1;
      }
    }
  }
}

// A local name lies where its container says, else by the settlement named nearest to it, earlier
// ones first.
void NamesakeChooser::place_local_names() {
  std::vector<std::uint32_t> anchors;
  for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
    const auto& m = mentions_[i];
    if (m.accepted && m.place != kNoPlace && is_local(gazetteer_[m.place])) anchors.push_back(i);
  }
  if (anchors.empty()) {
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].accepted && mentions_[i].place != kNoPlace) anchors.push_back(i);
    }
  }
  std::size_t next = 0;  // first anchor after the mention
  for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
    auto& m = mentions_[i];
    while (next < anchors.size() && anchors[next] < i) ++next;
    if (!m.accepted || m.form != ToponymForm::local) continue;
    if (m.container != kNoMention && mentions_[m.container].place != kNoPlace) {
      m.place = mentions_[m.container].place;
    } else if (!anchors.empty()) {
      m.place = mentions_[anchors[next > 0 ? next - 1 : 0]].place;
    }
  }
}

}  // namespace

std::vector<NameMeanings> resolve_mentions(const TokenizedText& text, TokenRange dateline,
                                           const Gazetteer& gazetteer,
                                           std::vector<ToponymMention>& mentions) {
  return NamesakeChooser(text, dateline, gazetteer, mentions).run();
}

}  // namespace dateline
