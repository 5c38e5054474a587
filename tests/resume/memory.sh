#!/usr/bin/env bash
# memory.sh PROGRAM WORK TIMES [KEY=VALUE...]: a run that gets no more memory from a random moment
# on, so many times, is resumed and ends with the files of one that was never disturbed.
set -euo pipefail
program=$(realpath "$1") work=$2 times=$3
shift 3
# shellcheck source=tests/resume/runs.sh
source "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# What it holds by then it keeps, and what it frees it may take again.
starve() {
  local share=$1 number=$2 pid status=0
  rm -rf run
  "${training[@]}" >starved.log 2>&1 &
  pid=$!
  wait_for_share "$pid" "$share" || true
  prlimit --pid "$pid" --as=1000000 2>/dev/null || true
  wait "$pid" || status=$?
  echo "$number of $times: from $share of its time on, status $status:" \
    "$(tail -n 1 starved.log | cut -c 1-70)"
  resume_to_end resumed.log
  require_same_runs whole run "without more memory from $share of its time on"
}

make_text
make_whole_run
number=0
for share in $(random_shares "$times" 11); do
  number=$((number + 1))
  starve "$share" "$number"
done
echo "equal each of $times times"
