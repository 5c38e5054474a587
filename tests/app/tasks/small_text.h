#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "tests/support/temporary_folder.h"

namespace rondo {

inline void write_lines(const std::filesystem::path& path, const std::vector<std::string>& lines) {
  std::ofstream file(path);
  for (const std::string& line : lines) file << line << '\n';
}

// Eight sentence pairs in files of their own, to be learned by heart.
struct SmallText {
  SmallText() {
    write_lines(folder / "train.en",
                {"the cat sleeps", "a dog runs in the garden", "we sing",
                 "the old man reads a book", "rain falls on the roof", "she writes a letter to him",
                 "the train is late", "children play in the snow"});
    write_lines(folder / "train.it", {"il gatto dorme", "un cane corre nel giardino", "cantiamo",
                                      "il vecchio legge un libro", "la pioggia cade sul tetto",
                                      "lei gli scrive una lettera", "il treno arriva tardi",
                                      "i bambini giocano nella neve"});
  }

  // A tiny model without dropout on that text, which is also its development text.
  Experiment experiment() const {
    Experiment experiment;
    experiment.name = "small";
    experiment.model_dir = folder / "run";
    experiment.data.train = {folder / "train.en", folder / "train.it"};
    experiment.data.dev = experiment.data.train;
    experiment.data.src_lang = "en";
    experiment.data.trg_lang = "it";
    experiment.tokenizer.model_type = TokenizerModel::bpe;
    experiment.tokenizer.vocab_size = 60;
    EncoderOptions& encoder = experiment.model.encoder;
    encoder.embedding_dim = encoder.hidden_size = 24;
    encoder.dropout = encoder.embedding_dropout = 0;
    DecoderOptions& decoder = experiment.model.decoder;
    decoder.embedding_dim = 24;
    decoder.hidden_size = 48;
    decoder.dropout = decoder.embedding_dropout = decoder.output_dropout = 0;
    TrainingOptions& training = experiment.training;
    training.learning_rate = 0.01;
    training.scheduling = Scheduling::none;
    training.label_smoothing = 0;
    training.precision = Precision::fp32;
    training.device = DeviceChoice::cpu;
    training.num_threads = 1;
    return experiment;
  }

  TemporaryFolder folder;
};

}  // namespace rondo
