#include "app/data/tokenizer_files.h"

#include <array>

#include "app/data/byte_source.h"
#include "app/data/line_reader.h"
#include "app/errors.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {

std::string train_tokenizer_on_files(std::span<const std::string> paths,
                                     const TokenizerOptions& options) {
  TokenizerTrainer trainer(options);
  std::string line;
  for (const std::string& path : paths) {
    LineReader reader(path);
    while (reader.next(line)) trainer.add(line);
  }
  return trainer.train();
}

std::shared_ptr<const Tokenizer> read_tokenizer(const std::string& path) {
  ByteSource source(path);
  std::string bytes;
  std::array<char, 1 << 16> block{};
  while (const size_t count = source.read(block)) bytes.append(block.data(), count);
  try {
    return load_tokenizer(std::move(bytes));
  } catch (const TokenizerError& error) {
    throw DataError(path + ": " + error.what());
  }
}

}  // namespace rondo
