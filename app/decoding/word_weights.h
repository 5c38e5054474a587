#pragma once

#include <span>
#include <string>
#include <vector>

namespace rondo {

struct WordWeight {
  std::string word{};
  double weight = 0;
};

struct WordWeights {
  std::vector<WordWeight> words{};
  double rest = 0;  // of what is no word: </s>
};

// The pieces' weights added up to those of the words (words.h); weights [pieces]. A word is shown
// as it stands in the text, so with its own letters where the tokenizer has changed them or knows
// them not; but as its pieces spell it where the text, split at spaces, has another number of
// words.
WordWeights add_up_words(const std::string& text, std::span<const std::string> pieces,
                         std::span<const double> weights);

}  // namespace rondo
