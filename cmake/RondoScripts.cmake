# TorchScript sources inside the program. rondo_scripts(<target> FUNCTION <function>
# HEADER <header that declares it> SCRIPTS a.py b.py ...) adds to the target one source that defines
#   std::string_view rondo::<function>(std::string_view name)
# which gives the text of the script of that name (a, b), or throws std::out_of_range. Editing a
# script configures the build again, and only a changed source is written.
function(rondo_scripts target)
  cmake_parse_arguments(ARG "" "FUNCTION;HEADER" "SCRIPTS" ${ARGN})
  set(table "")
  foreach(script IN LISTS ARG_SCRIPTS)
    get_filename_component(path "${script}" ABSOLUTE)
    get_filename_component(name "${script}" NAME_WE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    string(FIND "${text}" ")script\"" delimiter)
    if(NOT delimiter EQUAL -1)
      message(FATAL_ERROR "${script} holds )script\", which ends a script in the program")
    endif()
    string(APPEND table "      {\"${name}\"sv, R\"script(${text})script\"sv},\n")
  endforeach()

  # Everything is local to the function, so that the source may be part of a unity build.
  string(CONCAT source
    "#include \"${ARG_HEADER}\"\n\n"
    "#include <stdexcept>\n#include <string>\n#include <string_view>\n\n"
    "namespace rondo {\n\n"
    "std::string_view ${ARG_FUNCTION}(std::string_view name) {\n"
    "  using namespace std::string_view_literals;\n"
    "  struct Script {\n    std::string_view name, text;\n  };\n"
    "  static constexpr Script kScripts[] = {\n${table}  };\n"
    "  for (const Script& script : kScripts) {\n"
    "    if (script.name == name) return script.text;\n  }\n"
    "  throw std::out_of_range(\"no script \" + std::string(name));\n}\n\n"
    "}  // namespace rondo\n")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${ARG_FUNCTION}.cpp")
  set(before "")
  if(EXISTS "${output}")
    file(READ "${output}" before)
  endif()
  if(NOT before STREQUAL source)
    file(WRITE "${output}" "${source}")
  endif()
  target_sources(${target} PRIVATE "${output}")
endfunction()
