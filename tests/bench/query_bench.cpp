// How long do searches and facets take? Latencies by class of query, warm, in one process, as one
// line of JSON.
//
//   query_bench DB QUERIES.tsv     lines "class TAB words"; classes single, or2, and2, phrase and
//   prefix
//
// Top ten with path and date, as other engines are measured; "page" is a two-word query with all
// that a page of hits shows; facets over all matches of the single and or2 queries, twenty values
// shown. One pass untimed, three timed.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "query/searcher.h"

namespace {

using namespace dateline;

constexpr std::string_view kClasses[] = {"single", "or2", "and2", "phrase", "prefix"};
constexpr int kPasses = 3;

using Queries = std::vector<std::string>;

std::string query_of(std::string_view kind, const std::string& words) {
  if (kind == "phrase") return '"' + words + '"';
  if (kind == "prefix") return words + '*';
  std::string query = words;
  if (kind == "or2") query.replace(query.find(' '), 1, " OR ");
  return query;
}

std::map<std::string, Queries> read_queries(const char* path) {
  std::map<std::string, Queries> queries;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    if (tab != std::string::npos)
      queries[line.substr(0, tab)].push_back(query_of(line.substr(0, tab), line.substr(tab + 1)));
  }
  return queries;
}

SearchRequest request_of(const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.snippets = false;
  request.records = false;
  request.exact_total = false;
  return request;
}

SearchRequest facet_request(const std::string& query, Facet facet) {
  SearchRequest request = request_of(query);
  request.limit = 0;
  request.facets = {{facet, 20}};
  return request;
}

double milliseconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

// `"median_ms": 0.1, "p99_ms": 0.3` of a search per query.
std::string latencies(const Queries& queries,
                      const std::function<void(const std::string&)>& search) {
  std::vector<double> times;
  for (const auto& query : queries) search(query);
  for (int pass = 0; pass < kPasses; ++pass) {
    for (const auto& query : queries) times.push_back(milliseconds([&] { search(query); }));
  }
  std::ranges::sort(times);
  const auto at = [&](double part) {
    const double place = std::round(part * static_cast<double>(times.size() - 1));
    return times[static_cast<std::size_t>(place)];
  };
  return fmt::format("\"median_ms\": {:.3f}, \"p99_ms\": {:.3f}", at(0.5), at(0.99));
}

double mean_matches(const Queries& queries, Searcher& searcher) {
  double sum = 0;
  for (const auto& query : queries) {
    SearchRequest request = request_of(query);
    request.limit = 0;
    request.exact_total = true;
    sum += static_cast<double>(searcher.search(request).total);
  }
  return sum / static_cast<double>(queries.size());
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    fmt::print(stderr, "usage: query_bench DB QUERIES.tsv\n");
    return 2;
  }
  const auto queries = read_queries(argv[2]);
  Searcher searcher(argv[1]);
  std::vector<std::string> rows;
  for (const auto kind : kClasses) {
    const Queries& of_kind = queries.at(std::string(kind));
    const auto times =
        latencies(of_kind, [&](const std::string& query) { searcher.search(request_of(query)); });
    rows.push_back(fmt::format("\"{}\": {{{}, \"mean_matches\": {:.1f}}}", kind, times,
                               mean_matches(of_kind, searcher)));
  }
  const auto page = [&](const std::string& query) {
    SearchRequest request;
    request.query = query;
    searcher.search(request);
  };
  rows.push_back(fmt::format("\"page\": {{{}}}", latencies(queries.at("and2"), page)));
  Queries broad = queries.at("single");
  broad.insert(broad.end(), queries.at("or2").begin(), queries.at("or2").end());
  for (const auto& [name, facet] : {std::pair{"facet_month", Facet::month},
                                    {"facet_tag", Facet::place},
                                    {"facet_speaker", Facet::speaker}}) {
    rows.push_back(
        fmt::format("\"{}\": {{{}}}", name, latencies(broad, [&](const std::string& query) {
                      searcher.search(facet_request(query, facet));
                    })));
  }
  fmt::print("{{\"query\": {{{}}}, \"via\": \"in-process C++\"}}\n", fmt::join(rows, ", "));
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "query_bench: {}\n", error.what());
  return 1;
}
