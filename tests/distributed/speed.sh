#!/usr/bin/env bash
# speed.sh PROGRAM CONFIG WORK [KEY=VALUE...]: one worker of one thread beside two workers of one
# thread each, with the same batches an update, three rounds in turn: target tokens a second, and
# what share of an update is spent waiting. Not part of the tests, since it counts seconds; nothing
# else may run.
set -euo pipefail
program=$(realpath "$1") config=$(realpath "$2") work=$3
shift 3
updates=${UPDATES:-60}
export OMP_NUM_THREADS=1
mkdir -p "$work"
settings=()
for setting in training.duration="${updates}u" training.validation_freq=100ku \
  training.save_freq=none training.diagnose_freq=none training.logging_freq=10 \
  training.num_threads=1 training.print_valid_sents=0 "$@"; do
  settings+=(--set "$setting")
done

# measured NAME MULTIPLIER ARGUMENT...: tokens a second after the first 20 updates.
measured() {
  local name=$1 multiplier=$2
  shift 2
  rm -rf "$work/$name"
  "$program" train "$config" "${settings[@]}" --set "model_dir=$work/$name" \
    --set "training.batch_multiplier=$multiplier" "$@" >"$work/$name.log" 2>&1 ||
    { tail -n 3 "$work/$name.log" >&2; exit 1; }
  sed -nE 's/.*"update":([0-9]+).*"tokens_per_second":([0-9.]+).*/\1 \2/p' \
    "$work/$name/timings.jsonl" "$work/$name/metrics.jsonl" |
    awk '$1 > 20 {sum += $2; ++n} END {print sum / n}'
}

for round in 1 2 3; do
  one=$(measured one 2)
  two=$(measured two 1 --workers 2)
  awk -v round="$round" -v one="$one" -v two="$two" 'BEGIN {
    printf "round %d: one worker %.0f tokens/s, two %.0f: %.2f times\n", round, one, two, two / one
  }'
  grep 'waiting' "$work/two.log" || true
done
