#include "app/engine/train.h"

#include <iostream>
#include <string>
#include <vector>

#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/tasks/resume_check.h"
#include "app/tasks/training_run.h"

namespace rondo {
namespace {

Duration read_until(const std::string& text) {
  const auto until = parse_duration(text);
  if (until) return *until;
  throw ConfigError("--until " + text +
                    ": write a duration: 5e (epochs), 500u or 10ku (updates), " + "30min or 2h");
}

void verify_resume(const Experiment& experiment, int64_t updates) {
  const ResumeReport report = check_resume(experiment, updates);
  std::cout << report.text();
  if (report.equal()) return;
  throw std::runtime_error("the resumed run is not the one that never stopped");
}

}  // namespace

void run_train(const TrainArguments& arguments) {
  TrainRequest request = arguments.request;
  request.experiment = load_experiment(arguments.config, arguments.overrides);
  if (!arguments.until.empty()) request.until = read_until(arguments.until);
  if (arguments.verify_resume) return verify_resume(request.experiment, arguments.verified_updates);
  request.place = worker_place();
  request.resume = request.resume || request.place.restarted;
  run_training(request);
}

}  // namespace rondo
