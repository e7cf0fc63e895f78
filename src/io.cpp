// The bodies of io, compiled once.
#include <linkpin/io/detail/csv.ipp>
#include <linkpin/io/detail/edges.ipp>
#include <linkpin/io/detail/json.ipp>
#include <linkpin/io/detail/package.ipp>
