#include "app/tasks/task_factory.h"

#include "app/data/labelled_text.h"
#include "app/data/parallel_corpus.h"
#include "app/tasks/language_model.h"
#include "app/tasks/memory_task.h"
#include "app/tasks/plain_text.h"
#include "app/tasks/sentiment.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "app/tasks/translation_test.h"

namespace rondo {
namespace {

bool is_translation(const Experiment& experiment) {
  return experiment.task == TaskType::translation;
}

std::unique_ptr<Task> make_sentiment_task(const Experiment& experiment,
                                          const std::filesystem::path& start,
                                          const Hardware& hardware) {
  std::vector<std::string> notes;
  SentimentModel model = start.empty() ? make_sentiment_model(experiment, &notes)
                                       : start_from_sentiment_model(experiment, start);
  return std::make_unique<SentimentTask>(std::move(model), hardware, std::move(notes));
}

}  // namespace

std::unique_ptr<Task> make_task(const Experiment& experiment, const std::filesystem::path& start,
                                const Hardware& hardware) {
  switch (experiment.task) {
    case TaskType::sentiment:
      return make_sentiment_task(experiment, start, hardware);
    case TaskType::language_model:
      return std::make_unique<LanguageModelTask>(experiment, start, hardware);
    case TaskType::memory:
      return std::make_unique<MemoryTask>(experiment, start, hardware);
    case TaskType::translation:
      break;
  }
  return std::make_unique<TranslationTask>(
      start.empty() ? make_translation_model(experiment) : start_from_model(experiment, start),
      hardware);
}

std::string tokenizer_notice(const Experiment& experiment) {
  if (experiment.task == TaskType::memory) return "making examples as they are needed";
  const ParallelFiles& pair = experiment.data.train;
  return "training the tokenizer on " + (is_translation(experiment)
                                             ? pair.source + " and " + pair.target
                                             : experiment.labelled.train);
}

bool has_test(const Experiment& experiment) {
  return !(is_translation(experiment) ? experiment.data.test.source : experiment.labelled.test)
              .empty();
}

void check_test(const Experiment& experiment) {
  const LabelledDataOptions& data = experiment.labelled;
  if (is_translation(experiment)) {
    read_parallel_lines(experiment.data.test);
  } else if (experiment.task == TaskType::language_model) {
    read_texts(data.test, data);
  } else if (data.labels.empty()) {
    read_labelled_text(data.test, data);
  } else {
    read_labelled_text(data.test, data, LabelSet(data.labels));
  }
}

std::string test_report(const Experiment& experiment, const std::filesystem::path& model,
                        const Hardware& hardware) {
  switch (experiment.task) {
    case TaskType::sentiment:
      return sentiment_test_report(experiment, model);
    case TaskType::language_model:
      return LanguageModelTask(experiment, model, hardware)
          .report(read_texts(experiment.labelled.test, experiment.labelled));
    case TaskType::memory:  // has no test
    case TaskType::translation:
      break;
  }
  return translation_test_report(experiment, model);
}

}  // namespace rondo
