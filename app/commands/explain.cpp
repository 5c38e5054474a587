#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/data/line_reader.h"
#include "app/decoding/attention_map.h"
#include "app/decoding/explain_format.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/forced_translation.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/storage/model_summary.h"

namespace rondo {
namespace {

constexpr const char* kFooter =
    "A translator shows which source pieces each piece of its translation looked at: the darker\n"
    "the block, the more. Attention says where the decoder read, which is not always why it "
    "wrote.\n"
    "  rondo explain runs/quickstart/best.rondo 'a small text editor'\n"
    "  rondo explain MODEL 'a dog' --target 'ein Hund'   # as if it had written this\n"
    "  rondo explain MODEL --file lines.txt --words --html seen.html\n"
    "A classifier shows what each word does to its answer by four methods beside one another, "
    "each\n"
    "in relation to its own largest weight; below zero a word speaks against the answer:\n"
    "  attention      where the pooling looks; has no sign, and only where it attends\n"
    "  gradient       the output's gradient times the embedding; quick, near-sighted\n"
    "  integrated     the same, averaged on the way from an empty text; sums to the output\n"
    "  leave-one-out  how far the output falls without the word; the plainest, one run a word\n"
    "Where their order of the words differs much, the line below them says so: trust none alone.\n"
    "  rondo explain runs/sentiment/best.rondo 'not bad at all'\n"
    "  rondo explain MODEL --method leave-one-out --json < lines.txt";

struct ExplainArguments {
  std::string model;
  std::vector<std::string> text{};
  std::string file{}, target{}, svg, html;
  bool words = false, json = false, forces = false;
  std::optional<ExplainMethod> method{};
  std::size_t width = 0;
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;
  int64_t num_threads = 0;
};

// A text and where it came from, for messages.
struct GivenText {
  std::string text{}, place{};
};

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

std::vector<GivenText> texts_of_file(const std::string& file) {
  LineReader reader(existing_text_file(file));
  std::vector<GivenText> texts;
  for (std::string line; reader.next(line);) {
    texts.push_back({line, reader.path() + ":" + std::to_string(reader.line_number())});
  }
  if (texts.empty()) throw DataError(reader.path() + ": holds no line to explain");
  return texts;
}

std::vector<GivenText> texts_of(const ExplainArguments& a) {
  std::vector<GivenText> texts;
  if (a.text.empty()) {
    texts = texts_of_file(a.file.empty() ? "-" : a.file);
  } else {
    GivenText& all = texts.emplace_back(GivenText{"", "TEXT"});
    for (const auto& part : a.text) all.text += (all.text.empty() ? "" : " ") + part;
  }
  for (const auto& [text, place] : texts) {
    if (is_blank(text)) throw DataError(place + ": is empty, so there is nothing to explain");
  }
  return texts;
}

// Columns of the terminal; 100 where there is none.
std::size_t terminal_width(const ExplainArguments& a) {
  if (a.width > 0) return a.width;
  winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 100;
}

// "map.svg", of several texts "map-1.svg", "map-2.svg", ...
std::filesystem::path numbered(const std::filesystem::path& path, std::size_t index,
                               std::size_t count) {
  if (count == 1) return path;
  std::filesystem::path name = path.stem();
  name += "-" + std::to_string(index + 1);
  name += path.extension();
  return path.parent_path() / name;
}

// Writes each text's explanation in every form that was asked for.
template <class Explained>
void write_forms(const ExplainArguments& a, std::size_t count,
                 const std::function<Explained(std::size_t)>& explain) {
  std::string parts;
  for (std::size_t i = 0; i < count; ++i) {
    const Explained explained = explain(i);
    if (i > 0 && !a.json) std::cout << '\n';
    std::cout << (a.json ? to_json_line(explained) : to_terminal(explained, terminal_width(a)))
              << std::flush;
    if (!a.svg.empty()) write_file_atomically(numbered(a.svg, i, count), to_svg(explained) + "\n");
    if (!a.html.empty()) parts += to_html(explained);
  }
  if (!a.html.empty()) write_file_atomically(a.html, to_html(explain_page(a.model, parts)));
}

void explain_translations(const ExplainArguments& a, const std::filesystem::path& path) {
  if (a.method) {
    throw ConfigError("--method: " + a.model + " is a translator; what it shows is its attention");
  }
  const auto texts = texts_of(a);
  if (a.forces && texts.size() != 1) {
    throw ConfigError("--target: is the translation of one text, and here are " +
                      std::to_string(texts.size()));
  }
  const ReadyModel ready = load_ready_model(path, a.device, a.precision, a.num_threads);
  if (ready.model->experiment.model.decoder.type == DecoderType::vanilla) {
    throw ConfigError(a.model +
                      ": its decoder is vanilla, which attends to nothing; model.decoder."
                      "type gnmt, luong or bahdanau does");
  }
  const Translator translator(ready.model, {.precision = a.precision, .with_attention = true});
  write_forms<ExplainedTranslation>(a, texts.size(), [&](std::size_t i) {
    const std::string& text = texts[i].text;
    Translation found = a.forces ? forced_translation(ready, text, a.target)
                                 : translator.translate({&text, 1}).front().front();
    return ExplainedTranslation{text, a.forces, a.words ? in_words(found) : std::move(found)};
  });
}

// Attention only where the pooling attends.
std::vector<ExplainMethod> methods_for(const ExplainArguments& a, const SentimentScorer& scorer) {
  if (a.method) return {*a.method};
  std::vector<ExplainMethod> methods;
  for (const auto& [method, name] : kNames<ExplainMethod>) {
    const bool attends = scorer.experiment().classifier.pooling == Pooling::attention;
    if (method != ExplainMethod::attention || attends) methods.push_back(method);
  }
  return methods;
}

void explain_answers(const ExplainArguments& a, const std::filesystem::path& path) {
  if (a.forces) throw ConfigError("--target: " + a.model + " is a classifier, not a translator");
  const auto texts = texts_of(a);
  const SentimentScorer scorer(
      path, {.device = a.device, .precision = a.precision, .num_threads = a.num_threads});
  const auto methods = methods_for(a, scorer);
  write_forms<std::vector<Explanation>>(a, texts.size(), [&](std::size_t i) {
    std::vector<Explanation> explanations;
    for (const ExplainMethod method : methods) {
      explanations.push_back(scorer.explain({&texts[i].text, 1}, method).front());
    }
    return explanations;
  });
}

void run_explain(const ExplainArguments& a) {
  const ModelSummary summary = summarise_model(a.model);
  if (summary.task == yaml_name(TaskType::translation)) {
    explain_translations(a, summary.path);
  } else if (summary.task == yaml_name(TaskType::sentiment)) {
    explain_answers(a, summary.path);
  } else {
    throw ConfigError(a.model + ": is a model for " + summary.task +
                      "; only translators and classifiers can be explained");
  }
}

void add_text_options(CLI::App& command, ExplainArguments& a) {
  command.add_option("model", a.model, "a model file (*.rondo) or run folder")->required();
  auto* text = command.add_option("text", a.text,
                                  "one text; when left out, each line of standard input is one");
  command.add_option("--file", a.file, "a text a line, plain or .gz, each explained in turn")
      ->excludes(text);
  command.add_option("--target", a.target,
                     "a translator: this translation instead of its own, force-decoded");
}

void add_form_options(CLI::App& command, ExplainArguments& a) {
  command.add_flag("--words", a.words, "a translator: words instead of the pieces it reads");
  command
      .add_option("--method", a.method,
                  "a classifier: one method instead of all: attention, gradient, integrated or "
                  "leave-one-out")
      ->transform(by_name<ExplainMethod>())
      ->type_name("NAME");
  command.add_option("--svg", a.svg, "a drawing; of several texts FILE-1.svg, FILE-2.svg, ...")
      ->type_name("FILE");
  command.add_option("--html", a.html, "one page with all texts, in light and dark")
      ->type_name("FILE");
  command.add_flag("--json", a.json, "one JSON object a text instead of blocks");
  command.add_option("--width", a.width, "columns to print in; 0 = as many as the terminal has");
}

}  // namespace

void add_explain(CLI::App& app) {
  auto a = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand(
      "explain", "What a translator looked at, and which words speak for a classifier's answer.");
  add_text_options(*command, *a);
  add_form_options(*command, *a);
  add_machine_options(*command, a->device, a->precision, a->num_threads);
  command->footer(kFooter);
  command->callback([a, command] {
    a->forces = command->count("--target") > 0;
    run_explain(*a);
  });
}

}  // namespace rondo
