#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/experiments/job_runner.h"
#include "app/storage/run_result.h"

namespace rondo {

// The experiment that trainings vary, and how each is started.
struct TrainingBase {
  std::string program{};
  std::filesystem::path config{};
  std::vector<std::string> settings{};  // "key=value", for every training
  int64_t threads = 0;                  // of each training; 0 = as the configuration says
};

// One training of it.
struct TrainingPlan {
  std::filesystem::path folder{};       // empty = model_dir of the configuration
  std::vector<std::string> settings{};  // besides those of the base
  Duration until{};                     // none = to its end
};

// `rondo train CONFIG --set ... --resume`, which begins where there is nothing to go on from.
Job training_job(const TrainingBase& base, const TrainingPlan& plan);

// Checked as `rondo train` will. Throws ConfigError.
Experiment experiment_of(const TrainingBase& base, const TrainingPlan& plan);

// Throws ConfigError where the folder holds a run of another experiment; where it is, with how many
// threads and on what device it runs may differ.
void check_same_experiment(const std::filesystem::path& folder, const Experiment& experiment);

// Whether nothing is left to train until there.
bool has_reached(const RunResult& result, const Duration& until);

// What the folder's result.json says; nothing where there is none, or it is damaged: the training
// that goes on writes it anew.
std::optional<RunResult> known_result(const std::filesystem::path& folder);

// What went wrong: empty when the training came to where it should.
std::string failure_of(const JobEnd& end, const TrainingPlan& plan,
                       const std::optional<RunResult>& result);

// Threads of each of so many trainings at once; 0, all of them, for one.
int64_t threads_each(int64_t cores, int64_t workers);

}  // namespace rondo
