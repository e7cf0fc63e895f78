# linkpin::compiled: the bodies of detail/*.ipp compiled once, one file a room.

if(NOT LINKPIN_HAS_JSON)
  message(FATAL_ERROR "linkpin::compiled reads JSON and needs the headers of nlohmann-json >= 3.10. Install "
    "nlohmann-json3-dev, or `pip install nlohmann-json`, or set LINKPIN_JSON_INCLUDE_DIR.")
endif()

file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.cpp)
add_library(linkpin_compiled STATIC ${sources})
add_library(linkpin::compiled ALIAS linkpin_compiled)
set_target_properties(linkpin_compiled PROPERTIES
  EXPORT_NAME compiled OUTPUT_NAME linkpin POSITION_INDEPENDENT_CODE ON)
target_compile_definitions(linkpin_compiled PUBLIC LINKPIN_COMPILED)
target_link_libraries(linkpin_compiled PUBLIC linkpin_headers PRIVATE $<BUILD_INTERFACE:linkpin_own_flags>)
