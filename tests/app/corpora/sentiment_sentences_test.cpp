#include "app/corpora/sentiment_sentences.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a rating away from the middle is a label, and a review is a group", "[corpora]") {
  const TemporaryFolder folder;
  write(folder / "movieReviewSnippets_GroundTruth.txt",
        "1\t2.26\tA ''hit'' &amp; more\r\n2\t-0.5\tIt runs.\r\n");
  write(folder / "amazonReviewSnippets_GroundTruth.txt", "7_1\t-0.55\tit broke .\r\n7_2\t3\tnice");
  const LabelledSentences sentences = read_rated_sentences(folder.path(), {});
  REQUIRE(sentences.size() == 4);
  CHECK(sentences[0].text == "A \"hit\" & more");
  CHECK(sentences[0].label == "positive");
  CHECK(sentences[0].number == "2.26");
  CHECK(sentences[0].group.empty());
  CHECK(sentences[1].label.empty());
  CHECK(sentences[2].label == "negative");
  CHECK(sentences[2].group == "products 7");
  CHECK(sentences[3].group == "products 7");
}

TEST_CASE("the middle of the ratings can be kept as neutral", "[corpora]") {
  const TemporaryFolder folder;
  write(folder / "tweets_GroundTruth.txt", "1\t0.9\twell\n2\t1.1\tgood\n3\t-1\tso so\n");
  const LabelledSentences tweets =
      read_rated_sentences(folder.path(), {.texts = {"tweets"}, .middle = 1, .keep_middle = true});
  REQUIRE(tweets.size() == 3);
  CHECK(tweets[0].label == "neutral");
  CHECK(tweets[1].label == "positive");
  CHECK(tweets[2].label == "neutral");
}

TEST_CASE("a line that is not rated, and a text that is not there, are refused", "[corpora]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "tweets_GroundTruth.txt";
  write(file, "1\t0.9\twell\n2\tgood\n");
  const RatingOptions tweets{.texts = {"tweets"}};
  CHECK(message_of<DataError>([&] { read_rated_sentences(folder.path(), tweets); }) ==
        file.string() + ":2: is not an ID, a rating and a text with tabs between");
  CHECK(message_of<ConfigError>([&] {
          read_rated_sentences(folder.path(), {.texts = {"books"}});
        }) == "no rated text books; choose from movies, products, tweets and editorials");
}

TEST_CASE("tweets come from CSV with their labels, mended", "[corpora]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "tweets.csv";
  write(file,
        "sentiment,confidence,text\r\n"
        "negative,0.75,I can\xE4\xF3\xBBt\r\n"
        "neutral,,\"Well, \"\"so\"\"\ragain &gt;\"\r\n");
  const LabelledSentences tweets = read_labelled_tweets(file.string());
  REQUIRE(tweets.size() == 2);
  CHECK(tweets[0].text == "I can't");
  CHECK(tweets[0].label == "negative");
  CHECK(tweets[0].number == "0.75");
  CHECK(tweets[1].text == "Well, \"so\"\ragain >");
  CHECK(tweets[1].number == "1");
}

TEST_CASE("several labels of one text are joined by commas", "[corpora]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "mine.txt";
  write(file, "__label__warm __label__short a warm word\n");
  const LabelledSentences sentences =
      read_labelled_file(file.string(), {.format = RecordFormat::fasttext, .weight_column = ""});
  REQUIRE(sentences.size() == 1);
  CHECK(sentences[0].text == "a warm word");
  CHECK(sentences[0].label == "warm,short");
  CHECK(sentences[0].number.empty());
}

}  // namespace rondo
