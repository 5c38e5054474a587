# What looks over the code rather than running the program: format, lint, sanitizers, fuzzing.

# Prints the C++ files, those to come included.
cpp_files() { git ls-files --cached --others --exclude-standard '*.h' '*.cpp'; }

require_tool() {
  if command -v "$1" >/dev/null; then return; fi
  if ! can_install; then stop 2 "dev: $1 is missing; it is in the package $1"; fi
  install_packages "$1"
}

run_format() {
  plan_steps 1
  begin_step 'Formatting all C++ files' '5 s'
  require_tool clang-format
  cpp_files | xargs clang-format -i
  end_step
}

run_lint() {
  plan_steps 6
  begin_step 'Checking the format' '5 s'
  require_tool clang-format
  cpp_files | xargs clang-format --dry-run -Werror
  end_step
  install_deps
  begin_step 'Configuring build/tidy' '10 s'
  configure_preset tidy
  end_step
  begin_step 'clang-tidy on the files without LibTorch' '5 min'
  require_tool clang-tidy
  torch_free_files | xargs -P "$(build_jobs)" -n 1 clang-tidy -p build/tidy --quiet \
    --warnings-as-errors='*'
  end_step
}

# The compile commands of files that include LibTorch name its folder; the others are cheap to check.
torch_free_files() {
  awk -F '"' '/"command":/ {torch = $0 ~ /torch\/csrc\/api/}
              /"file":/ && !torch {print $4}' build/tidy/compile_commands.json | grep -v /tests/
}

run_asan() {
  plan_steps 5
  install_deps
  build_preset asan
  begin_step 'Running the tests under the sanitizers' '10 min'
  # LibTorch keeps what it allocates once until the program ends.
  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    ctest --test-dir build/asan --output-on-failure "$@"
}

run_fuzz() {
  plan_steps 5
  install_deps
  build_preset asan rondo
  begin_step "Feeding damaged input to build/asan/app/rondo for ${1:-60} s"
  bash cmake/dev/fuzz.sh build/asan/app/rondo "${1:-60}"
  end_step
}
