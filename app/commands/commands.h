#pragma once

namespace CLI {
class App;
}

namespace rondo {

// Parses argv, runs one sub-command, turns every error into one line on stderr.
// Returns the exit status: 0 done, 1 failed, 2 usage or configuration, 130 interrupted.
int run_command_line(int argc, char** argv);

// Each adds its sub-command, options and help to app, and a callback that does the work.
void add_train(CLI::App& app);
void add_translate(CLI::App& app);
void add_classify(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_export(CLI::App& app);
void add_score(CLI::App& app);
void add_metrics(CLI::App& app);
void add_tokenizer(CLI::App& app);
void add_inspect(CLI::App& app);
void add_bench(CLI::App& app);
void add_doctor(CLI::App& app);
void add_explain(CLI::App& app);
void add_average(CLI::App& app);
void add_diagnose(CLI::App& app);
void add_compare(CLI::App& app);
void add_sweep(CLI::App& app);
void add_prepare(CLI::App& app);
void add_baseline(CLI::App& app);
void add_shortlist(CLI::App& app);

}  // namespace rondo
