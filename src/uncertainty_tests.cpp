// The bodies of uncertainty's tests, compiled once.
#include <linkpin/uncertainty/detail/contribution.ipp>
#include <linkpin/uncertainty/detail/cug.ipp>
#include <linkpin/uncertainty/detail/mrqap.ipp>
#include <linkpin/uncertainty/detail/permutation.ipp>
#include <linkpin/uncertainty/detail/power.ipp>
#include <linkpin/uncertainty/detail/qap.ipp>
