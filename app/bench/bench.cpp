#include "app/bench/bench.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "app/bench/bench_report.h"
#include "app/bench/cells.h"
#include "app/bench/prepared_text.h"
#include "app/bench/runner.h"
#include "app/errors.h"
#include "app/machine/processor.h"
#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// Of a size that the vocabulary needs and a peer's epoch is not too short for.
BenchText made_up_text(const fs::path& folder) {
  fs::create_directories(folder);
  const std::vector<std::pair<std::string, int64_t>> parts{
      {"train", 20'000}, {"dev", 500}, {"test", 500}};
  uint64_t seed = 0;
  for (const auto& [name, lines] : parts) {
    ++seed;
    const fs::path prefix = folder / name;
    if (fs::exists(prefix.string() + ".trg")) continue;
    generate_text({.lines = lines, .seed = seed}, prefix, "src", "trg");
  }
  return {.train = folder / "train",
          .dev = folder / "dev",
          .test = folder / "test",
          .source = "src",
          .target = "trg"};
}

BenchScope scope_of(const BenchRequest& request) {
  const fs::path folder = fs::absolute(request.folder);
  const auto at = [](const std::string& path) {
    return path.empty() ? path : fs::absolute(path).string();
  };
  return {.folder = (folder / "text").string(),
          .models = (folder / (request.quick ? "quick_models" : "models")).string(),
          .model = at(request.model),
          .classifier = request.labelled_test.empty() ? "" : at(request.classifier),
          .vocabulary = request.vocabulary,
          .threads = request.threads > 0 ? request.threads : this_processor().usable_cores,
          .quick = request.quick,
          .updates = request.updates};
}

std::vector<Cell> cells_of(const BenchRequest& request, const BenchScope& scope) {
  if (request.scale) return scale_cells(scope);
  return request.race ? race_cells(scope) : table_cells(scope);
}

// Measurements of other text in the same folder would be taken for these.
void check_origin(const BenchRequest& request, const BenchScope& scope) {
  const std::string origin =
      (request.data.empty() ? std::string("made up") : fs::absolute(request.data).string()) + ", " +
      std::to_string(scope.vocabulary) + " pieces\n";
  const fs::path file = fs::path(scope.folder) / "origin.txt";
  if (!fs::exists(file)) {
    fs::create_directories(scope.folder);
    return write_file_atomically(file, origin);
  }
  std::ifstream known(file);
  const std::string before((std::istreambuf_iterator<char>(known)), {});
  if (before != origin) {
    throw ConfigError("bench: " + request.folder.string() + " is of other text (" +
                      before.substr(0, before.size() - 1) + "); give another folder with -o");
  }
}

void prepare(const BenchRequest& request, const BenchScope& scope) {
  BenchText text;
  if (!request.data.empty())
    text = text_in_folder(request.data);  // may fail: before any file is written
  check_origin(request, scope);
  if (request.data.empty()) text = made_up_text(fs::absolute(request.folder) / "made_up");
  text.labelled_train = request.labelled_train;
  text.labelled_test = request.labelled_test;
  prepare_text(text, scope.vocabulary, scope.folder);
}

std::string goals_text(const std::vector<Judgement>& judgements) {
  std::string text;
  for (const Judgement& judgement : judgements) text += to_text(judgement) + "\n";
  return "goals\n" + text;
}

std::string report_name(const BenchRequest& request) {
  return request.scale ? "scale" : (request.race ? "race" : "bench");
}

}  // namespace

std::string run_bench(const BenchRequest& request) {
  const BenchScope scope = scope_of(request);
  const std::vector<Cell> cells = cells_of(request, scope);
  const std::vector<Cell> wanted = only_sections(cells, request.only);
  prepare(request, scope);
  const BenchRun run{.program = request.program,
                     .python = request.python,
                     .scripts = request.scripts,
                     .folder = request.folder,
                     .rounds = request.rounds > 0 ? request.rounds : (request.quick ? 1 : 3),
                     .limit_seconds = request.race ? 3600.0 : 900.0,
                     .say = request.say};
  run_cells(run, wanted);
  const Summary summary(measurements_of(request.folder, cells));  // of earlier calls too
  const bool has_goals = !request.scale && !request.race;
  const std::vector<Judgement> judgements =
      has_goals ? judged(summary, goals()) : std::vector<Judgement>{};
  std::string text = bench_table(cells, summary);
  if (has_goals) text += "\n" + goals_text(judgements);
  const fs::path stem = request.folder / report_name(request);
  write_file_atomically(stem.string() + ".txt", text);
  write_file_atomically(stem.string() + ".json",
                        bench_json(cells, summary, judgements, request.machine));
  write_file_atomically(stem.string() + ".svg", bench_plot(cells, summary));
  return text;
}

}  // namespace rondo
