#include "app/experiments/sweep_source.h"

#include <cmath>

#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/config/names.h"
#include "app/experiments/quantities.h"
#include "app/experiments/sweep_page.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"
#include "app/training/validation.h"

namespace rondo {
namespace {

// The winner as an experiment of its own.
std::string best_yaml(const SweepRequest& request, const Sweep& sweep, const TrialResult& best) {
  TrainingBase base = request.base;
  base.threads = 0;
  TrainingPlan plan = plan_of(sweep, {.trial = best.trial});
  plan.folder = sweep.folder / "best";
  const std::string reached =
      sweep.rungs.size() > 1 ? ", to " + to_string(sweep.rungs[best.rung]) : "";
  return "# Found by rondo sweep as trial " + std::to_string(best.trial) + " of " +
         std::to_string(sweep.results.size()) + "; trained already" + reached + ":\n# " +
         trial_folder(sweep, best.trial).string() + "\n" + to_yaml(experiment_of(base, plan));
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

}  // namespace

TrainingPlan plan_of(const Sweep& sweep, const RungTask& task) {
  TrainingPlan plan{.folder = trial_folder(sweep, task.trial),
                    .settings = settings_of(sweep.space, sweep.values[task.trial])};
  const auto rung = static_cast<size_t>(task.rung);
  if (rung + 1 < sweep.rungs.size()) plan.until = sweep.rungs[rung];
  return plan;
}

void write_outcome(const SweepRequest& request, const Sweep& sweep) {
  write_file_atomically(sweep.folder / "sweep.tsv", tab_separated(rows_of(sweep)));
  write_file_atomically(sweep.folder / "sweep.html", to_html(sweep));
  if (!has_best(sweep)) return;
  write_file_atomically(sweep.folder / "best.yaml",
                        best_yaml(request, sweep, ranked(sweep).front()));
}

SweepSource::SweepSource(const SweepRequest& request, Sweep& sweep, std::ostream& messages)
    : request_(request),
      sweep_(sweep),
      board_(messages, terminal_columns()),
      asha_({.reduction = request.reduction,
             .rungs = static_cast<int>(sweep.rungs.size()),
             .trials = std::ssize(sweep.values)}),
      journal_(sweep.folder / "trials.jsonl", sweep,
               journal_header(sweep, request.seed, request.reduction)) {
  for (const TrialResult& result : journal_.earlier()) take(result);
  if (journal_.earlier().empty()) return;
  board_.say("going on after " + counted(std::ssize(journal_.earlier()), "result"));
}

std::optional<Job> SweepSource::next() {
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

void SweepSource::ended(const Job& job, const JobEnd& end) {
  const RungTask task = at_work_.at(job.id).task;
  at_work_.erase(job.id);
  const TrainingPlan plan = plan_of(sweep_, task);
  const auto known = known_result(plan.folder);
  const std::string error = failure_of(end, plan, known);
  const bool stopping = request_.stop_requested && request_.stop_requested();
  if (!error.empty() && stopping) return;  // not its own end: it goes on next time
  record(result_of(task, known, error));
}

void SweepSource::look() {
  std::vector<std::string> lines;
  for (auto& [id, one] : at_work_) {
    lines.push_back("trial " + std::to_string(one.task.trial) + " to " +
                    to_string(sweep_.rungs[one.task.rung]) + "  " +
                    progress_text(one.reader.look(), sweep_.metric) + "  (" +
                    shown_values(sweep_, one.task.trial) + ")");
  }
  lines.push_back(std::to_string(sweep_.results.size()) + " of " +
                  counted(std::ssize(sweep_.values), "trial") + " have results");
  board_.draw(lines);
}

void SweepSource::take(const TrialResult& result) {
  const bool failed = !result.error.empty();
  const double score = is_better(sweep_.metric, 1, 0) ? result.best : -result.best;
  asha_.report({result.trial, result.rung}, failed ? NAN : score);
  add_result(sweep_, result);
}

void SweepSource::record(const TrialResult& result) {
  take(result);
  journal_.add(sweep_, result);
  board_.say("trial " + std::to_string(result.trial) + " (" + shown_values(sweep_, result.trial) +
             ") " + outcome_text(result));
  write_outcome(request_, sweep_);
}

std::string SweepSource::outcome_text(const TrialResult& result) const {
  if (!result.error.empty()) return "failed: " + result.error;
  const MetricLook look = look_of(yaml_name(sweep_.metric));
  return "to " + to_string(sweep_.rungs[result.rung]) + ": " + std::string(look.title) + " " +
         fixed_digits(result.best, look.decimals);
}

}  // namespace rondo
