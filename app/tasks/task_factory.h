#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/config/experiment.h"
#include "app/training/hardware.h"
#include "app/training/task.h"

// The one place that knows which tasks there are.
namespace rondo {

// The experiment's task, its network fresh or, where `start` names a model or checkpoint, with the
// weights in it. Throws DataError or ConfigError for whatever it cannot take.
std::unique_ptr<Task> make_task(const Experiment& experiment, const std::filesystem::path& start,
                                const Hardware& hardware);

// What making a task anew begins with: "training the tokenizer on text/train.en and text/train.it",
// or, of a synthetic problem, "making examples as they are needed".
std::string tokenizer_notice(const Experiment& experiment);

// Whether there is a text to evaluate on in the end.
bool has_test(const Experiment& experiment);

// Throws DataError where that text cannot be read, so that it is not found out after hours.
void check_test(const Experiment& experiment);

// What the model in a file makes of that text, in a line.
std::string test_report(const Experiment& experiment, const std::filesystem::path& model,
                        const Hardware& hardware);

}  // namespace rondo
