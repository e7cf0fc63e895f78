// The bodies of participation, compiled once.
#include <linkpin/participation/detail/levels.ipp>
#include <linkpin/participation/detail/representation.ipp>
