// Translates standard input line by line with an exported model and LibTorch alone, and prints what
// `rondo translate` prints.
//   rondo export best.rondo -o translator.pt
//   ./translate translator.pt [BEAM] < text
#include <torch/script.h>

#include <exception>
#include <iostream>
#include <string>

namespace {

constexpr size_t kLinesAtOnce = 256;  // one call sorts its lines by length, so more is faster

c10::List<std::string> next_lines(std::istream& input) {
  c10::List<std::string> lines;
  for (std::string line; lines.size() < kLinesAtOnce && std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

void translate_all(torch::jit::Module& model, const c10::IValue& beam_size) {
  const c10::InferenceMode no_gradients;
  const auto translate = model.get_method("translate");
  for (auto lines = next_lines(std::cin); !lines.empty(); lines = next_lines(std::cin)) {
    const c10::IValue translations = translate({lines, beam_size});
    for (const c10::IValue& text : translations.toListRef()) {
      std::cout << text.toStringRef() << '\n';
    }
    std::cout.flush();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::cerr << "usage: translate MODEL [BEAM] < TEXT\n";
    return 2;
  }
  try {
    torch::jit::Module model = torch::jit::load(argv[1]);
    c10::IValue beam_size;  // None: the one that the model was exported with
    if (argc == 3) beam_size = static_cast<int64_t>(std::stoll(argv[2]));
    translate_all(model, beam_size);
    return 0;
  } catch (const c10::Error& error) {
    std::cerr << "translate: " << error.what_without_backtrace() << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "translate: " << error.what() << '\n';
    return 1;
  }
}
