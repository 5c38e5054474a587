# What the scripts of this folder share. They set WORK, the folder that all is done in, and SOURCE.
find_program(AWK awk REQUIRED)
set(ENV{OMP_NUM_THREADS} 1)
if(GENERATOR)
  set(ENV{CMAKE_GENERATOR} "${GENERATOR}")
endif()

# run(COMMAND...): stops, showing what it printed, where it fails.
function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE status
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nexited with ${status}\n${output}")
  endif()
endfunction()

# answer(FROM TO COMMAND...): the same; the command reads the file FROM and writes the file TO.
function(answer from to)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE status
    INPUT_FILE "${WORK}/${from}" OUTPUT_FILE "${WORK}/${to}" ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN} < ${from}\nexited with ${status}\n${errors}")
  endif()
endfunction()

function(require_same_text expected found)
  run("${CMAKE_COMMAND}" -E compare_files "${expected}" "${found}")
endfunction()

function(require_same_answers expected found)
  run("${AWK}" -f "${SOURCE}/tests/package/same_answers.awk" "${expected}" "${found}")
endfunction()

function(require_lines file count)
  file(READ "${WORK}/${file}" text)
  string(REGEX MATCHALL "\n" lines "${text}")
  list(LENGTH lines found)
  if(NOT found EQUAL count)
    message(FATAL_ERROR "${file} has ${found} lines, not ${count}")
  endif()
endfunction()

# make_tiny_models(RONDO): a translator, runs/tiny/best.rondo, and a classifier,
# runs/tiny_sentiment/best.rondo; what they know by heart, in lines.txt with odd lines below it
# (empty, blank, no UTF-8, a carriage return) and in reviews.txt; and what the program answers.
function(make_tiny_models rondo)
  file(GLOB texts "${SOURCE}/tests/package/tiny*")
  file(COPY ${texts} DESTINATION "${WORK}")
  run("${rondo}" train tiny.yaml)
  run("${rondo}" train tiny_sentiment.yaml)
  answer(tiny.en odd.txt printf "\\n \\n\\377\\376 dog\\nthe cat sleeps\\r\\n")
  answer(tiny.en lines.txt cat tiny.en odd.txt)
  answer(tiny.tsv reviews.txt "${AWK}" -F "\t" "{print $1}")
  answer(lines.txt program.translated "${rondo}" translate runs/tiny/best.rondo)
  foreach(text lines reviews)
    answer(${text}.txt program.${text} "${rondo}" classify runs/tiny_sentiment/best.rondo)
  endforeach()
  require_lines(program.translated 12)
  require_lines(program.lines 12)
  require_lines(program.reviews 16)
endfunction()

# hold_to_program(WAY TRANSLATE_COMMAND CLASSIFY_COMMAND): two lists, which lack input and output.
function(hold_to_program way translate classify)
  answer(lines.txt ${way}.translated ${translate})
  require_same_text(program.translated ${way}.translated)
  foreach(text lines reviews)
    answer(${text}.txt ${way}.${text} ${classify})
    require_same_answers(program.${text} ${way}.${text})
  endforeach()
  message(STATUS "${way}: answers as the program")
endfunction()
