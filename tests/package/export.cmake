# Exports two tiny models and holds what the examples make of them, in app/examples, to the program.
# Wants PROGRAM (rondo), SOURCE (its source folder), WORK (a folder to use) and LIBTORCH; takes
# GENERATOR, PYTHON (one that has torch; otherwise that of the environment LIBTORCH lies in) and
# REQUIRED (ON: a way that cannot be tried here is a failure).
include("${CMAKE_CURRENT_LIST_DIR}/running.cmake")
set(examples "${SOURCE}/app/examples")

function(not_tried way why)
  if(REQUIRED)
    message(FATAL_ERROR "${way}: ${why}")
  endif()
  message(STATUS "${way}: not tried: ${why}")
endfunction()

# LibTorch's own CMake package insists on the CUDA toolkit where LibTorch was built with CUDA,
# though nothing here needs it; then the compiler is called as any Makefile would.
function(build_torchscript_cpp)
  if(NOT EXISTS "${LIBTORCH}/lib/libtorch_cuda.so")
    run("${CMAKE_COMMAND}" -S "${examples}/torchscript_cpp" -B "${WORK}/torchscript_cpp"
      "-DCMAKE_PREFIX_PATH=${LIBTORCH}")
    run("${CMAKE_COMMAND}" --build "${WORK}/torchscript_cpp")
    return()
  endif()
  file(MAKE_DIRECTORY "${WORK}/torchscript_cpp")
  foreach(example translate classify)
    run(c++ -std=c++20 "${examples}/torchscript_cpp/${example}.cpp" -o "torchscript_cpp/${example}"
      "-I${LIBTORCH}/include" "-I${LIBTORCH}/include/torch/csrc/api/include" "-L${LIBTORCH}/lib"
      "-Wl,-rpath,${LIBTORCH}/lib" -Wl,--allow-shlib-undefined -ltorch -ltorch_cpu -lc10)
  endforeach()
endfunction()

# Whether PYTHON has all these modules.
function(find_modules modules result)
  execute_process(COMMAND "${PYTHON}" -c "import ${modules}" RESULT_VARIABLE status
    OUTPUT_QUIET ERROR_QUIET)
  string(COMPARE EQUAL "${status}" "0" found)
  set(${result} ${found} PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
make_tiny_models("${PROGRAM}")
run("${PROGRAM}" export runs/tiny/best.rondo -o translator.pt --check lines.txt)
run("${PROGRAM}" export runs/tiny_sentiment/best.rondo -o classifier.pt --check lines.txt)

build_torchscript_cpp()
hold_to_program(torchscript_cpp
  "${WORK}/torchscript_cpp/translate;translator.pt"
  "${WORK}/torchscript_cpp/classify;classifier.pt")
foreach(precision int8 bf16)
  run("${PROGRAM}" export runs/tiny/best.rondo -o ${precision}.pt --quantize ${precision})
  answer(lines.txt ${precision}.translated "${WORK}/torchscript_cpp/translate" ${precision}.pt 1)
  require_lines(${precision}.translated 12)
endforeach()

if(NOT PYTHON)
  get_filename_component(PYTHON "${LIBTORCH}/../../../../bin/python" ABSOLUTE)
endif()
find_modules("torch" has_torch)
if(has_torch)
  hold_to_program(torchscript_python
    "${PYTHON};${examples}/torchscript_python/translate.py;translator.pt"
    "${PYTHON};${examples}/torchscript_python/classify.py;classifier.pt")
else()
  not_tried(torchscript_python "no torch in ${PYTHON}")
endif()

find_modules("numpy, safetensors, sentencepiece, yaml" has_safetensors)
if(has_safetensors)
  answer(reviews.txt safetensors_python.reviews
    "${PYTHON}" "${examples}/safetensors_python/classify.py" runs/tiny_sentiment/best.rondo)
  require_same_answers(program.reviews safetensors_python.reviews)
  message(STATUS "safetensors_python: answers as the program")
else()
  not_tried(safetensors_python "not all of numpy, safetensors, sentencepiece and yaml in ${PYTHON}")
endif()
