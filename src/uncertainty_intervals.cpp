// The bodies of uncertainty's intervals, compiled once.
#include <linkpin/uncertainty/detail/bootstrap.ipp>
#include <linkpin/uncertainty/detail/calibration.ipp>
