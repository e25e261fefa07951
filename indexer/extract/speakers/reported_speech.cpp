#include "indexer/extract/speakers/reported_speech.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kQuoteReach = 25;  // tokens between a cue and the quotation it introduces
constexpr std::uint32_t kQuoteAfterComma = 12;  // of "said, in his view, “...”"
constexpr std::uint32_t kSecondQuote = 14;      // of "“No,” she said on Monday, “...”"
constexpr std::uint32_t kSubjectReach = 40;     // tokens of a sentence looked at for its subject
constexpr std::uint32_t kAuxiliaries = 4;       // before a cue
constexpr std::uint32_t kApposition = 16;       // of "According to Lind, head of the board,"
constexpr std::uint32_t kObjectOfQuoted = 24;   // tokens between "quoted" and "saying"
constexpr std::uint32_t kObjectWords = 5;       // words and names of "told a crowd of supporters"
constexpr std::uint32_t kObjectReach =
    10;  // tokens of "told a crowd of supporters in Ohio" looked at for "that"
constexpr std::size_t kStatements = 40;  // of one sentence; a sentence of more is no prose

// Finds the statements of one unit, cue by cue.
class StatementReader {
 public:
  StatementReader(const Discourse& d, const Unit& unit)
      : d_(d), unit_(unit), end_(unit.tokens.end) {
    while (end_ > unit.tokens.begin && !d.quoted(end_ - 1) &&
           d.token(end_ - 1).kind == TokenKind::punctuation && !d.token(end_ - 1).is(")"))
      --end_;
  }

  std::vector<Statement> run();

 private:
  const Token& at(std::uint32_t i) const { return d_.token(i); }
  bool in(std::uint32_t i) const { return i < end_; }
  bool quote_begins(std::uint32_t i) const {
    return in(i) && d_.quoted(i) && d_.quotations[d_.quotation_at[i]].tokens.begin == i;
  }
  std::uint32_t quote_end(std::uint32_t i) const {
    return std::min(d_.quotations[d_.quotation_at[i]].tokens.end, end_);
  }

  std::optional<Statement> statement_at(std::uint32_t cue);
  std::optional<Statement> according(std::uint32_t cue);
  std::optional<FoundSource> find_source(std::uint32_t cue) const;
  std::optional<FoundSource> verb_first(std::uint32_t cue) const;
  std::optional<Statement> inherit(std::uint32_t cue) const;
  Source name_opening(const Source& source) const;
  std::optional<Source> unit_subject(std::uint32_t before) const;
  void find_contents(Statement& s);
  std::optional<TokenRange> left_content(const Statement& s) const;
  std::optional<TokenRange> left_clause(const Statement& s, std::uint32_t comma) const;
  std::optional<TokenRange> right_content(const Statement& s, const Cue& cue) const;
  std::optional<std::uint32_t> next_quotation(std::uint32_t from, std::uint32_t reach) const;
  std::uint32_t skip_adverbs(std::uint32_t i) const;
  std::optional<std::uint32_t> after_object(std::uint32_t i) const;
  std::optional<std::uint32_t> clause_start(std::uint32_t i, const Cue& cue) const;
  bool opens_clause(std::uint32_t i) const;
  void trim_before(std::uint32_t token);
  std::uint32_t left_limit() const;
  bool quotes_as_saying(std::uint32_t cue) const;
  bool quotes(const Statement& s) const;
  bool denies_speech(const Statement& s) const;
  std::uint32_t behind_apposition(std::uint32_t comma) const;
  bool describes_source(const Statement& s, std::uint32_t comma) const;
  bool is_clause(std::uint32_t begin, std::uint32_t end) const;

  const Discourse& d_;
  const Unit& unit_;
  std::uint32_t end_;  // without the final full stop
  std::vector<Statement> found_;
};

std::uint32_t StatementReader::skip_adverbs(std::uint32_t i) const {
  while (in(i) && !d_.quoted(i) && at(i).kind == TokenKind::word && is_adverb(at(i)) &&
         !at(i).capitalised)
    ++i;
  return i;
}

// The first quotation at or after `from`, unless another finite cue of speech comes first.
std::optional<std::uint32_t> StatementReader::next_quotation(std::uint32_t from,
                                                             std::uint32_t reach) const {
  for (std::uint32_t i = from; in(i) && i < from + reach; ++i) {
    if (quote_begins(i)) return i;
    if (d_.quoted(i)) return std::nullopt;
    if (const Cue* cue = d_.cue(i); cue != nullptr && cue->has(Frame::clause) && is_past(at(i)))
      return std::nullopt;
  }
  return std::nullopt;
}

// Where the person or body told ends: "reporters", "CNN's Jake Tapper", "a crowd in Ohio".
std::optional<std::uint32_t> StatementReader::after_object(std::uint32_t i) const {
  if (!in(i)) return std::nullopt;
  if (d_.quoted(i)) return i;
  const Token& t = at(i);
  if (t.in(SpeechRole::complementiser) || t.is(":") || t.is(",")) return i;
  if (t.in(SpeechRole::hearer))
    ++i;
  else {
    for (std::uint32_t words = 0; in(i) && words < kObjectWords; ++words) {
      if (d_.name_at[i] != kNone) {
        i = d_.names[d_.name_at[i]].tokens.end;
        if (in(i) && at(i).in(SpeechRole::genitive)) {
          ++i;
          continue;
        }
        break;
      }
      const Token& word = at(i);
      if (word.kind != TokenKind::word || word.in(SpeechRole::complementiser) || d_.quoted(i))
        break;
      const bool goes_on =
          word.in(WordClass::function_word) || d_.title_at[i] != kNone || word.capitalised;
      ++i;
      if (!goes_on) break;
    }
  }
  // "in an interview that", "on Monday": up to a complementiser, a comma or a quotation, when one
  // is near
  for (std::uint32_t k = i; in(k) && k < i + kObjectReach; ++k) {
    if (at(k).in(SpeechRole::that) || d_.quoted(k) || at(k).is(":") ||
        (at(k).is(",") && quote_begins(k + 1)))
      return k;
    if (at(k).kind == TokenKind::punctuation) break;
  }
  return i;
}

bool StatementReader::opens_clause(std::uint32_t i) const {
  if (!in(i) || at(i).kind == TokenKind::punctuation) return false;
  const Token& t = at(i);
  if (t.kind != TokenKind::word) return true;
  return !t.in(SpeechRole::clause_refused) && !is_preposition(t);
}

// Where the thing said begins, from the first token after the cue and its adverbs.
std::optional<std::uint32_t> StatementReader::clause_start(std::uint32_t i, const Cue& cue) const {
  if (!in(i)) return std::nullopt;
  if (quote_begins(i)) return i;
  if (at(i).is(":") || (at(i).is(",") && quote_begins(i + 1)))
    return in(i + 1) ? std::optional(i + 1) : std::nullopt;
  const bool bare = cue.has(Frame::clause) || cue.has(Frame::tell);
  if (at(i).in(SpeechRole::that)) return i;
  if (at(i).in(SpeechRole::complementiser) && (bare || cue.has(Frame::that) || cue.has(Frame::ask)))
    return i;
  if (cue.has(Frame::to) && at(i).in(SpeechRole::infinitive) && in(i + 1)) return i;
  if (at(i).is(",")) {  // "said, in his view, that"; "said, however, "..."
    const auto quotation = next_quotation(i, kQuoteAfterComma);
    return quotation;
  }
  if (is_preposition(at(i))) {  // "said in a statement (that|,|:)", "said on Monday he would"
    for (std::uint32_t k = i + 1; in(k) && k < i + kQuoteReach; ++k) {
      if (at(k).in(SpeechRole::that) || quote_begins(k)) return k;
      if (d_.quoted(k) || at(k).is(";")) return std::nullopt;
      if (bare && k > i + 1 && at(k).in(SpeechRole::clause_subject)) return k;
      if (d_.cue(k) != nullptr && at(k).in(SpeechRole::said)) return std::nullopt;
      if (bare && k > i + 1 && at(k - 1).in(SpeechRole::weekday) && opens_clause(k)) return k;
      if (at(k).is(",") && in(k + 1) && at(k + 1).in(SpeechRole::next_clause)) return std::nullopt;
    }
    return std::nullopt;
  }
  while (in(i) && (at(i).in(SpeechRole::weekday) || at(i).in(SpeechRole::time_after_cue))) {
    ++i;
    if (in(i) && (at(i).in(SpeechRole::that) || quote_begins(i))) return i;
    if (in(i) && at(i).is(",") && quote_begins(i + 1)) return i + 1;
    if (in(i) && is_preposition(at(i))) return clause_start(i, cue);
  }
  if (bare && opens_clause(i)) return i;
  return std::nullopt;
}

std::optional<TokenRange> StatementReader::right_content(const Statement& s, const Cue& cue) const {
  std::uint32_t i = skip_adverbs(s.end);
  if (!in(i)) return std::nullopt;
  if (cue.has(Frame::point)) {
    const bool particle = at(i).in(SpeechRole::particle);
    if (particle)
      ++i;
    else if (cue.has_only(Frame::point))
      return std::nullopt;
  }
  if (cue.has(Frame::tell) || cue.has(Frame::ask)) {
    const auto after =
        cue.has(Frame::clause) && (at(i).in(SpeechRole::complementiser) || opens_clause(i))
            ? std::optional(i)
            : after_object(i);
    if (!after) return std::nullopt;
    i = skip_adverbs(*after);
  }
  if (!in(i)) return std::nullopt;
  if (const auto start = clause_start(i, cue); start && *start < end_) {
    const bool introduced = at(*start).in(SpeechRole::that) || quote_begins(*start) ||
                            cue.has(Frame::clause) || cue.has(Frame::tell) || cue.has(Frame::ask) ||
                            cue.has(Frame::that) ||
                            (cue.has(Frame::to) && at(*start).in(SpeechRole::infinitive));
    if (introduced && !(at(*start).in(SpeechRole::that) && cue.has_only(Frame::quote)))
      return TokenRange{*start, end_};
  }
  if (!cue.has_only(Frame::that) && next_quotation(i, kQuoteReach)) return TokenRange{i, end_};
  return std::nullopt;
}

std::uint32_t StatementReader::left_limit() const {
  std::uint32_t limit = unit_.tokens.begin;
  for (const auto& s : found_) {
    limit = std::max(limit, s.end);
    if (!s.contents.empty()) limit = std::max(limit, s.contents.back().end);
  }
  return limit;
}

// "Taxes will rise": four words, or three that do not set a time or place.
bool StatementReader::is_clause(std::uint32_t begin, std::uint32_t end) const {
  if (end >= begin + 4) return true;
  if (end < begin + 3) return false;
  const Token& first = at(begin);
  const Token& last = at(end - 1);
  return first.kind == TokenKind::word && !is_preposition(first) && !is_adverb(first) &&
         !is_adverb(last) && !is_time_word(last) && !first.in(SpeechRole::time_determiner) &&
         !first.in(SpeechRole::setting) && d_.title_at[begin] == kNone;
}

// "The mayor of Leeds, Ana Quist, said": what is before the comma says who the source is.
bool StatementReader::describes_source(const Statement& s, std::uint32_t comma) const {
  if (s.source.kind != SourceKind::named) return false;
  const auto& name = d_.names[s.source.mention];
  const auto first = name.title.empty() ? name.tokens.begin : name.title.begin;
  const auto end = name.tokens.end;
  if (first != comma + 1 || end >= s.cue || !at(end).is(",")) return false;
  for (auto i = end + 1; i < s.cue; ++i) {
    if (!at(i).in(SpeechRole::auxiliary) && !is_adverb(at(i))) return false;
  }
  return true;
}

// `The plan is dead, Lind said.`: a whole clause before the comma, and nothing reported after the
// cue.
std::optional<TokenRange> StatementReader::left_clause(const Statement& s,
                                                       std::uint32_t comma) const {
  const Cue* cue = d_.cue(s.cue);
  if (cue == nullptr || !(cue->has(Frame::clause) || cue->has(Frame::according)))
    return std::nullopt;
  const std::uint32_t begin = unit_.tokens.begin;
  if (left_limit() > begin || !is_clause(begin, comma) || describes_source(s, comma))
    return std::nullopt;
  const std::uint32_t next = skip_adverbs(s.end);
  if (in(next) && at(next).kind == TokenKind::word && !is_preposition(at(next)) &&
      opens_clause(next) && !cue->has(Frame::according) && !at(next).in(SpeechRole::weekday) &&
      !at(next).in(SpeechRole::after_cue)) {
    return std::nullopt;
  }
  if (in(next) && at(next).in(SpeechRole::that)) return std::nullopt;
  const Token& first = at(begin);
  if (first.in(SpeechRole::setting)) return std::nullopt;
  return TokenRange{begin, comma};
}

std::optional<TokenRange> StatementReader::left_content(const Statement& s) const {
  std::uint32_t i = s.begin;
  if (i <= unit_.tokens.begin) return std::nullopt;
  --i;
  const bool comma =
      !d_.quoted(i) && (at(i).is(",") || at(i).is("—") || at(i).is("–") || at(i).is("-"));
  if (comma && i > unit_.tokens.begin && d_.quoted(i - 1))
    --i;
  else if (comma)
    return left_clause(s, i);
  if (!d_.quoted(i)) return std::nullopt;
  const auto& q = d_.quotations[d_.quotation_at[i]].tokens;
  if (q.end != i + 1) return std::nullopt;
  std::uint32_t begin = std::max(left_limit(), unit_.tokens.begin);
  begin = std::min(begin, q.begin);
  while (begin < q.begin && (at(begin).kind == TokenKind::punctuation ||
                             (at(begin).in(SpeechRole::conjunction) && begin + 1 >= q.begin)))
    ++begin;
  const bool stands_alone =
      q.begin > begin && at(q.begin - 1).kind == TokenKind::punctuation && !at(q.begin - 1).is("-");
  return TokenRange{stands_alone ? q.begin : begin, q.end};
}

void StatementReader::find_contents(Statement& s) {
  const Cue* cue = d_.cue(s.cue);
  if (cue == nullptr) return;
  if (const auto left = left_content(s)) {
    s.contents.push_back(*left);
    if (at(left->end - 1).kind != TokenKind::quote) return;
    const auto quotation = next_quotation(s.end, kSecondQuote);
    if (!quotation) return;
    for (auto i = s.end; i < *quotation; ++i) {
      if (d_.cue(i) != nullptr) return;
    }
    s.contents.push_back({*quotation, quote_end(*quotation)});
    return;
  }
  if (denies_speech(s)) return;
  if (const auto right = right_content(s, *cue)) s.contents.push_back(*right);
}

// "Lind never said the word": nothing is reported, but "never said that", "never said: “...”".
bool StatementReader::denies_speech(const Statement& s) const {
  if (!d_.cue(s.cue)->has(Frame::clause) || s.cue == unit_.tokens.begin || !in(s.cue + 1))
    return false;
  bool negated = false;
  for (auto i = s.cue; i > unit_.tokens.begin && s.cue - i < kAuxiliaries; --i) {
    const Token& t = at(i - 1);
    if (!t.in(SpeechRole::auxiliary) && !is_adverb(t)) break;
    negated = negated || t.in(SpeechRole::negation);
  }
  const Token& next = at(s.cue + 1);
  return negated && next.in(SpeechRole::determiner) && !next.in(SpeechRole::that) &&
         !d_.quoted(s.cue + 1);
}

// The clause before ends where a new source or a verb of the same source begins.
void StatementReader::trim_before(std::uint32_t token) {
  for (auto& s : found_) {
    if (s.contents.empty()) continue;
    auto& range = s.contents.back();
    if (range.begin >= token || range.end <= token) continue;
    std::uint32_t end = token;
    while (end > range.begin && !d_.quoted(end - 1) &&
           (at(end - 1).kind == TokenKind::punctuation || at(end - 1).in(SpeechRole::conjunction) ||
            is_adverb(at(end - 1))))
      --end;
    if (end > range.begin)
      range.end = end;
    else
      s.contents.pop_back();
  }
}

std::optional<Source> StatementReader::unit_subject(std::uint32_t before) const {
  for (std::uint32_t i = unit_.tokens.begin; i < before && i < unit_.tokens.begin + kSubjectReach;
       ++i) {
    if (d_.quoted(i)) continue;
    if (at(i).in(SpeechRole::third_person)) return Source{{i, i + 1}, SourceKind::pronoun, kNone};
    const auto mention = d_.name_at[i];
    if (mention == kNone) continue;
    const auto& name = d_.names[mention];
    const auto begin = name.title.empty() ? name.tokens.begin : name.title.begin;
    const bool object = begin > unit_.tokens.begin && is_preposition(at(begin - 1));
    const bool owner = name.tokens.end < end_ && at(name.tokens.end).in(SpeechRole::genitive);
    if (name.type == NameType::person && !object && !owner)
      return Source{name.tokens, SourceKind::named, mention};
    i = name.tokens.end - 1;
  }
  return std::nullopt;
}

// "Lind was banned after a test showed traces, and said": the name that opens what was taken for a
// description.
Source StatementReader::name_opening(const Source& source) const {
  if (source.kind != SourceKind::described) return source;
  const auto first = source.tokens.begin;
  const auto mention = d_.name_at[first] != kNone ? d_.name_at[first] : d_.title_at[first];
  if (mention == kNone || d_.names[mention].type != NameType::person ||
      d_.names[mention].tokens.end >= source.tokens.end)
    return source;
  if (d_.token(d_.names[mention].tokens.end).in(SpeechRole::genitive)) return source;
  return {d_.names[mention].tokens, SourceKind::named, mention};
}

// ", adding that", "and said": the source of the statement before, or the sentence's subject.
std::optional<Statement> StatementReader::inherit(std::uint32_t cue) const {
  if (cue == unit_.tokens.begin) return std::nullopt;
  std::uint32_t before = cue - 1;
  while (before > unit_.tokens.begin && !d_.quoted(before) &&
         (is_adverb(at(before)) || at(before).in(SpeechRole::verb_prelude)))
    --before;
  const bool participle = is_participle(at(cue));
  const bool joined = !d_.quoted(before) && at(before).in(SpeechRole::coordinator);
  const bool after_comma = at(before).is(",") || at(before).is("—") || d_.quoted(before);
  if (!joined && !(participle && (after_comma || at(cue - 1).in(SpeechRole::before_participle) ||
                                  at(before).kind == TokenKind::word))) {
    if (!(after_comma && !found_.empty())) return std::nullopt;
  }
  if (participle && !after_comma && !joined && !at(cue - 1).in(SpeechRole::before_participle) &&
      at(cue - 1).kind == TokenKind::word && !is_adverb(at(cue - 1)))
    return std::nullopt;
  std::optional<Source> source;
  if (!found_.empty())
    source = name_opening(found_.back().source);
  else
    source = unit_subject(before);
  if (!source) return std::nullopt;
  return Statement{*source, cue, before + (joined || after_comma ? 1u : 0u), cue + 1, {}, true};
}

// `Replied the mayor, Ana Quist: "No."`
std::optional<FoundSource> StatementReader::verb_first(std::uint32_t cue) const {
  if (!is_past(at(cue)) && !at(cue).in(NameRole::reports)) return std::nullopt;
  const auto found = source_after(d_, unit_, cue);
  if (!found || found->source.kind == SourceKind::described || !in(found->end)) return std::nullopt;
  const Token& next = at(found->end);
  const bool introduces = (next.is(":") || next.is(",")) && quote_begins(found->end + 1);
  return introduces || quote_begins(found->end) ? found : std::nullopt;
}

std::optional<FoundSource> StatementReader::find_source(std::uint32_t cue) const {
  if (cue == unit_.tokens.begin) return verb_first(cue);
  const bool after_quote =
      d_.quoted(cue - 1) ||
      (at(cue - 1).is(",") && cue >= unit_.tokens.begin + 2 && d_.quoted(cue - 2));
  const bool finite = !is_participle(at(cue));
  if (after_quote && finite) return source_after(d_, unit_, cue);
  if (auto before = source_before(d_, unit_, cue)) return before;
  const Cue& c = *d_.cue(cue);
  if (at(cue - 1).is(",") && finite && c.has(Frame::clause) && found_.empty())
    return source_after(d_, unit_, cue);
  return std::nullopt;
}

// "According to Lind, director of the board | , trade will shrink"
std::uint32_t StatementReader::behind_apposition(std::uint32_t comma) const {
  if (!in(comma + 2)) return comma;
  const Token& first = at(comma + 1);
  const bool article = first.in(NameRole::article);
  const Token& head = at(comma + (article ? 2 : 1));
  if (!first.in(SpeechRole::relative) && !(head.in(WordClass::title) && !head.capitalised))
    return comma;
  for (auto i = comma + 2; in(i) && i < comma + kApposition; ++i) {
    if (d_.quoted(i)) return comma;
    if (at(i).is(",")) return i;
  }
  return comma;
}

std::optional<Statement> StatementReader::according(std::uint32_t cue) {
  if (!in(cue + 2) || !at(cue + 1).in(SpeechRole::infinitive)) return std::nullopt;
  const auto found = source_at(d_, unit_, cue + 2);
  if (!found) return std::nullopt;
  Statement s{found->source, cue, cue, found->end, {}, false};
  if (cue == unit_.tokens.begin) {
    std::uint32_t i = found->end;
    while (in(i) && !at(i).is(",")) ++i;
    i = behind_apposition(i);
    if (in(i + 1)) s.contents.push_back({i + 1, end_});
    return s;
  }
  std::uint32_t last = cue;
  if (last > unit_.tokens.begin && at(last - 1).is(",")) --last;
  const auto begin = left_limit();
  if (last > begin + 1) s.contents.push_back({begin, last});
  return s;
}

std::optional<Statement> StatementReader::statement_at(std::uint32_t cue) {
  if (d_.cue(cue)->has(Frame::according)) return according(cue);
  std::optional<Statement> s;
  if (const auto found = find_source(cue))
    s = Statement{found->source, cue, found->begin, std::max(found->end, cue + 1), {}, false};
  else
    s = inherit(cue);
  if (s) find_contents(*s);
  return s;
}

// "quoted Lind as saying": the statement is that of "saying".
bool StatementReader::quotes_as_saying(std::uint32_t cue) const {
  if (!at(cue).in(SpeechRole::quoted)) return false;
  for (auto i = cue + 1; in(i) && i < cue + kObjectOfQuoted && !d_.quoted(i); ++i) {
    if (d_.cue(i) != nullptr && quoting_verb(d_, unit_, i) == cue) return true;
  }
  return false;
}

// Of a heading only what stands between marks is taken.
bool StatementReader::quotes(const Statement& s) const {
  return std::ranges::any_of(s.contents, [&](TokenRange range) {
    for (auto i = range.begin; i < range.end; ++i) {
      if (d_.quoted(i)) return true;
    }
    return false;
  });
}

std::vector<Statement> StatementReader::run() {
  for (std::uint32_t i = unit_.tokens.begin; i < end_ && found_.size() < kStatements; ++i) {
    if (d_.quoted(i)) {
      i = quote_end(i) - 1;
      continue;
    }
    if (d_.cue(i) == nullptr || d_.name_at[i] != kNone ||
        (at(i).capitalised && i != unit_.tokens.begin && !unit_.heading && !d_.quoted(i - 1)))
      continue;
    if (quotes_as_saying(i)) continue;
    auto s = statement_at(i);
    if (!s || (unit_.heading && !quotes(*s))) continue;
    const bool fresh =
        s->begin > unit_.tokens.begin &&
        (s->inherited || at(s->begin - 1).in(SpeechRole::conjunction) || at(s->begin - 1).is(";"));
    if (fresh && !s->contents.empty()) trim_before(s->begin);
    i = std::max(i, s->end - 1);
    found_.push_back(std::move(*s));
  }
  return std::move(found_);
}

}  // namespace

static bool holds_quotation(const Discourse& d, const Unit& unit) {
  for (auto i = unit.tokens.begin; i < unit.tokens.end; ++i) {
    if (d.quoted(i)) return true;
  }
  return false;
}

std::vector<Statement> find_statements(const Discourse& d, const Unit& unit) {
  if (unit.heading && !holds_quotation(d, unit)) return {};
  return StatementReader(d, unit).run();
}

}  // namespace dateline
