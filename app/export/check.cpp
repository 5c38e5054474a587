#include "app/export/check.h"

#include <torch/script.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/decoding/sentiment_scorer.h"
#include "app/decoding/translator.h"
#include "app/report/axis.h"

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

c10::IValue string_list(std::span<const std::string> lines) {
  c10::List<std::string> list;
  list.reserve(lines.size());
  for (const auto& line : lines) list.push_back(line);
  return list;
}

Answer to_answer(const c10::IValue& text_and_score) {
  const auto& parts = text_and_score.toTupleRef().elements();
  return {parts[0].toStringRef(), parts[1].toDouble()};
}

Answerer script_translator_answers(torch::jit::Module program) {
  return [program](std::span<const std::string> lines) {
    std::vector<Answer> answers;
    const auto found = program.get_method("translate_n_best")({string_list(lines)});
    for (const c10::IValue& best : found.toListRef()) {
      answers.push_back(to_answer(best.toListRef().front()));
    }
    return answers;
  };
}

Answerer script_sentiment_answers(torch::jit::Module program) {
  return [program](std::span<const std::string> lines) {
    std::vector<Answer> answers;
    const auto found = program.get_method("classify")({string_list(lines)});
    for (const c10::IValue& answer : found.toListRef()) answers.push_back(to_answer(answer));
    return answers;
  };
}

// The labels as `rondo classify` prints them, with the least of their probabilities.
Answer to_answer(const Scored& scored, const LabelledDataOptions& labelled) {
  if (labelled.targets == TargetType::value) {
    const double value = scored.probabilities.front();
    return {fixed_number(value, 6), value};
  }
  Answer answer{.score = scored.decided.empty() ? 0.0 : 1.0};
  for (const int64_t label : scored.decided) {
    const auto index = static_cast<size_t>(label);
    if (label != scored.decided.front()) answer.text += labelled.label_separator;
    answer.text += labelled.labels[index];
    answer.score = std::min<double>(answer.score, scored.probabilities[index]);
  }
  return answer;
}

// Both answer a few lines before they are timed: LibTorch optimises a script at its first calls.
ExportCheck check_answers(const Answerer& ours, const Answerer& exported, ExportCheck check,
                          std::span<const std::string> lines, size_t block) {
  constexpr size_t kWarmUp = 8;
  const auto start = Clock::now();
  exported(lines.first(1));
  check.first_seconds = seconds_since(start);
  const auto few = lines.first(std::min(kWarmUp, lines.size()));
  for (const auto* answerer : {&ours, &exported, &exported}) (*answerer)(few);
  check.comparison = compare_answers(ours, exported, lines, block);
  return check;
}

torch::jit::Module load_timed(const std::filesystem::path& path, ExportCheck& check) {
  const auto start = Clock::now();
  auto program = torch::jit::load(path.string());
  check.load_seconds = seconds_since(start);
  return program;
}

}  // namespace

Answerer translator_answers(std::shared_ptr<TranslationModel> model, Precision precision) {
  TestingOptions testing = model->experiment.testing;
  testing.search.n_best = 1;
  testing.shortlist = {};  // exported files have none
  TranslatorOptions options{.testing = testing, .precision = precision};
  const auto translator = std::make_shared<Translator>(std::move(model), options);
  return [translator](std::span<const std::string> lines) {
    std::vector<Answer> answers;
    for (const auto& found : translator->translate(lines)) {
      answers.push_back({found.front().text, found.front().score});
    }
    return answers;
  };
}

Answerer sentiment_answers(std::shared_ptr<SentimentModel> model, Precision precision) {
  const auto labelled = model->experiment.labelled;
  const SentimentScorerOptions options{.precision = precision};
  const auto scorer = std::make_shared<SentimentScorer>(std::move(model), options);
  return [scorer, labelled](std::span<const std::string> lines) {
    std::vector<Answer> answers;
    for (const auto& scored : scorer->score(lines)) answers.push_back(to_answer(scored, labelled));
    return answers;
  };
}

ExportCheck check_translator(std::shared_ptr<TranslationModel> model, Precision precision,
                             const std::filesystem::path& exported,
                             std::span<const std::string> lines) {
  constexpr int64_t kBatches = 4;  // a block
  const int64_t block = kBatches * std::max<int64_t>(model->experiment.testing.batch_size, 1);
  ExportCheck check;
  const auto script = script_translator_answers(load_timed(exported, check));
  return check_answers(translator_answers(std::move(model), precision), script, check, lines,
                       static_cast<size_t>(block));
}

ExportCheck check_sentiment(std::shared_ptr<SentimentModel> model, Precision precision,
                            const std::filesystem::path& exported,
                            std::span<const std::string> lines) {
  constexpr size_t kBlock = 2048;  // lines, as `rondo classify` takes them
  ExportCheck check;
  const auto script = script_sentiment_answers(load_timed(exported, check));
  return check_answers(sentiment_answers(std::move(model), precision), script, check, lines,
                       kBlock);
}

std::string to_text(const ExportCheck& check) {
  return "load, first line (s)         " + fixed_number(check.load_seconds, 2) + ", " +
         fixed_number(check.first_seconds, 2) + '\n' + to_text(check.comparison);
}

}  // namespace rondo
