// The bodies of priorities, compiled once.
#include <linkpin/priorities/detail/agreement.ipp>
#include <linkpin/priorities/detail/consensus.ipp>
#include <linkpin/priorities/detail/delphi.ipp>
#include <linkpin/priorities/detail/gap.ipp>
