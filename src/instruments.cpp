// The bodies of instruments, compiled once.
#include <linkpin/instruments/detail/agreement.ipp>
#include <linkpin/instruments/detail/partner.ipp>
#include <linkpin/instruments/detail/questionnaire.ipp>
