// What is said of a run: files that fail (a new failure by its name, many of one kind below one
// folder together, known ones counted), removals, folders, dates, aliases. Lines have no end.
//
//   no-date: /archive/a.txt: the first line is not " date YYYY-MM-DD "
//   280 files more below /archive/u: Permission denied
//   300 files below /archive/u: Permission denied, since 2026-11-20
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/run/run_report.h"

namespace dateline {

constexpr std::size_t kNamedOfAKind = 20;

enum class KnownFailures : std::uint8_t { counted, silent };

// The new ones first. `failures` by path.
std::vector<std::string> complaints(const std::vector<FileFailure>& failures,
                                    KnownFailures known_ones = KnownFailures::counted);

// Removals that nobody should overlook: more than 20 that are more than a hundredth of the index,
// or more than 1,000; "" for fewer.
std::string removal_notice(const RunReport& report);

// Folders that were offline.
std::vector<std::string> folder_notices(const RunReport& report);

// Articles dated after tomorrow: the first kNamedOfAKind by name, the others counted.
std::vector<std::string> date_notices(const RunReport& report);

// Which of the aliases changed; "" when none did.
std::string alias_notice(const RunReport& report);

}  // namespace dateline
