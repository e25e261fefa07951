#include "common/cli/stop_signal.h"

#include <atomic>
#include <csignal>

namespace dateline {
namespace {

std::atomic<int> first_signal{0};
std::atomic<bool> noted{false};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler writes it");

void note(int signal) {
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
}

}  // namespace

void note_stop_signals() {
  noted = true;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = note;
    sigaction(signal, &action, nullptr);
  }
}

void end_at_stop_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction now {};
    if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler == note) {
      std::signal(signal, SIG_DFL);
    }
  }
  noted = false;
}

bool stop_signals_are_noted() { return noted; }

int stop_signal() { return first_signal; }

}  // namespace dateline
