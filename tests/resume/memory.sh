#!/usr/bin/env bash
# memory.sh PROGRAM WORK TIMES [KEY=VALUE...]: a run that so many times gets too little memory, each
# time another amount, is resumed and ends with the files of one that was never disturbed.
set -euo pipefail
program=$(realpath "$1") work=$2 times=$3
shift 3
# shellcheck source=tests/resume/runs.sh
source "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# The upper part of the address space that an undisturbed run takes: less does not let it start.
starve() {
  local share=$1 number=$2 limit status=0
  rm -rf run
  limit=$(awk -v space="$space" -v share="$share" 'BEGIN {printf "%d", space * (0.7 + 0.3 * share)}')
  (ulimit -v "$limit" && "${training[@]}") >starved.log 2>&1 || status=$?
  echo "$number of $times: $limit KiB, status $status: $(tail -n 1 starved.log | cut -c 1-90)"
  resume_to_end resumed.log
  require_same_runs whole run "with $limit KiB"
}

make_text
make_whole_run
echo "undisturbed: $took ms, $space KiB of address space"
number=0
for share in $(random_shares "$times" 11); do
  number=$((number + 1))
  starve "$share" "$number"
done
echo "equal each of $times times"
