// The bodies of power, compiled once.
#include <linkpin/power/detail/agenda.ipp>
#include <linkpin/power/detail/boards.ipp>
#include <linkpin/power/detail/dominance.ipp>
#include <linkpin/power/detail/gatekeeping.ipp>
#include <linkpin/power/detail/relations.ipp>
