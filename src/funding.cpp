// The bodies of funding, compiled once.
#include <linkpin/funding/detail/funding.ipp>
#include <linkpin/funding/detail/ledger.ipp>
