# Trains a classifier on real labelled text, measures it, and shows which words it goes by.

# quickstart_sentiment NAME OPTION...: after choose_corpus.
quickstart_sentiment() {
  local corpus=$1 settings=()
  shift
  plan_steps 8
  install_deps
  build_preset ci rondo
  link_program ci
  fetch_corpus "$corpus"
  train '4 min' "$@"
  if [[ " $* " == *' --dry-run '* ]]; then return; fi
  model=runs/$corpus/best.rondo
  measure_classifier
  explain_sentences "$corpus"
  show_next_classifier "$corpus"
}

measure_classifier() {
  local test=$corpus_folder/test.tsv
  begin_step "Scoring the test part, $(($(wc -l <"$test") - 1)) sentences it has never seen" '20 s'
  printf '\n'
  build/rondo evaluate "$model" "$test" --mistakes 3 --html "${model%/*}/test.html" |
    sed 's/^/      /'
  printf '\n'
  end_step
}

# How much a word counts is the gradient of the answer's score times the word's vector. What the
# command itself has to say goes to a log, so that only the sentences are seen.
explain_sentences() {
  begin_step 'Some sentences, with the words it goes by'
  printf '\n'
  print_sentences "$1" | build/rondo classify "$model" - --explain gradient \
    --explain-format terminal 2>"$logs/classify.log" || show_failure "$logs/classify.log"
}

print_sentences() {
  case $1 in
    tweets)
      cat <<'END'
@someairline three hours on the runway and still no word. Never again.
just got tickets for the festival, this is going to be the best weekend!
The report on driverless cars comes out on Monday.
Thanks for finding my bag so quickly, you saved my trip :)
not sure what to think of this line-up
END
      ;;
    *)
      cat <<'END'
A warm and funny film that I will gladly watch again.
The battery died after two days, and nobody answers the phone.
Not bad at all, though the ending drags a little.
I wanted to like it, but it is far too long and never funny.
The screen is bright and the menus are easy to learn.
END
      ;;
  esac
}

show_next_classifier() {
  cat <<END

The model is $model, one file that needs nothing beside it; the log and the settings of its
training, and the measurements as a page for a browser (test.html), are in ${model%/*}/.
Try next:

  echo "what a warm and funny film" | build/rondo classify $model
  build/rondo classify $model $corpus_folder/test.tsv | head
  build/rondo inspect $model
  ./dev quickstart $1 --set model.encoder.rnn_type=gru
  ./dev quickstart $1 --set model.classifier.pooling=max
$(own_sentences_help)
END
}

own_sentences_help() {
  cat <<'END'

To train on labelled text of your own, in one file (tsv, csv or JSON lines):

  ./dev build
  build/rondo prepare sentiment labelled my.csv -o data/mine --text-column text --label-column label
  cp configs/sentiment/sentiment.yaml configs/sentiment/mine.yaml
                     # in it, set name to mine, data.train, data.dev and data.test to
                     # data/mine/train.tsv, dev.tsv and test.tsv, and take out data.labels
  build/rondo train configs/sentiment/mine.yaml
END
}
