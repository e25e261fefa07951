// What a query may ask of the machine. Refused before anything is matched: unlimited, a query of
// 206 bytes took 22 s and 5 GB.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dateline {

constexpr std::size_t kLongestQuery = 4096;  // bytes
constexpr int kDeepestNesting = 50;          // brackets and negations inside each other
constexpr std::size_t kMostTerms = 1000;     // after wildcards, names and date ranges are expanded
constexpr std::size_t kMostWildcards = 20;
constexpr std::size_t kShortestWildcard = 2;  // letters before the *
constexpr std::size_t kLongestChain = 8;      // words of one NEAR or ADJ
constexpr int kWidestNear = 100;              // NEAR/n, ADJ/n; paragraphs are 100 positions apart

constexpr std::size_t kMostNear = 20;  // near: of a query
constexpr std::size_t kMostNearPlaces =
    10'000;  // of all near: of a query; a posting each, of places that articles name
constexpr double kFarthestNear = 20'016;  // km: half around the earth

// What matching may have to read: documents of every term, all of them for a negation by itself.
// Where words must stand together, each document costs about eight times as much a word (330 times
// "of the" over 20,000 articles took 4 s, 600 common words 0.5 s). In documents; grows with the
// archive, so that three phrases of the commonest words are answered in any.
constexpr std::uint64_t kLeastWork = 4'000'000;
constexpr std::uint64_t kWorkPerArticle = 50;
constexpr std::uint64_t kPositionWork = 8;

}  // namespace dateline
