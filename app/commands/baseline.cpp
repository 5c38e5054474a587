#include <CLI/CLI.hpp>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/corpora/line_pairs.h"
#include "app/corpora/translation_memory.h"
#include "app/data/line_reader.h"

namespace rondo {
namespace {

struct MemoryArguments {
  std::string source, train, src_lang = "src", trg_lang = "trg";
  bool scores = false;
};

void add_copy(CLI::App& baseline) {
  auto source = std::make_shared<std::string>();
  CLI::App* copy = baseline.add_subcommand("copy", "the source text itself");
  copy->add_option("SRC", *source, "text to translate, plain or gzipped")->required();
  copy->callback([source] {
    for (const std::string& line : read_lines(*source)) std::cout << line << '\n';
  });
}

void run_memory(const MemoryArguments& arguments) {
  const TranslationMemory memory(
      read_line_pairs(existing_text_file(arguments.train + '.' + arguments.src_lang),
                      existing_text_file(arguments.train + '.' + arguments.trg_lang)));
  std::cout << std::fixed << std::setprecision(4);
  for (const std::string& line : read_lines(arguments.source)) {
    const MemoryMatch match = memory.find(line);
    if (arguments.scores) std::cout << match.score << '\t';
    if (match.segment >= 0) std::cout << memory.pair(match.segment).target;
    std::cout << '\n';
  }
}

void add_memory(CLI::App& baseline) {
  auto arguments = std::make_shared<MemoryArguments>();
  CLI::App* memory =
      baseline.add_subcommand("memory", "the translation of the most similar training segment");
  memory->add_option("SRC", arguments->source, "text to translate, plain or gzipped")->required();
  memory->add_option("--train", arguments->train, "training text: PREFIX of PREFIX.SRC, PREFIX.TRG")
      ->required();
  memory->add_option("--src", arguments->src_lang, "source language: ends the file name")
      ->capture_default_str();
  memory->add_option("--trg", arguments->trg_lang, "target language: ends the file name")
      ->capture_default_str();
  memory->add_flag("--scores", arguments->scores,
                   "begin each line with its match score in [0, 1] and a tab");
  memory->callback([arguments] { run_memory(*arguments); });
}

}  // namespace

void add_baseline(CLI::App& app) {
  CLI::App* baseline =
      app.add_subcommand("baseline", "Translate without a model, to see what a model has to beat");
  baseline->require_subcommand(1);
  add_copy(*baseline);
  add_memory(*baseline);
}

}  // namespace rondo
