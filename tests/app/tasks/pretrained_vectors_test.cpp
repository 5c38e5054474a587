#include "app/tasks/pretrained_vectors.h"

#include "app/errors.h"
#include "app/tasks/task_setup.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/errors.h"
#include "tests/support/tensor_checks.h"
#include "tokenizers/special_tokens.h"

using rondo::TokenizerModel;

namespace {

const std::string kBegin = "\xE2\x96\x81";

// A vocabulary, a file of word vectors and a fresh embedding.
struct SmallVectors {
  explicit SmallVectors(TokenizerModel type = TokenizerModel::word, int64_t dim = 2) {
    const std::vector<std::string> lines{"Film film film odd", "\xC3\x89t\xC3\xA9 bad film"};
    tokenizer = rondo::train_tokenizer({&lines}, {.model_type = type, .vocab_size = 20});
    torch::manual_seed(1);
    weight = 0.1 * torch::randn({tokenizer->size(), dim});
    weight[rondo::kPadId].zero_();
    weight.set_requires_grad(true);
    fresh = weight.detach().clone();
  }
  std::string load(const std::vector<std::string>& vectors) {
    rondo::write_lines(path, vectors);
    return rondo::load_pretrained_vectors(path, *tokenizer, weight);
  }
  torch::Tensor row(const std::string& word) const {
    return weight.detach()[tokenizer->id(kBegin + word)];
  }

  rondo::TemporaryFolder folder;
  const std::string path = folder / "vectors.txt";
  std::shared_ptr<const rondo::Tokenizer> tokenizer;
  torch::Tensor weight, fresh;
};

double spread(const torch::Tensor& numbers) {
  return numbers.to(torch::kFloat64).std(false).item<double>();
}

}  // namespace

TEST_CASE("words of the file begin with its vectors, and the others as they were", "[tasks]") {
  SmallVectors small;
  CHECK(small.load({"Film 3 -4", "bad 5 0", "none 9 9"}) ==
        "pretrained vectors: 2 of 5 words found in " + small.path);
  const double scale = small.row("Film")[0].item<double>() / 3;
  CHECK(scale > 0);
  rondo::require_close(small.row("Film"), scale * torch::tensor({3.0F, -4.0F}));
  rondo::require_close(small.row("bad"), scale * torch::tensor({5.0F, 0.0F}));
  const auto changed = (small.weight.detach() != small.fresh).any(1);  // [vocab]
  CHECK(changed.sum().item<int64_t>() == 2);
}

TEST_CASE("vectors take the spread of the embedding that they replace", "[tasks]") {
  for (const std::string zeros : {"", "000"}) {
    SmallVectors small;
    small.load({"film 1" + zeros + " 0", "odd -3" + zeros + " 2" + zeros, "bad 0 5" + zeros});
    const auto rows =
        torch::stack({small.row("film"), small.row("Film"), small.row("odd"), small.row("bad")});
    CHECK(spread(rows) == Approx(spread(small.fresh.slice(0, 1))));
  }
}

TEST_CASE("vectors that are all one number are taken as they stand", "[tasks]") {
  SmallVectors small;
  small.load({"film 2 2"});
  rondo::require_close(small.row("film"), torch::tensor({2.0F, 2.0F}));
}

TEST_CASE("a capital with an accent has a lower case too", "[tasks]") {
  SmallVectors small;
  small.load({"\xC3\xA9t\xC3\xA9 1 2"});
  const auto row = small.row("\xC3\x89t\xC3\xA9");
  CHECK(row[1].item<double>() == Approx(2 * row[0].item<double>()));
}

TEST_CASE("every member of an ensemble begins with the vectors", "[tasks]") {
  SmallVectors small;
  const auto other = small.fresh.flip(0).contiguous();
  rondo::write_lines(small.path, {"film 1 2", "bad 3 4"});
  const std::vector<torch::Tensor> weights{small.weight, other};
  rondo::load_pretrained_vectors(small.path, *small.tokenizer, weights);
  const auto bad = other[small.tokenizer->id(kBegin + "bad")];
  CHECK(small.row("bad")[1].item<double>() / small.row("bad")[0].item<double>() == Approx(4.0 / 3));
  CHECK(bad[1].item<double>() / bad[0].item<double>() == Approx(4.0 / 3));
}

TEST_CASE("vectors of another size than the embedding's are refused", "[tasks]") {
  SmallVectors small(TokenizerModel::word, 3);
  CHECK(rondo::message_of<rondo::ConfigError>([&] { small.load({"film 1 2"}); }) ==
        "training.pretrained_vectors: " + small.path +
            ": has vectors of 2 numbers; model.encoder.embedding_dim is 3");
  CHECK(small.weight.detach().equal(small.fresh));
}

TEST_CASE("a vocabulary of parts of words is refused", "[tasks]") {
  const auto type = GENERATE(TokenizerModel::bpe, TokenizerModel::character);
  SmallVectors small(type);
  CHECK(rondo::message_of<rondo::ConfigError>([&] { small.load({"film 1 2"}); }) ==
        "training.pretrained_vectors: needs a vocabulary of whole words; set "
        "tokenizer.model_type to word");
}

TEST_CASE("a file of vectors is found with .gz, and a missing one is refused", "[tasks]") {
  const SmallVectors small;
  const auto refusal = [&](const std::string& path) {
    return rondo::message_of<rondo::DataError>(
        [&] { rondo::load_pretrained_vectors(path, *small.tokenizer, small.weight); });
  };
  const std::string path = small.folder / "none.vec";
  CHECK(refusal(path) == path + ": no such file, nor " + path + ".gz");
  rondo::write_lines(path + ".gz", {"film 1 2"});  // known by its bytes, whatever its name
  CHECK(refusal(path).empty());
}
