#include "app/tasks/resume_check.h"

#include "app/errors.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace {

using Unit = rondo::Duration::Unit;

// Everything that draws random numbers or has a state.
rondo::Experiment translator(const rondo::SmallText& text) {
  rondo::Experiment experiment = text.experiment();
  experiment.model.encoder.dropout = experiment.model.decoder.dropout = 0.3;
  experiment.tokenizer.model_type = rondo::TokenizerModel::unigram;
  experiment.tokenizer.vocab_size = 45;
  experiment.tokenizer.alpha = 0.2;
  experiment.training.ema_decay = 0.9;
  experiment.training.scheduling = rondo::Scheduling::cosine;
  return experiment;
}

}  // namespace

TEST_CASE("a translator that is stopped and resumed is the one that never stopped", "[tasks]") {
  const rondo::SmallText text;
  const auto report = rondo::check_resume(translator(text), 10);
  INFO(report.text());
  CHECK(report.equal());
  CHECK(report.stopped_at < 10);
  CHECK(report.parts.size() >= 8);
  CHECK(report.text().find("random states") != std::string::npos);
  CHECK(report.text().find("equal: 10 updates") != std::string::npos);
}

TEST_CASE("so is one with a sampled softmax, whose candidates are drawn", "[tasks]") {
  const rondo::SmallText text;
  rondo::Experiment experiment = translator(text);
  experiment.training.sampled_softmax = 12;
  const auto report = rondo::check_resume(experiment, 10);
  INFO(report.text());
  CHECK(report.equal());
}

TEST_CASE("so is a classifier", "[tasks]") {
  const rondo::SmallReviews reviews;
  rondo::Experiment experiment = reviews.experiment();
  experiment.classifier.encoder.dropout = 0.3;
  experiment.training.scheduling = rondo::Scheduling::plateau;
  const auto report = rondo::check_resume(experiment, 8);
  INFO(report.text());
  CHECK(report.equal());
}

TEST_CASE("the check leaves nothing behind and no run folder", "[tasks]") {
  const rondo::SmallText text;
  const int64_t before = text.folder.files();
  rondo::check_resume(translator(text), 8);
  CHECK(text.folder.files() == before);
}

TEST_CASE("the check says that a clock decides", "[tasks]") {
  const rondo::SmallText text;
  rondo::Experiment experiment = translator(text);
  experiment.training.max_duration = {Unit::seconds, 600};
  experiment.training.step_size = {Unit::seconds, 60};
  const auto report = rondo::check_resume(experiment, 8);
  CHECK(report.equal());
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0].find("training.duration") != std::string::npos);
}

TEST_CASE("a difference is named in the report", "[tasks]") {
  const rondo::ResumeReport report{
      .updates = 8, .stopped_at = 3, .parts = {{.name = "weights", .difference = "w differs"}}};
  CHECK_FALSE(report.equal());
  CHECK(report.text().find("w differs") != std::string::npos);
  CHECK(report.text().find("not equal: 8 updates") != std::string::npos);
}

TEST_CASE("too few updates to check anything are refused", "[tasks]") {
  const rondo::SmallText text;
  CHECK_THROWS_AS(rondo::check_resume(translator(text), 7), rondo::ConfigError);
}
