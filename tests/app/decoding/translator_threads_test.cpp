#include "app/decoding/translator.h"
#include "app/storage/model_file.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/one_torch_thread.h"
#include "tests/app/decoding/threads_at_once.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

const std::vector<std::string> kSharedSources = {"ab cab",      "a",    "",    "cc b, a.",
                                                 "abc abc abc", "\xFF", "c a", "bb aa cc"};

// Random weights from a fixed seed; in evaluation mode, as from a file.
std::shared_ptr<TranslationModel> shared_model() {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(DecoderType::gnmt, model->source_tokenizer->size());
  model->network->eval();
  return model;
}

std::vector<std::string> best_texts(const std::vector<std::vector<Translation>>& translations) {
  std::vector<std::string> texts;
  for (const auto& candidates : translations) texts.push_back(candidates.front().text);
  return texts;
}

}  // namespace

TEST_CASE("threads that translate at once get the answers of one", "[decoding]") {
  const OneTorchThread one_thread;
  const Translator translator(shared_model(), {.testing = TestingOptions{.batch_size = 3}});
  const std::vector<std::string> expected = best_texts(translator.translate(kSharedSources));
  std::vector<std::vector<std::string>> found(kThreadsAtOnce);
  on_threads_at_once(
      [&](size_t thread) { found[thread] = best_texts(translator.translate(kSharedSources)); });
  for (const std::vector<std::string>& texts : found) REQUIRE(texts == expected);
  const LineReport report = translator.report();
  REQUIRE(report.lines == 9 * 8);
  REQUIRE(report.empty == 9);
  REQUIRE(report.invalid_utf8 == 9);
}

TEST_CASE("submitted lines are translated as others are, and counted once", "[decoding]") {
  const OneTorchThread one_thread;
  Translator translator(shared_model(), {.testing = TestingOptions{.batch_size = 4}});
  const std::vector<std::string> expected = best_texts(translator.translate(kSharedSources));
  std::vector<std::vector<std::string>> found(kThreadsAtOnce);
  on_threads_at_once([&](size_t thread) {
    found[thread] = best_texts(translator.submit({kSharedSources[thread]}).get());
  });
  for (size_t thread = 0; thread < kThreadsAtOnce; ++thread) {
    REQUIRE(found[thread] == std::vector<std::string>{expected[thread]});
  }
  REQUIRE(translator.submit({}).get().empty());
  REQUIRE(translator.report().lines == 16);
}

TEST_CASE("a translator that moves takes its requests along", "[decoding]") {
  const OneTorchThread one_thread;
  Translator first(shared_model(), {});
  const std::vector<std::string> expected = best_texts(first.translate(kSharedSources));
  auto answers = first.submit(kSharedSources);
  Translator second = std::move(first);
  REQUIRE(best_texts(answers.get()) == expected);
  REQUIRE(best_texts(second.submit(kSharedSources).get()) == expected);
}

TEST_CASE("a translator destroyed with requests waiting leaves none hanging", "[decoding]") {
  const OneTorchThread one_thread;
  constexpr int kRequests = 50;
  std::vector<std::future<std::vector<std::vector<Translation>>>> requests;
  std::vector<std::string> expected;
  {
    Translator translator(shared_model(), {});
    expected = best_texts(translator.translate(kSharedSources));
    for (int i = 0; i < kRequests; ++i) requests.push_back(translator.submit(kSharedSources));
  }
  int answered = 0, refused = 0;
  for (auto& request : requests) {
    try {
      answered += best_texts(request.get()) == expected;
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  REQUIRE(answered + refused == kRequests);
}

TEST_CASE("bf16 on one thread leaves the others in fp32", "[decoding]") {
  const OneTorchThread one_thread;
  const auto model = shared_model();
  const Translator exact(model, {.precision = Precision::fp32});
  const Translator rough(model, {.precision = Precision::bf16});
  const double expected = exact.translate(kSharedSources)[0][0].log_prob;
  std::vector<double> log_probs(kThreadsAtOnce, expected);
  on_threads_at_once([&](size_t thread) {
    const bool odd = thread % 2 == 1;
    const auto found = (odd ? rough : exact).translate(kSharedSources);
    if (!odd) log_probs[thread] = found[0][0].log_prob;
  });
  for (const double log_prob : log_probs) REQUIRE(log_prob == Approx(expected).margin(1e-5));
  REQUIRE(rough.translate(kSharedSources)[0][0].log_prob != Approx(expected).margin(1e-5));
}

}  // namespace rondo
