// Classifies standard input line by line with an exported model and LibTorch alone, and prints what
// `rondo classify` prints.
//   rondo export best.rondo -o classifier.pt
//   ./classify classifier.pt < text
#include <torch/script.h>

#include <exception>
#include <iomanip>
#include <iostream>
#include <string>

namespace {

constexpr size_t kLinesAtOnce = 1024;

c10::List<std::string> next_lines(std::istream& input) {
  c10::List<std::string> lines;
  for (std::string line; lines.size() < kLinesAtOnce && std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

void classify_all(torch::jit::Module& model) {
  const c10::InferenceMode no_gradients;
  const auto classify = model.get_method("classify");
  const bool has_labels = !model.run_method("labels").toList().empty();  // else it gives a value
  for (auto lines = next_lines(std::cin); !lines.empty(); lines = next_lines(std::cin)) {
    const c10::IValue answers = classify({lines});
    for (const c10::IValue& answer : answers.toListRef()) {
      const auto& label_and_probability = answer.toTupleRef().elements();
      std::cout << label_and_probability[0].toStringRef();
      if (has_labels) std::cout << '\t' << label_and_probability[1].toDouble();
      std::cout << '\n';
    }
    std::cout.flush();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: classify MODEL < TEXT\n";
    return 2;
  }
  try {
    torch::jit::Module model = torch::jit::load(argv[1]);
    std::cout << std::fixed << std::setprecision(6);
    classify_all(model);
    return 0;
  } catch (const c10::Error& error) {
    std::cerr << "classify: " << error.what_without_backtrace() << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "classify: " << error.what() << '\n';
    return 1;
  }
}
