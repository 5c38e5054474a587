#include "app/engine/export.h"

#include <torch/torch.h>

#include <iostream>
#include <memory>
#include <optional>

#include "app/config/names.h"
#include "app/data/line_reader.h"
#include "app/errors.h"
#include "app/export/check.h"
#include "app/export/export_model.h"
#include "app/report/axis.h"
#include "app/storage/model_summary.h"

namespace rondo {
namespace {

constexpr const char* kTranslatorMethods =
    "translate, translate_n_best, align, score, beam_search, encode, step, forward";
constexpr const char* kClassifierMethods = "classify, probabilities, logits, labels, forward";

std::string precision_name(ScriptPrecision precision) {
  return precision == ScriptPrecision::fp32 ? "fp32" : std::string(yaml_name(precision));
}

void say_written(const ExportArguments& a, const char* methods) {
  const auto bytes = static_cast<double>(std::filesystem::file_size(a.output));
  std::cerr << a.output << ": " << fixed_number(bytes / 1e6, 1) << " MB, "
            << precision_name(a.precision) << "; methods " << methods << '\n';
}

// Of the program that the file is held against.
Precision same_precision(ScriptPrecision precision) {
  if (precision == ScriptPrecision::bf16) return Precision::bf16;
  return precision == ScriptPrecision::int8 ? Precision::int8 : Precision::fp32;
}

// Only fp32 promises the same answers.
void report(const ExportArguments& a, const ExportCheck& check) {
  std::cout << to_text(check) << std::flush;
  const Comparison& found = check.comparison;
  if (a.precision != ScriptPrecision::fp32 || found.failing == 0) return;
  throw DataError(a.output + ": " + std::to_string(found.failing) + " of " +
                  std::to_string(found.lines) + " lines are not answered as rondo answers them");
}

void export_translator(const ExportArguments& a, const std::filesystem::path& path,
                       const std::vector<std::string>& lines) {
  auto model = std::make_shared<TranslationModel>(load_translation_model(path));
  SearchOptions& search = model->experiment.testing.search;
  search.beam_size = a.beam_size.value_or(search.beam_size);
  search.n_best = std::min(search.n_best, search.beam_size);
  save_script(script_translator(*model, a.precision), script_files(*model), a.output);
  say_written(a, kTranslatorMethods);
  if (lines.empty()) return;
  report(a, check_translator(model, same_precision(a.precision), a.output, lines));
}

void export_classifier(const ExportArguments& a, const std::filesystem::path& path,
                       const std::vector<std::string>& lines) {
  if (a.beam_size) throw ConfigError("--beam: " + a.model + " is a classifier");
  auto model = std::make_shared<SentimentModel>(load_sentiment_model(path));
  save_script(script_sentiment(*model, a.precision), script_files(*model), a.output);
  say_written(a, kClassifierMethods);
  if (lines.empty()) return;
  report(a, check_sentiment(model, same_precision(a.precision), a.output, lines));
}

std::vector<std::string> lines_to_check(const std::string& file) {
  if (file.empty()) return {};
  auto lines = read_lines(existing_text_file(file));
  if (lines.empty()) throw DataError(file + ": holds no line to check with");
  return lines;
}

}  // namespace

void run_export(const ExportArguments& a) {
  const auto lines = lines_to_check(a.check);
  const ModelSummary summary = summarise_model(a.model);
  std::error_code ignored;
  if (std::filesystem::equivalent(summary.path, a.output, ignored)) {
    throw ConfigError("--output: " + a.output + " is the model itself");
  }
  if (a.num_threads > 0) torch::set_num_threads(static_cast<int>(a.num_threads));
  if (summary.task == yaml_name(TaskType::translation)) {
    export_translator(a, summary.path, lines);
  } else if (summary.task == yaml_name(TaskType::sentiment)) {
    export_classifier(a, summary.path, lines);
  } else {
    throw DataError(a.model + ": is a model for " + summary.task +
                    "; only those for translation and sentiment can be exported");
  }
}

}  // namespace rondo
