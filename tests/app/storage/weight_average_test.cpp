#include "app/storage/weight_average.h"

#include "app/errors.h"
#include "app/storage/network_weights.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct ModelFiles {
  // A small translator whose weights are moved by so much.
  std::filesystem::path add(const std::string& name, double shift) const {
    return write(name, moved(to_tensor_file(small_model(false), "[" + name + "]"), shift));
  }

  std::filesystem::path write(const std::string& name, const TensorFile& file) const {
    const auto path = folder / name;
    write_tensor_file(path, file);
    return path;
  }

  static TensorFile moved(TensorFile file, double shift) {
    for (auto& [name, tensor] : file.tensors) {
      if (tensor.is_floating_point()) tensor = tensor + shift;
    }
    return file;
  }

  TemporaryFolder folder;
};

std::string average_refusal(const std::vector<std::filesystem::path>& paths, bool moving = false) {
  return message_of<DataError>([&] { average_models(paths, moving); });
}

}  // namespace

TEST_CASE("the mean of three models is between them, and a model of the first's kind",
          "[storage]") {
  const ModelFiles files;
  const auto paths = std::vector{files.add("1", 0), files.add("2", 0.25), files.add("3", 0.5)};
  const TensorFile mean = average_models(paths);
  const TensorFile middle = read_tensor_file(paths[1]);
  CHECK(mean.metadata == read_tensor_file(paths[0]).metadata);
  REQUIRE(mean.tensors.size() == middle.tensors.size());
  for (const auto& [name, tensor] : middle.tensors) {
    INFO(name);
    REQUIRE(mean.tensors.at(name).dtype() == tensor.dtype());
    require_close(mean.tensors.at(name), tensor, 1e-6);
  }
  CHECK_NOTHROW(load_translation_model(mean, "mean"));
}

TEST_CASE("a mean is taken in float64, and that of one file is the file", "[storage]") {
  const ModelFiles files;
  const auto model = to_tensor_file(small_model(true));
  auto large = model, small = model;
  // In float32 the sum of these loses the small one: 2^25 + 1 is no float.
  large.tensors["encoder.forward_0.bias_ih"].fill_(33554432.0);
  small.tensors["encoder.forward_0.bias_ih"] =
      torch::full_like(large.tensors["encoder.forward_0.bias_ih"], 4.0);
  auto negative = model;
  negative.tensors["encoder.forward_0.bias_ih"] =
      torch::full_like(large.tensors["encoder.forward_0.bias_ih"], -33554432.0);
  const auto paths = std::vector{files.write("1", large), files.write("2", small),
                                 files.write("3", small), files.write("4", negative)};
  CHECK(average_models(paths).tensors.at("encoder.forward_0.bias_ih")[0].item<float>() == 2.0F);
  const TensorFile alone = average_models({paths[1]});
  for (const auto& [name, tensor] : small.tensors)
    CHECK(torch::equal(alone.tensors.at(name), tensor));
}

TEST_CASE("a checkpoint is averaged as the model in it, or as its moving averages", "[storage]") {
  const ModelFiles files;
  TensorFile checkpoint = ModelFiles::moved(to_tensor_file(small_model(true)), 1);
  const TensorFile model = checkpoint;
  for (const auto& [name, tensor] : model.tensors) {
    if (tensor.is_floating_point()) checkpoint.tensors["average." + name] = tensor * 3;
  }
  checkpoint.tensors["optimizer.step"] = torch::ones({1});
  checkpoint.tensors["random.cpu"] = torch::zeros({8}, torch::kUInt8);
  checkpoint.metadata["training"] = "{}";
  const auto paths = std::vector{files.write("a.ckpt", checkpoint), files.write("b.rondo", model)};
  const TensorFile plain = average_models(paths);
  CHECK(plain.metadata.count("training") == 0);
  REQUIRE(plain.tensors.size() == model.tensors.size());
  for (const auto& [name, tensor] : model.tensors) require_close(plain.tensors.at(name), tensor);
  const TensorFile moving = average_models({paths[0]}, /*moving_averages=*/true);
  REQUIRE(moving.tensors.size() == model.tensors.size());
  const std::string name = "decoder.readout.weight";
  require_close(moving.tensors.at(name), model.tensors.at(name) * 3);
  CHECK_THAT(average_refusal(paths, true), ContainsSubstring("b.rondo: holds no moving averages"));
}

TEST_CASE("models that do not fit each other are refused by what differs first", "[storage]") {
  const ModelFiles files;
  const auto first = files.add("first", 0);
  const auto refused = [&](const TensorFile& other) {
    return average_refusal({first, files.write("other", other)});
  };
  const TensorFile same = to_tensor_file(small_model(false));
  TensorFile other = same;
  other.tensors["encoder.forward_0.bias_hh"] = torch::zeros({3});
  CHECK_THAT(refused(other), ContainsSubstring("other: 'encoder.forward_0.bias_hh' is [3], in ") &&
                                 ContainsSubstring("first [16]"));
  other = same;
  other.tensors.erase("decoder.output_bias");
  CHECK_THAT(refused(other), ContainsSubstring("other: lacks the weights 'decoder.output_bias'"));
  other = same;
  other.tensors["decoder.extra"] = torch::zeros({1});
  CHECK_THAT(refused(other), ContainsSubstring("other: has the weights 'decoder.extra'"));
  other = same;
  other.tensors["tokenizer.target"] = other.tensors["tokenizer.source"];
  CHECK_THAT(refused(other), ContainsSubstring("other: its target tokenizer is not that of"));
  other = same;
  other.metadata["task"] = "sentiment";
  CHECK_THAT(refused(other), ContainsSubstring("other: is a model for sentiment, ") &&
                                 ContainsSubstring("first for translation"));
}

TEST_CASE("options that change answers must be the same, those of training alone need not",
          "[storage]") {
  const ModelFiles files;
  const auto with = [&](auto&& change) {
    TranslationModel model = small_model(false);
    change(model.experiment);
    return files.write("other", to_tensor_file(model));
  };
  const auto first = files.add("first", 0);
  const auto longer = with([](Experiment& e) {
    e.model.decoder.dropout = 0.4;
    e.model.encoder.variational_dropout = true;
    e.model.chrono_init = 9;
    e.training.random_seed = 5;
  });
  CHECK_NOTHROW(average_models({first, longer}));
  const auto residual = with([](Experiment& e) { e.model.decoder.residual = true; });
  CHECK_THAT(
      average_refusal({first, residual}),
      ContainsSubstring("other: has 'residual: true', ") && ContainsSubstring("'residual: false'"));
}

}  // namespace rondo
