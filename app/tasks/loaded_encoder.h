#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>

#include "app/storage/tensor_file.h"
#include "app/tasks/piece_mapping.h"
#include "models/options.h"
#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// The part of a model that reads text, whatever the task it was trained for.
struct LoadedEncoder {
  std::string path{}, task{};
  std::shared_ptr<const Tokenizer> tokenizer{};
  EncoderOptions options{};
  double embedding_scale = 1;  // what embedded tokens are multiplied by on their way in
  std::string embedding{};     // its name among the tensors
  int64_t members = 1;         // of an ensemble, whose names begin with member_N.
  TensorFile file{};
};

// Throws DataError naming the file where it is no translator, classifier or language model.
LoadedEncoder load_encoder(const std::string& path, const TokenizerOptions& sampling);

// Where a loaded encoder goes: a network with a module "encoder" and this embedding.
struct EncoderPlace {
  torch::nn::Module& network;
  std::string embedding = "embedding.weight";
  double embedding_scale = 1;
  int64_t member = 0;  // takes the encoder of the member of this number, counted round
};

// Copies embedding and encoder. mapping: of the embedding's rows, where the vocabulary is another.
// Throws DataError.
void take_encoder(const LoadedEncoder& loaded, const EncoderPlace& place,
                  const PieceMapping* mapping = nullptr);

}  // namespace rondo
