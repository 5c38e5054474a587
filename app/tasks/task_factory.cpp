#include "app/tasks/task_factory.h"

#include "app/data/labelled_text.h"
#include "app/data/parallel_corpus.h"
#include "app/tasks/language_model.h"
#include "app/tasks/memory_task.h"
#include "app/tasks/plain_text.h"
#include "app/tasks/sentiment.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/task_setup.h"
#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "app/tasks/translation_test.h"
#include "app/training/frozen_parameters.h"

namespace rondo {
namespace {

bool is_translation(const Experiment& experiment) {
  return experiment.task == TaskType::translation;
}

// A checkpoint of this very run brings the tokenizers that the run has made.
bool wants_new_tokenizer(const Experiment& experiment, const std::filesystem::path& start) {
  return experiment.training.reset_tokenizer && start == experiment.training.load_model;
}

SentimentModel begin_sentiment(const Experiment& experiment, const std::filesystem::path& start,
                               Notes& notes) {
  if (start.empty()) return make_sentiment_model(experiment, &notes);
  if (!wants_new_tokenizer(experiment, start)) return start_from_sentiment_model(experiment, start);
  return start_sentiment_with_new_tokenizer(experiment, start, &notes);
}

TranslationModel begin_translation(const Experiment& experiment, const std::filesystem::path& start,
                                   Notes& notes) {
  if (start.empty()) return make_translation_model(experiment, &notes);
  if (!wants_new_tokenizer(experiment, start)) return start_from_model(experiment, start);
  return start_with_new_tokenizer(experiment, start, &notes);
}

std::unique_ptr<Task> make_unfrozen(const Experiment& experiment,
                                    const std::filesystem::path& start, const Hardware& hardware) {
  Notes notes;
  switch (experiment.task) {
    case TaskType::sentiment: {
      SentimentModel model = begin_sentiment(experiment, start, notes);
      return std::make_unique<SentimentTask>(std::move(model), hardware, std::move(notes));
    }
    case TaskType::language_model:
      return std::make_unique<LanguageModelTask>(experiment, start, hardware);
    case TaskType::memory:
      return std::make_unique<MemoryTask>(experiment, start, hardware);
    case TaskType::translation:
      break;
  }
  TranslationModel model = begin_translation(experiment, start, notes);
  return std::make_unique<TranslationTask>(std::move(model), hardware, std::move(notes));
}

}  // namespace

std::unique_ptr<Task> make_task(const Experiment& experiment, const std::filesystem::path& start,
                                const Hardware& hardware) {
  auto task = make_unfrozen(experiment, start, hardware);
  freeze_parameters(task->network(), experiment.training.freeze);
  return task;
}

std::string tokenizer_notice(const Experiment& experiment) {
  if (experiment.task == TaskType::memory) return "making examples as they are needed";
  const std::string& encoder = experiment.training.load_encoder;
  if (!encoder.empty()) return "starting with the encoder of " + encoder;
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
