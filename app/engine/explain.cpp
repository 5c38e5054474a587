#include "app/engine/explain.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>

#include "app/config/names.h"
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

}  // namespace

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

}  // namespace rondo
