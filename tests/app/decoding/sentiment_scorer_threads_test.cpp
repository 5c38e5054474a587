#include <cmath>
#include <numeric>

#include "app/decoding/sentiment_scorer.h"
#include "tests/app/decoding/one_torch_thread.h"
#include "tests/app/decoding/threads_at_once.h"
#include "tests/app/decoding/tiny_classifier.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

const std::vector<std::string> kSharedTexts = {"ab cab",      "a",    "",    "cc b, a.",
                                               "abc abc abc", "\xFF", "c a", "bb aa cc"};

// Random weights from a fixed seed; in evaluation mode, as from a file.
std::shared_ptr<SentimentModel> shared_classifier() {
  auto model = tiny_classifier();
  model->network->eval();
  return model;
}

bool same_answers(const std::vector<Scored>& found, const std::vector<Scored>& expected) {
  if (found.size() != expected.size()) return false;
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i].decided != expected[i].decided) return false;
    for (size_t k = 0; k < 3; ++k) {
      if (std::abs(found[i].probabilities[k] - expected[i].probabilities[k]) > 1e-5) return false;
    }
  }
  return true;
}

// How many of the threads, all at work at once, say that their answers are right.
template <typename Work>
int64_t threads_that_agree(const Work& agrees) {
  std::vector<int64_t> agreed(kThreadsAtOnce, 0);
  on_threads_at_once([&](size_t thread) { agreed[thread] = agrees(thread); });
  return std::accumulate(agreed.begin(), agreed.end(), int64_t{0});
}

}  // namespace

TEST_CASE("threads that score at once get the answers of one", "[decoding]") {
  const OneTorchThread one_thread;
  const SentimentScorer scorer(shared_classifier(), {});
  const auto expected = scorer.score(kSharedTexts);
  REQUIRE(threads_that_agree(
              [&](size_t) { return same_answers(scorer.score(kSharedTexts), expected); }) == 8);
  const LineReport report = scorer.report();
  REQUIRE(report.lines == 9 * 8);
  REQUIRE(report.empty == 9);
  REQUIRE(report.invalid_utf8 == 9);
}

TEST_CASE("submitted lines are scored as others are, and counted once", "[decoding]") {
  const OneTorchThread one_thread;
  SentimentScorer scorer(shared_classifier(), {});
  const auto expected = scorer.score(kSharedTexts);
  REQUIRE(threads_that_agree([&](size_t thread) {
            return same_answers(scorer.submit({kSharedTexts[thread]}).get(), {expected[thread]});
          }) == 8);
  REQUIRE(scorer.submit({}).get().empty());
  REQUIRE(scorer.report().lines == 16);
}

TEST_CASE("threads that explain beside others that score get the answers of one", "[decoding]") {
  const OneTorchThread one_thread;
  const SentimentScorer scorer(shared_classifier(), {});
  const auto scored = scorer.score(kSharedTexts);
  const auto explained = scorer.explain(kSharedTexts, ExplainMethod::integrated);
  REQUIRE(threads_that_agree([&](size_t thread) {
            if (thread % 2 == 0) return same_answers(scorer.score(kSharedTexts), scored);
            const auto found = scorer.explain(kSharedTexts, ExplainMethod::integrated);
            const auto& weight = found[0].weights.words.at(0).weight;
            return weight == Approx(explained[0].weights.words.at(0).weight).margin(1e-5);
          }) == 8);
}

TEST_CASE("a scorer destroyed with requests waiting leaves none hanging", "[decoding]") {
  const OneTorchThread one_thread;
  std::vector<std::future<std::vector<Scored>>> requests;
  {
    SentimentScorer scorer(shared_classifier(), {});
    for (int i = 0; i < 50; ++i) requests.push_back(scorer.submit(kSharedTexts));
  }
  int answered = 0, refused = 0;
  for (auto& request : requests) {
    try {
      answered += request.get().size() == kSharedTexts.size();
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  REQUIRE(answered + refused == 50);
}

}  // namespace rondo
