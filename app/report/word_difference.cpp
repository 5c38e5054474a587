#include "app/report/word_difference.h"

#include <algorithm>
#include <cstdint>

#include "app/metrics/unicode_text.h"
#include "app/report/markup.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

constexpr std::size_t kMostPairs = 4'000'000;

struct Word {
  std::u32string text{};
  bool after_space = false;
};

std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> words;
  bool space = false, joins = false;  // the next character goes on with the last word
  for (const char32_t c : decode_utf8(text)) {
    if (is_space(c)) {
      space = true;
      continue;
    }
    if (space || !joins || is_wide(c)) words.push_back({{}, space && !words.empty()});
    words.back().text += c;
    joins = !is_wide(c);
    space = false;
  }
  return words;
}

// Marks in both texts the words of one longest common subsequence.
struct SharedWords {
  std::vector<bool> left{}, right{};
};

SharedWords shared_words(const std::vector<Word>& left, const std::vector<Word>& right) {
  const std::size_t rows = left.size(), columns = right.size();
  SharedWords shared{std::vector<bool>(rows), std::vector<bool>(columns)};
  if (rows * columns > kMostPairs) return shared;
  // longest[i][j]: of the texts from words i and j on.
  std::vector<std::vector<uint32_t>> longest(rows + 1, std::vector<uint32_t>(columns + 1));
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      longest[i][j] = left[i].text == right[j].text
                          ? longest[i + 1][j + 1] + 1
                          : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
    if (left[i].text == right[j].text) {
      shared.left[i++] = shared.right[j++] = true;
    } else if (longest[i + 1][j] >= longest[i][j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return shared;
}

std::vector<WordRun> runs_of(const std::vector<Word>& words, const std::vector<bool>& shared) {
  std::vector<WordRun> runs;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string space = words[i].after_space ? " " : "";
    const std::string text = encode_utf8(words[i].text);
    if (!runs.empty() && runs.back().shared == shared[i]) {
      runs.back().text += space + text;
      continue;
    }
    // The space between two runs stays outside the brackets.
    if (!runs.empty() && runs.back().shared) runs.back().text += space;
    runs.push_back({runs.empty() || !shared[i] ? text : space + text, shared[i]});
  }
  return runs;
}

std::string marked(const std::vector<WordRun>& runs, const std::string& tag, char open,
                   char close) {
  std::string text;
  for (const WordRun& run : runs) {
    text += run.shared ? escaped(run.text) : element(tag, open + escaped(run.text) + close);
  }
  return text;
}

}  // namespace

WordDifference word_difference(const std::string& left, const std::string& right) {
  const std::vector<Word> left_words = words_of(left), right_words = words_of(right);
  const SharedWords shared = shared_words(left_words, right_words);
  return {runs_of(left_words, shared.left), runs_of(right_words, shared.right)};
}

std::string marked_left(const WordDifference& difference) {
  return marked(difference.left, "del", '[', ']');
}

std::string marked_right(const WordDifference& difference) {
  return marked(difference.right, "ins", '{', '}');
}

}  // namespace rondo
