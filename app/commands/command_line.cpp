#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "app/commands/commands.h"
#include "app/errors.h"

namespace rondo {
namespace {

int fail(int status, const std::exception& error) {
  std::cerr << "rondo: " << error.what() << '\n';
  return status;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app{"Rondo: recurrent sequence models that translate and score text."};
  app.require_subcommand(1);
  add_train(app);
  add_compare(app);
  add_sweep(app);
  add_translate(app);
  add_classify(app);
  add_explain(app);
  add_evaluate(app);
  add_score(app);
  add_metrics(app);
  add_tokenizer(app);
  add_inspect(app);
  add_diagnose(app);
  add_export(app);
  add_average(app);
  add_shortlist(app);
  add_prepare(app);
  add_baseline(app);
  add_bench(app);
  add_doctor(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const SilentFailure& error) {
    return error.status;
  } catch (const ConfigError& error) {
    return fail(2, error);
  } catch (const Interrupted& error) {
    return fail(130, error);
  } catch (const std::exception& error) {
    return fail(1, error);
  }
}

}  // namespace rondo
