#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/config/experiment.h"

namespace rondo {

// Reads an experiment strictly: any key or value that cannot be taken as it stands is a ConfigError
// that begins with file:line: key, or with --set key. Overrides are "key.path=value", later ones
// win.
Experiment load_experiment(const std::filesystem::path& file,
                           std::span<const std::string> overrides = {});
Experiment parse_experiment(std::string_view yaml, std::string_view name_for_errors,
                            std::span<const std::string> overrides = {});

// What an experiment of this task is before its file is read.
Experiment default_experiment(TaskType task);

// The effective configuration, every key written: parse_experiment gives back an equal experiment.
std::string to_yaml(const Experiment& experiment);

// All keys of a task as a commented experiment: meaning, unit, allowed values, and the default as
// value.
std::string describe_keys(TaskType task = TaskType::translation);

}  // namespace rondo
