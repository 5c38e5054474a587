# Installs Rondo, builds app/examples/rondo_cpp against the installed package alone, and holds its
# output to the program's. Wants BUILD (Rondo's build folder), SOURCE (its source folder), WORK (a
# folder to use) and LIBTORCH; takes GENERATOR.
include("${CMAKE_CURRENT_LIST_DIR}/running.cmake")

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE}/app/examples/rondo_cpp" -B "${WORK}/example"
  "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DRONDO_LIBTORCH=${LIBTORCH}")
run("${CMAKE_COMMAND}" --build "${WORK}/example")

make_tiny_models("${WORK}/prefix/bin/rondo")
hold_to_program(rondo_cpp
  "${WORK}/example/translate_lines;runs/tiny/best.rondo"
  "${WORK}/example/classify_lines;runs/tiny_sentiment/best.rondo")
