#include "indexer/extract/places/gazetteer.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "common/error.h"
#include "common/text/number.h"
#include "common/text/take_until.h"
#include "common/text/unicode.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

constexpr std::uint64_t kPrime = 0x100000001b3u;

// Words that names spell in two ways, by their shorter one.
std::string_view usual_spelling(std::string_view word) {
  if (word == "saint") return "st";
  if (word == "sainte") return "ste";
  if (word == "mount") return "mt";
  if (word == "fort") return "ft";
  return word;
}

bool parts_words(char c) {
  return c == ' ' || c == '-' || c == ',' || c == '/' || c == '(' || c == ')';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// Calls `sink` with each word of a folded name as the tokenizer would cut it: "martha's vineyard"
// is martha, 's, vineyard; "d.c." is dc.
template <class Sink>
void for_each_key(std::string_view name, Sink&& sink) {
  std::string word;
  const auto flush = [&] {
    if (word.ends_with("'s") && word.size() > 2) {
      word.resize(word.size() - 2);
      sink(std::string_view(word));
      sink(std::string_view("'s"));
    } else if (!word.empty()) {
      sink(std::string_view(word));
    }
    word.clear();
  };
  std::size_t letters = 0;  // since the last full stop or gap
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '.') {
      const bool initials =
          letters == 1 &&
          (i + 1 >= name.size() ||
           (is_alpha(name[i + 1]) && (i + 2 >= name.size() || !is_alpha(name[i + 2]))));
      if (!initials) flush();
      letters = 0;
    } else if (parts_words(c)) {
      flush();
      letters = 0;
    } else {
      word.push_back(c);
      ++letters;
    }
  }
  flush();
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void fold_into(std::string_view text, std::string& out) {
  if (!is_ascii(text)) {
    out = fold(text);
    return;
  }
  out.assign(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
}

template <class Number>
bool take_number(std::string_view text, Number& value) {
  const auto number = parse_number<Number>(text);
  value = number.value_or(value);
  return number.has_value();
}

}  // namespace

// Collects places and names, then lays the senses of one name side by side.
class GazetteerBuilder {
 public:
  void add_places(const std::filesystem::path& file);
  void add_adjectives(const std::filesystem::path& file);
  void add_country_codes(const std::filesystem::path& file);
  Gazetteer finish();

 private:
  struct Named {
    std::uint64_t hash;
    NameSense sense;
    bool prefix;  // no name, only the beginning of one
  };
  void add_line(std::string_view line);
  void add_country(const GazetteerPlace& place, std::string_view other_names);
  void add_name(std::string_view name, NameSense sense);
  void link_parents();
  void fill_slots();

  Gazetteer gazetteer_;
  std::vector<Named> names_;
  std::string folded_;
};

void GazetteerBuilder::add_places(const std::filesystem::path& file) {
  const std::string bytes = read_data_file(file);
  gazetteer_.text_.assign(bytes.begin(), bytes.end());
  std::string_view rest(gazetteer_.text_.data(), gazetteer_.text_.size());
  gazetteer_.places_.reserve(bytes.size() / 48);
  names_.reserve(bytes.size() / 16);
  take_until(rest, '\n');
  for (std::size_t number = 2; !rest.empty(); ++number) {
    const auto line = take_until(rest, '\n');
    if (line.empty()) continue;
    const auto places = gazetteer_.places_.size();
    add_line(line);
    if (gazetteer_.places_.size() == places) {
      throw Error(fmt::format("{}:{}: no place: {}", file.string(), number, line),
                  "build it anew with data/build_gazetteer");
    }
    if (places > 0 && gazetteer_.places_[places].id <= gazetteer_.places_[places - 1].id)
      throw Error(fmt::format("{}:{}: place {} stands below place {}", file.string(), number,
                              gazetteer_.places_[places].id, gazetteer_.places_[places - 1].id),
                  "rows are in the order of the ids, each once");
  }
  link_parents();
}

// Adds nothing when the line has another form.
void GazetteerBuilder::add_line(std::string_view line) {
  GazetteerPlace place;
  const auto id = take_until(line, '\t');
  place.name = take_until(line, '\t');
  const auto kind = take_until(line, '\t');
  place.country = take_until(line, '\t');
  place.region_code = take_until(line, '\t');
  const auto lat = take_until(line, '\t');
  const auto lon = take_until(line, '\t');
  const auto population = take_until(line, '\t');
  place.capital = kind == "capital";
  const auto known = place.capital ? std::optional(PlaceKind::city) : parse_place_kind(kind);
  if (!known || place.name.empty() || !take_number(id, place.id) || !take_number(lat, place.lat) ||
      !take_number(lon, place.lon) || !take_number(population, place.population)) {
    return;
  }
  place.kind = *known;
  const auto index = static_cast<PlaceIndex>(gazetteer_.places_.size());
  gazetteer_.places_.push_back(place);
  if (place.kind == PlaceKind::country || place.kind == PlaceKind::territory)
    gazetteer_.countries_.push_back(index);
  if (place.kind == PlaceKind::continent) gazetteer_.continents_.push_back(index);
  add_name(place.name, {.place = index, .main_name = true});
  if (place.kind == PlaceKind::country || place.kind == PlaceKind::territory)
    add_country(place, line);
  while (!line.empty()) {
    auto name = take_until(line, '|');
    const bool short_form = name.starts_with(',');
    if (short_form) name.remove_prefix(1);
    add_name(name, {.place = index, .only_after_comma = short_form});
  }
}

void GazetteerBuilder::add_country(const GazetteerPlace& place, std::string_view other_names) {
  CountryName country{
      .code = std::string(place.country), .code3 = "", .names = {std::string(place.name)}};
  while (!other_names.empty()) country.names.emplace_back(take_until(other_names, '|'));
  gazetteer_.country_names_.push_back(std::move(country));
}

void GazetteerBuilder::add_country_codes(const std::filesystem::path& file) {
  std::ranges::sort(gazetteer_.country_names_, {}, &CountryName::code);
  read_tsv(file, 2, [&](std::span<const std::string_view> row) {
    for (auto& country : gazetteer_.country_names_) {
      if (country.code == row[0]) country.code3 = row[1];
    }
  });
}

void GazetteerBuilder::add_adjectives(const std::filesystem::path& file) {
  read_tsv(file, 2, [&](std::span<const std::string_view> row) {
    if (const auto country = gazetteer_.country(row[1]))
      add_name(row[0], {.place = *country, .adjective = true});
  });
}

void GazetteerBuilder::add_name(std::string_view name, NameSense sense) {
  fold_into(name, folded_);
  NameHash state;
  const auto first = names_.size();
  for_each_key(folded_, [&](std::string_view key) {
    if (names_.size() > first) names_.back().prefix = true;
    state = Gazetteer::extend(state, key);
    names_.push_back({state.value, sense, false});
  });
}

void GazetteerBuilder::link_parents() {
  std::unordered_map<std::string, PlaceIndex> regions;
  auto& places = gazetteer_.places_;
  std::ranges::sort(gazetteer_.countries_, {}, [&](PlaceIndex i) { return places[i].country; });
  for (PlaceIndex i = 0; i < places.size(); ++i) {
    const auto& p = places[i];
    if (p.kind == PlaceKind::region)
      regions.emplace(std::string(p.country) + '.' + std::string(p.region_code), i);
  }
  std::string key;
  for (auto& p : places) {
    p.country_place = gazetteer_.country(p.country).value_or(kNoPlace);
    key.assign(p.country).append(1, '.').append(p.region_code);
    if (const auto found = regions.find(key); found != regions.end())
      p.region_place = found->second;
  }
}

void GazetteerBuilder::fill_slots() {
  std::ranges::sort(names_, [](const Named& a, const Named& b) {
    return a.hash != b.hash       ? a.hash < b.hash
           : a.prefix != b.prefix ? a.prefix < b.prefix
                                  : a.sense.place < b.sense.place;
  });
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < names_.size(); ++i)
    distinct += i == 0 || names_[i].hash != names_[i - 1].hash ? 1u : 0u;
  std::size_t size = 1024;
  while (size < distinct * 2) size *= 2;
  gazetteer_.slots_.assign(size, {});
  gazetteer_.senses_.reserve(names_.size());
  for (std::size_t i = 0; i < names_.size();) {
    Gazetteer::Slot slot{.hash = names_[i].hash,
                         .first = static_cast<std::uint32_t>(gazetteer_.senses_.size())};
    for (; i < names_.size() && names_[i].hash == slot.hash; ++i) {
      slot.goes_on = slot.goes_on || names_[i].prefix;
      if (!names_[i].prefix) gazetteer_.senses_.push_back(names_[i].sense);
    }
    slot.count = static_cast<std::uint16_t>(
        std::min<std::size_t>(gazetteer_.senses_.size() - slot.first, 0xFFFF));
    std::size_t at = slot.hash & (size - 1);
    while (gazetteer_.slots_[at].hash != 0) at = (at + 1) & (size - 1);
    gazetteer_.slots_[at] = slot;
  }
}

Gazetteer GazetteerBuilder::finish() {
  fill_slots();
  return std::move(gazetteer_);
}

Gazetteer Gazetteer::load(const std::filesystem::path& data) {
  GazetteerBuilder builder;
  builder.add_places(data / "world/gazetteer.tsv");
  builder.add_adjectives(data / "en/nationalities.tsv");
  builder.add_country_codes(data / "world/country_codes.tsv");
  Gazetteer gazetteer = builder.finish();
  gazetteer.words_ = PlaceWords::load(data / "en/place_words.tsv");
  return gazetteer;
}

// FNV-1a over the word and a blank, never 0.
NameHash Gazetteer::extend(NameHash state, std::string_view key) {
  for (const char c : usual_spelling(key))
    state.value = (state.value ^ static_cast<unsigned char>(c)) * kPrime;
  state.value = (state.value ^ static_cast<unsigned char>(' ')) * kPrime;
  if (state.value == 0) state.value = kPrime;
  return state;
}

const Gazetteer::Slot* Gazetteer::slot_of(std::uint64_t hash) const {
  if (slots_.empty()) return nullptr;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].hash != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash) return &slots_[at];
  }
  return nullptr;
}

Gazetteer::Match Gazetteer::find(NameHash state) const {
  const Slot* slot = slot_of(state.value);
  if (slot == nullptr) return {};
  return {std::span(senses_).subspan(slot->first, slot->count), slot->goes_on};
}

NameHash hash_of_name(std::string_view name) {
  NameHash state;
  for_each_key(fold(name), [&](std::string_view key) { state = Gazetteer::extend(state, key); });
  return state;
}

std::span<const NameSense> Gazetteer::find_name(std::string_view name) const {
  return find(hash_of_name(name)).senses;
}

std::optional<PlaceIndex> Gazetteer::country(std::string_view code) const {
  const auto found = std::ranges::lower_bound(countries_, code, {},
                                              [&](PlaceIndex i) { return places_[i].country; });
  if (found == countries_.end() || places_[*found].country != code) return std::nullopt;
  return *found;
}

// Settlements are what a bare name means; a region or a river beside them says what it is:
// "Washington (region), US".
int class_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::city:
    case PlaceKind::town:
      return 0;
    case PlaceKind::country:
    case PlaceKind::territory:
    case PlaceKind::region:
      return 1;
    default:
      return 2 + static_cast<int>(kind);
  }
}

// Of two namesakes of different classes in one country, the one a bare name means: the settlement,
// unless the region dwarfs it (Alabama in the state of New York).
bool comes_before(const GazetteerPlace& a, const GazetteerPlace& b) {
  constexpr std::uint32_t kDwarfed = 20;
  const int class_a = class_of(a.kind);
  const int class_b = class_of(b.kind);
  if (class_a == 0 && class_b == 1) return a.population >= b.population / kDwarfed;
  if (class_a == 1 && class_b == 0) return b.population < a.population / kDwarfed;
  return class_a < class_b;
}

// What sets a place apart from those that share its name.
struct Namesakes {
  bool any = false;
  bool marked =
      false;  // one of another class in the same country comes before it: the kind is said
  bool in_country = false;  // one of the same class there: the region is said
  bool in_region =
      false;  // one of the same class there: the id is said, unless this is the largest
};

// "Geneva" has namesakes: "Geneva, CH" and "Geneva, Illinois, US". A name that only one place
// bears, or a country's, is its label.
std::string Gazetteer::label_of(const GazetteerPlace& place) const {
  if (place.kind == PlaceKind::country) return std::string(place.name);
  Namesakes namesakes;
  for (const auto& sense : find_name(place.name)) {
    const auto& other = places_[sense.place];
    if (other.id == place.id || !sense.main_name) continue;
    namesakes.any = true;
    if (other.country != place.country) continue;
    if (class_of(other.kind) != class_of(place.kind)) {
      namesakes.marked = namesakes.marked || comes_before(other, place);
      continue;
    }
    namesakes.in_country = true;
    const bool larger = other.population != place.population ? other.population > place.population
                                                             : other.id < place.id;
    namesakes.in_region = namesakes.in_region || (other.region_code == place.region_code && larger);
  }
  std::string label(place.name);
  if (!namesakes.any) return label;
  const bool in_region =
      place.region_place != kNoPlace && places_[place.region_place].id != place.id;
  if (namesakes.marked || place.country.empty())
    label += fmt::format(" ({})", to_string(place.kind));
  if (namesakes.in_country && in_region)
    label += fmt::format(", {}", places_[place.region_place].name);
  if (!place.country.empty()) label += fmt::format(", {}", place.country);
  if (namesakes.in_region || (namesakes.in_country && !in_region))
    label += fmt::format(" ({})", place.id);
  return label;
}

Place Gazetteer::describe(PlaceIndex index) const {
  const GazetteerPlace& p = places_[index];
  Place place{.name = std::string(p.name),
              .label = label_of(p),
              .id = p.id,
              .kind = p.kind,
              .country = std::string(p.country),
              .region = {},
              .lat = p.lat,
              .lon = p.lon,
              .parents = {},
              .mentions = {}};
  const auto round = [](float degrees) {
    return static_cast<double>(
               static_cast<std::int64_t>(degrees * 100 + (degrees < 0 ? -0.5F : 0.5F))) /
           100;
  };
  place.lat = round(p.lat);
  place.lon = round(p.lon);
  if (p.region_place != kNoPlace && p.region_place != index) {
    place.region = places_[p.region_place].name;
    place.parents.push_back(place.region);
  }
  if (p.country_place != kNoPlace && p.country_place != index)
    place.parents.emplace_back(places_[p.country_place].name);
  if (p.country_place != kNoPlace) {
    const auto continent = std::ranges::find(continents_, places_[p.country_place].region_code,
                                             [&](PlaceIndex i) { return places_[i].region_code; });
    if (continent != continents_.end()) place.parents.emplace_back(places_[*continent].name);
  }
  return place;
}

}  // namespace dateline
