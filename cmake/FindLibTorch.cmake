# Finds LibTorch without its own CMake package, which insists on a CUDA toolkit wherever the wheel
# was built with one. Looked for, in this order: RONDO_LIBTORCH (a cache or environment variable that
# names the folder holding include/ and lib/), CMAKE_PREFIX_PATH, the private environment in .deps.
# Defines the target LibTorch::torch.
file(GLOB _rondo_wheels "${PROJECT_SOURCE_DIR}/.deps/venv/lib/python3*/site-packages/torch")
find_path(LibTorch_INCLUDE_DIR torch/csrc/api/include/torch/torch.h
  HINTS "${RONDO_LIBTORCH}" "$ENV{RONDO_LIBTORCH}" ${CMAKE_PREFIX_PATH} ${_rondo_wheels}
  PATH_SUFFIXES include NO_DEFAULT_PATH)
get_filename_component(LibTorch_ROOT "${LibTorch_INCLUDE_DIR}" DIRECTORY)
find_library(LibTorch_LIBRARY torch HINTS "${LibTorch_ROOT}/lib" NO_DEFAULT_PATH)

if(EXISTS "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h")
  file(STRINGS "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h" _rondo_version
    REGEX "#define TORCH_VERSION_M[AI][JN]OR")
elseif(EXISTS "${LibTorch_INCLUDE_DIR}/torch/csrc/api/include/torch/version.h")
  file(STRINGS "${LibTorch_INCLUDE_DIR}/torch/csrc/api/include/torch/version.h" _rondo_version
    REGEX "#define TORCH_VERSION_M[AI][JN]OR")
endif()
if(_rondo_version MATCHES "MAJOR ([0-9]+).*MINOR ([0-9]+)")
  set(LibTorch_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_LIBRARY LibTorch_INCLUDE_DIR VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "run ./dev deps, or set RONDO_LIBTORCH to a folder with include/ and lib/")

if(LibTorch_FOUND AND NOT TARGET LibTorch::torch)
  add_library(LibTorch::torch INTERFACE IMPORTED)
  target_include_directories(LibTorch::torch SYSTEM INTERFACE
    "${LibTorch_INCLUDE_DIR}" "${LibTorch_INCLUDE_DIR}/torch/csrc/api/include")
  target_compile_definitions(LibTorch::torch INTERFACE FMT_HEADER_ONLY)
  target_link_directories(LibTorch::torch INTERFACE "${LibTorch_ROOT}/lib")
  target_link_libraries(LibTorch::torch INTERFACE
    torch torch_cpu c10 "-Wl,-rpath,${LibTorch_ROOT}/lib")
  # What at::parallel_for calls where it is compiled with OpenMP; LibTorch itself needs it.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_link_libraries(LibTorch::torch INTERFACE gomp)
  endif()
  # A CUDA build registers its kernels when loaded; nothing of ours names them, so force the link.
  if(EXISTS "${LibTorch_ROOT}/lib/libtorch_cuda.so")
    target_link_libraries(LibTorch::torch INTERFACE
      -Wl,--no-as-needed torch_cuda c10_cuda -Wl,--as-needed -Wl,--allow-shlib-undefined)
  endif()
endif()
