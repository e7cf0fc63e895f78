// The bodies of uncertainty's tests, compiled once.
#include <linkpin/uncertainty/detail/contribution.ipp>
#include <linkpin/uncertainty/detail/mrqap.ipp>
#include <linkpin/uncertainty/detail/qap.ipp>
