#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace rondo {

// All that one measurement depends on. It is handed to a process of its own as JSON under these
// very names, so that the other implementations (tests/reference/bench) read the same.
struct CellSettings {
  std::string kind{};    // training, learning, racing, translating, classifying, tokenizing,
                         // starting, synthetic, reading
  std::string folder{};  // of the prepared text; see prepared_text.h
  std::string model{};   // what learning leaves and translating reads
  std::string decoder = "gnmt";
  std::string rnn_type = "lstm";
  std::string precision = "fp32";
  bool input_feeding = false;
  bool tied_softmax = false;  // else an output layer of its own, as the others have
  int64_t layers = 1;         // of the decoder
  int64_t embedding = 256;
  int64_t hidden = 256;  // of the encoder, a direction
  int64_t decoder_hidden = 512;
  int64_t vocabulary = 8000;
  int64_t threads = 2;
  int64_t batch_tokens = 0;      // target tokens a batch; 0 = batch_sentences
  int64_t batch_sentences = 64;  // learnt from, or translated, at once
  int64_t warm_up = 8;           // updates before the clock starts
  int64_t updates = 40;          // in all
  int64_t length = 20;           // synthetic: tokens of every sentence
  int64_t beam = 5;
  int64_t lines = 0;  // of the text to translate, classify or read; 0 = all
  double dropout = 0.3;
  double learning_rate = 0.001;
  double bleu = 30;     // racing: where the clock stops
  bool cosine = false;  // racing: Rondo's rate falls to 0 over `updates`
  int64_t seed = 42;

  bool operator==(const CellSettings&) const = default;
};

std::string to_json(const CellSettings& settings);
// Throws DataError naming the file.
CellSettings read_cell(const std::filesystem::path& file);

// One number of the table: what is measured, on which terms, by whom.
struct Cell {
  std::string section{};  // training, translating ...
  std::string row{};      // what the systems of a row do is the same
  std::string system{};   // rondo, or who is compared: opennmt, marian, joeynmt, pytorch ...
  std::string variant{};  // what sets two cells of one system in a row apart: "bf16"
  CellSettings settings{};

  std::string label() const { return variant.empty() ? system : system + " " + variant; }
  std::string name() const { return section + "/" + row + "/" + label(); }
};

}  // namespace rondo
