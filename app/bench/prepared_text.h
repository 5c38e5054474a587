#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rondo {

// Parallel text to measure with; each a prefix as in a config's data section.
struct BenchText {
  std::filesystem::path train{}, dev{}, test{};
  std::string source{}, target{};                           // the languages' endings
  std::filesystem::path labelled_train{}, labelled_test{};  // TSV; empty = no classifying
};

// train, dev or val, and test or test_2016_flickr of a folder, plain or .gz, in the two languages
// that train is there in, English first. Throws DataError where they are not there.
BenchText text_in_folder(const std::filesystem::path& folder);

// The same text in the form that every system reads: in `folder`, train, dev and test as .src and
// .trg, with .pieces behind it as SentencePiece pieces between blanks; joint.model, one
// SentencePiece model of both languages, and joint.vocab, its pieces without the four special
// tokens, a line each; labelled.train and labelled.test. What is there already is kept.
void prepare_text(const BenchText& text, int64_t vocabulary, const std::filesystem::path& folder);

// Pairs of made-up sentences, for machines without text: words of a skewed distribution, the
// target the source's words in another spelling and order. The same for the same seed.
struct GeneratedText {
  int64_t lines = 10'000;
  int64_t words = 20'000;  // different ones
  uint64_t seed = 1;
};
void generate_text(const GeneratedText& options, const std::filesystem::path& prefix,
                   const std::string& source, const std::string& target);

}  // namespace rondo
