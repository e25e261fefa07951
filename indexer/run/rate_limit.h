// So many bytes a second, shared by threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>

namespace dateline {

class RateLimit {
 public:
  // `stop` may be empty; it is asked from any thread.
  RateLimit(double bytes_a_second, std::function<bool()> stop);

  // Waits until `bytes` more may be read, or until stop() says true.
  void take(std::uint64_t bytes);

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point book(std::uint64_t bytes);

  double rate_;
  std::function<bool()> stop_;
  std::mutex mutex_;
  Clock::time_point free_ = Clock::now();  // when all that was booked has been paid for
};

}  // namespace dateline
