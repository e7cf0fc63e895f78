// The bodies of influence, compiled once.
#include <linkpin/influence/detail/credit.ipp>
#include <linkpin/influence/detail/divide.ipp>
#include <linkpin/influence/detail/evidence.ipp>
#include <linkpin/influence/detail/knowledge.ipp>
#include <linkpin/influence/detail/lags.ipp>
#include <linkpin/influence/detail/main_path.ipp>
#include <linkpin/influence/detail/overlap.ipp>
#include <linkpin/influence/detail/pathways.ipp>
#include <linkpin/influence/detail/reach.ipp>
#include <linkpin/influence/detail/reliability.ipp>
#include <linkpin/influence/detail/use.ipp>
#include <linkpin/influence/detail/watering.ipp>
