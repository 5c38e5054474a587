#include "app/metrics/signature.h"

#include "tests/app/metrics/metrics_reference.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

// Ours but for the version, which says whose it is.
std::string with_our_version(std::string signature) {
  const auto at = signature.find("version:");
  return signature.replace(at, std::string::npos, "version:rondo-0.1.0");
}

}  // namespace

TEST_CASE("signatures are sacreBLEU's but for the version", "[metrics]") {
  const SignatureContext two{.references = 2};
  const std::vector<std::string> ours{
      signature(BleuOptions{}, two),
      signature(BleuOptions{.tokenizer = BleuTokenizer::intl,
                            .lowercase = true,
                            .smoothing = BleuSmoothing::add_k},
                two),
      signature(BleuOptions{.tokenizer = BleuTokenizer::chars,
                            .smoothing = BleuSmoothing::floor,
                            .smoothing_value = 0.25,
                            .effective_order = true},
                two),
      signature(ChrfOptions{}, two),
      signature(ChrfOptions{.word_order = 2, .lowercase = true}, two),
      signature(ChrfOptions{.whitespace = true, .eps_smoothing = true}, two),
      signature(TerOptions{}, two),
      signature(TerOptions{true, true, true, true}, two)};
  const auto theirs = metrics_reference()["signatures"].get<std::vector<std::string>>();
  REQUIRE(ours.size() == theirs.size());
  for (size_t i = 0; i < ours.size(); ++i) CHECK(ours[i] == with_our_version(theirs[i]));
}

TEST_CASE("a bootstrap stands in the signature with its seed", "[metrics]") {
  const SignatureContext resampled{.bootstrap = BootstrapOptions{}};
  const auto& theirs = metrics_reference()["paired"]["signatures"];
  CHECK(signature(BleuOptions{}, resampled) == with_our_version(theirs["bleu"]));
  CHECK(signature(ChrfOptions{}, resampled) == with_our_version(theirs["chrf"]));
  CHECK(signature(TerOptions{}, resampled) == with_our_version(theirs["ter"]));
}
