# What the scripts of this folder share. They set `program` and `work`, the folder to work
# in; what is left of their arguments are settings, KEY=VALUE.

config=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/small.yaml
export OMP_NUM_THREADS=1

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# 400 and 24 pairs of random words and the same words in reverse, always the same ones.
make_text() {
  local name
  for name in train dev; do
    awk -v name="$name" -v pairs="$([[ $name == train ]] && echo 400 || echo 24)" 'BEGIN {
      srand(name == "train" ? 1 : 2)
      for (pair = 0; pair < pairs; ++pair) {
        there = back = ""
        for (words = 2 + int(rand() * 5); words > 0; --words) {
          word = ""
          for (parts = 1 + int(rand() * 3); parts > 0; --parts) {
            word = word substr("badofulemikuranesito", 1 + 2 * int(rand() * 10), 2)
          }
          there = there (there ? " " : "") word
          back = word (back ? " " : "") back
        }
        print there > name ".a"
        print back > name ".b"
      }
    }'
  done
}

# training: the command, in $work, whose folder `run` is always the run's, since its name is in the
# model. What runs in the background is the program itself, so that it is what gets killed.
training=("$program" train "$config")
for setting in "$@"; do training+=(--set "$setting"); done

# resume_to_end LOG: until the run is complete.
resume_to_end() {
  if ! "${training[@]}" --resume >"$1" 2>&1; then
    fail "it could not be resumed; $work/$1 ends:" "$(tail -n 5 "$1")"
  fi
}

# without_timing CHECKPOINT: its header without what a clock said, then its tensors.
without_timing() {
  local header
  header=$(od -An -tu8 -N8 "$1" | tr -d ' ')
  head -c $((8 + header)) "$1" | tail -c +9 | sed -E 's/"timing":"([^"\\]|\\.)*",?//; s/ *$//'
  tail -c +$((9 + header)) "$1"
}

# require_same_runs A B WHAT: every file but those that hold times or the way there. B is kept where
# they differ.
require_same_runs() {
  local file name
  for file in "$1"/*.rondo "$1"/metrics.jsonl "$1"/config.yaml; do
    name=$(basename "$file")
    cmp "$file" "$2/$name" || fail "$3: $name differs; see $work/$2"
  done
  if [[ $(cd "$1" && ls) != "$(cd "$2" && ls)" ]]; then
    fail "$3: other files are there:" "$(diff <(cd "$1" && ls) <(cd "$2" && ls))"
  fi
  cmp <(without_timing "$1/latest.ckpt") <(without_timing "$2/latest.ckpt") ||
    fail "$3: latest.ckpt differs; see $work/$2"
}

# The run that nothing disturbs, in `whole`, and the ticks of processor time that it took, `took`.
make_whole_run() {
  local TIMEFORMAT='%U %S'
  rm -rf run whole
  if ! { time "${training[@]}" >whole.log 2>&1; } 2>whole.time; then
    fail "the undisturbed run failed:" "$(tail -n 5 whole.log)"
  fi
  took=$(awk -v hertz="$(getconf CLK_TCK)" '{printf "%d", ($1 + $2) * hertz}' whole.time)
  echo "undisturbed: $took ticks of processor time"
  mv run whole
}

# N numbers of this seed, in [0, 1).
random_shares() { awk -v n="$1" -v seed="$2" 'BEGIN {srand(seed); while (n-- > 0) print rand()}'; }

# wait_for_share PID SHARE: until the process has had this share of what the undisturbed run took,
# whatever else the machine does; false where it ends before.
wait_for_share() {
  local target ticks
  target=$(awk -v took="$took" -v share="$2" 'BEGIN {printf "%d", took * share}')
  # Z: it has ended, and nobody has asked how.
  while true; do
    ticks=$(awk '$3 != "Z" {print $14 + $15}' "/proc/$1/stat" 2>/dev/null || true)
    if [[ -z $ticks ]]; then return 1; fi
    if ((ticks >= target)); then return 0; fi
    sleep 0.01
  done
}
