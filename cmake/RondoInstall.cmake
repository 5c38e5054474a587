# cmake --install: the program, the static libraries, their headers and a CMake package, so that
# another project can find_package(Rondo) and link Rondo::rondo: all front doors, the Translator and
# the SentimentScorer. Rondo::translator, the older name, is the same.
include(CMakePackageConfigHelpers)
set(_package "${CMAKE_INSTALL_LIBDIR}/cmake/Rondo")

add_library(rondo_translator INTERFACE)
set_target_properties(rondo_translator PROPERTIES EXPORT_NAME translator)
target_link_libraries(rondo_translator INTERFACE rondo_decoding)
add_library(rondo_front_doors INTERFACE)
set_target_properties(rondo_front_doors PROPERTIES EXPORT_NAME rondo)
target_link_libraries(rondo_front_doors INTERFACE rondo_translator)

get_property(_libraries GLOBAL PROPERTY RONDO_LIBRARIES)
list(REMOVE_ITEM _libraries rondo_commands rondo_engine)  # the program's own

# The installed program finds LibTorch where it was built with it.
set_property(TARGET rondo rondo_engine_library PROPERTY INSTALL_RPATH "${LibTorch_ROOT}/lib")
install(TARGETS rondo RUNTIME)
install(TARGETS rondo_engine_library LIBRARY)
install(TARGETS rondo_front_doors rondo_translator ${_libraries} EXPORT RondoTargets ARCHIVE)
install(DIRECTORY tokenizers models app DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/rondo"
  FILES_MATCHING PATTERN "*.h" PATTERN examples EXCLUDE PATTERN commands EXCLUDE PATTERN engine EXCLUDE)
install(EXPORT RondoTargets NAMESPACE Rondo:: DESTINATION "${_package}")

# SentencePiece is linked statically, so its archives travel along.
install(FILES "${SentencePiece_sentencepiece_LIBRARY}" "${SentencePiece_sentencepiece_train_LIBRARY}"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/rondo/lib")
install(FILES "${SentencePiece_INCLUDE_DIR}/sentencepiece_trainer.h"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/rondo/include")

configure_package_config_file(cmake/RondoConfig.cmake.in "${CMAKE_BINARY_DIR}/RondoConfig.cmake"
  PATH_VARS CMAKE_INSTALL_LIBDIR
  INSTALL_DESTINATION "${_package}")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/RondoConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/RondoConfig.cmake" "${CMAKE_BINARY_DIR}/RondoConfigVersion.cmake"
  cmake/FindLibTorch.cmake cmake/FindSentencePiece.cmake DESTINATION "${_package}")
