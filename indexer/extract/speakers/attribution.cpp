#include "indexer/extract/speakers/attribution.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "common/text/unicode.h"
#include "indexer/extract/speakers/labelled_speech.h"
#include "indexer/extract/speakers/pronoun.h"

namespace dateline {
namespace {

constexpr std::uint32_t kLeastWords =
    4;  // a quotation without a cue needs as many to be speech and no scare quote
constexpr std::uint32_t kLongFragment = 8;        // words
constexpr std::size_t kDirectPercent = 95;        // of the bytes of words, within marks
constexpr std::uint32_t kFragmentParagraphs = 2;  // back to the quotation that it goes on
constexpr std::size_t kMostSegments = 12;         // of one quotation
constexpr std::uint32_t kMostCoordinated = 12;    // sources of one statement; more is a list

// A quote under construction.
struct Draft {
  Quote quote;
  std::uint32_t entity = kNone;
  std::uint32_t paragraph = 0;
  std::uint32_t last_token = 0;  // one past its last
  std::string_view rule;         // that chose the speaker; lives for ever
  std::string_view antecedent;   // why a pronoun or description means the speaker, "" for names
};

// Goes through the outer sentences in order and attributes what each reports.
class Attributor {
 public:
  Attributor(Discourse discourse, Trace* trace)
      : d_(std::move(discourse)),
        trace_(trace),
        antecedents_(d_),
        labels_(d_),
        used_(d_.quotations.size(), false) {}

  Attribution run();

 private:
  void report(std::uint32_t unit, const Statement& statement);
  void add_coordinated(std::uint32_t unit, std::uint32_t mention, const Quote& said);
  void labelled(std::uint32_t unit, const Label& label);
  void orphans(std::uint32_t unit);
  void orphan(std::uint32_t unit, std::uint32_t quotation, bool pure);
  Antecedent entity_of(std::uint32_t unit, const Source& source) const;
  std::uint32_t entity_of_mention(std::uint32_t mention) const;
  void add(Draft draft, std::uint32_t unit);
  void extend_last(TokenRange tokens);
  Span trimmed(TokenRange tokens) const;
  QuoteKind kind_of(const std::vector<TokenRange>& contents) const;
  std::uint32_t words_in(TokenRange tokens) const;
  std::uint32_t subject_of(std::uint32_t unit, std::uint32_t before) const;
  bool pure(const Unit& unit) const;
  std::optional<Source> source_in_next(std::uint32_t unit) const;
  std::optional<Antecedent> speaker_before(std::uint32_t unit) const;
  std::optional<Antecedent> speaker_within(std::uint32_t unit, const Quotation& q) const;
  bool names_nobody(std::uint32_t unit) const;
  Explanation explanation(const Draft& draft) const;
  void speak_for_headline();
  void collect(Attribution& out);

  const Discourse d_;
  Trace* trace_;
  Antecedents antecedents_;
  Labels labels_;
  std::vector<bool> used_;
  std::vector<Draft> drafts_;
};

std::uint32_t Attributor::words_in(TokenRange tokens) const {
  std::uint32_t words = 0;
  for (auto i = tokens.begin; i < tokens.end; ++i)
    words += d_.token(i).kind == TokenKind::word || d_.token(i).kind == TokenKind::number ? 1u : 0u;
  return words;
}

// Nearly all words inside marks: direct; none: indirect.
QuoteKind Attributor::kind_of(const std::vector<TokenRange>& contents) const {
  std::size_t inside = 0;
  std::size_t all = 0;
  for (const auto range : contents) {
    for (auto i = range.begin; i < range.end; ++i) {
      const Token& t = d_.token(i);
      if (t.kind != TokenKind::word) continue;
      all += t.text.size();
      inside += d_.quoted(i) ? t.text.size() : 0;
    }
  }
  if (inside == 0) return QuoteKind::indirect;
  return inside * 100 >= all * kDirectPercent ? QuoteKind::direct : QuoteKind::mixed;
}

Span Attributor::trimmed(TokenRange tokens) const {
  while (tokens.size() > 1 && d_.token(tokens.end - 1).kind == TokenKind::punctuation &&
         !d_.quoted(tokens.end - 1) && !d_.token(tokens.end - 1).is(")") &&
         !d_.token(tokens.end - 1).is("?") && !d_.token(tokens.end - 1).is("!")) {
    --tokens.end;
  }
  return d_.text.span_of(tokens);
}

Antecedent Attributor::entity_of(std::uint32_t unit, const Source& source) const {
  return source.kind == SourceKind::named ? Antecedent{entity_of_mention(source.mention), {}}
                                          : antecedents_.resolve(unit, source);
}

std::uint32_t Attributor::entity_of_mention(std::uint32_t mention) const {
  const auto entity = d_.entities.of_mention[mention];
  return d_.entities.list[entity].type == NameType::unknown ? kNone : entity;
}

void Attributor::add(Draft draft, std::uint32_t unit) {
  draft.paragraph = d_.units[unit].paragraph;
  if (draft.entity != kNone) {
    draft.quote.speaker = d_.entities.list[draft.entity].name;
    antecedents_.spoke(unit, draft.entity);
  }
  draft.quote.span = hull(draft.quote.segments.front(), draft.quote.segments.back());
  drafts_.push_back(std::move(draft));
}

void Attributor::report(std::uint32_t unit, const Statement& statement) {
  const auto [entity, why] = entity_of(unit, statement.source);
  if (statement.contents.empty()) return;
  Draft draft;
  draft.entity = entity;
  draft.antecedent = why;
  draft.rule = statement.inherited ? "the source of the verb before, or the sentence's subject"
                                   : "the source beside the cue";
  draft.quote.kind = kind_of(statement.contents);
  for (const auto range : statement.contents) {
    draft.quote.segments.push_back(trimmed(range));
    for (auto i = range.begin; i < range.end; ++i) {
      if (d_.quoted(i)) used_[d_.quotation_at[i]] = true;
    }
    draft.last_token = std::max(draft.last_token, range.end);
  }
  draft.quote.source = d_.text.span_of(statement.source.tokens);
  draft.quote.cue = std::string(d_.token(statement.cue).text);
  const Token& cue = d_.token(statement.cue);
  if (d_.cue(statement.cue)->has(Frame::according) && !cue.all_caps)
    draft.quote.cue.append(" ").append(d_.token(statement.cue + 1).key);
  const Quote said = draft.quote;
  add(std::move(draft), unit);
  if (statement.source.kind == SourceKind::named)
    add_coordinated(unit, statement.source.mention, said);
}

// "Anna Lind and Bo Ek | said": one entry for each of them.
void Attributor::add_coordinated(std::uint32_t unit, std::uint32_t mention, const Quote& said) {
  const auto own = d_.entities.of_mention[mention];
  for (auto n = mention; n > 0 && mention - n < kMostCoordinated; --n) {
    const auto& name = d_.names[n];
    const auto begin = name.title.empty() ? name.tokens.begin : name.title.begin;
    const auto& before = d_.names[n - 1];
    if (begin == 0 || before.tokens.end + 1 != begin ||
        before.tokens.begin < d_.units[unit].tokens.begin || d_.quoted(begin - 1))
      return;
    const bool joined =
        d_.token(begin - 1).in(SpeechRole::and_) || (n < mention && d_.token(begin - 1).is(","));
    const auto entity = entity_of_mention(n - 1);
    if (!joined || before.type != NameType::person || entity == kNone || entity == own) return;
    Draft draft;
    draft.entity = entity;
    draft.rule = "named together with the source beside the cue";
    draft.quote = said;
    draft.quote.source = d_.text.span_of(before.tokens);
    draft.last_token = drafts_.back().last_token;
    draft.paragraph = d_.units[unit].paragraph;
    draft.quote.speaker = d_.entities.list[entity].name;
    draft.quote.span = hull(said.segments.front(), said.segments.back());
    drafts_.insert(drafts_.end() - 1 - static_cast<std::ptrdiff_t>(mention - n), std::move(draft));
  }
}

// Nothing but a quotation in the sentence.
bool Attributor::pure(const Unit& unit) const {
  for (auto i = unit.tokens.begin; i < unit.tokens.end; ++i) {
    if (!d_.quoted(i) &&
        (d_.token(i).kind == TokenKind::word || d_.token(i).kind == TokenKind::number))
      return false;
  }
  return true;
}

// The first person of a sentence who is neither owner nor object.
std::uint32_t Attributor::subject_of(std::uint32_t unit, std::uint32_t before) const {
  const auto& range = d_.units[unit].tokens;
  for (auto i = range.begin; i < before && i < range.end; ++i) {
    if (d_.quoted(i)) continue;
    const Token& t = d_.token(i);
    if (t.in(SpeechRole::third_person) &&
        (t.in(SpeechRole::male_pronoun) || t.in(SpeechRole::female_pronoun)))
      return antecedents_.resolve(unit, {{i, i + 1}, SourceKind::pronoun, kNone}).entity;
    if (const auto n = d_.name_at[i]; n != kNone) {
      const auto entity = d_.entities.of_mention[n];
      if (d_.entities.list[entity].type == NameType::person) return entity;
      i = d_.names[n].tokens.end - 1;
    }
  }
  return kNone;
}

void Attributor::extend_last(TokenRange tokens) {
  Draft& last = drafts_.back();
  last.quote.segments.push_back(d_.text.span_of(tokens));
  last.quote.span = hull(last.quote.segments.front(), last.quote.segments.back());
  last.last_token = std::max(last.last_token, tokens.end);
  if (last.quote.kind == QuoteKind::indirect) last.quote.kind = QuoteKind::mixed;
}

void Attributor::labelled(std::uint32_t unit, const Label& label) {
  Draft draft;
  draft.entity = label.entity;
  draft.rule = "the name before the colon that opens the paragraph";
  const auto kind = kind_of({label.content});
  draft.quote.kind = d_.units[unit].heading ? kind : QuoteKind::direct;
  draft.quote.segments.push_back(trimmed(label.content));
  if (label.mention != kNone) draft.quote.source = d_.text.span_of(d_.names[label.mention].tokens);
  draft.last_token = label.content.end;
  for (auto i = d_.units[unit].tokens.begin; i < label.content.end; ++i) {
    if (d_.quoted(i)) used_[d_.quotation_at[i]] = true;
  }
  add(std::move(draft), unit);
}

void Attributor::orphan(std::uint32_t unit, std::uint32_t quotation, bool pure_unit) {
  const auto& q = d_.quotations[quotation];
  used_[quotation] = true;
  const bool follows = !drafts_.empty() && drafts_.back().last_token <= q.tokens.begin;
  const auto& u = d_.units[unit];
  if (q.continues && follows && quotation > 0 &&
      drafts_.back().last_token >= d_.quotations[quotation - 1].tokens.end)
    return extend_last(q.tokens);
  const bool goes_on = pure_unit && follows && drafts_.back().paragraph == u.paragraph;
  if (words_in(q.tokens) < kLeastWords && !goes_on) return;
  Draft draft;
  draft.quote.kind = QuoteKind::direct;
  draft.quote.segments.push_back(q.span);
  draft.last_token = q.tokens.end;
  if (const auto signer = signer_of(d_, q)) {
    draft.entity = entity_of_mention(*signer);
    draft.rule = "signed after a dash";
    draft.quote.source = d_.text.span_of(d_.names[*signer].tokens);
    return add(std::move(draft), unit);
  }
  if (goes_on && drafts_.back().quote.kind != QuoteKind::indirect &&
      drafts_.back().quote.segments.size() < kMostSegments)
    return extend_last(q.tokens);
  if (const auto source = pure_unit ? source_in_next(unit) : std::nullopt) {
    draft.entity = entity_of_mention(source->mention);
    draft.rule = "the subject of the verb that opens the sentence behind it";
    draft.quote.source = d_.text.span_of(source->tokens);
    return add(std::move(draft), unit);
  }
  const auto choice = pure_unit ? speaker_before(unit) : speaker_within(unit, q);
  if (!choice) return;
  draft.entity = choice->entity;
  draft.rule = choice->why;
  if (!pure_unit && !d_.token(q.tokens.begin - 1).is(":")) draft.quote.kind = QuoteKind::mixed;
  add(std::move(draft), unit);
}

// `"Why not?" Replied the mayor, Ana Quist.`: a cue opens the sentence after the quotation.
std::optional<Source> Attributor::source_in_next(std::uint32_t unit) const {
  if (unit + 1 >= d_.units.size() || d_.units[unit + 1].paragraph != d_.units[unit].paragraph)
    return std::nullopt;
  const Unit& next = d_.units[unit + 1];
  const Cue* cue = d_.cue(next.tokens.begin);
  const Token& verb = d_.token(next.tokens.begin);
  if (cue == nullptr || !cue->has(Frame::clause) || !is_past(verb)) return std::nullopt;
  const auto found = source_after(d_, next, next.tokens.begin);
  if (!found || found->source.kind != SourceKind::named) return std::nullopt;
  return found->source;
}

// Of a quotation that is all of its sentence.
std::optional<Antecedent> Attributor::speaker_before(std::uint32_t unit) const {
  const auto& u = d_.units[unit];
  const bool follows = !drafts_.empty();
  if (follows && drafts_.back().paragraph == u.paragraph)
    return Antecedent{drafts_.back().entity, "after another quotation in its paragraph"};
  if (u.paragraph > 0 && unit > 0 && d_.token(d_.units[unit - 1].tokens.end - 1).is(":")) {
    return Antecedent{subject_of(unit - 1, d_.units[unit - 1].tokens.end),
                      "the subject of the sentence that ends in a colon before it"};
  }
  if (follows && drafts_.back().paragraph + 1 >= u.paragraph)
    return Antecedent{drafts_.back().entity, "after the quotations of the paragraph before"};
  return Antecedent{kNone, "nothing says who speaks"};
}

bool Attributor::names_nobody(std::uint32_t unit) const {
  const auto& tokens = d_.units[unit].tokens;
  for (auto i = tokens.begin; i < tokens.end; ++i) {
    if (!d_.quoted(i) && (d_.name_at[i] != kNone || d_.token(i).in(SpeechRole::third_person)))
      return false;
  }
  return true;
}

// Of a quotation within a sentence that has no cue for it; absent when it is no speech.
std::optional<Antecedent> Attributor::speaker_within(std::uint32_t unit, const Quotation& q) const {
  const auto begin = d_.units[unit].tokens.begin;
  if (words_in(q.tokens) >= kLongFragment && !drafts_.empty() &&
      drafts_.back().paragraph + kFragmentParagraphs >= d_.units[unit].paragraph &&
      names_nobody(unit)) {
    return Antecedent{drafts_.back().entity,
                      "a long fragment in a sentence that names nobody, after the last quotation"};
  }
  if (q.tokens.begin <= begin || !d_.token(q.tokens.begin - 1).is(":")) return std::nullopt;
  const bool cue = q.tokens.begin >= begin + 2 && d_.cue(q.tokens.begin - 2) != nullptr;
  if (cue && !drafts_.empty() && drafts_.back().paragraph == d_.units[unit].paragraph)
    return Antecedent{drafts_.back().entity, "after the colon of a cue"};
  return Antecedent{subject_of(unit, q.tokens.begin), "the subject before the colon"};
}

void Attributor::orphans(std::uint32_t unit) {
  if (d_.units[unit].heading) return;
  const auto& range = d_.units[unit].tokens;
  bool is_pure = pure(d_.units[unit]);
  for (auto i = range.begin; i < range.end; ++i) {
    const auto q = d_.quotation_at[i];
    if (q == kNone || used_[q]) continue;
    orphan(unit, q, is_pure);
    i = d_.quotations[q].tokens.end - 1;
  }
}

Explanation Attributor::explanation(const Draft& draft) const {
  const Quote& quote = draft.quote;
  Explanation e{.span = quote.span,
                .subject = "quotation",
                .outcome = quote.speaker.value_or("nobody named"),
                .reasons = {}};
  e.reasons.push_back(fmt::format("{}, {}", to_string(quote.kind), draft.rule));
  if (!quote.cue.empty()) e.reasons.push_back(fmt::format("cue \"{}\"", quote.cue));
  if (!quote.source) return e;
  const auto words = single_spaced(slice(d_.text.text(), *quote.source));
  e.reasons.push_back(draft.antecedent.empty()
                          ? fmt::format("source \"{}\"", words)
                          : fmt::format("source \"{}\": {}", words, draft.antecedent));
  return e;
}

// Of "Quist Opens Harbour", a release that names no other speaker, Quist is who speaks.
void Attributor::speak_for_headline() {
  std::uint32_t speaker = kNone;
  for (std::uint32_t n = 0; n < d_.names.size(); ++n) {
    if (d_.token(d_.names[n].tokens.begin).paragraph != 0) break;
    if (d_.names[n].type != NameType::person) continue;
    const auto begin = d_.names[n].tokens.begin;
    const bool object = begin > 0 && (is_preposition(d_.token(begin - 1)));
    const auto end = d_.names[n].tokens.end;
    const bool owner = end < d_.text.tokens.size() && d_.token(end).in(SpeechRole::genitive);
    if (object || owner) return;
    const auto entity = d_.entities.of_mention[n];
    if (speaker != kNone && entity != speaker) return;
    speaker = entity;
  }
  if (speaker == kNone) return;
  for (std::uint32_t n = 0; n < d_.names.size(); ++n) {
    if (d_.names[n].type == NameType::person && d_.entities.of_mention[n] != speaker &&
        !d_.quoted(d_.names[n].tokens.begin))
      return;
  }
  for (auto& draft : drafts_) {
    if (draft.entity != kNone || draft.quote.source || draft.quote.kind == QuoteKind::indirect)
      continue;
    draft.entity = speaker;
    draft.quote.speaker = d_.entities.list[speaker].name;
    draft.rule = "nobody but the person of the headline is named";
  }
}

void Attributor::collect(Attribution& out) {
  std::ranges::stable_sort(drafts_, {}, [](const Draft& draft) { return draft.quote.span.begin; });
  std::set<std::string> seen;
  for (auto& draft : drafts_) {
    if (draft.quote.speaker && seen.insert(*draft.quote.speaker).second) {
      const bool person = d_.entities.list[draft.entity].type == NameType::person;
      out.speakers.push_back(
          {*draft.quote.speaker, person ? SpeakerType::person : SpeakerType::organisation});
    }
    if (trace_ != nullptr) trace_->explanations.push_back(explanation(draft));
    out.quotes.push_back(std::move(draft.quote));
  }
}

Attribution Attributor::run() {
  for (std::uint32_t unit = 0; unit < d_.units.size(); ++unit) {
    if (const auto label = labels_.at(unit)) {
      const bool asked = label->mention == kNone && label->entity == kNone;
      if (!asked) labelled(unit, *label);
      unit = label->next_unit - 1;
      continue;
    }
    for (const auto& statement : find_statements(d_, d_.units[unit])) report(unit, statement);
    orphans(unit);
  }
  speak_for_headline();
  Attribution out;
  collect(out);
  return out;
}

}  // namespace

Attribution attribute(const TokenizedText& text, const std::vector<Quotation>& quotations,
                      const std::vector<NameMention>& names, const Entities& entities,
                      const Lexicon& lexicon, Trace* trace) {
  return Attributor(make_discourse(text, quotations, names, entities, lexicon), trace).run();
}

}  // namespace dateline
