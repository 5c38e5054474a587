#include "app/tasks/resume_check.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/data/parallel_corpus.h"
#include "app/errors.h"
#include "app/metrics/text_table.h"
#include "app/storage/atomic_file.h"
#include "app/tasks/training_session.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;
using Unit = Duration::Unit;

constexpr int64_t kLeastUpdates = 8;
constexpr int64_t kDevelopmentLines = 32;  // decoding is slow while a model knows nothing

// A folder beside the run's own, so that it lies on the same file system; removed with its owner.
class CheckFolder {
 public:
  explicit CheckFolder(const fs::path& model_dir)
      : path_(model_dir.string() + ".resume-check-" + std::to_string(::getpid())) {
    std::error_code error;
    fs::create_directories(first().path, error);
    if (!error) fs::create_directories(second().path, error);
    if (error) throw DataError(path_.string() + ": " + error.message());
  }
  ~CheckFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  CheckFolder(const CheckFolder&) = delete;
  CheckFolder& operator=(const CheckFolder&) = delete;

  const fs::path& path() const { return path_; }
  RunFolder first() const { return {path_ / "first"}; }
  RunFolder second() const { return {path_ / "second"}; }

 private:
  fs::path path_;
};

Duration updates_of(int64_t updates) {
  return {Unit::updates, static_cast<double>(std::max<int64_t>(1, updates))};
}

// Several windows of the log, checkpoints and validations within so few updates, none of them
// decided by a clock.
void shorten(TrainingOptions& options, int64_t updates) {
  options.max_duration = updates_of(updates);
  options.logging_freq = std::max<int64_t>(2, updates / 8);
  options.save_freq = updates_of(updates / 8 + 2);
  options.validation_freq = updates_of(updates * 2 / 5);
  if (options.step_size.unit == Unit::seconds) options.step_size = updates_of(updates / 4);
  if (options.diagnose_freq.unit != Unit::none) options.diagnose_freq = updates_of(updates / 3);
  options.early_stopping_patience = 0;
  options.learning_rate_min = 0;
}

// About half way, and at the end of nothing.
int64_t stop_within(const TrainingOptions& options, int64_t updates) {
  int64_t stop = updates / 2;
  const auto ends = [&](double interval) { return stop % static_cast<int64_t>(interval) == 0; };
  while (stop > 1 && (stop % options.logging_freq == 0 || ends(options.save_freq.value) ||
                      ends(options.validation_freq.value))) {
    --stop;
  }
  return stop;
}

void write_lines(const fs::path& path, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  write_file_atomically(path, text);
}

void cut_development(Experiment& experiment, const fs::path& folder) {
  if (experiment.task != TaskType::translation) return;
  ParallelLines lines = read_parallel_lines(experiment.data.dev);
  if (static_cast<int64_t>(lines.source.size()) <= kDevelopmentLines) return;
  lines.source.resize(kDevelopmentLines);
  lines.target.resize(kDevelopmentLines);
  experiment.data.dev = {(folder / "dev.source").string(), (folder / "dev.target").string()};
  write_lines(experiment.data.dev.source, lines.source);
  write_lines(experiment.data.dev.target, lines.target);
}

std::string bytes_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

ComparedPart compare_files(const std::string& name, const fs::path& first, const fs::path& second) {
  ComparedPart part{.name = name};
  if (bytes_of(first) != bytes_of(second)) part.difference = "differs";
  return part;
}

// Both begin at the same checkpoint of update 0, so that the tokenizer is trained once.
void train_without_stop(const Experiment& experiment, const CheckFolder& folder,
                        const Hardware& hardware, TrainingLog& log) {
  TrainingSession session(experiment,
                          {.folder = folder.first(), .hardware = hardware, .log = &log});
  session.open_records();
  session.trainer().save_checkpoint();
  fs::copy_file(folder.first().checkpoint(), folder.second().checkpoint());
  session.trainer().run();
}

void train_resumed(const Experiment& experiment, const CheckFolder& folder,
                   const Hardware& hardware, TrainingLog& log, const Duration& until) {
  TrainingSession session(
      experiment, {.folder = folder.second(), .resumed = true, .hardware = hardware, .log = &log});
  session.open_records();
  session.trainer().stop_at(until);
  session.trainer().run();
}

std::vector<ComparedPart> compare(const CheckFolder& folder) {
  const RunFolder first = folder.first(), second = folder.second();
  std::vector<ComparedPart> parts = compare_checkpoints(read_tensor_file(first.checkpoint()),
                                                        read_tensor_file(second.checkpoint()));
  parts.push_back(compare_files("metrics.jsonl", first.metrics(), second.metrics()));
  parts.push_back(compare_files("best.rondo", first.best_model(), second.best_model()));
  return parts;
}

std::vector<std::string> warnings_for(const TrainingOptions& options, const Hardware& hardware) {
  std::vector<std::string> warnings;
  const std::string clock = clock_dependence(options);
  if (!clock.empty()) warnings.push_back(clock + "; checked with updates in their place");
  if (options.num_threads == 0 && hardware.device.is_cpu()) {
    warnings.push_back("num_threads: 0 takes all cores, " + std::to_string(at::get_num_threads()) +
                       " here: with another number the last bits differ");
  }
  if (!hardware.device.is_cpu()) {
    warnings.push_back("a GPU adds some sums in an order that changes from run to run");
  }
  return warnings;
}

}  // namespace

bool ResumeReport::equal() const {
  return std::ranges::all_of(parts,
                             [](const ComparedPart& part) { return part.difference.empty(); });
}

std::string ResumeReport::text() const {
  std::vector<std::vector<std::string>> rows{{"compared", "tensors", "numbers", ""}};
  for (const ComparedPart& part : parts) {
    const auto count = [](int64_t number) { return number ? std::to_string(number) : ""; };
    rows.push_back({part.name, count(part.tensors), count(part.numbers),
                    part.difference.empty() ? "equal" : part.difference});
  }
  std::string text = text_table(rows);
  for (const std::string& warning : warnings) text += "note: " + warning + "\n";
  return text + (equal() ? "equal" : "not equal") + ": " + std::to_string(updates) +
         " updates without a stop, and stopped after " + std::to_string(stopped_at) +
         " and resumed\n";
}

ResumeReport check_resume(const Experiment& experiment, int64_t updates) {
  if (updates < kLeastUpdates) {
    throw ConfigError("--updates: at least " + std::to_string(kLeastUpdates) +
                      ", so that a validation and a stop fit in");
  }
  const CheckFolder folder(experiment.model_dir);
  Experiment shortened = experiment;
  shorten(shortened.training, updates);
  cut_development(shortened, folder.path());
  const Hardware hardware = prepare_hardware(experiment.training);
  TrainingLog log;
  ResumeReport report{.updates = updates, .stopped_at = stop_within(shortened.training, updates)};
  log.say("1 of 3: " + std::to_string(updates) + " updates without a stop");
  train_without_stop(shortened, folder, hardware, log);
  log.say("2 of 3: the same, stopped after " + std::to_string(report.stopped_at));
  train_resumed(shortened, folder, hardware, log, updates_of(report.stopped_at));
  log.say("3 of 3: built anew from disk, resumed");
  train_resumed(shortened, folder, hardware, log, {});
  report.parts = compare(folder);
  report.warnings = warnings_for(experiment.training, hardware);
  return report;
}

}  // namespace rondo
