#include "app/training/train_state.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/errors.h"
#include "app/storage/tensor_header.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;  // metrics keep their order

// JSON knows no not-a-number and no infinity; null and texts stand for them.
double number_or_nan(const Json& value) {
  if (value.is_null()) return std::nan("");
  if (!value.is_string()) return value.get<double>();
  const double infinity = std::numeric_limits<double>::infinity();
  return value.get<std::string>() == "-inf" ? -infinity : infinity;
}

Json exact(double number) {
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  return number;
}

bool is_metric(const std::string& name) {
  return name != "update" && name != "epoch" && name != "seconds" && name != "new_best";
}

Json to_value(const KeptModel& model) {
  return {{"value", exact(model.value)}, {"update", model.update}};
}

KeptModel kept_model(const Json& value) {
  return {.value = number_or_nan(value.at("value")), .update = value.at("update").get<int64_t>()};
}

Json to_value(const ValidationRecord& record) {
  Json value{
      {"update", record.at.updates}, {"epoch", record.at.epochs}, {"new_best", record.new_best}};
  for (const MetricValue& metric : record.values) value[metric.name] = metric.value;
  return value;
}

ValidationRecord validation_record(const Json& value) {
  ValidationRecord record{.at = {.updates = value.at("update").get<int64_t>(),
                                 .epochs = value.at("epoch").get<double>(),
                                 .seconds = value.value("seconds", 0.0)},
                          .new_best = value.at("new_best").get<bool>()};
  for (const auto& [name, number] : value.items()) {
    if (is_metric(name)) record.values.push_back({name, number_or_nan(number)});
  }
  return record;
}

template <typename Item>
Json to_list(const std::vector<Item>& items) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(to_value(item));
  return list;
}

void read_counters(const Json& value, TrainState& state) {
  state.update = value.at("update").get<int64_t>();
  state.epoch = value.at("epoch").get<int64_t>();
  state.batch = value.at("batch").get<int64_t>();
  state.epoch_batches = value.at("epoch_batches").get<int64_t>();
  state.seconds = value.value("seconds", 0.0);
  state.target_tokens = value.at("target_tokens").get<int64_t>();
  state.skipped = value.at("skipped").get<int64_t>();
  state.average_updates = value.at("average_updates").get<int64_t>();
  state.validated_update = value.at("validated_update").get<int64_t>();
}

// Older checkpoints have none of these.
void read_later_counters(const Json& value, TrainState& state) {
  state.rate_scale = value.value("rate_scale", 1.0);
  state.rollbacks = value.value("rollbacks", int64_t{0});
  state.snapshots = value.value("snapshots", int64_t{0});
  state.block = value.value("block", int64_t{0});
  state.blocks = value.value("blocks", int64_t{1});
  state.block_begin = value.value("block_begin", int64_t{0});
  state.window_targets = value.value("window_targets", int64_t{0});
  state.window_tokens = value.value("window_tokens", int64_t{0});
  state.metrics_bytes = value.value("metrics_bytes", int64_t{-1});
}

void read_timing(const Json& value, TrainState& state) {
  state.seconds = value.at("seconds").get<double>();
  state.window_began = value.at("window_began").get<double>();
  const Json& validations = value.at("validations");
  for (size_t i = 0; i < state.history.size(); ++i) {
    state.history[i].at.seconds = validations.at(i).get<double>();
  }
}

void read_rules(const Json& value, TrainState& state) {
  state.stopping = {.best = number_or_nan(value.at("best")),
                    .best_update = value.at("best_update").get<int64_t>(),
                    .without_best = value.at("without_best").get<int64_t>()};
  state.plateau = {.without_best = value.at("plateau_without_best").get<int64_t>(),
                   .decreases = value.at("decreases").get<int64_t>()};
}

}  // namespace

Position TrainState::position() const {
  const double share = share_of_epoch(
      batch, {.number = block, .count = blocks, .begin = block_begin, .end = epoch_batches});
  return {.updates = update, .epochs = static_cast<double>(epoch) + share, .seconds = seconds};
}

std::string to_json(const TrainState& state) {
  return Json{{"update", state.update},
              {"epoch", state.epoch},
              {"batch", state.batch},
              {"epoch_batches", state.epoch_batches},
              {"block", state.block},
              {"blocks", state.blocks},
              {"block_begin", state.block_begin},
              {"target_tokens", state.target_tokens},
              {"skipped", state.skipped},
              {"average_updates", state.average_updates},
              {"validated_update", state.validated_update},
              {"rate_scale", state.rate_scale},
              {"rollbacks", state.rollbacks},
              {"snapshots", state.snapshots},
              {"window_targets", state.window_targets},
              {"window_tokens", state.window_tokens},
              {"metrics_bytes", state.metrics_bytes},
              {"best", exact(state.stopping.best)},
              {"best_update", state.stopping.best_update},
              {"without_best", state.stopping.without_best},
              {"plateau_without_best", state.plateau.without_best},
              {"decreases", state.plateau.decreases},
              {"kept", to_list(state.kept)},
              {"history", to_list(state.history)}}
      .dump();
}

std::string timing_json(const TrainState& state) {
  Json validations = Json::array();
  for (const ValidationRecord& record : state.history) validations.push_back(record.at.seconds);
  return Json{{"seconds", state.seconds},
              {"window_began", state.window_began},
              {"validations", validations}}
      .dump();
}

TrainState train_state_from_json(std::string_view text, std::string_view timing) {
  try {
    const Json value = Json::parse(text);
    TrainState state;
    read_counters(value, state);
    read_later_counters(value, state);
    read_rules(value, state);
    for (const Json& item : value.at("kept")) state.kept.push_back(kept_model(item));
    for (const Json& item : value.at("history")) state.history.push_back(validation_record(item));
    state.window_began = state.seconds;
    if (!timing.empty()) read_timing(Json::parse(timing), state);
    return state;
  } catch (const Json::exception& error) {
    throw DataError(std::string("not a state of training: ") + error.what());
  }
}

TrainState read_train_state(const std::filesystem::path& checkpoint) {
  const std::string where = checkpoint.string();
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(checkpoint, error);
  std::ifstream in(checkpoint, std::ios::binary);
  if (!in || error) throw DataError(where + ": cannot be read");
  const TensorHeader header = read_tensor_header(in, size, where);
  const auto state = header.metadata.find("training"), timing = header.metadata.find("timing");
  if (state == header.metadata.end()) throw DataError(where + ": holds no state of training");
  return train_state_from_json(state->second,
                               timing == header.metadata.end() ? "" : timing->second);
}

std::string history_json(const TrainState& state) { return to_list(state.history).dump(); }

}  // namespace rondo
