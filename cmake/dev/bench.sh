# ./dev bench: Rondo beside other systems, in one run and one table. Theirs come from PyPI into
# .deps/bench; one that cannot be installed is said and left out.

bench_venv=$deps/bench

# A line each: NAME, then what pip is asked for; --no-deps where a package asks for an older torch
# than the one it gets here, or for much that training and translating do not use.
bench_peers() {
  cat <<'END'
shared sentencepiece==0.2.0 numpy<2.4 pyyaml sacrebleu packaging
opennmt --no-deps OpenNMT-py==3.5.1
opennmt-needs configargparse pyonmttok ctranslate2 tensorboard six rapidfuzz pyahocorasick
joeynmt --no-deps joeynmt==2.3.0
joeynmt-needs tensorboard importlib_metadata matplotlib pandas plotly subword-nmt sacremoses wrapt
marian pymarian
fasttext fasttext-wheel
END
}

# A virtual environment that sees torch where it is, so that it is not fetched again; made anew
# where torch has moved since.
make_bench_venv() {
  local packages python
  packages=$(torch_packages)
  python=$packages/../../../bin/python
  if [[ $(cat "$bench_venv/made" 2>/dev/null) == "$packages" ]] &&
    "$bench_venv/bin/python" -c 'import torch'; then return; fi
  "$python" -c 'import torch' && rm -rf "$bench_venv" && "$python" -m venv "$bench_venv" &&
    echo "$packages" >"$(compgen -G "$bench_venv/lib/python3*/site-packages")/torch.pth" &&
    "$bench_venv/bin/pip" install 'setuptools<81' wheel && echo "$packages" >"$bench_venv/made"
}

# Each peer has a stamp of its own, so that what failed is tried again the next time.
install_bench_peers() {
  local name requirements stamp
  begin_step 'Other systems to compare with, in .deps/bench' '4 min, 700 MB'
  mkdir -p "$logs"
  if ! make_bench_venv >"$logs/bench-venv.log" 2>&1 </dev/null; then
    end_step 'left out: no Python environment with torch; see .deps/logs/bench-venv.log'
    return
  fi
  while read -r name requirements; do
    stamp=$bench_venv/$name.installed
    if [[ $(cat "$stamp" 2>/dev/null) == "$requirements" ]]; then continue; fi
    # shellcheck disable=SC2086  # several words
    if "$bench_venv/bin/pip" install $requirements >"$logs/pip-bench-$name.log" 2>&1 </dev/null; then
      echo "$requirements" >"$stamp"
    else
      note "$name could not be installed and is left out: .deps/logs/pip-bench-$name.log"
    fi
  done < <(bench_peers)
  end_step
}

# given OPTION ARGUMENT...: whether the user has said it.
given() {
  local option=$1 argument
  shift
  for argument in "$@"; do
    if [[ $argument == "$option" || $argument == "$option="* ]]; then return 0; fi
  done
  return 1
}

# What is here and was not named otherwise: Multi30k or the quickstart's text, SST-2 and its
# classifier.
bench_defaults() {
  local folder
  if ! given --data "$@"; then
    for folder in data/debian-en-it data/multi30k; do
      if compgen -G "$folder/train.en*" >/dev/null; then echo "--data=$folder"; fi
    done | tail -n 1
  fi
  if [[ -e data/sst2/train.tsv && -e runs/sst2/best.rondo ]] && ! given --classifier "$@"; then
    printf -- '--%s\n' labelled-train=data/sst2/train.tsv labelled-test=data/sst2/test.tsv \
      classifier=runs/sst2/best.rondo
  fi
}

bench() {
  local compared=() defaults
  plan_steps 6
  install_deps
  build_preset ci rondo
  link_program ci
  install_bench_peers
  if [[ -e $bench_venv/made ]]; then
    compared=(--python "$bench_venv/bin/python" --peers "$root/tests/reference/bench")
  fi
  mapfile -t defaults < <(bench_defaults "$@")
  begin_step 'Measuring' '40 min; --quick 6 min'
  build/rondo bench "${defaults[@]}" "${compared[@]}" "$@"
  end_step
}
