// Reads a data package and says in plain words who holds it together: whose loss would cut others off, and who stands
// between sectors.
//
//   linking-pins examples/adult-social-care
#include <algorithm>
#include <iostream>
#include <linkpin/io/package.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/model/selection.hpp>
#include <string>
#include <utility>
#include <vector>

using linkpin::index_t;
using linkpin::Network;
using Scores = std::vector<std::pair<double, index_t>>;

// How many others lose touch with the largest part of v's own piece once v is gone.
double cut_off(const Network& net, const linkpin::Components& whole, index_t v) {
  const index_t piece = whole.membership[static_cast<std::size_t>(v)];
  std::vector<index_t> others;
  for (index_t u = 0; u < net.n(); ++u) {
    if (u != v && whole.membership[static_cast<std::size_t>(u)] == piece) others.push_back(u);
  }
  const auto parts = linkpin::components(linkpin::subnetwork(net, others));
  return static_cast<double>(others.size()) - *std::max_element(parts.sizes.begin(), parts.sizes.end());
}

void print(const linkpin::Ecosystem& eco, const Network& net, Scores scores, const std::string& heading) {
  std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::cout << '\n' << heading << '\n';
  for (std::size_t i = 0; i < std::min<std::size_t>(scores.size(), 8); ++i) {
    const auto [score, v] = scores[i];
    std::cout << "  " << score << "  " << eco.label(eco.find(net.name(v))) << '\n';
  }
}

int main(int count, char** arguments) try {
  if (count != 2) {
    std::cerr << "usage: linking-pins FOLDER, a data package such as examples/adult-social-care\n";
    return 2;
  }
  const linkpin::Ecosystem eco = linkpin::read_package(arguments[1]);
  linkpin::Lens lens;  // those who act; what they produce and talk about stays out
  lens.entity_kinds = {"person", "organisation", "group", "partnership", "fund", "event"};
  const Network net = linkpin::undirected(linkpin::derive(eco, lens));

  const auto whole = linkpin::components(net);
  std::cout << net.n() << " people, bodies, funds and events; " << net.m() << " ties; " << whole.count()
            << " pieces that nothing joins.\n";

  const auto is_cut = linkpin::articulation_points(net).values;
  Scores cuts;
  for (index_t v = 0; v < net.n(); ++v) {
    if (is_cut[static_cast<std::size_t>(v)] != 0) cuts.emplace_back(cut_off(net, whole, v), v);
  }
  print(eco, net, std::move(cuts), "What hangs on one: how many others lose touch with the rest without it");

  // Those with a role, on open paths a - v - c, less the paths within one sector; each path is walked both ways.
  const auto roles = linkpin::brokerage(net, linkpin::groups(net, "sector")).by_vertex;
  const linkpin::Column& named_roles = *net.vertices().find("roles");
  Scores between;
  for (index_t v = 0; v < net.n(); ++v) {
    const auto i = static_cast<std::size_t>(v);
    const double pairs = (roles[5].raw[i] - roles[0].raw[i]) / 2;
    if (pairs > 0 && !named_roles.missing(i)) between.emplace_back(pairs, v);
  }
  print(eco, net, std::move(between), "Who stands between sectors: how many untied pairs they join");
  return 0;
} catch (const linkpin::Error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
