#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/data/labelled_text.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/metrics/classification_report.h"

namespace rondo {

struct EvaluateArguments {
  std::string model, file;
  std::optional<RecordFormat> format{};  // what is not given is as in training
  std::string text_column{}, label_column{}, label_separator{};
  OnError on_error = OnError::stop;
  BootstrapOptions bootstrap{};
  bool json = false;
  std::string html{};
  int64_t mistakes = 10;
  SentimentScorerOptions options{};
};

// A classifier, measured on labelled text.
void run_evaluate(const EvaluateArguments& arguments);

}  // namespace rondo
