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

// "random.cpu" of the first worker, "random.cpu.1" of the next.
std::string random_name(const torch::Device& device, int64_t rank) {
  return std::string(device.is_cpu() ? "random.cpu" : "random.cuda") +
         (rank > 0 ? "." + std::to_string(rank) : "");
}

// Of every worker, on each of them.
void save_random_states(const torch::Device& device, const Workers& workers, TensorFile& file) {
  const torch::Tensor own = generator_of(device).get_state();
  const std::string bytes(static_cast<const char*>(own.const_data_ptr()), own.nbytes());
  const std::vector<std::string> all = workers.gather(bytes);
  for (size_t rank = 0; rank < all.size(); ++rank) {
    const auto size = static_cast<int64_t>(all[rank].size());
    file.tensors[random_name(device, static_cast<int64_t>(rank))] =
        torch::from_blob(const_cast<char*>(all[rank].data()), {size}, at::kByte).clone();
  }
}

// Absent where training goes on another kind of device, or with more workers: the order of random
// numbers is then new.
void restore_random_state(const torch::Device& device, const Workers& workers,
                          const TensorFile& file) {
  const auto found = file.tensors.find(random_name(device, workers.rank()));
  if (found != file.tensors.end()) generator_of(device).set_state(found->second.cpu());
}

// Updates that were left out, as they are saved.
std::vector<NamedParameter> skip_counts(const Updater& updater) {
  const SkipCounts& counts = updater.skipped();
  return {{"total", counts.total}, {"in_a_row", counts.in_a_row}, {"longest", counts.longest}};
}

// An older checkpoint has only their number.
void restore_skip_counts(const TensorFile& file, const TrainState& state, Updater& updater) {
  if (file.tensors.count("skipped.total") == 1) {
    copy_into(skip_counts(updater), file.tensors, "skipped.");
  } else {
    updater.skipped().total.fill_(state.skipped);
  }
}

std::string metadata(const TensorFile& file, const std::string& key) {
  const auto found = file.metadata.find(key);
  return found == file.metadata.end() ? "" : found->second;
}

}  // namespace

TensorFile make_checkpoint(const Task& task, Updater& updater, const TrainState& state,
                           const Hardware& hardware) {
  TensorFile file = task.model_file(history_json(state));
  file.tensors.merge(updater.optimizer().state());
  if (updater.average()) {
    for (const NamedParameter& average : updater.average()->averages()) {
      file.tensors[kAveragePrefix + average.name] = average.tensor;
    }
  }
  for (const NamedParameter& count : skip_counts(updater)) {
    file.tensors["skipped." + count.name] = count.tensor;
  }
  file.tensors.merge(updater.guard().state());
  save_random_states(at::kCPU, hardware.workers, file);
  if (!hardware.device.is_cpu()) save_random_states(hardware.device, hardware.workers, file);
  file.metadata["training"] = to_json(state);
  file.metadata["timing"] = timing_json(state);
  file.metadata["machine"] = to_json(machine_record(hardware));
  return file;
}

TrainState train_state_in(const TensorFile& file) {
  const std::string counters = metadata(file, "training");
  if (!counters.empty()) return train_state_from_json(counters, metadata(file, "timing"));
  throw DataError("holds a model but no state of training; start from it with load_model");
}

TrainState restore_checkpoint(const TensorFile& file, Updater& updater, const Hardware& hardware) {
  const TrainState state = restore_weights(file, updater);
  restore_skip_counts(file, state, updater);
  updater.guard().load_state(file.tensors);
  restore_random_state(at::kCPU, hardware.workers, file);
  if (!hardware.device.is_cpu()) restore_random_state(hardware.device, hardware.workers, file);
  return state;
}

std::vector<std::string> changed_machine(const TensorFile& file, const Hardware& hardware) {
  const std::string record = metadata(file, "machine");
  if (record.empty()) return {};  // of an older program
  return changed_machine(machine_record_from_json(record), machine_record(hardware));
}

TrainState restore_weights(const TensorFile& file, Updater& updater) {
  const TrainState state = train_state_in(file);
  copy_into(updater.parameters(), file.tensors, "");
  updater.optimizer().load_state(file.tensors);
  if (updater.average()) {
    updater.average()->restore(file.tensors, kAveragePrefix, state.average_updates);
  }
  return state;
}

}  // namespace rondo
