#include "app/storage/model_summary.h"

#include <nlohmann/json.hpp>

#include "app/config/load.h"
#include "app/errors.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

constexpr const char* kHistory =
    R"([{"update":900,"epoch":1.0,"seconds":90.0,"loss":3.5,"ppl":33.1,"bleu":20.5,"chrf":41.0},)"
    R"({"update":1800,"epoch":2.0,"seconds":180.0,"loss":null}])";

// A run folder with a best model and a checkpoint.
void fill_run(const TemporaryFolder& folder, bool joint) {
  TensorFile file = to_tensor_file(small_model(joint), kHistory);
  write_tensor_file(folder / "best.rondo", file);
  file.metadata["training"] = "{}";
  file.tensors["optimizer.moment"] = torch::zeros({100});
  write_tensor_file(folder / "latest.ckpt", file);
}

TEST_CASE("every parameter is counted in one part", "[storage]") {
  const TemporaryFolder folder;
  fill_run(folder, true);
  const ModelSummary summary = summarise_model(folder / "best.rondo");
  int64_t numbers = 0, in_parts = 0;
  for (const torch::Tensor& weight : small_model(true).network->parameters()) {
    numbers += weight.numel();
  }
  for (const PartSize& part : summary.parts) in_parts += part.numbers;
  CHECK(summary.total.numbers == numbers);
  CHECK(in_parts == numbers);
  CHECK(summary.total.bytes == 4 * numbers);
  CHECK(summary.parts.size() > 5);
}

TEST_CASE("tokenizers are told with type and size", "[storage]") {
  const TemporaryFolder folder;
  const bool joint = GENERATE(true, false);
  fill_run(folder, joint);
  const ModelSummary summary = summarise_model(folder / "best.rondo");
  REQUIRE(summary.tokenizers.size() == (joint ? 1 : 2));
  CHECK(summary.tokenizers[0].side == (joint ? "joint" : "source"));
  CHECK(summary.tokenizers[0].type == "char");
  CHECK(summary.tokenizers[0].pieces == 12);
  if (!joint) CHECK(summary.tokenizers[1].pieces == 10);
}

TEST_CASE("a run folder stands for its best model", "[storage]") {
  const TemporaryFolder folder;
  CHECK_THAT(message_of<DataError>([&] { summarise_model(folder.path()); }),
             ContainsSubstring("without best.rondo"));
  fill_run(folder, true);
  CHECK(summarise_model(folder.path()).path == folder / "best.rondo");
}

TEST_CASE("a checkpoint's training state is counted apart", "[storage]") {
  const TemporaryFolder folder;
  fill_run(folder, true);
  const ModelSummary checkpoint = summarise_model(folder / "latest.ckpt");
  CHECK(checkpoint.is_checkpoint);
  CHECK(checkpoint.training_bytes == 400);
  CHECK(checkpoint.total.numbers == summarise_model(folder / "best.rondo").total.numbers);
  CHECK_THAT(to_text(checkpoint), ContainsSubstring("training state\n  400 B\n"));
}

TEST_CASE("the text has a table of validations, with gaps where nothing was measured",
          "[storage]") {
  const TemporaryFolder folder;
  fill_run(folder, true);
  CHECK_THAT(to_text(summarise_model(folder.path())),
             ContainsSubstring("validations\n"
                               "  update  epoch  minutes   loss    ppl   BLEU   chrF\n"
                               "  900      1.00      1.5  3.500  33.10  20.50  41.00\n"
                               "  1800     2.00      3.0      -      -      -      -\n"));
}

TEST_CASE("the JSON holds the same", "[storage]") {
  const TemporaryFolder folder;
  fill_run(folder, true);
  const ModelSummary summary = summarise_model(folder.path());
  const auto json = nlohmann::json::parse(to_json(summary));
  CHECK(json["name"] == "small");
  CHECK(json["parameters"]["total"]["parameters"] == summary.total.numbers);
  CHECK(json["tokenizers"][0]["type"] == "char");
  CHECK(json["validations"][0]["bleu"] == 20.5);
  CHECK(json["validations"][1]["loss"].is_null());
  CHECK(parse_experiment(std::string(json["config"]), "x").name == "small");
}

TEST_CASE("a file of somebody else and a damaged history are errors", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "other", {.tensors = {{"x", torch::zeros({2})}}});
  CHECK_THAT(message_of<DataError>([&] { summarise_model(folder / "other"); }),
             ContainsSubstring("not a Rondo file"));
  write_tensor_file(folder / "odd", to_tensor_file(small_model(true), "[1"));
  CHECK_THAT(message_of<DataError>([&] { summarise_model(folder / "odd"); }),
             ContainsSubstring("its history is damaged"));
}

TEST_CASE("digits are grouped by three", "[storage]") {
  CHECK(grouped_digits(0) == "0");
  CHECK(grouped_digits(999) == "999");
  CHECK(grouped_digits(1000) == "1,000");
  CHECK(grouped_digits(-123456) == "-123,456");
  CHECK(grouped_digits(1234567890) == "1,234,567,890");
}

}  // namespace
}  // namespace rondo
