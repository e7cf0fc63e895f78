// The bodies of disclosure, compiled once.
#include <linkpin/disclosure/detail/suppression.ipp>
