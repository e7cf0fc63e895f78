// Working memory for parallel loops.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace linkpin::detail {

// Scratch memory that the blocks of one parallel loop take in turn: never more pieces than threads.
template <class T>
class ScratchPool {
 public:
  template <class Make>
  std::unique_ptr<T> take(Make&& make) {
    {
      const std::lock_guard lock(guard_);
      if (!idle_.empty()) {
        std::unique_ptr<T> scratch = std::move(idle_.back());
        idle_.pop_back();
        return scratch;
      }
    }
    return make();
  }

  void give(std::unique_ptr<T> scratch) {
    const std::lock_guard lock(guard_);
    idle_.push_back(std::move(scratch));
  }

  [[nodiscard]] const std::vector<std::unique_ptr<T>>& all() const { return idle_; }

 private:
  std::mutex guard_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace linkpin::detail
