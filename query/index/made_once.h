// Values that threads share: made by the first that asks for one, never changed afterwards.
//
// Safe to call from any number of threads at once. A thread that asks while another makes the value
// waits for it. When `make` throws, nothing is kept and the next one who asks makes it again. What
// get() returns stays where it is for as long as the object lives.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>

namespace dateline {

template <class Value>
class MadeOnce {
 public:
  template <class Make>
  const Value& get(Make&& make) const {
    if (!made_.load(std::memory_order_acquire)) {
      const std::lock_guard lock(making_);
      if (!value_) value_.emplace(make());
      made_.store(true, std::memory_order_release);
    }
    return *value_;
  }
  bool is_made() const { return made_.load(std::memory_order_acquire); }

 private:
  mutable std::mutex making_;
  mutable std::optional<Value> value_;  // written under the lock, read once `made_` is true
  mutable std::atomic<bool> made_ = false;
};

// One of each key. While one is made, the others can be asked for.
template <class Key, class Value>
class MadeOncePerKey {
 public:
  template <class Make>
  const Value& get(const Key& key, Make&& make) const {
    return of(key).get(make);
  }
  bool is_made(const Key& key) const { return of(key).is_made(); }

 private:
  MadeOnce<Value>& of(const Key& key) const {
    const std::lock_guard lock(mutex_);
    return values_[key];  // a map leaves its values where they are
  }

  mutable std::mutex mutex_;
  mutable std::map<Key, MadeOnce<Value>> values_;
};

}  // namespace dateline
