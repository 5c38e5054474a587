#include "app/engine/doctor.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

void add_doctor(CLI::App& app) {
  app.add_subcommand("doctor", "Tell what this machine offers, how fast it is, and what is off.")
      ->callback([] { engine().doctor(); });
}

}  // namespace rondo
