#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/data/labelled_options.h"
#include "app/data/record_reader.h"
#include "app/decoding/scored.h"

namespace rondo {

enum class AnswerForm {
  plain,  // the answer's columns alone, tab-separated
  kept,   // the record as it came with the answer's columns behind its own: comma-separated CSV,
          // otherwise tab-separated
  json    // an object a record: of JSON records as they came, otherwise of "text", and the answer
};

// How answers are written. The columns are
//   classes, ordinal   label, probability
//   multi_label        label, probability: both lists, joined by label_separator
//   value              value
//   top_k              label, probability, label_2, probability_2 ...: likeliest first
//   all                and then probability_NAME of every label, in their order
// and the keys of JSON "label" ("labels", a list, of multi_label), "probability" (not of
// multi_label), "probabilities", an object by label; or "value". A name that the input has itself
// gets "predicted_" before it, so that nothing of the input is lost.
struct AnswerFormat {
  AnswerForm form = AnswerForm::plain;
  RecordFormat input = RecordFormat::lines;
  TargetType targets = TargetType::classes;
  std::vector<std::string> labels{};
  std::string label_separator = ",";
  bool all = false;
  int64_t top_k = 0;  // 0 = off; more than there are labels means all of them
};

// At most this many labels, likeliest first.
std::vector<int64_t> top_labels(const Scored& scored, int64_t most);

// The line that names the columns: the input's header and the answer's, "" where there is none.
std::string answer_header(const std::string& header, const AnswerFormat& format);

// What is written for one record; ends in "\n". Probabilities have six decimals.
std::string format_answer(const Record& record, const Scored& scored, const AnswerFormat& format);

// The same for a record that could not be taken apart: empty columns, or "label": null and "error".
std::string format_unanswered(const Record& record, const AnswerFormat& format);

// "positive 600 (60.0%), negative 400 (40.0%)": counts [labels], most frequent first, in relation
// to the lines; of more than 20 the first ones "and 80 more".
std::string describe_labels(std::span<const int64_t> counts, std::span<const std::string> labels,
                            int64_t lines);

}  // namespace rondo
