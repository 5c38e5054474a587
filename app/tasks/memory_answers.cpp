#include "app/tasks/memory_answers.h"

#include <cmath>
#include <cstdio>

#include "app/tasks/memory_examples.h"
#include "models/classification_loss.h"

namespace rondo {
namespace {

constexpr double kCloseEnough = 0.04;  // to a sum, to count as right

bool adds(const MemoryOptions& options) { return options.problem == MemoryProblem::adding; }

std::string decimal(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
}

// symbols [time] int64: "3 0 7 1"
std::string listed(const torch::Tensor& symbols) {
  std::string text;
  for (int64_t t = 0; t < symbols.size(0); ++t) {
    text += (t ? " " : "") + std::to_string(symbols[t].item<int64_t>());
  }
  return text;
}

// inputs [time, 2]: "0.271 at step 12 + 0.640 at step 310 of 400"
std::string marked_numbers(const torch::Tensor& inputs) {
  std::string text;
  const torch::Tensor places = inputs.select(1, 1).nonzero().flatten();
  for (int64_t i = 0; i < places.size(0); ++i) {
    const auto step = places[i].item<int64_t>();
    text += (i ? " + " : "") + decimal(inputs[step][0].item<double>()) + " at step " +
            std::to_string(step + 1);
  }
  return text + " of " + std::to_string(inputs.size(0));
}

std::string described(const MemoryOptions& options) {
  const std::string length = std::to_string(options.length);
  const std::string symbols = " of " + std::to_string(options.symbols) + " symbols";
  switch (options.problem) {
    case MemoryProblem::adding:
      return "adding: the sum of two marked numbers of " + length + ", to be said at the last one";
    case MemoryProblem::copy:
      return "copy: " + std::to_string(options.copied) + symbols + " to be said again after " +
             length + " blanks";
    case MemoryProblem::reverse:
      return "reverse: " + length + symbols + " to be said again from the last to the first";
  }
  return "";
}

}  // namespace

LossSum memory_loss(const MemoryOptions& options, const torch::Tensor& outputs, const Batch& batch,
                    double label_smoothing) {
  if (adds(options)) return value_loss(outputs[0], batch.labels, {});
  return class_loss(outputs.flatten(0, 1), batch.target_out.flatten(), {},
                    {.label_smoothing = label_smoothing});
}

int64_t right_answers(const MemoryOptions& options, const torch::Tensor& outputs,
                      const Batch& batch) {
  const torch::Tensor right = adds(options)
                                  ? (outputs[0].squeeze(1) - batch.labels).abs() < kCloseEnough
                                  : outputs.argmax(-1) == batch.target_out;
  return right.sum().item<int64_t>();
}

Sample memory_sample(const MemoryOptions& options, const torch::Tensor& outputs, const Batch& batch,
                     int64_t example) {
  const torch::Tensor inputs = batch.inputs.select(1, example);
  if (adds(options)) {
    return {.source = marked_numbers(inputs),
            .reference = decimal(batch.labels[example].item<double>()),
            .hypothesis = decimal(outputs[0][example][0].item<double>())};
  }
  const bool waits = options.problem == MemoryProblem::copy;
  const int64_t said = batch.target_out.size(0);
  return {.source = listed(inputs.narrow(0, 0, said).argmax(-1)) +
                    (waits ? ", then " + std::to_string(options.length) + " blanks" : ""),
          .reference = listed(batch.target_out.select(1, example)),
          .hypothesis = listed(outputs.select(1, example).argmax(-1))};
}

double ignorant_loss(const MemoryOptions& options) {
  return adds(options) ? 1.0 / 6 : std::log(static_cast<double>(options.symbols));
}

std::vector<std::string> memory_summary(const MemoryOptions& options) {
  return {described(options),
          "a loss of " + decimal(ignorant_loss(options)) + " is that of remembering nothing: " +
              (adds(options) ? "always saying 1" : "all symbols equally likely")};
}

}  // namespace rondo
