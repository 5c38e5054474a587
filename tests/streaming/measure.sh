#!/usr/bin/env bash
# measure.sh PROGRAM WORK PAIRS...: what a training text of so many pairs costs before the first
# update, in resident memory and in updates a second. Not part of the tests, since it takes minutes
# and counts seconds. The texts stay in WORK for another time.
set -euo pipefail
program=$(realpath "$1") work=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
updates=${UPDATES:-50}
export OMP_NUM_THREADS=1
mkdir -p "$work"
cd "$work"
[[ -e dev.a ]] || bash "$here/make_pairs.sh" 100 dev

# The log, each line after the seconds since the start.
with_seconds() {
  local line
  while IFS= read -r line; do
    printf '%s %s\n' "$(awk -v now="$EPOCHREALTIME" -v start="$1" 'BEGIN {print now - start}')" "$line"
  done
}

printf '%10s %14s %14s %12s\n' pairs 'first update s' 'resident MB' 'updates/s'
for pairs in "$@"; do
  [[ -e train$pairs.b ]] || bash "$here/make_pairs.sh" "$pairs" "train$pairs"
  rm -rf run
  "$program" train "$here/large.yaml" --set data.train="train$pairs" \
    --set training.duration="${updates}u" ${SETTINGS:-} 2>&1 |
    with_seconds "$EPOCHREALTIME" >"log$pairs"
  first=$(awk '/update 1 / {print $1; exit}' "log$pairs")
  last=$(awk '/ update / {print $1}' "log$pairs" | tail -n 1)
  resident=$(sed -E 's/.*"peak_resident_bytes": ?([0-9]+).*/\1/;t;d' run/result.json)
  awk -v pairs="$pairs" -v first="$first" -v last="$last" -v resident="$resident" \
    -v updates="$updates" 'BEGIN {
      printf "%10d %14.1f %14.0f %12.1f\n", pairs, first, resident / 1e6,
        (updates - 1) / (last - first)
    }'
done
