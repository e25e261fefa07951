// Which rules made a record? An index of other rules is brought up to date by a rebuild.
//
// Tables of data/ have a fingerprint of their own. Raise kRulesVersion with every change after
// which some article gives another record; extract_test holds the sample archive's records against
// the row of this version in tests/extract/records.tsv, so that it cannot be forgotten.
#pragma once

namespace dateline {

constexpr int kRulesVersion = 9;

}  // namespace dateline
