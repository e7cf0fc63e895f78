// The bodies of measures that rest on eigenvectors, compiled once; the slowest of all to compile.
#include <linkpin/measures/detail/spectral.ipp>
