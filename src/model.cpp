// The bodies of model, compiled once.
#include <linkpin/model/detail/ecosystem.ipp>
#include <linkpin/model/detail/lens.ipp>
#include <linkpin/model/detail/network.ipp>
#include <linkpin/model/detail/projection.ipp>
#include <linkpin/model/detail/reconcile.ipp>
#include <linkpin/model/detail/selection.ipp>
