#include "app/bench/runner.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <set>

#include "app/errors.h"
#include "app/experiments/child_process.h"
#include "app/storage/append_file.h"
#include "app/storage/atomic_file.h"
#include "app/training/interrupt.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

fs::path script_of(const BenchRun& run, const std::string& system) {
  const fs::path plain = run.scripts / (system + ".py");
  return fs::exists(plain) ? plain : run.scripts / (system + "_peer.py");
}

std::vector<std::string> command_for(const BenchRun& run, const Cell& cell,
                                     const std::string& settings, const std::string& outcome) {
  if (cell.system == "rondo") return {run.program, "bench", "--cell", settings, "--out", outcome};
  return {run.python, script_of(run, cell.system).string(), settings, outcome};
}

std::string file_name(std::string name) {
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c) && c != '-'; }, '_');
  return name;
}

// Waits for its end. An interrupt ends it too.
std::string wait_for(ChildProcess& process, double limit) {
  const Clock::time_point start = Clock::now();
  ChildWatch watch;
  while (true) {
    if (const auto end = process.poll()) {
      if (end->signal != 0) return "ended by signal " + std::to_string(end->signal);
      return end->status == 0 ? "" : "ended with status " + std::to_string(end->status);
    }
    if (InterruptGuard::requested()) throw Interrupted("bench: stopped; the same command goes on");
    if (seconds_since(start) > limit) {
      return "took longer than " + std::to_string(static_cast<int>(limit)) + " s";
    }
    watch.wait(0.2);
  }
}

std::string shown(const Measurement& measurement) {
  if (!measurement.missing.empty()) return "no result: " + measurement.missing;
  std::string text;
  for (const char* name : {"tokens_per_second", "lines_per_second", "seconds", "loss", "bleu"}) {
    const auto found = measurement.values.find(name);
    if (found == measurement.values.end()) continue;
    char number[64];
    std::snprintf(number, sizeof number, "%s%s %.5g", text.empty() ? "" : ", ", name,
                  found->second);
    text += number;
  }
  return text.empty() ? "done" : text;
}

fs::path file_in(const fs::path& folder) { return folder / "measurements.jsonl"; }

class Rounds {
 public:
  Rounds(const BenchRun& run, std::span<const Cell> cells)
      : run_(run), cells_(cells), file_(file_in(run.folder)) {
    fs::create_directories(run.folder / "logs");
    results_ = measurements_of(run.folder, cells);
  }

  std::vector<Measurement> run() {
    AppendFile journal(file_);
    for (int round = 0; round < run_.rounds; ++round) {
      for (const Cell& cell : cells_) {
        if (round >= rounds_of(cell, run_.rounds) || is_done(cell, round)) continue;
        say("round " + std::to_string(round + 1) + ", " + cell.name() + ": ", measure(cell, round));
        journal.write(to_json_line(results_.back()));
        journal.sync();
      }
    }
    return results_;
  }

 private:
  // What is missing stays missing for the rest of a run; the next run tries again.
  bool is_done(const Cell& cell, int round) const {
    if (cell.system != "rondo" && run_.python.empty()) return true;
    if (absent_.contains(cell.name())) return true;
    return std::ranges::any_of(results_, [&](const Measurement& known) {
      return known.cell == cell.name() && known.round == round && known.missing.empty();
    });
  }

  const Measurement& measure(const Cell& cell, int round) {
    const fs::path stem = run_.folder / "logs" / file_name(cell.name());
    const std::string settings = stem.string() + ".json", outcome = stem.string() + ".out";
    write_file_atomically(settings, to_json(cell.settings));
    fs::remove(outcome);
    if (!cell.settings.model.empty() && cell.settings.kind == "learning") {
      fs::create_directories(cell.settings.model);
    }
    const Clock::time_point start = Clock::now();
    std::string failure;
    {
      ChildProcess process(command_for(run_, cell, settings, outcome),
                           {.output = stem.string() + ".log"});
      failure = wait_for(process, run_.limit_seconds);
    }
    Measurement found = read_outcome(outcome);
    found.cell = cell.name();
    found.settings = to_json(cell.settings);
    found.round = round;
    if (!failure.empty()) {
      found.values.clear();
      found.missing = failure + "; see " + stem.string() + ".log";
    } else if (found.missing.empty()) {
      found.values["process_seconds"] = seconds_since(start);
    }
    if (!found.missing.empty()) absent_.insert(cell.name());
    results_.push_back(found);
    return results_.back();
  }

  void say(const std::string& what, const Measurement& found) const {
    if (run_.say) run_.say(what + shown(found));
  }

  const BenchRun& run_;
  std::span<const Cell> cells_;
  fs::path file_;
  std::vector<Measurement> results_{};
  std::set<std::string> absent_{};
};

}  // namespace

int rounds_of(const Cell& cell, int rounds) {
  const std::string& kind = cell.settings.kind;
  const bool once = kind == "learning" || kind == "racing" || cell.section == "scale";
  return once ? 1 : rounds;
}

std::vector<Measurement> measurements_of(const fs::path& folder, std::span<const Cell> cells) {
  std::vector<Measurement> found = read_measurements(file_in(folder));
  std::erase_if(found, [&](const Measurement& known) {
    return std::ranges::none_of(cells, [&](const Cell& cell) {
      return cell.name() == known.cell && to_json(cell.settings) == known.settings;
    });
  });
  return found;
}

std::vector<Measurement> run_cells(const BenchRun& run, std::span<const Cell> cells) {
  const InterruptGuard guard;
  return Rounds(run, cells).run();
}

}  // namespace rondo
