// The bodies of measures, compiled once.
#include <linkpin/measures/detail/brokerage.ipp>
#include <linkpin/measures/detail/communities.ipp>
#include <linkpin/measures/detail/components.ipp>
#include <linkpin/measures/detail/core_periphery.ipp>
#include <linkpin/measures/detail/holes.ipp>
#include <linkpin/measures/detail/key_players.ipp>
#include <linkpin/measures/detail/mixing.ipp>
#include <linkpin/measures/detail/percolation.ipp>
#include <linkpin/measures/detail/structure.ipp>
