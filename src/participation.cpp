// The bodies of participation, compiled once.
#include <linkpin/participation/detail/deciding.ipp>
#include <linkpin/participation/detail/feedback.ipp>
#include <linkpin/participation/detail/levels.ipp>
#include <linkpin/participation/detail/linkage.ipp>
#include <linkpin/participation/detail/lived.ipp>
#include <linkpin/participation/detail/participation.ipp>
#include <linkpin/participation/detail/representation.ipp>
