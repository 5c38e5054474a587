#include "app/report/event_record.h"

#include "app/report/crc32c.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::string hex(const std::string& bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

TEST_CASE("crc32c gives the check values of RFC 3720", "[report]") {
  CHECK(crc32c("") == 0);
  CHECK(crc32c("123456789") == 0xe3069283);
  CHECK(crc32c(std::string(32, '\0')) == 0x8a9136aa);
  CHECK(crc32c(std::string(32, '\xff')) == 0x62a8ab43);
}

// Bytes printed by tests/reference/report/tensorboard_events.py.
TEST_CASE("the version event is the one TensorBoard writes", "[report]") {
  CHECK(hex(tf_record(version_event(1.5))) ==
        "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c");
}

TEST_CASE("a scalar event is the one TensorBoard writes", "[report]") {
  CHECK(hex(tf_record(scalar_event(1.5, 300, "valid/bleu", 34.625F))) ==
        "2100000000000000017becf609000000000000f83f10ac022a130a110a0a76616c69642f626c6575"
        "1500800a42b7f71ef9");
}

TEST_CASE("a text event with lengths of two bytes is the one TensorBoard writes", "[report]") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "grüße";
  const std::string word = "6772c3bcc39f65";
  std::string words;
  for (int i = 0; i < 20; ++i) words += word;
  CHECK(hex(tf_record(text_event(2.5, 0, "samples", text))) ==
        "bc00000000000000cb8f6b3f0900000000000004402ab0010aad010a0773616d706c6573429701080712041202"
        "0801428c01" +
            words + "4a080a060a04746578740bedd3ba");
}

TEST_CASE("a histogram event is the one TensorBoard writes, zeros left out", "[report]") {
  const Histogram histogram{.minimum = -0.5,
                            .maximum = 2,
                            .sum = 3.5,
                            .count = 5,
                            .bounds = {-0.25, 0, 2},
                            .counts = {1, 0, 4}};
  CHECK(hex(tf_record(histogram_event(2.5, 7, "gradients/a", histogram))) ==
        "76000000000000004e43f07d09000000000000044010072a690a670a0b6772616469656e74732f612a58090000"
        "00000000e0bf110000000000000040190000000000001440210000000000000c403218000000000000d0bf0000"
        "00000000000000000000000000403a18000000000000f03f0000000000000000000000000000104052c809ce");
}

TEST_CASE("an image event is the one TensorBoard writes", "[report]") {
  const Png png{.width = 24, .height = 12, .bytes = "PNG"};
  CHECK(hex(tf_record(image_event(2.5, 7, "attention/1", png))) ==
        "290000000000000037ff5f0009000000000000044010072a1c0a1a0a0b617474656e74696f6e2f31220b080c10"
        "1818012203504e47f0b0fc53");
}

}  // namespace
}  // namespace rondo
