// The bodies of uncertainty, compiled once.
#include <linkpin/uncertainty/detail/composite.ipp>
#include <linkpin/uncertainty/detail/missing.ipp>
#include <linkpin/uncertainty/detail/reconstruct.ipp>
#include <linkpin/uncertainty/detail/waves.ipp>
