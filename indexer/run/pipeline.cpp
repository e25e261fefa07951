#include "indexer/run/pipeline.h"

#include <algorithm>
#include <thread>
#include <variant>

#include "common/record_json.h"
#include "indexer/formats/article_format.h"
#include "indexer/run/article_reader.h"
#include "indexer/run/ordered_pipeline.h"

namespace dateline {
namespace {

constexpr std::size_t kWindow = 512;  // results that may wait, a few KB each

}  // namespace

unsigned default_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

void extract_files(const std::vector<ListedFile>& files, const Extractor& extractor,
                   unsigned threads, const std::optional<DateWindow>& window,
                   const std::function<bool(const std::string& json)>& line,
                   const std::function<void(const FileFailure&)>& failed) {
  using Outcome = std::variant<std::string, FileFailure>;
  const auto make_producer = [&] {
    return [&](std::size_t number) -> Outcome {
      const std::string& path = files[number].path;
      try {
        const Article article = parse_article(path, read_listed_file(files[number]), window);
        return to_json_line(article, extractor.extract(article));
      } catch (const ArticleError& error) {
        return FileFailure{path, error.reason(), error.what()};
      }
    };
  };
  run_ordered<Outcome>(files.size(), threads, kWindow, make_producer,
                       [&](std::size_t, Outcome outcome) {
                         if (const auto* json = std::get_if<std::string>(&outcome))
                           return line(*json);
                         failed(std::get<FileFailure>(outcome));
                         return true;
                       });
}

}  // namespace dateline
