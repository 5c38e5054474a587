# Building and testing with the presets of CMakePresets.json.

# A unit with LibTorch's headers takes up to 4 GiB to compile; more than two at once gain little.
build_jobs() {
  local memory jobs
  if [[ -n ${RONDO_JOBS:-} ]]; then
    echo "$RONDO_JOBS"
    return
  fi
  memory=$(awk '/^MemTotal/ {print int($2 / 1024 / 1024 / 4)}' /proc/meminfo 2>/dev/null || echo 2)
  jobs=$(nproc 2>/dev/null || echo 2)
  if ((jobs > 2)); then jobs=2; fi
  if ((jobs > memory)); then jobs=$memory; fi
  if ((jobs < 1)); then jobs=1; fi
  echo "$jobs"
}

# build_preset PRESET [TARGET]: configures once, then builds the target, or all with the tests.
build_preset() {
  local preset=$1 target=${2:-all} folder=$root/build/$1 estimate='8 min, with ccache less'
  if [[ -e $folder/$target.built ]]; then estimate='seconds, unless files have changed'; fi
  begin_step "Building in build/$preset" "$estimate"
  if [[ ! -e $folder/build.ninja ]]; then configure_preset "$preset"; fi
  logged "build-$preset" cmake --build "$folder" --target "$target" -j "$(build_jobs)"
  touch "$folder/$target.built"
  end_step
}

configure_preset() {
  local options=() own
  if command -v ccache >/dev/null; then options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  own=$(own_libtorch)
  if [[ -n $own ]]; then options+=("-DRONDO_LIBTORCH=$own"); fi
  logged "configure-$1" cmake --preset "$1" "${options[@]}"
}

# build/rondo is the program that was built last on purpose.
link_program() { ln -sfn "$1/app/rondo" build/rondo; }

run_tests() {
  begin_step 'Running the tests' '2 min'
  ctest --test-dir "build/$1" --output-on-failure
}
