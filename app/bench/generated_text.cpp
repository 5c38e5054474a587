#include <cmath>
#include <random>

#include "app/bench/prepared_text.h"
#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

// A word for a number, in the syllables of one of two languages; the same number, the same word.
std::string spelled(int64_t number, const char* consonants, const char* vowels) {
  std::string word;
  do {
    word += consonants[number % 10];
    word += vowels[number / 10 % 5];
    number /= 50;
  } while (number > 0);
  return word;
}

// Ranks by Zipf's law, by turning round the integral of 1/x.
int64_t rank(std::mt19937_64& generator, int64_t words) {
  const double share = static_cast<double>(generator() >> 11) * 0x1p-53;
  const double drawn = std::pow(static_cast<double>(words) + 1, share);
  return std::min(static_cast<int64_t>(drawn) - 1, words - 1);
}

}  // namespace

void generate_text(const GeneratedText& options, const std::filesystem::path& prefix,
                   const std::string& source, const std::string& target) {
  AtomicFile sources(prefix.string() + "." + source), targets(prefix.string() + "." + target);
  std::mt19937_64 generator(options.seed);
  for (int64_t line = 0; line < options.lines; ++line) {
    const int64_t length = 5 + static_cast<int64_t>(generator() % 16);
    std::string source_line, target_line;
    for (int64_t i = 0; i < length; ++i) {
      const int64_t word = rank(generator, options.words);
      const char* blank = i == 0 ? "" : " ";
      source_line += blank + spelled(word, "tnsrlkmpdg", "aeiou");
      // A reader who goes from the end has to attend, not to copy in step.
      target_line = spelled(word, "bvzfhjwcxq", "uoiea") + (i == 0 ? "" : " ") + target_line;
    }
    sources.write(source_line + ".\n");
    targets.write(target_line + ".\n");
  }
  sources.commit();
  targets.commit();
}

}  // namespace rondo
