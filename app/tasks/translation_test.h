#pragma once

#include <filesystem>
#include <string>

#include "app/config/experiment.h"

namespace rondo {

// Translates the experiment's test text with the model in a file, searched for as `testing` says,
// and scores it: "test: BLEU 39.2, chrF 62.5 (beam 5, 1,000 lines)". Throws DataError where the
// text is missing or its sides differ in length.
std::string translation_test_report(const Experiment& experiment,
                                    const std::filesystem::path& model);

}  // namespace rondo
