// `rondo shortlist` and translating with what it writes, as a user runs them.
#include "tests/app/commands/small_classifier_file.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// A translator of letters, and a text in which each letter becomes another one.
void add_letters(const SmallClassifierFile& files) {
  write_tensor_file(files.reviews.folder / "m.rondo", to_tensor_file(small_model(false)));
  files.write("src", "abc\ncab\nbca\nab\nc\n");
  files.write("trg", "uvw\nwuv\nvwu\nuv\nw\n");
}

}  // namespace

TEST_CASE("rondo shortlist writes Marian's text or a model, and both translate alike",
          "[commands]") {
  const SmallClassifierFile files;
  add_letters(files);
  const auto done = files.run(
      "RONDO shortlist m.rondo src trg -o lex && RONDO shortlist m.rondo src trg -o s.rondo && "
      "RONDO translate m.rondo src --shortlist lex --shortlist-first 1 --n-best 2 >file && "
      "RONDO translate s.rondo src --shortlist-first 1 --n-best 2 >inside && cmp file inside && "
      "RONDO translate s.rondo src --shortlist off >off && RONDO translate m.rondo src >all && "
      "cmp off all && RONDO translate s.rondo src --alignments --precision int8 | wc -l && "
      "RONDO score s.rondo src trg >a && RONDO score m.rondo src trg >b && cmp a b && "
      "grep -c ' NULL ' lex && RONDO inspect s.rondo >/dev/null");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("5\n"));
  CHECK_THAT(done.messages, ContainsSubstring("learnt from 5 pairs; of 5 lines: "));
  CHECK_THAT(done.messages, ContainsSubstring("100.00% of the target's pieces"));
}

TEST_CASE("what cannot be done with a shortlist is said in one line", "[commands]") {
  const SmallClassifierFile files;
  add_letters(files);
  files.write("broken", "a b 0.5\nu a\n");
  const auto refused = [&](const std::string& arguments, int status, const std::string& text) {
    const auto done = files.run("RONDO " + arguments);
    CAPTURE(arguments, done.messages);
    CHECK(done.status == status);
    CHECK_THAT(done.messages, ContainsSubstring(text));
  };
  refused("translate m.rondo src --shortlist model", 2, "the model file holds no shortlist");
  refused("translate m.rondo src --shortlist broken", 1, "broken:2: is not 'target source");
  refused("translate m.rondo src --shortlist absent", 1, "absent");
  refused("translate m.rondo src --shortlist-best 9", 2, "need a --shortlist");
  refused("score m.rondo src trg --shortlist lex", 2, "--shortlist: a given translation may hold");
  refused("shortlist m.rondo src absent -o lex", 1, "absent");
  refused("shortlist m.rondo src trg -o /absent/lex", 1, "/absent/lex");
}

}  // namespace rondo
