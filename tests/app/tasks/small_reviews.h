#pragma once

#include "app/config/load.h"
#include "tests/app/tasks/small_text.h"

namespace rondo {

// Eight labelled sentences in files of their own, to be learned by heart: label, stars (1 to 3), a
// rating and topics.
struct SmallReviews {
  SmallReviews() {
    write_lines(folder / "train.tsv",
                {"text\tlabel\tstars\trating\ttopics", "a fine film\tpos\t3\t2.5\tfilm",
                 "a dull film\tneg\t1\t-2\tfilm", "the food was good\tpos\t3\t2\tfood",
                 "the food was cold\tneg\t1\t-1.5\tfood", "so so\tneg\t2\t-0.5\t",
                 "i liked it\tpos\t3\t1.5\t", "good film, bad food\tpos\t2\t0.5\tfilm,food",
                 "i left early\tneg\t1\t-2.5\t"});
  }

  // A tiny classifier without dropout on that text, which is also its development text.
  Experiment experiment(TargetType targets = TargetType::classes) const {
    Experiment experiment = default_experiment(TaskType::sentiment);
    experiment.name = "reviews";
    experiment.model_dir = folder / "run";
    experiment.labelled.train = experiment.labelled.dev = folder / "train.tsv";
    experiment.labelled.targets = targets;
    if (targets == TargetType::ordinal) experiment.labelled.records.label_column = "stars";
    if (targets == TargetType::value) experiment.labelled.records.label_column = "rating";
    if (targets == TargetType::multi_label) experiment.labelled.records.label_column = "topics";
    experiment.tokenizer.model_type = TokenizerModel::bpe;
    experiment.tokenizer.vocab_size = 50;
    EncoderOptions& encoder = experiment.classifier.encoder;
    encoder.embedding_dim = encoder.hidden_size = 16;
    encoder.dropout = encoder.embedding_dropout = 0;
    experiment.classifier.output_dropout = 0;
    TrainingOptions& training = experiment.training;
    training.learning_rate = 0.01;
    training.scheduling = Scheduling::none;
    training.precision = Precision::fp32;
    training.device = DeviceChoice::cpu;
    training.num_threads = 1;
    if (targets == TargetType::value) training.early_stopping_metric = Metric::rmse;
    return experiment;
  }

  TemporaryFolder folder;
};

}  // namespace rondo
