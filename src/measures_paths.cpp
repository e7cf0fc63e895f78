// The bodies of measures that walk every path, compiled once.
#include <linkpin/measures/detail/paths.ipp>
#include <linkpin/measures/detail/sampled_betweenness.ipp>
