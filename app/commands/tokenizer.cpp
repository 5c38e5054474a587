#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>

#include "app/commands/commands.h"
#include "app/data/line_coding.h"
#include "app/data/tokenizer_files.h"
#include "app/storage/atomic_file.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {
namespace {

struct TrainArguments {
  std::vector<std::string> files;
  std::string output;
  std::string model_type = "unigram";
  TokenizerOptions options;
};

std::map<std::string, TokenizerModel> models_by_name() {
  std::map<std::string, TokenizerModel> models;
  for (const auto type : {TokenizerModel::unigram, TokenizerModel::bpe, TokenizerModel::character,
                          TokenizerModel::word}) {
    models.emplace(name_of(type), type);
  }
  return models;
}

void run_train(const TrainArguments& arguments) {
  TokenizerOptions options = arguments.options;
  options.model_type = models_by_name().at(arguments.model_type);
  const std::string model = train_tokenizer_on_files(arguments.files, options);
  write_file_atomically(arguments.output, model);
  std::cerr << arguments.output << ": " << arguments.model_type << " model of "
            << load_tokenizer(model)->size() << " pieces\n";
}

void add_training(CLI::App& tokenizer) {
  CLI::App* command =
      tokenizer.add_subcommand("train", "Train a SentencePiece model on text files");
  auto arguments = std::make_shared<TrainArguments>();
  TokenizerOptions& options = arguments->options;
  command->add_option("files", arguments->files, "Texts, plain or gzipped; - is stdin")->required();
  command->add_option("-o,--output", arguments->output, "The model file to write")->required();
  command->add_option("--vocab-size", options.vocab_size, "Pieces, 4 special tokens included")
      ->capture_default_str();
  command->add_option("--model-type", arguments->model_type, "What a piece may be")
      ->check(CLI::IsMember(models_by_name()))
      ->capture_default_str();
  command
      ->add_option("--character-coverage", options.character_coverage,
                   "Share of the text's characters that get a piece, from 0.98 to 1")
      ->capture_default_str();
  command->add_flag("--byte-fallback", options.byte_fallback, "Spell unseen characters by bytes");
  command->add_flag("--lowercase", options.lowercase, "Fold case");
  command
      ->add_option("--input-sentence-size", options.input_sentence_size,
                   "Lines to sample for training; 0 = all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--threads", options.num_threads,
                   "Threads; the model depends on their number; 0 = 16 on any machine")
      ->check(CLI::Range(0, 1024));
  command->add_option("--seed", options.random_seed, "Of the sample")->capture_default_str();
  command->callback([arguments] { run_train(*arguments); });
}

struct CodingArguments {
  std::string model;
  std::string input = "-";
  bool ids = false;
};

using Coding = void (*)(LineReader&, const Tokenizer&, TokenForm, std::ostream&);

void add_coding(CLI::App& tokenizer, const std::string& name, const std::string& description,
                Coding coding) {
  CLI::App* command = tokenizer.add_subcommand(name, description);
  auto arguments = std::make_shared<CodingArguments>();
  command->add_option("model", arguments->model, "A SentencePiece model file")->required();
  command->add_option("input", arguments->input, "A file, plain or gzipped; - is stdin")
      ->capture_default_str();
  command->add_flag("--ids", arguments->ids, "Tokens are numbers, not pieces");
  command->callback([arguments, coding] {
    const auto model = read_tokenizer(arguments->model);
    LineReader reader(arguments->input);
    coding(reader, *model, arguments->ids ? TokenForm::ids : TokenForm::pieces, std::cout);
  });
}

}  // namespace

void add_tokenizer(CLI::App& app) {
  CLI::App* tokenizer = app.add_subcommand("tokenizer", "Train and use SentencePiece models");
  tokenizer->require_subcommand(1);
  add_training(*tokenizer);
  add_coding(*tokenizer, "encode", "Text -> tokens, a line a line", encode_lines);
  add_coding(*tokenizer, "decode", "Tokens -> text, a line a line", decode_lines);
}

}  // namespace rondo
