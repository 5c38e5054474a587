#!/usr/bin/env bash
# fuzz.sh PROGRAM SECONDS [SEED]: gives the program damaged texts, configurations and models. It may
# refuse them (status 1 or 2) but never crash. What made it crash is kept in build/fuzz.
set -euo pipefail
program=$1 seconds=$2
RANDOM=${3:-1}
kept=build/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASAN_OPTIONS=detect_leaks=0:exitcode=99 UBSAN_OPTIONS=halt_on_error=1:exitcode=99

random_below() { echo $(((RANDOM * 32768 + RANDOM) % $1)); }

# damage FROM TO: cuts a third of all files short, and overwrites up to eight bytes.
damage() {
  local size byte i
  cp "$1" "$2"
  size=$(wc -c <"$2")
  if ((size == 0)); then return; fi
  if ((RANDOM % 3 == 0)); then truncate -s "$(random_below "$size")" "$2"; fi
  for ((i = RANDOM % 8; i >= 0; --i)); do
    byte=$(printf '\\x%02x' $((RANDOM % 256)))
    # shellcheck disable=SC2059
    printf "$byte" | dd of="$2" bs=1 seek="$(random_below "$size")" conv=notrunc status=none
  done
}

# attempt DAMAGED ARGUMENTS...: statuses 0, 1 and 2 are fine; so is being too slow.
attempt() {
  local damaged=$1 status=0
  shift
  timeout 20 "$program" "$@" >"$work/out" 2>"$work/err" <"$work/text" || status=$?
  tries=$((tries + 1))
  case $status in
    0 | 1 | 2 | 124) return ;;
  esac
  crashes=$((crashes + 1))
  mkdir -p "$kept"
  cp "$damaged" "$kept/$crashes.input"
  { printf '%s\nstatus %d\n' "$program $*" "$status" && cat "$work/err"; } >"$kept/$crashes.txt"
  echo "crash: $program $* (status $status); see $kept/$crashes.txt"
}

attempt_all() {
  local config model
  damage "$work/sample" "$work/text"
  attempt "$work/text" prepare pairs "$work/text" "$work/sample" -o "$work/corpus"
  attempt "$work/text" prepare verses "$work/text" "$work/text" -o "$work/corpus"
  attempt "$work/text" prepare debian "$work/text" "$work/text" -o "$work/corpus"
  attempt "$work/text" baseline copy "$work/text"
  attempt "$work/text" metrics "$work/text" "$work/sample"
  for config in configs/*/*.yaml; do
    damage "$config" "$work/config.yaml"
    attempt "$work/config.yaml" train "$work/config.yaml" --dry-run
  done
  for model in "${models[@]}"; do
    damage "$model" "$work/model.rondo"
    attempt "$work/model.rondo" inspect "$work/model.rondo"
    attempt "$work/model.rondo" translate "$work/model.rondo" "$work/text"
  done
}

shopt -s nullglob
models=(runs/*/best.rondo)
if ((${#models[@]} == 0)); then echo 'no model in runs/: only texts and configurations are damaged'; fi
cat >"$work/sample" <<'END'
Package: mill
Description-md5: 11
Description-en: grinds grain — très fin, 日本語
 A mill that grinds.
 .
  * a list

Song 1:1: Rise, <G1> my friend.
END
tries=0 crashes=0
end=$((SECONDS + seconds))
while ((SECONDS < end)); do attempt_all; done
echo "$tries runs, $crashes crashes"
((crashes == 0))
