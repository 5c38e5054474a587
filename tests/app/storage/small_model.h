#pragma once

#include "app/storage/model_file.h"

namespace rondo {

// A translation model of a few hundred weights with character tokenizers, drawn from a fixed seed.
TranslationModel small_model(bool joint, DecoderType decoder = DecoderType::gnmt);

}  // namespace rondo
