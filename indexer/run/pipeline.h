// Paths in, records out as lines of JSON, in the order of the paths: --extract.
//
//     read_listed_file -> parse_article -> Extractor::extract -> to_json_line
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/error.h"
#include "indexer/extract/extractor.h"
#include "indexer/formats/format.h"
#include "indexer/run/archive.h"
#include "indexer/run/run_report.h"

namespace dateline {

// 1 a core, at least 1.
unsigned default_threads();

// --extract: hands the JSON line of each article, or the failure, to `line` and `failed`, in the
// order of `files`.
void extract_files(const std::vector<ListedFile>& files, const Extractor& extractor,
                   unsigned threads, const std::optional<DateWindow>& window,
                   const std::function<bool(const std::string& json)>& line,
                   const std::function<void(const FileFailure&)>& failed);

}  // namespace dateline
