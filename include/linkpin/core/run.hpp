// How long work is run: threads, progress, and the caller's wish to stop.
#pragma once

#include <chrono>
#include <functional>
#include <linkpin/core/error.hpp>

namespace linkpin {

// Part of the options of every measure that can take long. `interrupted` and `progress` are called on the calling
// thread only, at most about ten times a second.
struct Run {
  int threads = 0;                         // 0: as many as this process may use
  std::function<bool()> interrupted{};     // true stops the work with Cancelled
  std::function<void(double)> progress{};  // share done, in [0, 1]
};

// The same for a stretch of a longer piece of work, from one share of it to another.
inline Run stretch(const Run& run, double from, double to) {
  Run part = run;
  if (run.progress) {
    part.progress = [told = run.progress, from, to](double share) { told(from + (to - from) * share); };
  }
  return part;
}

// Asks the caller by the clock whether to go on. One per calling thread, made before a long loop.
class Watch {
 public:
  explicit Watch(const Run& run) : run_(run) {}

  // Cheap to call often: looks at the clock every 256th call, at the caller every 100 ms.
  void tick(double share_done = 0.0) {
    if ((++calls_ & 255U) == 0) look(share_done);
  }

  void look(double share_done = 0.0) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    if (run_.interrupted && run_.interrupted()) throw Cancelled();
    if (run_.progress) run_.progress(share_done);
  }

 private:
  const Run& run_;
  unsigned calls_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace linkpin
