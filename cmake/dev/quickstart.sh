# Trains a translator on real text and shows what it learnt beside two baselines.

near_copy=0.7  # a test segment whose fuzzy match with a training segment is at least this

quickstart() {
  local corpus=it settings=() name=quickstart
  if (($#)) && [[ $1 != -* ]]; then corpus=$1 && shift; fi
  choose_corpus "$corpus"
  case $corpus in
    sentiment | tweets | ratings)
      quickstart_sentiment "$corpus" "$@"
      return
      ;;
  esac
  plan_steps 8
  install_deps
  build_preset ci rondo
  link_program ci
  fetch_corpus "$corpus"
  if [[ $corpus != it ]]; then name=quickstart-$corpus && choose_settings; fi
  train '7 min' "$@"
  if [[ " $* " == *' --dry-run '* ]]; then return; fi
  model=runs/$name/best.rondo
  evaluate "runs/$name/test"
  show_sentences "runs/$name/test"
  show_next "$corpus"
}

# What differs from configs/translation/quickstart.yaml for another corpus.
choose_settings() {
  local part
  settings+=(--set "name=$name" --set "data.trg.lang=$target_language")
  for part in train dev test; do settings+=(--set "data.$part=$corpus_folder/$part"); done
  if [[ $target_language == ja ]]; then
    settings+=(--set training.early_stopping_metric=chrf)  # BLEU needs spaces between words
  fi
}

# train TIME OPTION...
train() {
  begin_step "Training $config" "$1; Ctrl-C saves and stops, --resume then goes on"
  shift
  # A quickstart begins anew each time, unless it is told to go on.
  if [[ " $* " != *' --resume '* ]]; then settings+=(--overwrite); fi
  settings+=(--set data.test=)  # scored below
  build/rondo train "$config" "${settings[@]}" "$@"
  end_step
}

# Writes the translations of the test part by each system to folder/SYSTEM.all and, without the near
# copies, to folder/SYSTEM.new.
evaluate() {
  local folder=$1 source=$corpus_folder/test.$source_language
  begin_step "Translating the test part, $(wc -l <"$source") segments, and scoring" '1 min'
  mkdir -p "$folder"
  build/rondo baseline copy "$source" >"$folder/copy.all"
  build/rondo baseline memory "$source" --train "$corpus_folder/train" \
    --src "$source_language" --trg "$target_language" --scores >"$folder/scored"
  cut -f 1 "$folder/scored" >"$folder/scores"
  cut -f 2- "$folder/scored" >"$folder/memory.all"
  cp "$corpus_folder/test.$target_language" "$folder/reference.all"
  logged translate translate_into "$folder/model.all" "$source"
  local system
  for system in copy memory model reference; do
    paste "$folder/scores" "$folder/$system.all" |
      awk -v most="$near_copy" '$1 < most' | cut -f 2- >"$folder/$system.new"
  done
  print_scores "$folder"
  end_step
}

translate_into() { build/rondo translate "$model" "$2" >"$1"; }

# print_scores FOLDER: three systems, on all segments and on those that are no near copies.
print_scores() {
  printf '\n      %-30s %16s %22s\n' '' 'whole test part' 'without near copies'
  printf '      %-30s %16s %22s\n' '' "$(wc -l <"$1/reference.all") segments" \
    "$(wc -l <"$1/reference.new") segments"
  printf '      %-30s %9s %6s %15s %6s\n' '' BLEU chrF BLEU chrF
  print_score "$1" copy 'the source, copied'
  print_score "$1" memory 'most similar training segment'
  print_score "$1" model 'this model'
  printf '\n'
  note "A near copy: at least ${near_copy#0.}0% of its words match one training segment."
}

print_score() {
  # shellcheck disable=SC2046
  printf '      %-30s %9.1f %6.1f %15.1f %6.1f\n' "$3" $(scores "$1" "$2" all) $(scores "$1" "$2" new)
}

# scores FOLDER SYSTEM SET: BLEU and chrF, from lines like "BLEU|signature = 31.20 ...".
scores() {
  local tokenizer=13a
  if [[ $target_language == ja ]]; then tokenizer=char; fi
  build/rondo metrics "$1/$2.$3" "$1/reference.$3" --metrics bleu,chrf --tokenize "$tokenizer" |
    awk -F ' = ' '{split($2, score, " "); print score[1]}'
}

# Five test segments of middling length that are no near copies, spread over the test part.
show_sentences() {
  begin_step 'Some sentences that it has never seen'
  paste "$corpus_folder/test.$source_language" "$1/model.all" "$1/reference.all" "$1/scores" |
    awk -F '\t' -v most="$near_copy" '
      $4 < most && split($1, words, " ") >= 7 && length($1) < 100 {kept[++n] = $0}
      END {for (i = 1; i <= 5 && i <= n; ++i) print kept[int((i - 0.5) * n / 5) + 1]}' |
    awk -F '\t' -v trg="$target_language" '
      {printf "\n      en     %s\n      %s     %s\n      human  %s\n", $1, trg, $2, $3}'
}

show_next() {
  cat <<END

The model is $model, one file that needs nothing beside it; the log and the
settings of its training are in ${model%/*}/. Try next:

  echo "a small library to read and write images" | build/rondo translate $model
  build/rondo inspect $model
  ./dev quickstart $1 --set training.duration=30min
  ./dev quickstart $1 --set model.encoder.rnn_type=gru --set model.decoder.rnn_type=gru
$(own_text_help)
END
}
