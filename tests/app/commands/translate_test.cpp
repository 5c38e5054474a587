// `rondo translate` and `rondo score` with several models, as a user runs them.
#include "tests/app/commands/small_classifier_file.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// Two translators of one vocabulary, one of another, and a text.
void add_translators(const SmallClassifierFile& files) {
  const auto write = [&](const std::string& name, const TensorFile& file) {
    write_tensor_file(files.reviews.folder / name, file);
  };
  write("a.rondo", to_tensor_file(small_model(true, DecoderType::gnmt)));
  write("b.model", to_tensor_file(small_model(true, DecoderType::luong)));
  write("other.rondo", to_tensor_file(small_model(false)));
  files.write("text", "abc\n\nhgfed cba\na b c\n");
}

}  // namespace

TEST_CASE("rondo translate takes leading models together and a last text", "[commands]") {
  const SmallClassifierFile files;
  add_translators(files);
  const auto done = files.run(
      "RONDO translate a.rondo text >alone && RONDO translate a.rondo a.rondo text >twice && "
      "cmp alone twice && RONDO translate a.rondo b.model text --scores >both && "
      "RONDO translate a.rondo b.model <text --scores >piped && cmp both piped && "
      "RONDO translate text --models a.rondo b.model --scores >named && cmp both named && "
      "RONDO translate a.rondo b.model - --weights 1,1 --combine mean --scores <text >told && "
      "cmp both told && RONDO translate a.rondo b.model text --combine log --alignments && "
      "wc -l <both");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("4\n"));
}

TEST_CASE("rondo score means the probabilities of several models", "[commands]") {
  const SmallClassifierFile files;
  add_translators(files);
  const auto done = files.run(
      "RONDO score a.rondo text text >alone && RONDO score a.rondo a.rondo text text >twice && "
      "cmp alone twice && RONDO score a.rondo b.model text text --weights 3,1 | wc -l");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("4\n"));
}

TEST_CASE("rondo translate says in one line which models cannot work together", "[commands]") {
  const SmallClassifierFile files;
  add_translators(files);
  const auto refused = [&](const std::string& arguments, int status, const std::string& text) {
    const auto done = files.run("RONDO translate " + arguments);
    CAPTURE(arguments, done.messages);
    CHECK(done.status == status);
    CHECK_THAT(done.messages, ContainsSubstring(text));
  };
  refused("a.rondo other.rondo text", 1,
          "other.rondo: cannot work together with a.rondo: its target vocabulary has 10 pieces");
  refused("a.rondo text b.model", 1, "text: ");
  refused("a.rondo absent.rondo text", 1, "absent.rondo: no such file");
  refused("a.rondo b.model text --weights 1", 2, "--weights: 1 for 2 models");
  refused("a.rondo b.model text --weights 1,x", 2, "'x' is no number");
  refused("text more --models a.rondo", 2, "--models: beside it only a text");
}

}  // namespace rondo
