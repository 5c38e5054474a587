#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rondo {

struct WordVectorOptions {
  // How a word is written in lower case; empty = A to Z alone change.
  std::function<std::string(std::string_view)> lower_case{};
};

// The vectors of some words, in the order of these.
struct WordVectors {
  int64_t dim = 0;
  std::vector<float> values{};   // [words * dim], 0 where not found
  std::vector<uint8_t> found{};  // [words]; 0 = no, 1 = in lower case, 2 = as the word stands

  int64_t found_count() const;
};

// Looks words up in a text file of word vectors, plain or .gz, in memory for these words alone. A
// line is a word and its numbers, parted by blanks, as GloVe writes it; a first line that tells how
// many words and numbers there are, as word2vec and fastText write it, is passed over. Numbers are
// taken from a line's end, since GloVe's largest file has words with blanks in them; those fit no
// word asked for. A word that the file lacks as it stands is looked up in lower case; of several
// lines for one word the first counts.
//
// Throws DataError naming file and line where a line has more or fewer numbers than the first one
// says or has, or where one of a word asked for is none; naming the file where it cannot be read,
// is empty or has none of the words.
WordVectors read_word_vectors(const std::string& path, std::span<const std::string> words,
                              const WordVectorOptions& options = {});

// How many numbers each vector has, by the first line alone. Throws as above.
int64_t word_vector_dim(const std::string& path);

}  // namespace rondo
