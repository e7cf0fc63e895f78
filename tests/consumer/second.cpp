#include <linkpin/model/network.hpp>
#include <utility>

int ties_of_a_triangle() {
  linkpin::NetworkParts parts;
  parts.n = 3;
  parts.source = {0, 1, 2};
  parts.target = {1, 2, 0};
  return linkpin::Network(std::move(parts)).m();
}
