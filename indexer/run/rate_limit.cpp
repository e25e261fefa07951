#include "indexer/run/rate_limit.h"

#include <algorithm>
#include <thread>

namespace dateline {
namespace {

constexpr std::chrono::milliseconds kStep{20};  // how long a stop may go unnoticed

}  // namespace

RateLimit::RateLimit(double bytes_a_second, std::function<bool()> stop)
    : rate_(bytes_a_second), stop_(std::move(stop)) {}

// Books the next free time, in turn; what was not used is not saved up.
RateLimit::Clock::time_point RateLimit::book(std::uint64_t bytes) {
  const std::chrono::duration<double> cost(static_cast<double>(bytes) / rate_);
  const std::lock_guard lock(mutex_);
  const auto begin = std::max(free_, Clock::now());
  free_ = begin + std::chrono::duration_cast<Clock::duration>(cost);
  return begin;
}

void RateLimit::take(std::uint64_t bytes) {
  const auto begin = book(bytes);
  for (;;) {
    const auto left = begin - Clock::now();
    if (left <= Clock::duration::zero() || (stop_ && stop_())) return;
    std::this_thread::sleep_for(std::min<Clock::duration>(left, kStep));
  }
}

}  // namespace dateline
