// Whatever can be scored: any callable from a network to one number or to several.
//
// Any measure of linkpin, or of the caller, gets its intervals and tests through this type without being edited.
#pragma once

#include <concepts>
#include <functional>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace linkpin {

// Made from a callable that returns a double or a std::vector<double>. It is called from several threads at once unless
// a Run of one thread is asked for. `measure` is the catalogue's name of what it computes, where it has one.
template <class... Of>
class StatisticOf {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a callable is a statistic
  template <class F>
  requires(!std::same_as<std::decay_t<F>, StatisticOf>) && std::invocable<F&, const Of&...> StatisticOf(
                                                               F f, std::string measure = {})
      : measure_(std::move(measure)) {
    if constexpr (std::is_convertible_v<std::invoke_result_t<F&, const Of&...>, double>) {
      call_ = [f](const Of&... of) { return std::vector<double>{static_cast<double>(f(of...))}; };
      one_number_ = true;
    } else {
      call_ = std::move(f);
    }
  }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] std::vector<double> operator()(const Of&... of) const { return call_(of...); }
  [[nodiscard]] bool one_number() const { return one_number_; }
  [[nodiscard]] const std::string& measure() const { return measure_; }

 private:
  std::function<std::vector<double>(const Of&...)> call_;
  std::string measure_;
  bool one_number_ = false;
};

using Statistic = StatisticOf<Network>;
using GroupStatistic = StatisticOf<Network, Groups>;

}  // namespace linkpin
