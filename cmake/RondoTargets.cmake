# The three ways Rondo declares a target. Sources are always listed by name.

# A torch-free static library: rondo_library(name SOURCES ... LINKS ...)
function(rondo_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/rondo>)
  set_property(GLOBAL APPEND PROPERTY RONDO_LIBRARIES ${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS})
  # What a program exports from these archives would replace LibTorch's own copies of templates such
  # as std::call_once, compiled by another compiler: a crash inside oneDNN (seen with LibTorch 2.11).
  target_link_options(${name} INTERFACE $<$<PLATFORM_ID:Linux>:LINKER:--exclude-libs,ALL>)
  rondo_compile_options(${name})
endfunction()

# The same for code that includes torch/torch.h, which costs 12 s a unit: one precompiled header
# is shared by all of them (RONDO_PCH), or each target is one unit (RONDO_UNITY).
function(rondo_torch_library name)
  rondo_library(${name} ${ARGN})
  rondo_torch_target(${name})
endfunction()

function(rondo_torch_target name)
  target_link_libraries(${name} PUBLIC LibTorch::torch)
  rondo_threads(${name})
  if(RONDO_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  elseif(RONDO_PCH)
    if(NOT TARGET rondo_torch_pch)
      file(WRITE "${CMAKE_BINARY_DIR}/rondo_torch_pch.cpp" "")
      add_library(rondo_torch_pch STATIC "${CMAKE_BINARY_DIR}/rondo_torch_pch.cpp")
      target_link_libraries(rondo_torch_pch PUBLIC LibTorch::torch)
      target_precompile_headers(rondo_torch_pch PRIVATE <torch/torch.h>)
      rondo_compile_options(rondo_torch_pch)
      rondo_threads(rondo_torch_pch)
    endif()
    target_precompile_headers(${name} REUSE_FROM rondo_torch_pch)
    # An executable's -fPIE would make the shared header useless.
    get_target_property(type ${name} TYPE)
    if(type STREQUAL "EXECUTABLE")
      target_compile_options(${name} PRIVATE -fPIC)
    endif()
  endif()
endfunction()

# at::parallel_for is a header, which without OpenMP quietly takes one thread. Other compilers bring
# a runtime of their own, which must not run beside LibTorch's.
function(rondo_threads name)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${name} PRIVATE -fopenmp)
  endif()
endfunction()

function(rondo_compile_options name)
  # g++ 12 sees overlapping copies in std::string where there are none (its bug 105651).
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
endfunction()
