// The bodies of statistics, compiled once.
#include <linkpin/statistics/detail/inequality.ipp>
