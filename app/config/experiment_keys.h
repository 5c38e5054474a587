#pragma once

#include "app/config/experiment.h"
#include "app/config/key.h"

// The schema: every key of an experiment, each said once, in the order of the file.
namespace rondo {

Key data_keys(DataOptions& data);
Key tokenizer_keys(TokenizerOptions& tokenizer);
Key model_keys(Seq2SeqOptions& model);
Key training_keys(TrainingOptions& training, BatchOptions& batching);
Key testing_keys(TestingOptions& testing);

// The root; the experiment must outlive it.
Key experiment_keys(Experiment& experiment);

}  // namespace rondo
