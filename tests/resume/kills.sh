#!/usr/bin/env bash
# kills.sh PROGRAM WORK KILLS [KEY=VALUE...]: a run that is killed (SIGKILL) at so many random
# moments of its life, and resumed each time, ends with the files of one that was never disturbed,
# byte for byte. One run a kill, and in the end one that is killed over and over.
set -euo pipefail
program=$(realpath "$1") work=$2 kills=$3
shift 3
# shellcheck source=tests/resume/runs.sh
source "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# start_and_kill SHARE LOG ARGUMENT...: whether the process was still there to be killed.
start_and_kill() {
  local share=$1 log=$2 pid
  shift 2
  "${training[@]}" "$@" >"$log" 2>&1 &
  pid=$!
  wait_for_share "$pid" "$share" || true
  kill -KILL "$pid" 2>/dev/null || true
  ! wait "$pid" 2>/dev/null
}

where_it_died() {
  if [[ ! -e run ]]; then echo 'before it had a folder'; return; fi
  if [[ ! -e run/latest.ckpt ]]; then echo 'before its first checkpoint'; return; fi
  echo "after $(tail -n 1 "$1" | cut -c 1-60)"
}

# Fails where the run had already ended: no two take quite the same time.
kill_once() {
  rm -rf run
  if ! start_and_kill "$1" killed.log; then return 1; fi
  number=$((number + 1))
  echo "kill $number of $kills: at $1 of its time, $(where_it_died killed.log)"
  resume_to_end resumed.log
  require_same_runs whole run "killed at $1 of its time"
}

# Each life is long enough for the next checkpoint, mostly.
kill_over_and_over() {
  local share lives=0
  rm -rf run
  for share in $(random_shares $((kills + 2)) "$((kills + 1))"); do
    share=$(awk -v share="$share" 'BEGIN {print share / 3}')
    if ! start_and_kill "$share" killed.log --resume; then break; fi
    lives=$((lives + 1))
  done
  resume_to_end resumed.log
  require_same_runs whole run "killed $lives times"
  echo "and one run killed $lives times"
}

make_text
make_whole_run
number=0
for share in $(random_shares $((kills * 4)) 7); do
  if ((number < kills)) && ! kill_once "$share"; then echo 'it had ended; another moment'; fi
done
if ((number < kills)); then fail "only $number of $kills moments came before the run's end"; fi
kill_over_and_over
echo "equal after each of $kills kills"
