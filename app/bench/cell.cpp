#include "app/bench/cell.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/errors.h"

namespace rondo {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CellSettings, kind, folder, model, decoder,
                                                rnn_type, precision, input_feeding, tied_softmax,
                                                layers, embedding, hidden, decoder_hidden,
                                                vocabulary, threads, batch_tokens, batch_sentences,
                                                warm_up, updates, length, beam, lines, dropout,
                                                learning_rate, bleu, cosine, seed)

std::string to_json(const CellSettings& settings) { return nlohmann::json(settings).dump(); }

CellSettings read_cell(const std::filesystem::path& file) {
  std::ifstream text(file);
  try {
    return nlohmann::json::parse(text).get<CellSettings>();
  } catch (const nlohmann::json::exception& error) {
    throw DataError(file.string() + ": no settings of a measurement: " + error.what());
  }
}

}  // namespace rondo
