# Installs Rondo, builds app/examples against the installed package alone, and holds its output to
# that of `rondo translate`. Wants BUILD (Rondo's build folder), SOURCE (its source folder), WORK (a
# folder to use) and LIBTORCH.
function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE status
    OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nexited with ${status}\n${output}\n${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE}/app/examples" -B "${WORK}/example"
  "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DRONDO_LIBTORCH=${LIBTORCH}")
run("${CMAKE_COMMAND}" --build "${WORK}/example")

file(GLOB texts "${SOURCE}/tests/package/tiny.*")
file(COPY ${texts} DESTINATION "${WORK}")
run("${WORK}/prefix/bin/rondo" train tiny.yaml)
run("${WORK}/prefix/bin/rondo" translate runs/tiny/best.rondo tiny.en)
set(expected "${output}")
execute_process(COMMAND "${WORK}/example/translate_lines" runs/tiny/best.rondo
  WORKING_DIRECTORY "${WORK}" INPUT_FILE "${WORK}/tiny.en" OUTPUT_VARIABLE found
  RESULT_VARIABLE status)
string(REGEX MATCHALL "\n" lines "${found}")
list(LENGTH lines count)
if(NOT status EQUAL 0 OR NOT count EQUAL 8 OR NOT found STREQUAL expected)
  message(FATAL_ERROR "the example printed\n${found}\nand rondo translate\n${expected}")
endif()
