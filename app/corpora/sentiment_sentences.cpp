#include "app/corpora/sentiment_sentences.h"

#include <algorithm>
#include <string_view>

#include "app/config/number_text.h"
#include "app/corpora/web_text.h"
#include "app/data/line_reader.h"
#include "app/data/record_reader.h"
#include "app/errors.h"

namespace rondo {
namespace {

struct RatedText {
  std::string_view name;
  std::string_view file;
  bool grouped;  // whether an ID is GROUP_SENTENCE
};

constexpr RatedText kRatedTexts[] = {
    {"movies", "movieReviewSnippets_GroundTruth.txt", false},
    {"products", "amazonReviewSnippets_GroundTruth.txt", true},
    {"tweets", "tweets_GroundTruth.txt", false},
    {"editorials", "nytEditorialSnippets_GroundTruth.txt", true},
};

const RatedText& rated_text(const std::string& name) {
  for (const RatedText& text : kRatedTexts) {
    if (text.name == name) return text;
  }
  throw ConfigError("no rated text " + name +
                    "; choose from movies, products, tweets and editorials");
}

[[noreturn]] void refuse(const std::string& path, int64_t line, const std::string& why) {
  throw DataError(path + ":" + std::to_string(line) + ": " + why);
}

// Cuts off what stands before the first tab; everything where there is none.
std::string_view take_field(std::string_view& line) {
  const std::string_view field = line.substr(0, line.find('\t'));
  line.remove_prefix(std::min(line.size(), field.size() + 1));
  return field;
}

std::string label_of(double rating, const RatingOptions& options) {
  if (rating > options.middle) return "positive";
  if (rating < -options.middle) return "negative";
  return options.keep_middle ? "neutral" : "";
}

// These files write two apostrophes for a quotation mark.
std::string with_quotation_marks(std::string text) {
  for (size_t at = text.find("''"); at != std::string::npos; at = text.find("''", at)) {
    text.replace(at, 2, "\"");
  }
  return text;
}

void read_rated_text(const RatedText& text, const std::string& path, const RatingOptions& options,
                     LabelledSentences& sentences) {
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    std::string_view rest = line;
    const std::string_view id = take_field(rest);
    const std::string_view number = take_field(rest);
    const auto rating = parse_number<double>(number);
    if (!rating) {
      refuse(path, reader.line_number(), "is not an ID, a rating and a text with tabs between");
    }
    const std::string group(text.grouped ? id.substr(0, id.find('_')) : std::string_view());
    sentences.push_back({.text = with_quotation_marks(decode_entities(rest)),
                         .label = label_of(*rating, options),
                         .number = std::string(number),
                         .group = group.empty() ? "" : std::string(text.name) + ' ' + group});
  }
}

LabelledSentences read_records(const std::string& path, const RecordOptions& options) {
  LabelledSentences sentences;
  RecordReader reader(path, options);
  for (Record record; reader.next(record);) {
    if (!record.error.empty()) refuse(path, record.line, record.error);
    std::replace(record.label.begin(), record.label.end(), kLabelListSeparator, ',');
    sentences.push_back({.text = record.text, .label = record.label, .number = record.weight});
  }
  return sentences;
}

}  // namespace

LabelledSentences read_rated_sentences(const std::filesystem::path& folder,
                                       const RatingOptions& options) {
  LabelledSentences sentences;
  for (const std::string& name : options.texts) {
    const RatedText& text = rated_text(name);
    read_rated_text(text, (folder / text.file).string(), options, sentences);
  }
  return sentences;
}

LabelledSentences read_labelled_tweets(const std::string& path) {
  LabelledSentences tweets = read_records(path, {.format = RecordFormat::csv,
                                                 .text_column = "text",
                                                 .label_column = "sentiment",
                                                 .weight_column = "confidence",
                                                 .header = true});
  for (LabelledSentence& tweet : tweets) {
    tweet.text = decode_entities(mend_punctuation(tweet.text));
    if (tweet.number.empty()) tweet.number = "1";
  }
  return tweets;
}

LabelledSentences read_labelled_file(const std::string& path, const RecordOptions& options) {
  LabelledSentences sentences = read_records(path, options);
  const bool weighted = !options.weight_column.empty();
  for (LabelledSentence& sentence : sentences) {
    if (weighted && sentence.number.empty()) sentence.number = "1";
  }
  return sentences;
}

}  // namespace rondo
