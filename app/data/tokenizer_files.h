#pragma once

#include <memory>
#include <span>
#include <string>

#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// Trains a SentencePiece model on the lines of all files together, in bounded memory; returns its
// bytes. Throws DataError or TokenizerError.
std::string train_tokenizer_on_files(std::span<const std::string> paths,
                                     const TokenizerOptions& options);

// A SentencePiece .model file. Throws DataError naming the path.
std::shared_ptr<const Tokenizer> read_tokenizer(const std::string& path);

}  // namespace rondo
