#include "app/experiments/training_job.h"

#include <algorithm>
#include <csignal>
#include <cstring>

#include "app/config/changes.h"
#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/run_folder.h"
#include "app/training/position.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// A value that begins as YAML's lists and quotes do would be read as YAML.
std::string folder_setting(const fs::path& folder) {
  const std::string text = folder.string();
  const bool plain = text.empty() || std::string_view("[{\"'").find(text[0]) == std::string::npos;
  return "model_dir=" + (plain ? text : "./" + text);
}

std::vector<std::string> all_settings(const TrainingBase& base, const TrainingPlan& plan) {
  std::vector<std::string> settings = base.settings;
  settings.insert(settings.end(), plan.settings.begin(), plan.settings.end());
  if (base.threads > 0) settings.push_back("training.num_threads=" + std::to_string(base.threads));
  if (!plan.folder.empty()) settings.push_back(folder_setting(plan.folder));
  return settings;
}

// What may differ between two calls for one run.
Experiment without_place(Experiment experiment) {
  experiment.model_dir.clear();
  experiment.training.num_threads = 0;
  experiment.training.device = DeviceChoice::automatic;
  experiment.training.overwrite = false;
  return experiment;
}

}  // namespace

Job training_job(const TrainingBase& base, const TrainingPlan& plan) {
  Job job{.command = {base.program, "train", base.config.string()},
          .output = plan.folder / "output.log"};
  for (const std::string& setting : all_settings(base, plan)) {
    job.command.insert(job.command.end(), {"--set", setting});
  }
  job.command.emplace_back("--resume");
  if (plan.until.unit != Duration::Unit::none) {
    job.command.insert(job.command.end(), {"--until", to_string(plan.until)});
  }
  return job;
}

Experiment experiment_of(const TrainingBase& base, const TrainingPlan& plan) {
  return load_experiment(base.config, all_settings(base, plan));
}

void check_same_experiment(const fs::path& folder, const Experiment& experiment) {
  const fs::path config = RunFolder{folder}.config();
  if (!fs::exists(config)) return;
  const auto changes =
      changed_keys(without_place(load_experiment(config)), without_place(experiment));
  if (changes.empty()) return;
  throw ConfigError(config.string() + ": a run of another experiment (" + changes.front() +
                    "); remove its folder, or choose another one by -o");
}

bool has_reached(const RunResult& result, const Duration& until) {
  if (result.complete) return true;
  if (until.unit == Duration::Unit::none) return false;
  const Position at{.updates = result.updates, .epochs = result.epochs, .seconds = result.seconds};
  return progress(until, at) >= 1 - 1e-9;
}

std::optional<RunResult> known_result(const fs::path& folder) {
  try {
    return read_run_result(folder);
  } catch (const DataError&) {
    return std::nullopt;
  }
}

std::string failure_of(const JobEnd& end, const TrainingPlan& plan,
                       const std::optional<RunResult>& result) {
  if (end.process.signal != 0) {
    return std::string("killed by a signal: ") + ::strsignal(end.process.signal) +
           (end.process.signal == SIGKILL ? " (out of memory?)" : "");
  }
  if (end.process.status != 0) {
    const std::string said =
        end.last_words.starts_with("rondo: ") ? end.last_words.substr(7) : end.last_words;
    return said.empty() ? "exit status " + std::to_string(end.process.status) : said;
  }
  if (!result) return "it ended without a result.json";
  return has_reached(*result, plan.until) ? "" : "it ended early: " + result->ended;
}

int64_t threads_each(int64_t cores, int64_t workers) {
  return workers > 1 ? std::max<int64_t>(1, cores / workers) : 0;
}

}  // namespace rondo
