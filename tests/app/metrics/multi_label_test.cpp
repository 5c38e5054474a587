#include "app/metrics/multi_label.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

// Three examples of two labels.
const LabelPredictions kThree{2, {0.9f, 0.1f, 0.8f, 0.6f, 0.3f, 0.75f}, {1, 0, 0, 1, 1, 1}};

}  // namespace

TEST_CASE("scores of several labels are those worked by hand", "[metrics]") {
  const MultiLabelScores scores = multi_label_scores(kThree);
  CHECK(scores.subset_accuracy == Approx(1.0 / 3));
  CHECK(scores.hamming_loss == Approx(2.0 / 6));
  CHECK(scores.micro_precision == Approx(0.75));
  CHECK(scores.micro_recall == Approx(0.75));
  CHECK(scores.micro_f1 == Approx(0.75));
  CHECK(scores.macro_f1 == Approx(0.75));
  REQUIRE(scores.by_label.size() == 2);
  CHECK(scores.by_label[0].f1 == Approx(0.5));
  CHECK(scores.by_label[1].f1 == 1);
  CHECK(scores.by_label[1].support == 2);
}

TEST_CASE("a label is given where its probability is the threshold", "[metrics]") {
  CHECK(multi_label_scores(kThree, 0.75).by_label[1].recall == Approx(0.5));
  CHECK(multi_label_scores(kThree, 0.76).by_label[1].recall == 0);
}

TEST_CASE("a label that occurs nowhere is not a number, and 0 in the macro F1", "[metrics]") {
  const LabelPredictions predictions{2, {0.9f, 0.1f, 0.1f, 0.2f}, {1, 0, 0, 0}};
  const MultiLabelScores scores = multi_label_scores(predictions);
  CHECK(std::isnan(scores.by_label[1].f1));
  CHECK(scores.macro_f1 == Approx(0.5));
  CHECK(scores.subset_accuracy == 1);
}

TEST_CASE("labels are counted as often as their example was drawn", "[metrics]") {
  const std::vector<uint32_t> draws{2, 1, 0};
  const LabelPredictions drawn{2, {0.9f, 0.1f, 0.9f, 0.1f, 0.8f, 0.6f}, {1, 0, 1, 0, 0, 1}};
  const MultiLabelScores found = multi_label_scores(label_hits(kThree, 0.5), draws);
  const MultiLabelScores expected = multi_label_scores(drawn);
  CHECK(found.subset_accuracy == expected.subset_accuracy);
  CHECK(found.hamming_loss == expected.hamming_loss);
  CHECK(found.micro_f1 == expected.micro_f1);
  CHECK(found.macro_f1 == expected.macro_f1);
}

TEST_CASE("the area of several labels is the mean of theirs", "[metrics]") {
  // Label 0: one of two pairs in order; label 1: both.
  CHECK(roc_auc(kThree) == Approx(0.75));
}

TEST_CASE("nothing can be measured of labels without an example", "[metrics]") {
  const MultiLabelScores scores = multi_label_scores(LabelPredictions{.labels = 2});
  CHECK(std::isnan(scores.subset_accuracy));
  CHECK(std::isnan(scores.hamming_loss));
  CHECK(std::isnan(scores.macro_f1));
}
