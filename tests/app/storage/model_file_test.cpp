#include "app/storage/model_file.h"

#include <fstream>
#include <random>

#include "app/config/load.h"
#include "app/errors.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// Features of one small batch, without dropout.
torch::Tensor output_of(Seq2Seq& network) {
  const torch::NoGradGuard no_grad;
  network->eval();
  const torch::Tensor source = torch::tensor({{4, 5}, {6, 3}, {3, 0}});
  return network->forward(source, torch::tensor({3, 2}), torch::tensor({{2, 2}, {5, 6}})).features;
}

std::string loading_error(const TensorFile& file) {
  return message_of<DataError>([&] { load_translation_model(file, "m.rondo"); });
}

TensorFile saved(bool joint = true) { return to_tensor_file(small_model(joint)); }

// The file with one line of its configuration replaced.
TensorFile reconfigured(const std::string& setting) {
  TensorFile file = saved();
  const std::vector<std::string> settings{setting};
  file.metadata["config"] = to_yaml(parse_experiment(file.metadata["config"], "x", settings));
  return file;
}

TEST_CASE("a model file holds all that translating needs", "[storage]") {
  const TemporaryFolder folder;
  const bool joint = GENERATE(true, false);
  const auto decoder =
      GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  TranslationModel model = small_model(joint, decoder);
  write_tensor_file(folder / "m.rondo", to_tensor_file(model));
  TranslationModel loaded = load_translation_model(folder / "m.rondo");
  CHECK(torch::equal(output_of(loaded.network), output_of(model.network)));
  CHECK(loaded.experiment == model.experiment);
  CHECK((loaded.source_tokenizer == loaded.target_tokenizer) == joint);
  CHECK(loaded.source_tokenizer->serialized() == model.source_tokenizer->serialized());
  CHECK(loaded.target_tokenizer->serialized() == model.target_tokenizer->serialized());
}

TEST_CASE("a saved file shares the weights and lists each once", "[storage]") {
  const TranslationModel model = small_model(true);
  const TensorFile file = to_tensor_file(model, R"([{"bleu":1}])");
  CHECK(file.metadata.at("history") == R"([{"bleu":1}])");
  CHECK(file.tensors.size() == model.network->parameters().size() + 1);  // and the tokenizer
  for (const auto& weight : model.network->named_parameters()) {
    CHECK(file.tensors.at(weight.key()).data_ptr() == weight.value().data_ptr());
  }
}

TEST_CASE("weights stored in half precision are loaded", "[storage]") {
  TensorFile file = saved();
  for (auto& [name, tensor] : file.tensors) {
    if (tensor.is_floating_point()) tensor = tensor.to(torch::kBFloat16);
  }
  CHECK(load_translation_model(file, "m").network->parameters()[0].dtype() == torch::kFloat32);
}

TEST_CASE("a file of somebody else is not ours", "[storage]") {
  CHECK(loading_error({}) == "m.rondo: not a Rondo file: no format_version");
  TensorFile file = saved();
  file.metadata.erase("config");
  CHECK(loading_error(file) == "m.rondo: not a Rondo file: no config");
}

TEST_CASE("a newer format and another task are told", "[storage]") {
  TensorFile file = saved();
  file.metadata["format_version"] = "2";
  CHECK(loading_error(file) ==
        "m.rondo: has format 2; this Rondo reads format 1, a newer one may read it");
  file = saved();
  file.metadata["task"] = "sentiment";
  CHECK(loading_error(file) == "m.rondo: is a model for sentiment, not for translation");
}

TEST_CASE("a damaged configuration names the file", "[storage]") {
  TensorFile file = saved();
  file.metadata["config"] = "name: x\nmodell: 3\n";
  CHECK_THAT(loading_error(file), ContainsSubstring("m.rondo: config:2: "));
}

TEST_CASE("missing, extra and misshaped weights are named", "[storage]") {
  TensorFile file = saved();
  const std::string name = "decoder.output_bias";
  REQUIRE(file.tensors.count(name) == 1);
  file.tensors.erase(name);
  CHECK(loading_error(file) == "m.rondo: lacks the weights '" + name + "'");
  file.tensors[name] = torch::zeros({3, 1});
  CHECK(loading_error(file) ==
        "m.rondo: '" + name + "' is [3, 1] but the configuration needs [12]");
  file.tensors[name] = torch::zeros({12}, torch::kInt64);
  CHECK(loading_error(file) == "m.rondo: '" + name + "' is of the wrong type");
  file = saved();
  file.tensors["optimizer.step"] = torch::zeros({1});
  CHECK(loading_error(file) == "m.rondo: 'optimizer.step' has no place in the configured model");
}

TEST_CASE("a checkpoint is read as the model it holds", "[storage]") {
  TensorFile file = saved();
  file.metadata["training"] = "{}";
  for (const char* name : {"optimizer.step", "average.x", "random.cpu"}) {
    file.tensors[name] = torch::zeros({1});
  }
  CHECK(loading_error(file).empty());
  file.tensors["other"] = torch::zeros({1});
  CHECK_THAT(loading_error(file), ContainsSubstring("'other' has no place"));
}

TEST_CASE("a tokenizer that does not fit the weights is told with both sizes", "[storage]") {
  TensorFile file = saved(false);
  std::swap(file.tensors["tokenizer.source"], file.tensors["tokenizer.target"]);
  CHECK(loading_error(file) ==
        "m.rondo: its tokenizer has 10 pieces but 'source_embedding.weight' has 12 rows");
  file.tensors.erase("tokenizer.source");
  CHECK(loading_error(file) == "m.rondo: holds no tokenizer");
  file.tensors["tokenizer.source"] = torch::zeros({4}, torch::kUInt8);
  CHECK_THAT(loading_error(file), ContainsSubstring("m.rondo: its tokenizer is damaged"));
  file.tensors["tokenizer.source"] = torch::zeros({4});
  CHECK_THAT(loading_error(file), ContainsSubstring("m.rondo: its tokenizer is damaged"));
}

TEST_CASE("a configuration larger than the file costs no memory", "[storage]") {
  for (const char* setting : {"model.encoder.hidden_size=40000", "model.decoder.num_layers=100000",
                              "model.decoder.embedding_dim=1000000"}) {
    INFO(setting);
    CHECK(loading_error(reconfigured(setting)) ==
          "m.rondo: the configured model is larger than the weights in the file");
  }
}

TEST_CASE("no damage to a model file does worse than an error", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "m", saved());
  const std::string whole = read_bytes(folder / "m");
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = whole;
    for (int change = 0; change < 3; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    std::ofstream(folder / "m", std::ios::binary) << bytes;
    try {
      load_translation_model(folder / "m");
    } catch (const DataError& error) {
      REQUIRE_THAT(error.what(), ContainsSubstring((folder / "m").string()));
    }
  }
}

}  // namespace
}  // namespace rondo
