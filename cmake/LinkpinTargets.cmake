# linkpin::linkpin, the headers alone; and what our own builds add to every target.

if(NOT LINKPIN_HAS_EIGEN OR NOT LINKPIN_HAS_BOOST)
  message(FATAL_ERROR "linkpin needs the headers of Eigen >= 3.4 and Boost >= 1.74. Install libeigen3-dev and libboost-dev, "
    "or `pip install cmeel-eigen libboost-headers`, or set LINKPIN_EIGEN_INCLUDE_DIR and LINKPIN_BOOST_INCLUDE_DIR.")
endif()
find_package(Threads REQUIRED)

add_library(linkpin_headers INTERFACE)
add_library(linkpin::linkpin ALIAS linkpin_headers)
set_target_properties(linkpin_headers PROPERTIES EXPORT_NAME linkpin)
target_compile_features(linkpin_headers INTERFACE cxx_std_20)
target_include_directories(linkpin_headers INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
target_link_libraries(linkpin_headers INTERFACE linkpin::eigen linkpin::boost linkpin::json Threads::Threads)

# Warnings, and no fused multiply-add: plain, AVX2 and AVX-512 code agree to the bit.
add_library(linkpin_own_flags INTERFACE)
target_compile_options(linkpin_own_flags INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wconversion -Wshadow
  $<$<BOOL:${LINKPIN_WERROR}>:-Werror>)
if(LINKPIN_SANITIZE)
  target_compile_options(linkpin_own_flags INTERFACE
    -fsanitize=${LINKPIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(linkpin_own_flags INTERFACE -fsanitize=${LINKPIN_SANITIZE})
endif()

# What ccache needs to see through a precompiled header.
set(LINKPIN_CCACHE_OPTIONS
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
