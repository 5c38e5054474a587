#pragma once

#include <filesystem>
#include <string>

#include "app/corpora/labelled_sentence.h"

namespace rondo {

struct SentenceOutput {
  std::filesystem::path folder{};
  std::string number_column{};  // what the third column is called; empty = there is none
};

// Cleans and splits sentences, and writes train.tsv, dev.tsv and test.tsv with the columns text,
// label and number_column; none of them changes before all are on the disk. Returns a table for
// people: what was read, what was dropped and why, what each part holds. Throws DataError where
// nothing is left to train or test on.
std::string prepare_sentences(LabelledSentences sentences, const SentenceOutput& output);

}  // namespace rondo
