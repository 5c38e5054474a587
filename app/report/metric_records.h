#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/metrics/metric_record.h"
#include "app/report/run_history.h"

// The lines of metrics.jsonl as they are read. What a record lacks, or has in another form, is left
// at not-a-number or empty.
namespace rondo {

std::string text_in(const nlohmann::ordered_json& record, const char* key);
int64_t update_in(const nlohmann::ordered_json& record);

TrainPoint train_point(const nlohmann::ordered_json& record);
ValidPoint valid_point(const nlohmann::ordered_json& record);
GradientHealth gradient_health(const nlohmann::ordered_json& record);

}  // namespace rondo
