#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "app/commands/commands.h"
#include "app/corpora/debian_descriptions.h"
#include "app/corpora/line_pairs.h"
#include "app/corpora/preparation.h"
#include "app/corpora/verses.h"
#include "app/data/line_reader.h"

namespace rondo {
namespace {

struct PrepareArguments {
  std::string source, target, packages;
  PreparationOptions options;
};

using Arguments = std::shared_ptr<PrepareArguments>;

CLI::App* add_corpus(CLI::App& prepare, const std::string& name, const std::string& what,
                     const Arguments& arguments) {
  CLI::App* corpus = prepare.add_subcommand(name, what);
  PreparationOptions& options = arguments->options;
  corpus->add_option("SRC", arguments->source, "source text, plain or gzipped")->required();
  corpus->add_option("TGT", arguments->target, "target text, plain or gzipped")->required();
  corpus->add_option("-o,--output", options.output.folder, "folder for train, dev and test")
      ->required();
  corpus->add_option("--src", options.output.src_lang, "source language: ends the file names")
      ->capture_default_str();
  corpus->add_option("--trg", options.output.trg_lang, "target language: ends the file names")
      ->capture_default_str();
  corpus->add_option("--dev", options.partition.dev_pairs, "pairs to validate on")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  corpus->add_option("--test", options.partition.test_pairs, "pairs to test on")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  corpus
      ->add_option("--max-words", options.cleaning.max_words,
                   "longer segments are dropped; 0 = off")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  return corpus;
}

void write_prepared(SegmentPairs pairs, const PreparationOptions& options) {
  std::cerr << prepare_corpus(std::move(pairs), options);
}

SourcePackages read_source_packages(const std::string& path) {
  return path.empty() ? SourcePackages{} : parse_source_packages(read_lines(path));
}

void add_debian(CLI::App& prepare) {
  auto arguments = std::make_shared<PrepareArguments>();
  CLI::App* debian = add_corpus(
      prepare, "debian", "two Translation indices of Debian, joined on Description-md5", arguments);
  debian->add_option("--packages", arguments->packages,
                     "Packages index: says which packages share a source and must not be split");
  debian->callback([arguments] {
    const auto originals = parse_descriptions(read_lines(arguments->source));
    const auto translations = parse_descriptions(read_lines(arguments->target));
    const SourcePackages sources = read_source_packages(arguments->packages);
    write_prepared(join_descriptions(originals, translations, sources), arguments->options);
  });
}

void add_verses(CLI::App& prepare) {
  auto arguments = std::make_shared<PrepareArguments>();
  CLI::App* verses =
      add_corpus(prepare, "verses",
                 "two texts printed by diatheke, joined on book, chapter and verse", arguments);
  verses->callback([arguments] {
    const auto sources = parse_verses(read_lines(arguments->source));
    const auto targets = parse_verses(read_lines(arguments->target));
    write_prepared(join_verses(sources, targets), arguments->options);
  });
}

void add_pairs(CLI::App& prepare) {
  auto arguments = std::make_shared<PrepareArguments>();
  arguments->options.cleaning.max_words = 100;
  arguments->options.partition.test_pairs = 1000;
  CLI::App* pairs =
      add_corpus(prepare, "pairs", "two texts of your own, aligned line by line", arguments);
  pairs->callback([arguments] {
    write_prepared(read_line_pairs(arguments->source, arguments->target), arguments->options);
  });
}

}  // namespace

void add_prepare(CLI::App& app) {
  CLI::App* prepare =
      app.add_subcommand("prepare", "Clean a parallel text and split it into train, dev and test");
  prepare->require_subcommand(1);
  add_debian(*prepare);
  add_verses(*prepare);
  add_pairs(*prepare);
}

}  // namespace rondo
