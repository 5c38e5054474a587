#include "app/decoding/ready_model.h"

#include "app/errors.h"
#include "app/machine/packing.h"
#include "app/machine/precision.h"

namespace rondo {
namespace {

// What differs first: "has 8000 pieces, A.rondo 4000" or "piece 17 is '▁a', in A.rondo '▁the'";
// empty where nothing does.
std::string first_difference(const Tokenizer& tokenizer, const Tokenizer& expected,
                             const std::string& other) {
  if (tokenizer.size() != expected.size()) {
    return "has " + std::to_string(tokenizer.size()) + " pieces, " + other + " " +
           std::to_string(expected.size());
  }
  for (int32_t id = 0; id < expected.size(); ++id) {
    if (tokenizer.piece(id) == expected.piece(id)) continue;
    return "differs from piece " + std::to_string(id) + " on: '" + tokenizer.piece(id) + "', in " +
           other + " '" + expected.piece(id) + "'";
  }
  return "";
}

struct NamedModel {
  const TranslationModel& model;
  std::string name;
};

void require_one_vocabulary(const NamedModel& first, const NamedModel& member) {
  const auto compare = [&](const char* side, const Tokenizer& own, const Tokenizer& expected) {
    const std::string difference = first_difference(own, expected, first.name);
    if (difference.empty()) return;
    throw DataError(member.name + ": cannot work together with " + first.name + ": its " + side +
                    " vocabulary " + difference);
  };
  compare("target", *member.model.target_tokenizer, *first.model.target_tokenizer);
  compare("source", *member.model.source_tokenizer, *first.model.source_tokenizer);
}

}  // namespace

ReadyModel load_ready_model(const std::filesystem::path& path, DeviceChoice device,
                            Precision precision, int64_t num_threads) {
  if (num_threads > 0) torch::set_num_threads(static_cast<int>(num_threads));
  auto model = std::make_shared<TranslationModel>(load_translation_model(path));
  model->network->to(pick_device(device, precision));
  model->network->eval();
  pack(*model->network, precision);  // nothing changes this model any more
  return make_ready_model(std::move(model), precision);
}

ReadyModel make_ready_model(std::shared_ptr<TranslationModel> model, Precision precision) {
  ReadyModel ready{.model = std::move(model)};
  ready.device = ready.model->network->parameters().front().device();
  ready.bf16 = uses_bf16(precision, ready.device) && !ready.model->network->packed();
  if (uses_int8(precision, ready.device)) ready.model->network->quantize();
  return ready;
}

std::vector<ReadyModel> load_ready_models(const std::vector<std::filesystem::path>& paths,
                                          DeviceChoice device, Precision precision,
                                          int64_t num_threads) {
  std::vector<ReadyModel> models;
  for (const auto& path : paths) {
    models.push_back(load_ready_model(path, device, precision, num_threads));
    require_one_vocabulary({*models.front().model, paths.front().string()},
                           {*models.back().model, path.string()});
  }
  return models;
}

std::vector<ReadyModel> make_ready_models(
    const std::vector<std::shared_ptr<TranslationModel>>& models, Precision precision) {
  std::vector<ReadyModel> ready;
  for (const auto& model : models) {
    ready.push_back(make_ready_model(model, precision));
    require_one_vocabulary({*models.front(), "model 1"},
                           {*model, "model " + std::to_string(ready.size())});
  }
  return ready;
}

}  // namespace rondo
