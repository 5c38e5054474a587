#!/usr/bin/env bash
# every_write.sh PROGRAM WORK [KEY=VALUE...]: a short run that is killed at each of its calls that
# put something on disk (fsync), in its place (rename) or away (unlink), and resumed, ends with the
# files of one that was never disturbed. Status 77 where there is no strace, or it may not trace.
set -euo pipefail
program=$(realpath "$1") work=$2
shift 2
set -- training.duration=12u training.validation_freq=5u training.save_freq=3u \
  training.logging_freq=2 training.keep_best_ckpts=2 "$@"
# shellcheck source=tests/resume/runs.sh
source "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"
if ! strace -o trace true 2>/dev/null; then
  echo 'not tried: no strace that may trace'
  exit 77
fi

# killed_at CALL N: false where the run ended before its Nth such call.
killed_at() {
  rm -rf run
  # A shell of its own, that says nowhere that it was killed.
  ! (
    strace -f -o trace -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
      "${training[@]}" >killed.log 2>&1
    exit $?
  ) 2>/dev/null
}

make_text
make_whole_run
kills=0
for call in rename unlink fsync; do
  nth=1
  while killed_at "$call" "$nth"; do
    resume_to_end resumed.log
    require_same_runs whole run "killed at $call $nth"
    nth=$((nth + 1))
  done
  kills=$((kills + nth - 1))
  echo "killed at each of $((nth - 1)) calls of $call"
done
echo "equal after each of $kills kills"
