#include "app/corpora/sentence_cleaning.h"

#include <utf8.h>

#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/corpora/web_text.h"
#include "app/corpora/words.h"

namespace rondo {
namespace {

std::string clean_field(const std::string& bytes) {
  std::string text;
  utf8::replace_invalid(bytes.begin(), bytes.end(), std::back_inserter(text));
  return normalise_spaces(text);
}

// The words of a sentence in a row; a space between them would be no letter.
std::string joined_words(std::string_view text) {
  std::string joined;
  for (const std::string& word : words_of_copies(text)) joined += word;
  return joined;
}

void clean_fields(LabelledSentence& sentence) {
  for (auto field : {&LabelledSentence::text, &LabelledSentence::label, &LabelledSentence::number,
                     &LabelledSentence::group}) {
    sentence.*field = clean_field(sentence.*field);
  }
}

// The counter in report that a sentence is dropped under for its own sake, or null.
int64_t* reason_to_drop(const LabelledSentence& sentence, const std::string& words,
                        SentenceReport& report) {
  if (sentence.label.empty()) return &report.undecided;
  return words.empty() ? &report.wordless : nullptr;
}

LabelledSentences without(LabelledSentences sentences, const std::vector<bool>& dropped) {
  LabelledSentences kept;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (!dropped[i]) kept.push_back(std::move(sentences[i]));
  }
  return kept;
}

}  // namespace

LabelledSentences clean_sentences(LabelledSentences sentences, SentenceReport& report) {
  LabelledSentences kept;
  std::vector<bool> contradicted;
  std::unordered_map<std::string, size_t> places;  // words -> the place of the first in kept
  for (LabelledSentence& sentence : sentences) {
    ++report.read;
    clean_fields(sentence);
    const std::string words = joined_words(sentence.text);
    if (int64_t* reason = reason_to_drop(sentence, words, report)) {
      ++*reason;
    } else if (const auto [at, is_new] = places.try_emplace(words, kept.size()); !is_new) {
      ++report.duplicate;
      if (kept[at->second].label != sentence.label) contradicted[at->second] = true;
    } else {
      kept.push_back(std::move(sentence));
      contradicted.push_back(false);
    }
  }
  kept = without(std::move(kept), contradicted);
  report.contradicted += int64_t(contradicted.size() - kept.size());
  report.kept += int64_t(kept.size());
  return kept;
}

}  // namespace rondo
