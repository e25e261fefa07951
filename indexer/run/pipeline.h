// Paths in, articles with their records out, in the order of the paths: the common way of --extract
// and of indexing.
//
//     read_article_file -> parse_article -> Extractor::extract -> (DocumentMaker::make)
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "common/record.h"
#include "indexer/extract/extractor.h"
#include "indexer/run/run_report.h"

namespace dateline {

// Called now and then from the thread that started the work. Return false to stop after the current
// article.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// 1 a core, at least 1.
unsigned default_threads();

// --extract: hands the JSON line of each article, or the failure, to `line` and `failed`, in the
// order of `files`.
void extract_files(const std::vector<std::string>& files, const Extractor& extractor,
                   unsigned threads, const std::optional<DateWindow>& window,
                   const std::function<bool(const std::string& json)>& line,
                   const std::function<void(const FileFailure&)>& failed);

}  // namespace dateline
