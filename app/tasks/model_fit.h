#pragma once

#include <string>

#include "models/options.h"

// Whether the weights of a file mean the same in an experiment's model: sizes, and what changes
// what they compute. Dropouts may differ, and so may vocabularies. Each throws DataError beginning
// with `where` and naming the key to change.
namespace rondo {

void check_fits(const std::string& where, const EncoderOptions& found,
                const EncoderOptions& wanted);
void check_fits(const std::string& where, const Seq2SeqOptions& found,
                const Seq2SeqOptions& wanted);
void check_fits(const std::string& where, const ClassifierOptions& found,
                const ClassifierOptions& wanted);

}  // namespace rondo
