#include "app/decoding/long_input.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "app/decoding/words.h"

namespace rondo {
namespace {

// How good a place between two pieces is for a cut; higher is better.
enum class Cut { inside_word, between_words, after_clause, after_sentence };

bool ends_with_any(std::string_view text, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

// What may close a quotation or a bracket behind the full stop: not looked at.
std::string_view without_closers(std::string_view text) {
  static constexpr std::string_view kClosers[] = {"\"", "'", ")",  "]",  "”",
                                                  "’",  "»", "」", "』", "）"};
  for (bool found = true; found;) {
    found = false;
    for (const auto closer : kClosers) {
      if (text.size() <= closer.size() || !text.ends_with(closer)) continue;
      text.remove_suffix(closer.size());
      found = true;
    }
  }
  return text;
}

// The cut between two neighbours. Scripts without spaces need none behind their full stop.
Cut cut_between(std::string_view before, std::string_view after) {
  static constexpr std::string_view kWideStops[] = {"。", "！", "？", "．"};
  static constexpr std::string_view kWideCommas[] = {"、", "，", "；", "："};
  static constexpr std::string_view kStops[] = {".", "!", "?", "…", "।", "؟"};
  static constexpr std::string_view kCommas[] = {",", ";", ":", "–", "—", "،"};
  const auto text = without_closers(before);
  if (ends_with_any(text, kWideStops)) return Cut::after_sentence;
  const bool space = begins_word(after);
  if (space && ends_with_any(text, kStops)) return Cut::after_sentence;
  if (ends_with_any(text, kWideCommas)) return Cut::after_clause;
  if (space && ends_with_any(text, kCommas)) return Cut::after_clause;
  return space ? Cut::between_words : Cut::inside_word;
}

}  // namespace

std::vector<size_t> split_points(std::span<const std::string> pieces, size_t longest) {
  std::vector<size_t> ends;
  size_t begin = 0;
  while (pieces.size() - begin > longest) {
    size_t best = begin + longest;
    Cut best_cut = Cut::inside_word;
    for (size_t end = begin + longest; end > begin && best_cut != Cut::after_sentence; --end) {
      const Cut cut = cut_between(pieces[end - 1], pieces[end]);
      if (cut > best_cut) std::tie(best, best_cut) = std::pair(end, cut);
    }
    ends.push_back(best);
    begin = best;
  }
  ends.push_back(pieces.size());
  return ends;
}

}  // namespace rondo
