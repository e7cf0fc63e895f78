// The bodies of assess, compiled once.
#include <linkpin/assess/detail/hazard.ipp>
#include <linkpin/assess/detail/partnerships.ipp>
#include <linkpin/assess/detail/scorecard.ipp>
