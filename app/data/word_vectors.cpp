#include "app/data/word_vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

#include "app/config/number_text.h"
#include "app/data/line_reader.h"
#include "app/data/name_list.h"
#include "app/errors.h"

namespace rondo {
namespace {

constexpr uint8_t kInLowerCase = 1, kAsItStands = 2;
constexpr double kLargest = std::numeric_limits<float>::max();

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// The text loses its last field and the blanks after that; the blanks before it stay.
std::string_view take_last_field(std::string_view& text) {
  size_t end = text.size();
  while (end > 0 && is_blank(text[end - 1])) --end;
  size_t begin = end;
  while (begin > 0 && !is_blank(text[begin - 1])) --begin;
  const std::string_view field = text.substr(begin, end - begin);
  text = text.substr(0, begin);
  return field;
}

int64_t count_fields(std::string_view text) {
  int64_t count = 0;
  while (!take_last_field(text).empty()) ++count;
  return count;
}

// What follows a word with a blank in it and is a number: one number too many.
bool ends_with_number(std::string_view word) {
  const std::string_view last = take_last_field(word);
  return !word.empty() && parse_number<double>(last).has_value();
}

// The numbers a vector by a first line such as "400000 300"; nothing where it is a vector itself.
std::optional<int64_t> dim_of_header(std::string_view line) {
  const auto dim = parse_number<int64_t>(take_last_field(line));
  const auto words = parse_number<int64_t>(take_last_field(line));
  const bool is_header = dim && words && *dim > 0 && *words >= 0 && trimmed(line).empty();
  return is_header ? dim : std::nullopt;
}

// The vectors of a file, one after the other.
class VectorFile {
 public:
  explicit VectorFile(const std::string& path);

  int64_t dim() const { return dim_; }
  bool next();  // false at the end
  std::string_view word() const { return word_; }
  void read_numbers(std::span<float> values) const;

 private:
  bool next_line();
  void split_line();
  std::string place() const { return lines_.path() + ":" + std::to_string(lines_.line_number()); }

  LineReader lines_;
  std::string line_;
  bool is_ahead_ = false;  // line_ is the first vector, which next has not come to
  int64_t dim_ = 0;
  std::string_view word_, numbers_;  // parts of line_
};

VectorFile::VectorFile(const std::string& path) : lines_(path) {
  if (path.ends_with(".bin") || path.ends_with(".bin.gz")) {
    throw DataError(path + ": by its name holds binary vectors; text is wanted, a word and its " +
                    "numbers a line");
  }
  if (!next_line()) throw DataError(path + ": is empty");
  const auto header = dim_of_header(line_);
  dim_ = header ? *header : count_fields(line_) - 1;
  is_ahead_ = !header;
  if (dim_ < 1) throw DataError(place() + ": has no numbers after the word");
}

// The next line that is not blank.
bool VectorFile::next_line() {
  while (lines_.next(line_)) {
    if (!trimmed(line_).empty()) return true;
  }
  return false;
}

bool VectorFile::next() {
  if (!is_ahead_ && !next_line()) return false;
  is_ahead_ = false;
  split_line();
  return true;
}

void VectorFile::split_line() {
  std::string_view rest = line_;
  for (int64_t i = 0; i < dim_ && !rest.empty(); ++i) take_last_field(rest);
  word_ = trimmed(rest);
  numbers_ = std::string_view(line_).substr(rest.size());
  // Nothing, not even a blank, before the numbers: one of them is the word.
  if (!rest.empty() && !ends_with_number(word_)) return;
  const int64_t numbers = count_fields(line_) - 1;
  throw DataError(place() + ": has " + std::to_string(numbers) +
                  (numbers == 1 ? " number" : " numbers") + "; the vectors have " +
                  std::to_string(dim_));
}

void VectorFile::read_numbers(std::span<float> values) const {
  std::string_view rest = numbers_;
  for (size_t i = values.size(); i-- > 0;) {
    const std::string_view field = take_last_field(rest);
    const auto number = parse_number<double>(field);
    if (!number || std::abs(*number) > kLargest) {
      throw DataError(place() + ": '" + shortened(field) + "' is not a number");
    }
    values[i] = static_cast<float>(*number);
  }
}

// The row that a word of the file fills, and how well it fits there.
struct Place {
  size_t row = 0;
  uint8_t match = 0;
};
using Places = std::unordered_multimap<std::string_view, Place>;

std::string ascii_lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::vector<std::string> in_lower_case(std::span<const std::string> words,
                                       const WordVectorOptions& options) {
  std::vector<std::string> lower;
  lower.reserve(words.size());
  for (const std::string& word : words) {
    lower.push_back(options.lower_case ? options.lower_case(word) : ascii_lower_case(word));
  }
  return lower;
}

// By views into both.
Places places_of(std::span<const std::string> words, std::span<const std::string> lower) {
  Places places;
  for (size_t row = 0; row < words.size(); ++row) {
    places.emplace(words[row], Place{row, kAsItStands});
    if (lower[row] != words[row]) places.emplace(lower[row], Place{row, kInLowerCase});
  }
  return places;
}

// Fills the rows that the file's word fits better than what they hold.
void take_vector(const VectorFile& file, const Places& places, WordVectors& vectors) {
  const auto dim = static_cast<size_t>(vectors.dim);
  const auto [first, last] = places.equal_range(file.word());
  for (auto entry = first; entry != last; ++entry) {
    const Place& place = entry->second;
    if (vectors.found[place.row] >= place.match) continue;
    file.read_numbers(std::span(vectors.values).subspan(place.row * dim, dim));
    vectors.found[place.row] = place.match;
  }
}

}  // namespace

int64_t WordVectors::found_count() const {
  return std::ranges::count_if(found, [](uint8_t match) { return match != 0; });
}

WordVectors read_word_vectors(const std::string& path, std::span<const std::string> words,
                              const WordVectorOptions& options) {
  VectorFile file(path);
  const std::vector<std::string> lower = in_lower_case(words, options);
  const Places places = places_of(words, lower);
  WordVectors vectors{.dim = file.dim(), .found = std::vector<uint8_t>(words.size())};
  const size_t numbers = words.size() * static_cast<size_t>(vectors.dim);
  while (file.next()) {
    vectors.values.resize(numbers);  // not before a line has that many, whatever the first one said
    take_vector(file, places, vectors);
  }
  if (vectors.found_count() == 0) {
    throw DataError(path + ": has a vector for none of the words looked up (" +
                    std::to_string(words.size()) + ")");
  }
  return vectors;
}

int64_t word_vector_dim(const std::string& path) { return VectorFile(path).dim(); }

}  // namespace rondo
