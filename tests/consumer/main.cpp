// Freezes a small network, asks it for its size, and has the other file do the same. The readers stand beside the
// umbrella, which leaves them out, as they do in a program that reads a file and scores it.
#include <cstdio>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/edges.hpp>
#include <linkpin/io/json.hpp>
#include <linkpin/io/package.hpp>
#include <linkpin/linkpin.hpp>

int ties_of_a_triangle();

int main() {
  linkpin::NetworkParts parts;
  parts.n = 3;
  parts.source = {0, 1, 2};
  parts.target = {1, 2, 0};
  const linkpin::Network net(std::move(parts));
  std::printf("linkpin %s: %d vertices, %d ties, density %g\n", LINKPIN_VERSION, net.n(), net.m(),
              linkpin::density(net).value);
  return net.m() == ties_of_a_triangle() ? 0 : 1;
}
