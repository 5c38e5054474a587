#!/usr/bin/env bash
# Speed and memory of training, translating and classifying on this machine, one table. Run by
# ./dev bench, which builds first. Uses Multi30k where data/multi30k holds it, else the quickstart's
# text; SST-2 where data/sst2 holds it, else the sentiment quickstart's reviews.
set -euo pipefail

settings=()
source=data/multi30k/test_2016_flickr.en
if ! compgen -G 'data/multi30k/train.en*' >/dev/null; then
  if [[ ! -e data/debian-en-it/train.en ]]; then
    echo 'dev: bench wants data/multi30k (see configs/translation/multi30k_en_de.yaml) or the' \
      'quickstart text (./dev quickstart)' >&2
    exit 2
  fi
  settings=(--set data.train=data/debian-en-it/train --set data.dev=data/debian-en-it/dev
    --set data.trg.lang=it)
  source=data/debian-en-it/test.en
fi
if [[ ! -e $source ]]; then source=$source.gz; fi

# Peak resident memory of a command in MB, after its own output; without it where GNU time is missing.
measured() {
  local peak
  if [[ ! -x /usr/bin/time ]]; then
    "$@"
    return
  fi
  peak=$(mktemp)
  /usr/bin/time -f %M -o "$peak" "$@"
  printf 'peak resident memory: %d MB\n' $(($(cat "$peak") / 1024))
  rm -f "$peak"
}

for precision in fp32 bf16; do
  printf '\nTraining, configs/translation/speed.yaml, %s\n' "$precision"
  measured build/rondo bench configs/translation/speed.yaml "${settings[@]}" \
    --set "training.precision=$precision" "$@" 2>&1
done

for model in runs/multi30k_en_de/best.rondo runs/quickstart/best.rondo; do
  if [[ ! -e $model ]]; then continue; fi
  for precision in fp32 bf16 int8; do
    for settings in '--beam 1' '--beam 5' '--beam 1 --batch-size 1' '--beam 5 --batch-size 1'; do
      printf '\nTranslating %s with %s, %s, %s\n' "$source" "$model" "$precision" "$settings"
      # shellcheck disable=SC2086  # several words
      measured build/rondo translate "$model" "$source" --precision "$precision" $settings \
        2>&1 >/dev/null
    done
  done
  exported=$(mktemp)
  for quantize in '' '--quantize bf16' '--quantize int8'; do
    printf '\nExporting %s %s\n' "$model" "$quantize"
    # shellcheck disable=SC2086
    build/rondo export "$model" -o "$exported" $quantize --check "$source" 2>&1 | head -7
  done
  rm -f "$exported"
done

classifier=sentiment
if [[ -e data/sst2/train.tsv ]]; then classifier=sst2; fi
text=data/$classifier/train.tsv
if [[ ! -e $text ]]; then exit; fi

for precision in fp32 bf16; do
  printf '\nTraining, configs/sentiment/%s.yaml, %s\n' "$classifier" "$precision"
  measured build/rondo bench "configs/sentiment/$classifier.yaml" --set training.load_encoder= \
    --set "training.precision=$precision" "$@" 2>&1
done

# Each line many times over: a model is loaded once, and a large file is what counts.
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for _ in {1..30}; do cut -f 1 "$text"; done >"$lines"
for model in runs/sst2/best.rondo runs/sentiment/best.rondo; do
  if [[ ! -e $model ]]; then continue; fi
  for precision in fp32 bf16 int8; do
    printf '\nClassifying %d lines with %s, %s\n' "$(wc -l <"$lines")" "$model" "$precision"
    measured build/rondo classify "$model" "$lines" --precision "$precision" 2>&1 >/dev/null
  done
done
