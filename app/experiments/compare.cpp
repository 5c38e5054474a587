#include "app/experiments/compare.h"

#include <algorithm>
#include <map>

#include "app/config/duration.h"
#include "app/config/names.h"
#include "app/errors.h"
#include "app/experiments/comparison_page.h"
#include "app/experiments/experiment_lock.h"
#include "app/experiments/progress_board.h"
#include "app/experiments/quantities.h"
#include "app/experiments/run_progress.h"
#include "app/machine/processor.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSeedKey = "training.random_seed";

void check_seeds(const CompareRequest& request) {
  if (request.seeds == 1) return;
  for (const Variation& variation : request.variations) {
    if (std::ranges::count(variation.group.keys, kSeedKey) == 0) continue;
    throw ConfigError("--vary training.random_seed: leave it out, as --seeds varies it");
  }
}

std::vector<Variant> all_variants(const CompareRequest& request) {
  std::vector<Variant> variants = grid_of(request.variations);
  for (const Variant& variant : request.also) {
    if (std::ranges::count(variants, variant.name, &Variant::name) > 0) {
      throw ConfigError("--also " + variant.name + ": this name is taken; give another");
    }
    variants.push_back(variant);
  }
  return variants;
}

void add_variant(const CompareRequest& request, const Variant& variant, ComparePlan& plan) {
  VariantOutcome outcome{.variant = variant};
  TrainingPlan first{.settings = variant.settings};
  const uint64_t base_seed = experiment_of(request.base, first).training.random_seed;
  for (int64_t i = 0; i < request.seeds; ++i) {
    TrainingPlan one = first;
    const std::string seed = std::to_string(base_seed + static_cast<uint64_t>(i));
    one.folder = plan.folder / (variant.name + (i > 0 ? ".seed" + seed : ""));
    if (i > 0) one.settings.push_back(std::string(kSeedKey) + "=" + seed);
    plan.experiments.push_back(experiment_of(request.base, one));
    outcome.runs.push_back({.seed = base_seed + static_cast<uint64_t>(i), .folder = one.folder});
    plan.plans.push_back(std::move(one));
  }
  plan.comparison.variants.push_back(std::move(outcome));
}

void write_outcome(const fs::path& folder, const Comparison& comparison) {
  write_file_atomically(folder / "compare.tsv", to_tsv(comparison));
  write_file_atomically(folder / "compare.json", to_json(comparison));
  write_file_atomically(folder / "compare.html", to_html(comparison));
}

// Runs the trainings of a plan, the first seed of every variant before the second of any.
class CompareSource : public JobSource {
 public:
  CompareSource(const CompareRequest& request, ComparePlan& plan, std::ostream& messages)
      : request_(request), plan_(plan), board_(messages, terminal_columns()) {
    for (int64_t seed = 0; seed < request.seeds; ++seed) {
      for (size_t variant = 0; variant < plan.comparison.variants.size(); ++variant) {
        order_.push_back(variant * static_cast<size_t>(request.seeds) + static_cast<size_t>(seed));
      }
    }
  }

  std::optional<Job> next() override {
    while (next_ < order_.size()) {
      const size_t index = order_[next_++];
      VariantRun& run = run_at(index);
      run.result = known_result(run.folder);
      if (run.result && run.result->complete) {
        say(index, "complete already");
        continue;
      }
      Job job = training_job(request_.base, plan_.plans[index]);
      job.id = static_cast<int64_t>(index);
      say(index, fs::exists(RunFolder{run.folder}.checkpoint()) ? "goes on" : "begins");
      readers_.emplace(index, ProgressReader(RunFolder{run.folder}.metrics(), metric()));
      return job;
    }
    return std::nullopt;
  }

  void ended(const Job& job, const JobEnd& end) override {
    const auto index = static_cast<size_t>(job.id);
    VariantRun& run = run_at(index);
    readers_.erase(index);
    run.result = known_result(run.folder);
    run.error = failure_of(end, plan_.plans[index], run.result);
    if (run.error.empty()) {
      const MetricLook look = look_of(yaml_name(metric()));
      say(index,
          "done: " + std::string(look.title) + " " + fixed_digits(run.result->best, look.decimals));
    } else if (request_.stop_requested && request_.stop_requested()) {
      run.error.clear();
      say(index, "stopped");
    } else {
      say(index, "failed: " + run.error);
    }
    write_outcome(plan_.folder, plan_.comparison);
  }

  void look() override {
    std::vector<std::string> lines;
    for (auto& [index, reader] : readers_) {
      lines.push_back(name_of(index) + "  " + progress_text(reader.look(), metric()));
    }
    board_.draw(lines);
  }

 private:
  Metric metric() const { return plan_.comparison.metric; }

  VariantRun& run_at(size_t index) {
    const auto seeds = static_cast<size_t>(request_.seeds);
    return plan_.comparison.variants[index / seeds].runs[index % seeds];
  }

  std::string name_of(size_t index) const { return plan_.plans[index].folder.filename().string(); }

  void say(size_t index, const std::string& what) { board_.say(name_of(index) + ": " + what); }

  const CompareRequest& request_;
  ComparePlan& plan_;
  ProgressBoard board_;
  std::vector<size_t> order_{};
  size_t next_ = 0;
  std::map<size_t, ProgressReader> readers_{};  // of the trainings at work
};

// One measure of quality for all, or their bests could not be compared.
void check_one_metric(const ComparePlan& plan) {
  for (const Experiment& experiment : plan.experiments) {
    if (experiment.training.early_stopping_metric == plan.comparison.metric) continue;
    throw ConfigError("--vary: every variant needs the same training.early_stopping_metric");
  }
}

void check_folders(const ComparePlan& plan) {
  for (size_t i = 0; i < plan.plans.size(); ++i) {
    check_same_experiment(plan.plans[i].folder, plan.experiments[i]);
  }
}

// All threads are divided among the trainings at once, unless the configuration gives a number.
TrainingBase with_threads(const CompareRequest& request, const ComparePlan& plan) {
  TrainingBase base = request.base;
  if (plan.experiments.front().training.num_threads > 0) return base;
  base.threads = threads_each(this_processor().usable_cores, request.workers);
  return base;
}

}  // namespace

ComparePlan plan_comparison(const CompareRequest& request) {
  check_seeds(request);
  const Experiment experiment = experiment_of(request.base, {});
  ComparePlan plan{.folder = request.folder};
  if (plan.folder.empty()) plan.folder = experiment.model_dir.string() + "-compare";
  plan.comparison.name = experiment.name;
  plan.comparison.workers = request.workers;
  for (const Variant& variant : all_variants(request)) add_variant(request, variant, plan);
  plan.comparison.metric = plan.experiments.front().training.early_stopping_metric;
  check_one_metric(plan);
  return plan;
}

std::string describe(const ComparePlan& plan) {
  const auto variants = std::ssize(plan.comparison.variants), trainings = std::ssize(plan.plans);
  std::string text = counted(variants, "variant") + " x " + counted(trainings / variants, "seed") +
                     " = " + counted(trainings, "training") + " of at most " +
                     to_string(plan.experiments.front().training.max_duration) + "\n";
  for (const TrainingPlan& one : plan.plans) {
    const auto result = known_result(one.folder);
    text += one.folder.string() + (result && result->complete ? "  complete already" : "") + "\n";
  }
  return text;
}

Comparison run_comparison(const CompareRequest& request, ComparePlan plan, std::ostream& messages) {
  const ExperimentLock lock(plan.folder);
  check_folders(plan);
  CompareRequest adjusted = request;
  adjusted.base = with_threads(request, plan);
  bool finished = false;
  {
    CompareSource source(adjusted, plan, messages);
    finished =
        run_jobs(source, {.workers = request.workers, .stop_requested = request.stop_requested});
  }
  write_outcome(plan.folder, plan.comparison);
  if (!finished) {
    throw Interrupted("stopped; what was trained is saved in " + plan.folder.string() +
                      ": give the same command to go on");
  }
  return std::move(plan.comparison);
}

}  // namespace rondo
