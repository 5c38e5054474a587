#include "app/training/checkpoint.h"

#include <ATen/CPUGeneratorImpl.h>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr const char* kAveragePrefix = "average.";

// Generator states are byte tensors that live on the CPU, whatever they belong to.
at::Generator generator_of(const torch::Device& device) {
  return device.is_cpu() ? at::detail::getDefaultCPUGenerator()
                         : at::globalContext().defaultGenerator(device);
}

std::string random_name(const torch::Device& device) {
  return device.is_cpu() ? "random.cpu" : "random.cuda";
}

void save_random_state(const torch::Device& device, TensorFile& file) {
  file.tensors[random_name(device)] = generator_of(device).get_state();
}

// Absent where training goes on another kind of device: the order of random numbers is then new.
void restore_random_state(const torch::Device& device, const TensorFile& file) {
  const auto found = file.tensors.find(random_name(device));
  if (found != file.tensors.end()) generator_of(device).set_state(found->second.cpu());
}

}  // namespace

TensorFile make_checkpoint(const Task& task, Updater& updater, const TrainState& state) {
  TensorFile file = task.model_file(history_json(state));
  file.tensors.merge(updater.optimizer().state());
  if (updater.average()) {
    for (const NamedParameter& average : updater.average()->averages()) {
      file.tensors[kAveragePrefix + average.name] = average.tensor;
    }
  }
  file.tensors.merge(updater.guard().state());
  save_random_state(at::kCPU, file);
  const torch::Device device = updater.parameters().front().tensor.device();
  if (!device.is_cpu()) save_random_state(device, file);
  file.metadata["training"] = to_json(state);
  return file;
}

TrainState restore_checkpoint(const TensorFile& file, Updater& updater, const Hardware& hardware) {
  const auto counters = file.metadata.find("training");
  if (counters == file.metadata.end()) {
    throw DataError("holds a model but no state of training; start from it with load_model");
  }
  TrainState state = train_state_from_json(counters->second);
  copy_into(updater.parameters(), file.tensors, "");
  updater.optimizer().load_state(file.tensors);
  if (updater.average()) {
    updater.average()->restore(file.tensors, kAveragePrefix, state.average_updates);
  }
  updater.guard().load_state(file.tensors);
  restore_random_state(at::kCPU, file);
  if (!hardware.device.is_cpu()) restore_random_state(hardware.device, file);
  return state;
}

int64_t restore_weights(const TensorFile& file, Updater& updater) {
  const TrainState state = train_state_from_json(file.metadata.at("training"));
  copy_into(updater.parameters(), file.tensors, "");
  updater.optimizer().load_state(file.tensors);
  if (updater.average()) {
    updater.average()->restore(file.tensors, kAveragePrefix, state.average_updates);
  }
  return state.update;
}

}  // namespace rondo
