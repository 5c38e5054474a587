#include "app/experiments/sweep.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/config/names.h"
#include "app/errors.h"
#include "app/experiments/asha.h"
#include "app/experiments/experiment_lock.h"
#include "app/experiments/progress_board.h"
#include "app/experiments/quantities.h"
#include "app/experiments/run_progress.h"
#include "app/experiments/sweep_journal.h"
#include "app/experiments/sweep_page.h"
#include "app/machine/processor.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"
#include "app/training/validation.h"

namespace rondo {
namespace {

TrainingPlan plan_of(const Sweep& sweep, const RungTask& task) {
  TrainingPlan plan{.folder = trial_folder(sweep, task.trial),
                    .settings = settings_of(sweep.space, sweep.values[task.trial])};
  const auto rung = static_cast<size_t>(task.rung);
  if (rung + 1 < sweep.rungs.size()) plan.until = sweep.rungs[rung];
  return plan;
}

Duration default_min(const TrainingOptions& training, double reduction) {
  Duration min = training.max_duration;
  min.value /= reduction * reduction;
  const Duration& validation = training.validation_freq;
  if (validation.unit == min.unit) min.value = std::max(min.value, validation.value);
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

// The winner as an experiment of its own.
std::string best_yaml(const SweepRequest& request, const Sweep& sweep, const TrialResult& best) {
  TrainingBase base = request.base;
  base.threads = 0;
  TrainingPlan plan = plan_of(sweep, {.trial = best.trial});
  plan.folder = sweep.folder / "best";
  return "# " + conclusion_of(sweep) + "\n# Trained already, to " +
         to_string(sweep.rungs[static_cast<size_t>(best.rung)]) + ": " +
         trial_folder(sweep, best.trial).string() + "\n" + to_yaml(experiment_of(base, plan));
}

void write_outcome(const SweepRequest& request, const Sweep& sweep) {
  write_file_atomically(sweep.folder / "sweep.tsv", tab_separated(rows_of(sweep)));
  write_file_atomically(sweep.folder / "sweep.html", to_html(sweep));
  if (!has_best(sweep)) return;
  write_file_atomically(sweep.folder / "best.yaml",
                        best_yaml(request, sweep, ranked(sweep).front()));
}

TrialResult result_of(const RungTask& task, const std::optional<RunResult>& run,
                      const std::string& error) {
  TrialResult result{.trial = task.trial, .rung = task.rung, .error = error};
  if (!run) return result;
  result.best = run->best;
  result.best_update = run->best_update;
  result.updates = run->updates;
  result.epochs = run->epochs;
  result.seconds = run->seconds;
  if (std::isnan(result.best) && error.empty()) result.error = "no validation gave a number";
  return result;
}

// Runs the trials as the scheduler asks.
class SweepSource : public JobSource {
 public:
  SweepSource(const SweepRequest& request, Sweep& sweep, std::ostream& messages)
      : request_(request),
        sweep_(sweep),
        board_(messages, terminal_columns()),
        asha_({.reduction = request.reduction,
               .rungs = static_cast<int>(sweep.rungs.size()),
               .trials = std::ssize(sweep.values)}),
        journal_(sweep.folder / "trials.jsonl", sweep,
                 journal_header(sweep, request.seed, request.reduction)) {
    for (const TrialResult& result : journal_.earlier()) take(result);
    if (!journal_.earlier().empty()) {
      board_.say("going on after " + std::to_string(journal_.earlier().size()) + " results");
    }
  }

  std::optional<Job> next() override {
    while (const auto task = asha_.next()) {
      const TrainingPlan plan = plan_of(sweep_, *task);
      const auto known = known_result(plan.folder);
      if (known && has_reached(*known, plan.until)) {  // it stopped early at a lower rung, say
        record(result_of(*task, known, ""));
        continue;
      }
      Job job = training_job(request_.base, plan);
      job.id = next_id_++;
      at_work_.emplace(job.id, AtWork{*task, {RunFolder{plan.folder}.metrics(), sweep_.metric}});
      return job;
    }
    return std::nullopt;
  }

  void ended(const Job& job, const JobEnd& end) override {
    const RungTask task = at_work_.at(job.id).task;
    at_work_.erase(job.id);
    const TrainingPlan plan = plan_of(sweep_, task);
    const auto known = known_result(plan.folder);
    const std::string error = failure_of(end, plan, known);
    const bool stopping = request_.stop_requested && request_.stop_requested();
    if (!error.empty() && stopping) return;  // not its own end: it goes on next time
    record(result_of(task, known, error));
  }

  void look() override {
    std::vector<std::string> lines;
    for (auto& [id, one] : at_work_) {
      lines.push_back("trial " + std::to_string(one.task.trial) + " to " +
                      to_string(sweep_.rungs[one.task.rung]) + "  " +
                      progress_text(one.reader.look(), sweep_.metric) + "  (" +
                      shown_values(sweep_, one.task.trial) + ")");
    }
    lines.push_back(std::to_string(sweep_.results.size()) + " of " +
                    std::to_string(sweep_.values.size()) + " trials have results");
    board_.draw(lines);
  }

 private:
  struct AtWork {
    RungTask task{};
    ProgressReader reader;
  };

  void take(const TrialResult& result) {
    const bool failed = !result.error.empty();
    const double score = is_better(sweep_.metric, 1, 0) ? result.best : -result.best;
    asha_.report({result.trial, result.rung}, failed ? NAN : score);
    add_result(sweep_, result);
  }

  void record(const TrialResult& result) {
    take(result);
    journal_.add(sweep_, result);
    const MetricLook look = look_of(yaml_name(sweep_.metric));
    board_.say("trial " + std::to_string(result.trial) + " (" + shown_values(sweep_, result.trial) +
               ") " +
               (result.error.empty()
                    ? "to " + to_string(sweep_.rungs[result.rung]) + ": " +
                          std::string(look.title) + " " + fixed_digits(result.best, look.decimals)
                    : "failed: " + result.error));
    write_outcome(request_, sweep_);
  }

  const SweepRequest& request_;
  Sweep& sweep_;
  ProgressBoard board_;
  Asha asha_;
  SweepJournal journal_;
  std::map<int64_t, AtWork> at_work_{};  // by job
  int64_t next_id_ = 0;
};

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
