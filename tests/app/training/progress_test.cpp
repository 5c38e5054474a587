#include "app/training/progress.h"

#include <limits>

#include "tests/support/catch.h"

namespace {

const rondo::ProgressReport kReport{.epoch = 2,
                                    .epoch_share = 0.25,
                                    .update = 900,
                                    .loss = 3.2141,
                                    .ppl = 18.2,
                                    .tokens_per_second = 2310.4,
                                    .gradient_norm = 0.84,
                                    .learning_rate = 0.00184,
                                    .seconds_left = 200};

}  // namespace

TEST_CASE("a progress line says all that training is watched by", "[training]") {
  CHECK(rondo::progress_line(kReport) ==
        "epoch 2  update 900  loss 3.214  ppl 18.20  2310 tok/s  |g| 0.84  lr 0.00184  left 3m20s");
}

TEST_CASE("skipped updates are shown once there are any", "[training]") {
  auto report = kReport;
  report.skipped_updates = 3;
  CHECK(rondo::progress_line(report).ends_with("left 3m20s  skipped 3"));
}

TEST_CASE("the bar fills with the epoch and never exceeds the terminal", "[training]") {
  CHECK(rondo::progress_bar(kReport, 200).starts_with("[=====               ] epoch 2 "));
  CHECK(rondo::progress_bar(kReport, 40).size() == 40);
}

TEST_CASE("durations are short and unknown ones say so", "[training]") {
  CHECK(rondo::short_duration(0.4) == "0s");
  CHECK(rondo::short_duration(59.4) == "59s");
  CHECK(rondo::short_duration(200) == "3m20s");
  CHECK(rondo::short_duration(7500) == "2h05m");
  CHECK(rondo::short_duration(std::numeric_limits<double>::infinity()) == "?");
}
