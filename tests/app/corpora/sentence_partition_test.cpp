#include "app/corpora/sentence_partition.h"

#include <set>
#include <string>

#include "app/corpora/stable_hash.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

// A word of letters for a number, since digits tell no copies apart.
std::string letters(int number) {
  std::string word;
  for (int rest = number + 1; rest > 0; rest /= 26) word += char('a' + rest % 26);
  return "x" + word;
}

// Sentences of six words of their own, three to a group.
LabelledSentences made_up_sentences(int count) {
  LabelledSentences sentences;
  for (int i = 0; i < count; ++i) {
    std::string text;
    for (int word = 0; word < 6; ++word) text += letters(6 * i + word) + ' ';
    sentences.push_back({.text = text, .label = "a", .group = "review " + letters(i / 3)});
  }
  return sentences;
}

std::set<std::string> groups(const LabelledSentences& sentences) {
  std::set<std::string> names;
  for (const LabelledSentence& sentence : sentences) names.insert(sentence.group);
  return names;
}

}  // namespace

TEST_CASE("a hash of text is the same everywhere", "[corpora]") {
  CHECK(stable_hash("") == 0xECBA3DF2C3383C52ULL);
  CHECK(stable_hash("a sentence") == 0x4B54D4028DA13B8BULL);
}

TEST_CASE("a tenth of the groups is for test, a tenth for dev, none is in two", "[corpora]") {
  const SentenceParts parts = partition_sentences(made_up_sentences(3000));
  CHECK(parts.near_copies == 0);
  CHECK(parts.train.size() + parts.dev.size() + parts.test.size() == 3000);
  CHECK(double(parts.test.size()) == Approx(300).margin(100));
  CHECK(double(parts.dev.size()) == Approx(300).margin(100));
  const size_t all = groups(made_up_sentences(3000)).size();
  CHECK(groups(parts.train).size() + groups(parts.dev).size() + groups(parts.test).size() == all);
}

TEST_CASE("the order of the sentences changes no group's part", "[corpora]") {
  const LabelledSentences sentences = made_up_sentences(300);
  const SentenceParts parts = partition_sentences(sentences);
  const SentenceParts reversed = partition_sentences({sentences.rbegin(), sentences.rend()});
  CHECK(groups(parts.test) == groups(reversed.test));
  CHECK(groups(parts.dev) == groups(reversed.dev));
}

TEST_CASE("near copies of what is in another part are left out", "[corpora]") {
  LabelledSentences sentences = made_up_sentences(300);
  const size_t held_out =
      partition_sentences(sentences).dev.size() + partition_sentences(sentences).test.size();
  for (int i = 0; i < 300; ++i) {  // each sentence again, but for its last word, alone
    std::string text = sentences[size_t(i)].text;
    text.erase(text.find_last_of(' ', text.size() - 2));
    sentences.push_back({.text = text + " y" + letters(i), .label = "a", .group = {}});
  }
  const SentenceParts parts = partition_sentences(sentences);
  CHECK(parts.near_copies > 0);
  CHECK(parts.dev.size() + parts.test.size() < 2 * held_out);
  // Two of a sentence's three runs of four words are its copy's.
  std::set<std::string> trained;
  for (const LabelledSentence& sentence : parts.train) {
    trained.insert(sentence.text.substr(0, sentence.text.find(' ')));
  }
  for (const LabelledSentence& sentence : parts.test) {
    CHECK_FALSE(trained.contains(sentence.text.substr(0, sentence.text.find(' '))));
  }
}

}  // namespace rondo
