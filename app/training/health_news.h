#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/report/gradient_health.h"

namespace rondo {

// What the log is told of the diagnoses: once how far gradients reach, then a layer only where its
// verdict has changed, so that a sick network does not flood the log.
class HealthNews {
 public:
  std::vector<std::string> tell(const GradientHealth& health);

 private:
  bool begun_ = false;
  std::map<std::string, Verdict> told_{};
};

// "gradients reach 23 of 31 steps in encoder.forward_0, the least of 4 layers"
std::string reach_line(const GradientHealth& health);

}  // namespace rondo
