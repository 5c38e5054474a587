# Finds SentencePiece's static libraries, trainer included: where RONDO_SENTENCEPIECE (a cache or
# environment variable) says, in .deps/sentencepiece where cmake/build_sentencepiece.sh puts them, or
# by CMAKE_PREFIX_PATH. Only static ones: a shared one interposes LibTorch's symbols (see that script).
# Defines the target SentencePiece::static.
set(_rondo_prefixes "${RONDO_SENTENCEPIECE}" "$ENV{RONDO_SENTENCEPIECE}"
  "${PROJECT_SOURCE_DIR}/.deps/sentencepiece" ${CMAKE_PREFIX_PATH})
find_path(SentencePiece_INCLUDE_DIR sentencepiece_trainer.h
  HINTS ${_rondo_prefixes} PATH_SUFFIXES include NO_DEFAULT_PATH)
foreach(_rondo_part sentencepiece sentencepiece_train)
  find_library(SentencePiece_${_rondo_part}_LIBRARY NAMES lib${_rondo_part}.a
    HINTS ${_rondo_prefixes} PATH_SUFFIXES lib NO_DEFAULT_PATH)
endforeach()

get_filename_component(_rondo_prefix "${SentencePiece_INCLUDE_DIR}" DIRECTORY)
if(EXISTS "${_rondo_prefix}/version.txt")
  file(STRINGS "${_rondo_prefix}/version.txt" SentencePiece_VERSION LIMIT_COUNT 1)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SentencePiece
  REQUIRED_VARS SentencePiece_sentencepiece_LIBRARY SentencePiece_sentencepiece_train_LIBRARY
    SentencePiece_INCLUDE_DIR
  VERSION_VAR SentencePiece_VERSION
  REASON_FAILURE_MESSAGE "run ./dev deps, which builds it once, or give its source to \
cmake/build_sentencepiece.sh SOURCE .deps/sentencepiece")
mark_as_advanced(SentencePiece_INCLUDE_DIR SentencePiece_sentencepiece_LIBRARY
  SentencePiece_sentencepiece_train_LIBRARY)

if(SentencePiece_FOUND AND NOT TARGET SentencePiece::static)
  find_package(Threads REQUIRED)
  add_library(SentencePiece::static INTERFACE IMPORTED)
  target_include_directories(SentencePiece::static SYSTEM INTERFACE "${SentencePiece_INCLUDE_DIR}")
  target_link_libraries(SentencePiece::static INTERFACE
    "${SentencePiece_sentencepiece_train_LIBRARY}" "${SentencePiece_sentencepiece_LIBRARY}"
    Threads::Threads)
endif()
