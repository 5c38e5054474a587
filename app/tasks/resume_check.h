#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/training/checkpoint_comparison.h"

namespace rondo {

struct ResumeReport {
  int64_t updates = 0, stopped_at = 0;
  std::vector<ComparedPart> parts{};
  std::vector<std::string> warnings{};  // what may still make two runs differ

  bool equal() const;
  // A table of what was compared, and what came of it.
  std::string text() const;
};

// Trains the experiment twice for so many updates, at least 8, in a folder beside model_dir that
// goes away afterwards: once without a stop; once stopped about half way, everything destroyed,
// built afresh from what is on disk, and trained to the end. Validations, log lines and
// checkpoints come more often than the experiment says, and a translator's development text is cut
// short. Throws ConfigError and DataError as training does.
ResumeReport check_resume(const Experiment& experiment, int64_t updates);

}  // namespace rondo
