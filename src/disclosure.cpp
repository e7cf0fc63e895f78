// The bodies of disclosure, compiled once.
#include <linkpin/disclosure/detail/publication.ipp>
#include <linkpin/disclosure/detail/rounding.ipp>
#include <linkpin/disclosure/detail/suppression.ipp>
