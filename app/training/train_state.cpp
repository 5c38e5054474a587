#include "app/training/train_state.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/errors.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;  // metrics keep their order

// JSON knows no not-a-number; null stands for it.
double number_or_nan(const Json& value) {
  return value.is_null() ? std::nan("") : value.get<double>();
}

bool is_metric(const std::string& name) {
  return name != "update" && name != "epoch" && name != "seconds" && name != "new_best";
}

Json to_value(const KeptModel& model) { return {{"value", model.value}, {"update", model.update}}; }

KeptModel kept_model(const Json& value) {
  return {.value = value.at("value").get<double>(), .update = value.at("update").get<int64_t>()};
}

Json to_value(const ValidationRecord& record) {
  Json value{{"update", record.at.updates},
             {"epoch", record.at.epochs},
             {"seconds", record.at.seconds},
             {"new_best", record.new_best}};
  for (const MetricValue& metric : record.values) value[metric.name] = metric.value;
  return value;
}

ValidationRecord validation_record(const Json& value) {
  ValidationRecord record{.at = {.updates = value.at("update").get<int64_t>(),
                                 .epochs = value.at("epoch").get<double>(),
                                 .seconds = value.at("seconds").get<double>()},
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
  state.seconds = value.at("seconds").get<double>();
  state.target_tokens = value.at("target_tokens").get<int64_t>();
  state.skipped = value.at("skipped").get<int64_t>();
  state.average_updates = value.at("average_updates").get<int64_t>();
  state.validated_update = value.at("validated_update").get<int64_t>();
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
  const double share =
      epoch_batches > 0 ? static_cast<double>(batch) / static_cast<double>(epoch_batches) : 0;
  return {.updates = update, .epochs = static_cast<double>(epoch) + share, .seconds = seconds};
}

std::string to_json(const TrainState& state) {
  return Json{{"update", state.update},
              {"epoch", state.epoch},
              {"batch", state.batch},
              {"epoch_batches", state.epoch_batches},
              {"seconds", state.seconds},
              {"target_tokens", state.target_tokens},
              {"skipped", state.skipped},
              {"average_updates", state.average_updates},
              {"validated_update", state.validated_update},
              {"best", state.stopping.best},
              {"best_update", state.stopping.best_update},
              {"without_best", state.stopping.without_best},
              {"plateau_without_best", state.plateau.without_best},
              {"decreases", state.plateau.decreases},
              {"kept", to_list(state.kept)},
              {"history", to_list(state.history)}}
      .dump();
}

TrainState train_state_from_json(std::string_view text) {
  try {
    const Json value = Json::parse(text);
    TrainState state;
    read_counters(value, state);
    read_rules(value, state);
    for (const Json& item : value.at("kept")) state.kept.push_back(kept_model(item));
    for (const Json& item : value.at("history")) state.history.push_back(validation_record(item));
    return state;
  } catch (const Json::exception& error) {
    throw DataError(std::string("not a state of training: ") + error.what());
  }
}

std::string history_json(const TrainState& state) { return to_list(state.history).dump(); }

}  // namespace rondo
