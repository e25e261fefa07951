// Whom does "he", "she" or "the senator" mean as the source of a quotation?
//
// `Lind opened the hall. "It took years," she said.`: the person before it who fits, the last
// speaker first.
#pragma once

#include <string_view>

#include "indexer/extract/speakers/reported_speech.h"

namespace dateline {

struct Antecedent {
  std::uint32_t entity = kNone;  // kNone when nobody fits
  std::string_view why;          // "the last speaker who fits"; lives for ever
};

// Grows with the text: tell it each speaker in order, ask it for the next pronoun.
class Antecedents {
 public:
  explicit Antecedents(const Discourse& d);

  void spoke(std::uint32_t unit, std::uint32_t entity);
  // Whom a pronoun or description means.
  Antecedent resolve(std::uint32_t unit, const Source& source) const;
  std::uint32_t last_speaker() const { return last_speaker_; }

 private:
  std::uint32_t in_unit(std::uint32_t unit, std::uint32_t before, Gender gender,
                        bool subjects_only) const;
  bool shares_modifier(TokenRange title, TokenRange description) const;
  std::uint32_t by_age(std::uint32_t unit, TokenRange description) const;
  bool bears_other_title(std::uint32_t entity, TokenRange description) const;
  bool same_title(const Token& borne, const Token& head) const;
  std::uint32_t by_title(std::uint32_t unit, TokenRange description) const;
  std::uint32_t by_body(TokenRange description) const;
  std::uint32_t body_talked_about(TokenRange description) const;
  int weight_of_body(std::uint32_t mention, const Token& head) const;
  bool is_credit(std::uint32_t mention) const;
  bool someone_unnamed(std::uint32_t unit) const;
  std::uint32_t organisation_before(std::uint32_t token, std::string_view word,
                                    std::uint32_t units_back) const;
  std::uint32_t by_salience(std::uint32_t unit, TokenRange description) const;
  std::uint32_t by_document(TokenRange description) const;
  Antecedent described(std::uint32_t unit, TokenRange description) const;
  bool fits(std::uint32_t entity, Gender gender, bool surely) const;

  const Discourse& d_;
  std::vector<std::uint32_t> speaker_of_unit_;  // last one, kNone
  std::vector<std::uint32_t> first_name_of_;    // of each unit: index of its first mention
  std::uint32_t last_speaker_ = kNone;          // a person
  std::uint32_t last_body_ = kNone;             // an organisation that spoke
  std::uint32_t last_body_unit_ = 0;
};

}  // namespace dateline
