#include "app/bench/cells.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "app/errors.h"

namespace rondo {
namespace {

// Where all cells begin.
CellSettings common(const BenchScope& scope, const std::string& kind) {
  return {.kind = kind,
          .folder = scope.folder,
          .vocabulary = scope.vocabulary,
          .threads = scope.threads,
          .warm_up = scope.quick ? 2 : 8,
          .updates = scope.updates > 0 ? scope.updates : (scope.quick ? 6 : 40)};
}

using Cells = std::vector<Cell>;

// One row of training: each system's cell differs from the row's by what `changes` does.
class Row {
 public:
  Row(std::string section, std::string name, CellSettings settings, Cells& cells)
      : section_(std::move(section)),
        name_(std::move(name)),
        settings_(std::move(settings)),
        cells_(cells) {}

  template <class Change>
  Row& add(const std::string& system, const std::string& variant, Change change) {
    Cell cell{section_, name_, system, variant, settings_};
    change(cell.settings);
    cells_.push_back(std::move(cell));
    return *this;
  }
  Row& add(const std::string& system, const std::string& variant = "") {
    return add(system, variant, [&](CellSettings& s) {
      if (!variant.empty()) s.precision = variant;
    });
  }

 private:
  std::string section_, name_;
  CellSettings settings_;
  Cells& cells_;
};

CellSettings luong(CellSettings settings, bool feeds) {
  settings.decoder = "luong";
  settings.input_feeding = feeds;
  return settings;
}

// The sizes of the goals: LSTM 256 a direction, decoder 512, embedding 256, an output layer of its
// own.
void add_base_rows(const BenchScope& scope, Cells& cells) {
  const CellSettings base = common(scope, "training");
  Row("training", "luong, input feeding", luong(base, true), cells)
      .add("rondo", "fp32")
      .add("rondo", "bf16")
      .add("opennmt", "fp32");
  Row("training", "luong", luong(base, false), cells).add("rondo", "fp32").add("opennmt", "fp32");
  Row("training", "gnmt", base, cells)
      .add("rondo", "fp32")
      .add("rondo", "bf16")
      .add("pytorch", "fp32")
      .add("pytorch", "bf16");
  CellSettings gru = base, bahdanau = base;
  gru.rnn_type = "gru";
  bahdanau.decoder = "bahdanau";
  Row("training", "gnmt, GRU", gru, cells).add("rondo", "fp32").add("rondo", "bf16");
  Row("training", "bahdanau", bahdanau, cells).add("rondo", "fp32");
}

// 512 a direction. The others' ways of attending are their own: none has gnmt's.
void add_wide_row(const BenchScope& scope, Cells& cells) {
  CellSettings wide = common(scope, "training");
  wide.hidden = 512;
  wide.updates = std::max<int64_t>(wide.warm_up + 2, wide.updates / 2);
  Row("training", "512 a direction", wide, cells)
      .add("rondo", "fp32")
      .add("rondo", "bf16")
      .add("rondo", "bahdanau", [](CellSettings& s) { s.decoder = "bahdanau"; })
      .add("marian", "lstm", [](CellSettings& s) { s.decoder = "bahdanau"; })
      .add("marian", "gru",
           [](CellSettings& s) {
             s.decoder = "bahdanau";
             s.rnn_type = "gru";
           })
      .add("joeynmt", "lstm", [](CellSettings& s) { s = luong(s, true); });
}

// configs/translation/speed.yaml: two layers, tied output, batches of 1,200 target tokens.
void add_shipped_row(const BenchScope& scope, Cells& cells) {
  CellSettings shipped = common(scope, "training");
  shipped.layers = 2;
  shipped.tied_softmax = true;
  shipped.batch_tokens = 1200;
  Row("training", "speed.yaml", shipped, cells).add("rondo", "fp32").add("rondo", "bf16");
}

struct Learner {
  std::string system;
  void (*change)(CellSettings&);
};

const std::vector<Learner>& learners() {
  static const std::vector<Learner> all{
      {"rondo", [](CellSettings&) {}},
      {"opennmt", [](CellSettings& s) { s = luong(s, true); }},
      {"marian",
       [](CellSettings& s) {
         s.decoder = "bahdanau";
         s.rnn_type = "gru";
         s.hidden = s.decoder_hidden;  // one size serves both sides; a step's work is the decoder's
       }},
      {"joeynmt", [](CellSettings& s) { s = luong(s, true); }},
  };
  return all;
}

std::string model_of(const BenchScope& scope, const std::string& system) {
  return system == "rondo" && !scope.model.empty() ? scope.model : scope.models + "/" + system;
}

// What each system translates with, learnt once for the same number of updates.
void add_learning(const BenchScope& scope, Cells& cells) {
  CellSettings learning = common(scope, "learning");
  learning.updates = scope.quick ? 8 : 200;
  Row row("learning", "to translate", learning, cells);
  for (const Learner& learner : learners()) {
    if (learner.system == "rondo" && !scope.model.empty()) continue;
    row.add(learner.system, "", [&](CellSettings& s) {
      learner.change(s);
      s.model = model_of(scope, learner.system);
    });
  }
}

void add_translating_row(const BenchScope& scope, int64_t beam, int64_t batch, Cells& cells) {
  CellSettings settings = common(scope, "translating");
  settings.beam = beam;
  settings.batch_sentences = batch;
  settings.lines = batch == 1 ? 50 : 300;
  if (scope.quick) settings.lines = batch == 1 ? 5 : 64;
  const std::string name = (beam == 1 ? "greedy, " : "beam " + std::to_string(beam) + ", ") +
                           (batch == 1 ? "one by one" : std::to_string(batch) + " at once");
  Row row("translating", name, settings, cells);
  for (const Learner& learner : learners()) {
    const auto change = [&](CellSettings& s, const std::string& precision) {
      learner.change(s);
      s.precision = precision;
      s.model = model_of(scope, learner.system);
    };
    row.add(learner.system, "fp32", [&](CellSettings& s) { change(s, "fp32"); });
    if (learner.system != "rondo") continue;
    row.add("rondo", "bf16", [&](CellSettings& s) { change(s, "bf16"); });
    row.add("rondo", "int8", [&](CellSettings& s) { change(s, "int8"); });
  }
}

// A process from its start to one line's translation.
void add_starting(const BenchScope& scope, Cells& cells) {
  CellSettings settings = common(scope, "starting");
  settings.lines = settings.beam = settings.batch_sentences = 1;
  Row row("starting", "load and translate a line", settings, cells);
  for (const Learner& learner : learners()) {
    row.add(learner.system, "", [&](CellSettings& s) {
      learner.change(s);
      s.model = model_of(scope, learner.system);
    });
  }
}

void add_classifying(const BenchScope& scope, Cells& cells) {
  CellSettings settings = common(scope, "classifying");
  settings.model = scope.classifier;
  settings.lines = scope.quick ? 2'000 : 20'000;
  Row("classifying", "labelled lines", settings, cells)
      .add("rondo", "fp32")
      .add("rondo", "bf16")
      .add("rondo", "int8")
      .add("fasttext_wheel");
}

// The sections whose models learning leaves.
bool needs_learning(const std::set<std::string>& wanted) {
  return wanted.contains("translating") || wanted.contains("starting");
}

}  // namespace

std::vector<Cell> table_cells(const BenchScope& scope) {
  Cells cells;
  add_base_rows(scope, cells);
  add_wide_row(scope, cells);
  add_shipped_row(scope, cells);
  add_learning(scope, cells);
  for (const int64_t batch : {64, 1}) {
    for (const int64_t beam : {5, 1}) add_translating_row(scope, beam, batch, cells);
  }
  add_starting(scope, cells);
  if (!scope.classifier.empty()) add_classifying(scope, cells);
  Row("tokenizing", "text to pieces", common(scope, "tokenizing"), cells)
      .add("rondo")
      .add("sentencepiece_wheel");
  return cells;
}

std::vector<Cell> race_cells(const BenchScope& scope) {
  Cells cells;
  CellSettings race = common(scope, "racing");
  race.updates = scope.quick ? 100 : 1200;
  if (scope.quick) race.bleu = 1;
  Row("race", "to BLEU " + std::to_string(static_cast<int>(race.bleu)), race, cells)
      .add("rondo", "bf16",
           [&](CellSettings& s) {
             s.precision = "bf16";
             s.tied_softmax = true;
             s.learning_rate = 0.002;
             s.cosine = true;
             if (!scope.quick) s.updates = 1900;
           })
      .add("opennmt", "fp32", [](CellSettings& s) { s = luong(s, true); });
  return cells;
}

std::vector<Cell> only_sections(const std::vector<Cell>& cells, const std::string& sections) {
  std::set<std::string> wanted, there;
  std::istringstream names(sections);
  for (std::string name; std::getline(names, name, ',');) wanted.insert(name);
  if (wanted.empty()) return cells;
  for (const Cell& cell : cells) there.insert(cell.section);
  for (const std::string& name : wanted) {
    if (!there.contains(name)) throw ConfigError("--only: there is no section " + name);
  }
  if (needs_learning(wanted)) wanted.insert("learning");
  Cells kept;
  std::ranges::copy_if(cells, std::back_inserter(kept),
                       [&](const Cell& cell) { return wanted.contains(cell.section); });
  return kept;
}

}  // namespace rondo
