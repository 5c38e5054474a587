// What starts before LibTorch is loaded, and how it is found.
#include "tests/app/commands/small_classifier_file.h"
#include "tests/support/catch_torch.h"

namespace rondo {

#ifdef __linux__
TEST_CASE("what needs no network starts without LibTorch", "[commands]") {
  const SmallClassifierFile files;
  files.write("text", "a line\n");
  // The dynamic loader tells each library it maps.
  const auto done = files.run(
      "for command in --help 'train --help' 'train --keys' 'metrics text text'; do "
      "LD_DEBUG=files LD_DEBUG_OUTPUT=loaded RONDO $command >said || exit 1; done; "
      "cat loaded.* | grep -c libstdc; ! cat loaded.* | grep -q libtorch");
  INFO(done.messages);
  CHECK(done.status == 0);
}

TEST_CASE("a program without its engine says where it looked", "[commands]") {
  const SmallClassifierFile files;
  const auto done = files.run("cp '" RONDO_PROGRAM "' alone && ./alone doctor");
  CHECK(done.status == 1);
  CHECK_THAT(done.messages, ContainsSubstring("rondo: cannot load the engine: "));
  CHECK_THAT(done.messages, ContainsSubstring("belong together"));
}
#endif

}  // namespace rondo
