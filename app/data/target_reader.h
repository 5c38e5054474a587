#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/data/labelled_text.h"
#include "app/data/record_reader.h"

namespace rondo {

enum class NewLabels { refuse, add };

// Turns the labels and weights of records into targets.
class TargetReader {
 public:
  TargetReader(const LabelledDataOptions& options, LabelSet labels, NewLabels new_labels)
      : options_(options), labels_(std::move(labels)), new_labels_(new_labels) {}

  // Fills the target. Returns what is wrong with the record, empty where nothing is.
  std::string read(const Record& record, Target& target);

  const LabelSet& labels() const { return labels_; }  // new ones in the order they came in

 private:
  std::string read_weight(const Record& record, Target& target) const;
  std::string read_value(const Record& record, Target& target) const;
  std::string read_labels(const Record& record, Target& target);

  LabelledDataOptions options_;
  LabelSet labels_;
  NewLabels new_labels_ = NewLabels::refuse;
};

// In the order in which labels found in a text are numbered (see read_labelled_text).
std::vector<std::string> labels_in_order(std::vector<std::string> names, TargetType targets);

}  // namespace rondo
