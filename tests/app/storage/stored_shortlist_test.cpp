#include "app/storage/stored_shortlist.h"

#include "app/errors.h"
#include "app/storage/model_file.h"
#include "app/storage/weight_average.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// A translator of 12 source and 10 target pieces with a table in which each piece has a row.
TranslationModel with_shortlist() {
  TranslationModel model = small_model(false);
  LexicalTable table;
  for (int32_t row = 0; row <= model.source_tokenizer->size(); ++row) {
    table.push_back(std::vector<LexicalEntry>{{row % 10, 0.75F}, {4, 0.25F}});
  }
  model.shortlist = std::make_shared<LexicalTable>(std::move(table));
  return model;
}

// What loading says of the file once it has been changed.
template <class Change>
std::string complaint(const Change& change) {
  TensorFile file = to_tensor_file(with_shortlist());
  change(file.tensors);
  return message_of<DataError>([&] { load_translation_model(file, "m.rondo"); });
}

}  // namespace

TEST_CASE("a model file brings its shortlist along", "[storage]") {
  const TemporaryFolder folder;
  const TranslationModel model = with_shortlist();
  write_tensor_file(folder / "m.rondo", to_tensor_file(model));
  const TranslationModel loaded = load_translation_model(folder / "m.rondo");
  REQUIRE(loaded.shortlist);
  CHECK(*loaded.shortlist == *model.shortlist);
  CHECK_FALSE(load_translation_model(to_tensor_file(small_model(false)), "x").shortlist);
}

TEST_CASE("the mean of models with a shortlist keeps the first one's", "[storage]") {
  const TemporaryFolder folder;
  const TranslationModel model = with_shortlist();
  write_tensor_file(folder / "a.rondo", to_tensor_file(model));
  write_tensor_file(folder / "b.rondo", to_tensor_file(small_model(false)));
  const auto mean = average_models({folder / "a.rondo", folder / "b.rondo"}, false);
  CHECK(*load_translation_model(mean, "mean").shortlist == *model.shortlist);
}

TEST_CASE("a damaged shortlist gives one line", "[storage]") {
  const std::string damaged = "m.rondo: its shortlist is damaged";
  CHECK(complaint([](auto& t) { t.erase("shortlist.targets"); }) == damaged);
  CHECK(complaint([](auto& t) { t.erase("shortlist.probabilities"); }) == damaged);
  CHECK(complaint([](auto& t) { t["shortlist.targets"][0] = 10; }) == damaged);
  CHECK(complaint([](auto& t) { t["shortlist.targets"][0] = -1; }) == damaged);
  CHECK(complaint([](auto& t) { t["shortlist.offsets"][1] = 99; }) == damaged);
  CHECK(complaint([](auto& t) { t["shortlist.offsets"][0] = 1; }) == damaged);
  CHECK(complaint([](auto& t) { t["shortlist.offsets"] = torch::zeros({0}, torch::kInt64); }) ==
        damaged);
  CHECK(complaint([](auto& t) {
          t["shortlist.targets"] = t["shortlist.targets"].to(torch::kLong);
        }) == damaged);
  CHECK(complaint([](auto& t) {
          auto& offsets = t["shortlist.offsets"];
          offsets = torch::cat({offsets, offsets.narrow(0, 13, 1)});
        }) == "m.rondo: its shortlist is of 13 source pieces, its tokenizer of 12");
}

}  // namespace rondo
