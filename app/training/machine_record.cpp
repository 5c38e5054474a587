#include "app/training/machine_record.h"

#include <nlohmann/json.hpp>

#include "app/errors.h"

namespace rondo {

using Json = nlohmann::ordered_json;

std::string program_version() { return RONDO_VERSION; }

std::string to_json(const MachineRecord& record) {
  return Json{{"program", record.program},     {"libtorch", record.libtorch},
              {"processor", record.processor}, {"kernels", record.kernels},
              {"device", record.device},       {"precision", record.precision},
              {"threads", record.threads},     {"workers", record.workers}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

MachineRecord machine_record_from_json(std::string_view text) {
  try {
    const Json value = Json::parse(text);
    return {.program = value.at("program").get<std::string>(),
            .libtorch = value.at("libtorch").get<std::string>(),
            .processor = value.at("processor").get<std::string>(),
            .kernels = value.at("kernels").get<std::string>(),
            .device = value.at("device").get<std::string>(),
            .precision = value.at("precision").get<std::string>(),
            .threads = value.at("threads").get<int64_t>(),
            .workers = value.value("workers", int64_t{1})};  // an older program had one
  } catch (const Json::exception& error) {
    throw DataError(std::string("not a record of a machine: ") + error.what());
  }
}

std::vector<std::string> changed_machine(const MachineRecord& before, const MachineRecord& now) {
  std::vector<std::string> lines;
  const auto compare = [&](const std::string& name, const std::string& was, const std::string& is,
                           const std::string& sureness = "will") {
    if (is == was) return;
    lines.push_back(name + ": " + is + ", was " + was + ": results " + sureness +
                    " differ in the last bits");
  };
  compare("program", before.program, now.program, "may");
  compare("LibTorch", before.libtorch, now.libtorch);
  compare("processor", before.processor, now.processor);
  compare("kernels", before.kernels, now.kernels);
  compare("device", before.device, now.device);
  compare("precision", before.precision, now.precision);
  compare("threads", std::to_string(before.threads), std::to_string(now.threads));
  if (before.workers != now.workers) {
    lines.push_back(
        "workers: " + std::to_string(now.workers) + ", was " + std::to_string(before.workers) +
        ": training goes on at the same place in the text; an update has as many " +
        "times batch_multiplier batches as there are workers, and dropout is drawn " + "otherwise");
  }
  return lines;
}

}  // namespace rondo
