# What takes long, or needs more than a build does: every way of calling a model, Spark among them,
# is held to the program's own answers; a run that is killed, starved and out of disk is held to
# one that never was; and so are two hosts that lose each other.

nightly_packages=(pyspark==3.5.6 'pandas<3' 'pyarrow<22' numpy safetensors sentencepiece==0.2.1
  pyyaml 'tensorboard==2.21.*')

run_nightly() {
  source cmake/dev/corpora.sh
  plan_steps 17
  install_deps
  build_preset ci rondo
  link_program ci
  make_nightly_venv
  install_java
  hold_examples
  hold_event_files
  hold_spark
  check_exported_tokenizer
  hold_resume
  hold_hosts
}

# A virtual environment that sees torch through a .pth file, so that torch is not fetched again.
make_nightly_venv() {
  local packages python stamp=$deps/nightly/packages.txt
  packages=$(torch_packages)
  python=$packages/../../../bin/python
  if [[ $(cat "$stamp" 2>/dev/null) == "${nightly_packages[*]}" ]]; then
    begin_step 'Spark and other Python packages in .deps/nightly'
    end_step 'there'
    return
  fi
  begin_step 'Fetching Spark and other Python packages into .deps/nightly' '5 min, 500 MB'
  if ! "$python" -c 'import torch' 2>/dev/null; then
    stop 2 "dev: nightly wants a LibTorch that pip has installed; that in $packages has no Python"
  fi
  rm -rf "$deps/nightly"
  logged nightly-venv "$python" -m venv "$deps/nightly"
  # PySpark comes as a source distribution, which wants setuptools.
  fetched pip-nightly-setuptools "$(pip_help setuptools)" \
    "$deps/nightly/bin/pip" install setuptools wheel
  fetched pip-nightly "$(pip_help "${nightly_packages[*]}")" \
    "$deps/nightly/bin/pip" install --no-build-isolation "${nightly_packages[@]}"
  echo "$packages" >"$(compgen -G "$deps/nightly/lib/python3*/site-packages")/torch.pth"
  echo "${nightly_packages[*]}" >"$stamp"
  end_step
}

install_java() {
  begin_step 'Java, for Spark'
  if ! command -v java >/dev/null; then
    if ! can_install; then stop 2 'dev: java is missing; its package is default-jre-headless'; fi
    install_packages default-jre-headless
  fi
  end_step
}

# Leaves tiny models, exported, and what the program answers in build/nightly.
hold_examples() {
  begin_step 'Calling exported models from C++ and Python, a .rondo file from numpy' '2 min'
  logged nightly-examples cmake -D "PROGRAM=$root/build/rondo" -D "SOURCE=$root" \
    -D "WORK=$root/build/nightly" -D "LIBTORCH=$(torch_packages)/torch" -D GENERATOR=Ninja \
    -D "PYTHON=$deps/nightly/bin/python" -D REQUIRED=ON -P tests/package/export.cmake
  sed -n 's/^-- /      /p' "$logs/nightly-examples.log"
  end_step
}

# A short run with a diagnosis, for TensorBoard's own readers.
hold_event_files() {
  local run=$root/build/nightly/events
  begin_step "Reading a run's event files with TensorBoard's own code"
  logged nightly-events-train build/rondo train tests/package/tiny.yaml --overwrite \
    --set "model_dir=$run" --set "data.train=$root/tests/package/tiny" \
    --set "data.dev=$root/tests/package/tiny" --set training.diagnose_freq=20u \
    --set training.logging_freq=10
  logged nightly-events in_nightly tests/reference/report/tensorboard_events.py check \
    "$run/tensorboard" scalars text images histograms
  note "$(tail -n 1 "$logs/nightly-events.log")"
  end_step
}

# The quickstart's classifier and its test sentences where they are there, else the tiny ones.
hold_spark() {
  local work=$root/build/nightly model=runs/sentiment/best.rondo test=data/sentiment/test.tsv
  local texts=$work/texts.txt
  begin_step 'Scoring a Parquet file on a local Spark of two workers' '1 min'
  cp "$work/reviews.txt" "$texts"
  if [[ -e $model && -e $test ]]; then
    tail -n +2 "$test" | cut -f 1 >"$texts"
  else
    model=$work/runs/tiny_sentiment/best.rondo
  fi
  build/rondo classify "$model" "$texts" >"$work/spark.expected" 2>"$logs/classify.log" ||
    show_failure "$logs/classify.log"
  logged nightly-export build/rondo export "$model" -o "$work/spark.pt"
  logged nightly-parquet in_nightly tests/package/parquet.py write "$texts" "$work/texts.parquet"
  logged nightly-spark in_nightly app/examples/pyspark/score_parquet.py "$work/spark.pt" \
    "$work/texts.parquet" "$work/scored.parquet"
  in_nightly tests/package/parquet.py read "$work/scored.parquet" >"$work/spark.found"
  logged nightly-spark-answers \
    awk -f tests/package/same_answers.awk "$work/spark.expected" "$work/spark.found"
  note "$(wc -l <"$work/spark.found") rows: answers as the program"
  end_step
}

in_nightly() { "$deps/nightly/bin/python" "$@"; }

# Package descriptions in six scripts besides Latin, about 20,000 lines each.
nightly_languages=(it el ru ja ko zh_CN)

# Two models that know nothing but their tokenizers: unigram, and BPE that spells what it
# does not know in bytes.
check_exported_tokenizer() {
  local work=$root/build/nightly/text language type
  mkdir -p "$work"
  begin_step 'Fetching package descriptions in seven languages' '1 min'
  for language in "${nightly_languages[@]}" en; do
    fetched "apt-$language" 'apt could not fetch the descriptions: is the network up?' \
      update_private_lists "$language"
    private_text "$(translation_lists "$language")" | grep -av '^Package:\|^Description-md5' | sort -u |
      shuf -n 20000 --random-source=<(yes) >"$work/$language.txt"
  done
  cat "$work"/*.txt | shuf -n 60000 --random-source=<(yes) >"$work/train.en"
  cp "$work/train.en" "$work/train.it"
  end_step
  for type in unigram bpe; do
    begin_step "Holding the exported $type tokenizer to SentencePiece" '2 min'
    logged "nightly-train-$type" build/rondo train tests/package/tiny.yaml \
      --set "model_dir=$work/$type" --set training.duration=1u --set training.validation_freq=1u \
      --set "tokenizer.model_type=$type" --set tokenizer.vocab_size=12000 \
      --set "tokenizer.byte_fallback=$([[ $type == bpe ]] && echo true || echo false)" \
      --set "data.train=$work/train" --set "data.dev=$root/tests/package/tiny" \
      --set tokenizer.joint=true
    logged nightly-export build/rondo export "$work/$type/best.rondo" -o "$work/$type.pt"
    logged "nightly-$type" in_nightly tests/reference/torchscript/check_tokenizer.py \
      "$work/$type.pt" "$work"/??*.txt
    tail -n 2 "$logs/nightly-$type.log" | sed 's/^/      /'
    end_step
  done
}

# trial FOLDER/NAME WHAT ESTIMATE ARGUMENT...: a script of tests/; its last line is the answer.
trial() {
  local script=$1 name=${1/\//-} status=0
  local log=$logs/nightly-$name.log
  begin_step "$2" "$3"
  shift 3
  bash "tests/$script.sh" build/rondo "build/nightly/$name" "$@" >"$log" 2>&1 ||
    status=$?
  if ((status != 0 && status != 77)); then show_failure "$log"; fi
  end_step "$(tail -n 1 "$log")"
}

hold_resume() {
  mkdir -p "$logs" build/nightly
  trial resume/kills 'Killing a run at 30 random moments' '10 min' 30 training.duration=500u
  trial resume/every_write 'Killing a run at each call that writes' '4 min'
  # The cache lies outside the run's folder: when it is complete depends on the kill.
  trial resume/every_write 'The same of a run that streams its text' '6 min' training.duration=30u \
    data.streaming=true data.block_size=100 data.token_cache=cache tokenizer.alpha=0
  trial resume/memory 'Giving a run too little memory, 10 times' '3 min' 10
  trial resume/full_disk 'Running into a full disk, 12 times' '1 min'
}

hold_hosts() {
  trial distributed/hosts 'Two hosts: a lost worker, a cut link, a slow worker' '6 min'
}
