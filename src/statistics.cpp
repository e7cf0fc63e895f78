// The bodies of statistics, compiled once.
#include <linkpin/statistics/detail/coalitions.ipp>
#include <linkpin/statistics/detail/concordance.ipp>
#include <linkpin/statistics/detail/distributions.ipp>
#include <linkpin/statistics/detail/inequality.ipp>
#include <linkpin/statistics/detail/intervals.ipp>
#include <linkpin/statistics/detail/meeting.ipp>
#include <linkpin/statistics/detail/multiplicity.ipp>
#include <linkpin/statistics/detail/order.ipp>
#include <linkpin/statistics/detail/survival.ipp>
#include <linkpin/statistics/detail/turnbull.ipp>
#include <linkpin/statistics/detail/two_shares.ipp>
