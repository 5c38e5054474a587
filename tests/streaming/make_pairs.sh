#!/usr/bin/env bash
# make_pairs.sh PAIRS PREFIX: PREFIX.a and PREFIX.b, always the same for a number of pairs: sentences
# of 4 to 20 made-up words, frequent ones often (Zipf), and the same words written backwards.
set -euo pipefail
awk -v pairs="$1" -v prefix="$2" 'BEGIN {
  srand(7)
  for (word = 0; word < 4000; ++word) {
    there = back = ""
    for (parts = 1 + int(rand() * 3); parts > 0; --parts) {
      syllable = substr("badofulemikuranesitopevagihozu", 1 + 2 * int(rand() * 15), 2)
      there = there syllable
      back = syllable back
    }
    ours[word] = there
    theirs[word] = back
  }
  for (pair = 0; pair < pairs; ++pair) {
    left = right = ""
    for (words = 4 + int(rand() * 17); words > 0; --words) {
      word = int(4001 ^ rand()) - 1
      left = left " " ours[word]
      right = right " " theirs[word]
    }
    print substr(left, 2) > (prefix ".a")
    print substr(right, 2) > (prefix ".b")
  }
}'
