// `rondo average` as a user runs it.
#include "tests/app/commands/small_classifier_file.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// A run folder of three classifiers whose biases are 1, 2 and 6.
void add_run(const SmallClassifierFile& files) {
  std::filesystem::create_directory(files.reviews.folder / "run");
  const TensorFile model = read_tensor_file(files.model);
  for (const auto& [update, bias, accuracy] :
       {std::tuple{10, 1.0, 0.5}, std::tuple{20, 2.0, 0.9}, std::tuple{30, 6.0, 0.7}}) {
    TensorFile file = model;
    file.tensors["output.bias"] = torch::full_like(file.tensors["output.bias"], bias);
    file.metadata["history"] = "[{\"update\": " + std::to_string(update) +
                               ", \"accuracy\": " + std::to_string(accuracy) + "}]";
    write_tensor_file(files.reviews.folder / "run" / ("best-" + std::to_string(update) + ".rondo"),
                      file);
  }
}

float bias_in(const SmallClassifierFile& files, const std::string& name) {
  return read_tensor_file(files.reviews.folder / name).tensors.at("output.bias")[0].item<float>();
}

}  // namespace

TEST_CASE("rondo average takes the files given, or the last or best of a run", "[commands]") {
  const SmallClassifierFile files;
  add_run(files);
  const auto done = files.run(
      "RONDO average run/best-10.rondo run/best-20.rondo -o files.rondo && "
      "RONDO average run -o all.rondo && RONDO average run --last 2 -o last.rondo && "
      "RONDO average run --best 2 -o best.rondo && RONDO classify best.rondo train.tsv | head -1");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(bias_in(files, "files.rondo") == 1.5F);
  CHECK(bias_in(files, "all.rondo") == 3.0F);
  CHECK(bias_in(files, "last.rondo") == 4.0F);
  CHECK(bias_in(files, "best.rondo") == 4.0F);
  CHECK_THAT(done.out, ContainsSubstring("run/best-20.rondo  ") &&
                           ContainsSubstring("best.rondo: the mean of 2\n"));
}

TEST_CASE("rondo average says in one line what it cannot do", "[commands]") {
  const SmallClassifierFile files;
  add_run(files);
  write_tensor_file(files.reviews.folder / "translator.rondo", to_tensor_file(small_model(true)));
  const auto refused = [&](const std::string& arguments, int status, const std::string& text) {
    const auto done = files.run("RONDO average " + arguments);
    CAPTURE(arguments, done.messages);
    CHECK(done.status == status);
    CHECK_THAT(done.messages, ContainsSubstring(text));
  };
  refused("MODEL translator.rondo -o mean.rondo", 1, "translator.rondo: ");
  refused("MODEL --last 2 -o mean.rondo", 2, "--last and --best choose among");
  refused("run --best 5 -o mean.rondo", 1, "run: holds 3 models, not 5");
  refused("MODEL -o MODEL", 2, "is one of the models");
  refused("MODEL --ema -o mean.rondo", 1, "holds no moving averages");
  CHECK_FALSE(std::filesystem::exists(files.reviews.folder / "mean.rondo"));
}

}  // namespace rondo
