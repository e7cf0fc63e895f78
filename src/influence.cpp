// The bodies of influence, compiled once.
#include <linkpin/influence/detail/main_path.ipp>
