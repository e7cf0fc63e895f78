# Headers, libraries and the package that find_package(linkpin) reads.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/linkpin)
set(targets linkpin_headers)
if(LINKPIN_COMPILED_LIBRARY)
  list(APPEND targets linkpin_compiled)
endif()
install(TARGETS ${targets} EXPORT linkpinTargets COMPONENT cpp)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/linkpin DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT cpp)
install(EXPORT linkpinTargets NAMESPACE linkpin:: DESTINATION ${package_folder} COMPONENT cpp)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/linkpinConfig.cmake.in linkpinConfig.cmake
  INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(linkpinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/linkpinConfig.cmake
  ${PROJECT_BINARY_DIR}/linkpinConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/LinkpinHeaders.cmake
  DESTINATION ${package_folder} COMPONENT cpp)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT cpp)
