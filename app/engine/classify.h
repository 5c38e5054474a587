#pragma once

#include <cstdint>
#include <string>

#include "app/data/record_reader.h"
#include "app/decoding/classify_stream.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/sentiment_scorer.h"

namespace rondo {

struct ClassifyArguments {
  std::string model;
  std::string file = "-";
  std::string shard{};  // NUMBER/COUNT; empty = all of it
  RecordFormat format = RecordFormat::automatic;
  std::string column{};  // empty = as in training
  bool header = false, plain = false, keep = false, json = false, all = false;
  int64_t top_k = 0;
  BadRecord bad = BadRecord::stop;
  bool explains = false;
  ExplainMethod method = ExplainMethod::integrated;
  ExplanationForm form = ExplanationForm::terminal;
  SentimentScorerOptions options{};
};

// Labels lines or records, as many as there are, in order.
void run_classify(const ClassifyArguments& arguments);

}  // namespace rondo
