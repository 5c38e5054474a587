#pragma once

#include <string>
#include <vector>

#include "app/report/diagnosis.h"

namespace rondo {

struct DiagnosisRequest {
  std::string subject{};  // an experiment (.yaml), a model, a checkpoint, a run folder
  std::vector<std::string> overrides{};  // KEY=VALUE of its configuration
  std::vector<std::string> text{};       // read instead of the training text: source and target of
                                         // a translator, one file else
};

// How gradients flow through a network: at initialisation, of an experiment; as it has become, of a
// model. Of a checkpoint also how far one more update would move it. Nothing is written. Throws
// ConfigError and DataError.
Diagnosis diagnose(const DiagnosisRequest& request);

}  // namespace rondo
