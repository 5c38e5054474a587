# ./dev bench: Rondo beside other systems, in one run and one table. Theirs come from PyPI into
# .deps/bench; one that cannot be installed is said and left out.

bench_venv=$deps/bench

# A line each: NAME, then what pip is asked for. `--no-deps` where a package asks for an older torch
# than the one it gets here, or for much that training and translating do not use.
bench_peers() {
  cat <<'END'
shared sentencepiece==0.2.0 numpy pyyaml sacrebleu packaging
opennmt --no-deps OpenNMT-py==3.5.1
opennmt-needs configargparse pyonmttok ctranslate2 tensorboard six rapidfuzz pyahocorasick
joeynmt --no-deps joeynmt==2.3.0
joeynmt-needs tensorboard importlib_metadata matplotlib pandas plotly subword-nmt sacremoses wrapt
marian pymarian
fasttext fasttext-wheel
END
}

make_bench_venv() {
  local packages python
  packages=$(torch_packages)
  python=$packages/../../../bin/python
  if [[ -x $bench_venv/bin/pip ]]; then return; fi
  if ! "$python" -c 'import torch' 2>/dev/null; then return 1; fi
  logged bench-venv "$python" -m venv "$bench_venv"
  # torch is not fetched again: it is seen where it is.
  echo "$packages" >"$(compgen -G "$bench_venv/lib/python3*/site-packages")/torch.pth"
  logged pip-bench-setuptools "$bench_venv/bin/pip" install 'setuptools<81' wheel
}

# Each peer has a stamp of its own, so that what failed is tried again the next time.
install_bench_peers() {
  local name requirements stamp
  begin_step 'Other systems to compare with, in .deps/bench' '4 min, 700 MB'
  if ! make_bench_venv; then
    end_step 'left out: the LibTorch in use has no Python beside it'
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

# The text: the quickstart's where it is there and none is named.
bench_text() {
  local argument
  for argument in "$@"; do
    if [[ $argument == --data || $argument == --data=* ]]; then return; fi
  done
  if [[ -d data/multi30k ]]; then
    echo "--data=data/multi30k"
  elif [[ -d data/debian-en-it ]]; then
    echo "--data=data/debian-en-it"
  fi
}

bench() {
  local compared=() text
  plan_steps 6
  install_deps
  build_preset ci rondo
  link_program ci
  install_bench_peers
  if [[ -x $bench_venv/bin/python ]]; then
    compared=(--python "$bench_venv/bin/python" --peers "$root/tests/reference/bench")
  fi
  text=$(bench_text "$@")
  begin_step 'Measuring' '40 min; --quick 6 min'
  build/rondo bench ${text:+"$text"} "${compared[@]}" "$@"
  end_step
}
