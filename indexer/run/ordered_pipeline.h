// Many produce, one consumes in order.
//
// Threads make the results of 0 .. count-1, each claiming the next number; the calling thread
// consumes them strictly in order, so that what is written does not depend on which thread was
// faster. At most `window` results wait at any time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dateline {

// The same without a thread.
template <class MakeProducer, class Consume>
void run_alone(std::size_t count, MakeProducer& make_producer, Consume& consume) {
  auto producer = make_producer();
  for (std::size_t number = 0; number < count; ++number) {
    if (!consume(number, producer(number))) return;
  }
}

// `make_producer()` is called once in each thread and gives the callable Result(std::size_t).
// `consume(std::size_t, Result)` returns false to stop early: nothing more is claimed, and results
// not yet consumed are dropped. The first exception of a producer or of `consume` stops all and is
// thrown here. Where threads cannot be started there are fewer, or the calling one does it all.
template <class Result, class MakeProducer, class Consume>
void run_ordered(std::size_t count, unsigned threads, std::size_t window,
                 MakeProducer&& make_producer, Consume&& consume) {
  std::mutex mutex;
  std::condition_variable filled;
  std::condition_variable freed;
  std::vector<std::optional<Result>> ring(window);
  std::size_t claimed = 0;
  std::size_t consumed = 0;
  std::exception_ptr failure;
  bool stop = false;

  const auto produce = [&] {
    try {
      auto producer = make_producer();
      for (;;) {
        std::unique_lock lock(mutex);
        freed.wait(lock, [&] { return stop || claimed == count || claimed < consumed + window; });
        if (stop || claimed == count) return;
        const std::size_t number = claimed++;
        lock.unlock();
        Result result = producer(number);
        lock.lock();
        ring[number % window] = std::move(result);
        filled.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      stop = true;
      filled.notify_one();
      freed.notify_all();
    }
  };

  const auto drain = [&] {
    for (std::size_t number = 0; number < count; ++number) {
      std::unique_lock lock(mutex);
      auto& slot = ring[number % window];
      filled.wait(lock, [&] { return stop || slot.has_value(); });
      if (stop) return;
      Result result = std::move(*slot);
      slot.reset();
      consumed = number + 1;
      freed.notify_all();
      lock.unlock();
      if (!consume(number, std::move(result))) return;
    }
  };

  // Those that can be had: a limit of the system (EAGAIN) or the memory makes the run slower, not
  // impossible.
  std::vector<std::jthread> workers;
  workers.reserve(threads);
  try {
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back(produce);
  } catch (const std::exception&) {
  }
  if (workers.empty()) return run_alone(count, make_producer, consume);
  try {
    drain();
  } catch (...) {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
  }
  {
    const std::lock_guard lock(mutex);
    stop = true;
  }
  freed.notify_all();
  workers.clear();  // joins
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dateline
