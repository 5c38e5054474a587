#include "app/engine/evaluate.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "app/config/names.h"
#include "app/data/labelled_text.h"
#include "app/data/line_reader.h"
#include "app/decoding/mistakes.h"
#include "app/decoding/predictions.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/errors.h"
#include "app/metrics/classification_report.h"
#include "app/report/evaluation_page.h"
#include "app/storage/atomic_file.h"
#include "app/storage/model_summary.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// The model file; of a run folder its best model.
std::filesystem::path sentiment_model_file(const std::string& path) {
  const ModelSummary summary = summarise_model(path);
  if (summary.task == yaml_name(TaskType::translation)) {
    throw DataError(path +
                    ": is a model for translation; compare what `rondo translate` makes of a text "
                    "with `rondo metrics`");
  }
  return summary.path;
}

LabelledDataOptions labelled_options(const EvaluateArguments& a, LabelledDataOptions labelled) {
  labelled.records.format = a.format.value_or(labelled.records.format);
  if (!a.text_column.empty()) labelled.records.text_column = a.text_column;
  if (!a.label_column.empty()) labelled.records.label_column = a.label_column;
  if (!a.label_separator.empty()) labelled.label_separator = a.label_separator;
  labelled.records.weight_column.clear();  // every example counts the same
  labelled.on_error = a.on_error;
  return labelled;
}

// One report in all the forms it is asked for.
struct Evaluation {
  std::string text{};
  Json json{};
  EvaluationPage page{};
};

template <typename Report>
Evaluation evaluation_of(const Report& report) {
  return {.text = to_text(report), .json = to_json(report), .page = page_of(report)};
}

Evaluation evaluate(const LabelledText& text, std::span<const Scored> scored, TargetType targets,
                    const ReportOptions& options) {
  const auto& names = text.labels.names();
  switch (targets) {
    case TargetType::value:
      return evaluation_of(make_report(value_predictions(scored, text.targets), options));
    case TargetType::multi_label:
      return evaluation_of(make_report(label_predictions(scored, text.targets), names, options));
    case TargetType::classes:
    case TargetType::ordinal:
      break;
  }
  return evaluation_of(make_report(class_predictions(scored, text.targets), names, options));
}

Json mistakes_json(const std::vector<Mistake>& mistakes) {
  Json list = Json::array();
  for (const Mistake& mistake : mistakes) {
    list.push_back(Json{{"line", mistake.line},
                        {"label", mistake.label},
                        {"prediction", mistake.prediction},
                        {"confidence", mistake.confidence},
                        {"text", mistake.text}});
  }
  return list;
}

std::string printed(const EvaluateArguments& a, const Evaluation& evaluation) {
  const auto& mistakes = evaluation.page.mistakes;
  if (!a.json) {
    const std::string heading = mistakes.empty() ? "" : "\nworst mistakes\n";
    return evaluation.text + heading + to_text(mistakes, evaluation.page.file);
  }
  Json json = Json::object();
  json["model"] = evaluation.page.model;
  json["file"] = evaluation.page.file;
  json.update(evaluation.json);
  json["mistakes"] = mistakes_json(mistakes);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

void print_remarks(const LabelledText& text, const LineReport& report) {
  if (text.skipped > 0) std::cerr << text.skipped << " records left out, among them\n";
  for (const auto& problem : text.problems) std::cerr << "  " << problem << '\n';
  for (const auto& label : missing_labels(text)) {
    std::cerr << "no example of " << label << ", so nothing can be said of it\n";
  }
  if (report.split > 0) std::cerr << report.split << " long texts read in windows\n";
}

}  // namespace

void run_evaluate(const EvaluateArguments& a) {
  const std::string file = existing_text_file(a.file);
  SentimentScorer scorer(sentiment_model_file(a.model), a.options);
  const auto labelled = labelled_options(a, scorer.experiment().labelled);
  const LabelledText text = read_labelled_text(file, labelled, LabelSet(labelled.labels));
  const auto scored = scorer.score(text.lines);
  Evaluation evaluation = evaluate(text, scored, labelled.targets,
                                   {.threshold = scorer.scoring().threshold,
                                    .ordinal = labelled.targets == TargetType::ordinal,
                                    .bootstrap = a.bootstrap});
  evaluation.page.model = a.model;
  evaluation.page.file = file;
  evaluation.page.mistakes =
      worst_mistakes(text, scored, labelled.targets, static_cast<size_t>(a.mistakes));
  if (!a.html.empty()) write_file_atomically(a.html, to_html(evaluation.page));
  std::cout << printed(a, evaluation);
  print_remarks(text, scorer.report());
}

}  // namespace rondo
