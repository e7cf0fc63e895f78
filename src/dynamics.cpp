// The bodies of dynamics, compiled once.
#include <linkpin/dynamics/detail/cognitive.ipp>
#include <linkpin/dynamics/detail/diffusion.ipp>
#include <linkpin/dynamics/detail/opinions.ipp>
#include <linkpin/dynamics/detail/seeds.ipp>
