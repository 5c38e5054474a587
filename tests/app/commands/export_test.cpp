// `rondo export` as a user runs it.
#include <torch/script.h>

#include "tests/app/commands/small_classifier_file.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

constexpr const char* kNoDifference =
    "lines with another answer    0\n";  // of the table that --check prints

// A translator in translator.rondo beside the classifier, and lines for it.
void add_translator(const SmallClassifierFile& files) {
  write_tensor_file(files.reviews.folder / "translator.rondo", to_tensor_file(small_model(true)));
  files.write("lines.txt", "abc\n\nhgfed cba\n\xFF\xFE\na b c d e f g h\n");
}

}  // namespace

TEST_CASE("rondo export writes a classifier that answers as rondo does", "[commands]") {
  const SmallClassifierFile files;
  files.write("lines.txt", "a fine film\n\n\xFF\xFE\nthe food was cold\n");
  const auto done = files.run("RONDO export MODEL -o model.pt --check lines.txt");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.messages, ContainsSubstring("model.pt: ") && ContainsSubstring("MB, fp32; "));
  CHECK_THAT(done.messages, ContainsSubstring("methods classify, "));
  CHECK_THAT(done.out, ContainsSubstring("lines                        4\n"));
  CHECK_THAT(done.out, ContainsSubstring(kNoDifference));
  auto program = torch::jit::load((files.reviews.folder / "model.pt").string());
  CHECK(program.get_method("classify")({c10::List<std::string>({"good"})}).toListRef().size() == 1);
}

TEST_CASE("rondo export writes a translator that answers as rondo does", "[commands]") {
  const SmallClassifierFile files;
  add_translator(files);
  const auto done =
      files.run("RONDO export translator.rondo -o model.pt --beam 2 --check lines.txt");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.messages, ContainsSubstring("methods translate, "));
  CHECK_THAT(done.out, ContainsSubstring(kNoDifference));
  auto program = torch::jit::load((files.reviews.folder / "model.pt").string());
  CHECK(program.attr("beam_size").toInt() == 2);
}

TEST_CASE("rondo export quantises, and then a difference is no failure", "[commands]") {
  const SmallClassifierFile files;
  add_translator(files);
  for (const std::string precision : {"int8", "bf16"}) {
    const auto done = files.run("RONDO export translator.rondo -o model.pt --quantize " +
                                precision + " --check lines.txt");
    INFO(done.messages);
    CHECK(done.status == 0);
    CHECK_THAT(done.messages, ContainsSubstring("MB, " + precision + "; "));
  }
}

TEST_CASE("rondo export says in one line what it cannot do", "[commands]") {
  const SmallClassifierFile files;
  const auto beam = files.run("RONDO export MODEL -o model.pt --beam 3");
  CHECK(beam.status == 2);
  CHECK_THAT(beam.messages, ContainsSubstring("--beam: ") && ContainsSubstring("a classifier"));
  const auto itself = files.run("RONDO export MODEL -o MODEL");
  CHECK(itself.status == 2);
  CHECK_THAT(itself.messages, ContainsSubstring("is the model itself"));
  const auto other = files.run("RONDO export train.tsv -o model.pt");
  CHECK(other.status == 1);
  CHECK_THAT(other.messages, ContainsSubstring("rondo: ") && ContainsSubstring("train.tsv"));
  CHECK(files.run("RONDO export MODEL -o model.pt --quantize int4").status == 2);
  CHECK(files.run("RONDO export MODEL").status == 2);
  CHECK_FALSE(std::filesystem::exists(files.reviews.folder / "model.pt"));
}

}  // namespace rondo
