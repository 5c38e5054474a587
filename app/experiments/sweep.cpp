#include "app/experiments/sweep.h"

#include <algorithm>
#include <cmath>

#include "app/config/duration.h"
#include "app/errors.h"
#include "app/experiments/asha.h"
#include "app/experiments/experiment_lock.h"
#include "app/experiments/quantities.h"
#include "app/experiments/sweep_source.h"
#include "app/machine/processor.h"

namespace rondo {
namespace {

// The whole / reduction^2, up to the next validation where both are counted alike.
Duration default_min(const TrainingOptions& training, double reduction) {
  Duration min = training.max_duration;
  min.value /= reduction * reduction;
  const Duration& validation = training.validation_freq;
  const bool alike = validation.unit == min.unit;
  const double step = alike ? validation.value : min.unit == Duration::Unit::seconds ? 60 : 1;
  min.value = step * std::max(1.0, std::ceil(min.value / step - 1e-9));
  return min;
}

std::vector<Duration> rungs_of(const SweepRequest& request, const TrainingOptions& training) {
  const Duration& whole = training.max_duration;
  if (request.search != SearchKind::asha) return {whole};
  const bool given = request.min_resource.unit != Duration::Unit::none;
  const Duration min = given ? request.min_resource : default_min(training, request.reduction);
  const std::string where = "--min-resource " + to_string(min) + ": ";
  if (min.unit != whole.unit || min.value >= whole.value) {
    throw ConfigError(where + "expected less than training.duration, " + to_string(whole) +
                      ", in its unit");
  }
  const Duration& validation = training.validation_freq;
  if (validation.unit == min.unit && validation.value > min.value) {
    throw ConfigError(where +
                      "trials would be judged before their first validation; give at least "
                      "training.validation_freq, " +
                      to_string(validation));
  }
  return rung_resources(whole, min, request.reduction);
}

void check_trials(const SweepRequest& request, const Sweep& sweep) {
  for (int64_t trial = 0; trial < std::ssize(sweep.values); ++trial) {
    const TrainingPlan plan = plan_of(sweep, {.trial = trial});
    const Experiment experiment = experiment_of(request.base, plan);
    check_same_experiment(plan.folder, experiment);
    const TrainingOptions& training = experiment.training;
    if (training.early_stopping_metric != sweep.metric) {
      throw ConfigError("--key: every trial needs the same training.early_stopping_metric");
    }
    if (request.search == SearchKind::asha && training.max_duration != sweep.rungs.back()) {
      throw ConfigError("--key training.duration: not with --search asha, which shares it out");
    }
  }
}

}  // namespace

Sweep plan_sweep(const SweepRequest& request) {
  if (request.space.empty()) throw ConfigError("rondo sweep: give at least one --key");
  const Experiment experiment = experiment_of(request.base, {});
  Sweep sweep{.name = experiment.name,
              .folder = request.folder,
              .metric = experiment.training.early_stopping_metric,
              .space = request.space,
              .search = request.search};
  if (sweep.folder.empty()) sweep.folder = experiment.model_dir.string() + "-sweep";
  sweep.rungs = rungs_of(request, experiment.training);
  sweep.values = plan_trials(request.space, request.search, request.seed, request.trials);
  check_trials(request, sweep);
  return sweep;
}

std::string describe(const Sweep& sweep, const SweepRequest& request) {
  std::string text = counted(std::ssize(sweep.values), "trial") + ", " + name_of(sweep.search);
  double trained = 0, before = 0, share = 1;
  for (const Duration& rung : sweep.rungs) {
    const double trials = std::floor(static_cast<double>(sweep.values.size()) * share + 1e-9);
    trained += trials * (rung.value - before);
    before = rung.value;
    share /= request.reduction;
    text += ", " + shown_count(trials) + " to " + to_string(rung);
  }
  const Duration all{sweep.rungs.back().unit, std::round(trained)};
  text += ": about " + to_string(all) + " of training in all\n";
  if (share * request.reduction * static_cast<double>(sweep.values.size()) < 1 - 1e-9) {
    text += "none may reach the whole: give more --trials or a longer --min-resource\n";
  }
  for (int64_t trial = 0; trial < std::ssize(sweep.values); ++trial) {
    text += "trial " + std::to_string(trial) + "  " + shown_values(sweep, trial) + "\n";
  }
  return text;
}

Sweep run_sweep(const SweepRequest& request, Sweep sweep, std::ostream& messages) {
  const ExperimentLock lock(sweep.folder);
  SweepRequest adjusted = request;
  if (experiment_of(request.base, {}).training.num_threads == 0) {
    adjusted.base.threads = threads_each(this_processor().usable_cores, request.workers);
  }
  bool finished = false;
  {
    SweepSource source(adjusted, sweep, messages);
    finished =
        run_jobs(source, {.workers = request.workers, .stop_requested = request.stop_requested});
  }
  write_outcome(request, sweep);
  if (!finished) {
    throw Interrupted("stopped; what was trained is saved in " + sweep.folder.string() +
                      ": give the same command to go on");
  }
  return sweep;
}

}  // namespace rondo
