#pragma once

#include "app/config/experiment.h"
#include "app/config/key.h"

// The schema: every key of an experiment, each said once, in the order of the file.
namespace rondo {

Key data_keys(DataOptions& data);
Key labelled_data_keys(LabelledDataOptions& data);
Key text_data_keys(LabelledDataOptions& data);  // the same where labels are not read
Key tokenizer_keys(TokenizerOptions& tokenizer);
Key chrono_key(int64_t& steps);
Key encoder_keys(EncoderOptions& encoder);
Key model_keys(Seq2SeqOptions& model);
Key classifier_keys(ClassifierOptions& model);
Key language_model_keys(ClassifierOptions& model);
Key memory_data_keys(MemoryOptions& data);
Key sequence_reader_keys(SequenceReaderOptions& model);
Key training_keys(TrainingOptions& training, BatchOptions& batching);
// What training a translator or a classifier adds to them.
std::vector<Key> transfer_keys(TrainingOptions& training);
// What training a translator adds to these.
Key sampled_softmax_key(TrainingOptions& training);
// What training a classifier adds to them.
std::vector<Key> classifying_keys(ClassifyingOptions& options, TrainingOptions& training);
Key testing_keys(TestingOptions& testing);
Key scoring_keys(ScoringOptions& testing);

// The root, with the keys of the experiment's task; the experiment must outlive it.
Key experiment_keys(Experiment& experiment);

}  // namespace rondo
