#include "app/errors.h"
#include "app/export/export_model.h"
#include "tests/app/export/script_calls.h"
#include "tests/app/export/small_programs.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

using namespace rondo;

TEST_CASE("a saved translator loads with its answers and its extra files", "[export]") {
  const TemporaryFolder folder;
  const auto model = random_translator();
  auto program = script_translator(*model, ScriptPrecision::fp32);
  const auto expected = strings_of(call(program, "translate", {string_list(kOddLines)}));
  save_script(program, script_files(*model), folder / "model.pt");
  torch::jit::ExtraFilesMap files{{"config.yaml", ""}, {"source.model", ""}, {"target.model", ""}};
  auto loaded = torch::jit::load((folder / "model.pt").string(), torch::kCPU, files);
  REQUIRE(strings_of(call(loaded, "translate", {string_list(kOddLines)})) == expected);
  REQUIRE(files["config.yaml"] == to_yaml(model->experiment));
  REQUIRE(files["config.yaml"] == call(loaded, "config", {}).toStringRef());
  REQUIRE(files["source.model"] == model->source_tokenizer->serialized());
  REQUIRE(files["target.model"] == model->target_tokenizer->serialized());
  REQUIRE(!call(loaded, "version", {}).toStringRef().empty());
  REQUIRE(folder.files() == 1);
}

TEST_CASE("a saved classifier holds its labels as JSON", "[export]") {
  const TemporaryFolder folder;
  const auto model = random_classifier(TargetType::classes);
  save_script(script_sentiment(*model, ScriptPrecision::fp32), script_files(*model),
              folder / "model.pt");
  torch::jit::ExtraFilesMap files{{"labels.json", ""}};
  torch::jit::load((folder / "model.pt").string(), torch::kCPU, files);
  REQUIRE(files["labels.json"] == R"(["bad","so, so","good"])");
}

TEST_CASE("a joint tokenizer is stored once", "[export]") {
  auto model = random_translator();
  const auto apart = script_files(*model).size();
  model->target_tokenizer = model->source_tokenizer;
  REQUIRE(script_files(*model).size() == apart - 1);
}

TEST_CASE("a program that cannot be written leaves the old file alone", "[export]") {
  const TemporaryFolder folder;
  const auto model = random_classifier(TargetType::classes);
  const auto program = script_sentiment(*model, ScriptPrecision::fp32);
  const auto message = message_of<DataError>(
      [&] { save_script(program, {}, folder / "no such folder" / "model.pt"); });
  REQUIRE_THAT(message, ContainsSubstring("no such folder"));
  REQUIRE(folder.files() == 0);
}

TEST_CASE("a program in bf16 or int8 answers every line and is smaller", "[export]") {
  const auto model = random_translator();
  const auto size = [&](ScriptPrecision precision) {
    std::stringstream file;
    auto program = reloaded(script_translator(*model, precision));
    REQUIRE(strings_of(call(program, "translate", {string_list(kOddLines)})).size() ==
            kOddLines.size());
    program.save(file);
    return file.str().size();
  };
  const auto full = size(ScriptPrecision::fp32);
  REQUIRE(size(ScriptPrecision::bf16) < full);
  size(ScriptPrecision::int8);  // of so few weights the overhead outweighs what is saved
}
