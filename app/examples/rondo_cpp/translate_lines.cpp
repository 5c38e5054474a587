// Translates standard input line by line with a trained model: the smallest program on the Rondo
// library. Needs no LibTorch header. Build it against an installed Rondo with the CMakeLists.txt
// beside it, then: ./translate_lines best.rondo < text
#include <app/decoding/translator.h>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr size_t kLinesAtOnce = 256;  // one call sorts its lines by length, so more is faster

std::vector<std::string> next_lines(std::istream& input) {
  std::vector<std::string> lines;
  for (std::string line; lines.size() < kLinesAtOnce && std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

void print_best(const std::vector<std::vector<rondo::Translation>>& results) {
  for (const auto& candidates : results) {
    const rondo::Translation& best = candidates.front();
    std::cout << best.text << '\n';
  }
  std::cout.flush();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: translate_lines MODEL < TEXT\n";
    return 2;
  }
  try {
    const rondo::Translator translator(argv[1]);
    while (true) {
      const auto lines = next_lines(std::cin);
      if (lines.empty()) break;
      print_best(translator.translate(lines));
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "translate_lines: " << error.what() << '\n';
    return 1;
  }
}
