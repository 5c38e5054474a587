#include "app/report/event_record.h"

#include <array>
#include <bit>
#include <vector>

#include "app/report/crc32c.h"

namespace rondo {
namespace {

enum class Wire : uint64_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

std::string little_endian(uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::string varint(uint64_t value) {
  std::string text;
  for (; value >= 0x80; value >>= 7) text += static_cast<char>((value & 0x7f) | 0x80);
  return text + static_cast<char>(value);
}

std::string key(uint64_t field, Wire wire) {
  return varint(field << 3 | static_cast<uint64_t>(wire));
}

std::string number_field(uint64_t field, int64_t value) {
  return key(field, Wire::varint) + varint(static_cast<uint64_t>(value));
}

std::string float_field(uint64_t field, float value) {
  return key(field, Wire::fixed32) + little_endian(std::bit_cast<uint32_t>(value), 4);
}

std::string double_field(uint64_t field, double value) {
  return key(field, Wire::fixed64) + little_endian(std::bit_cast<uint64_t>(value), 8);
}

std::string bytes_field(uint64_t field, std::string_view value) {
  return key(field, Wire::bytes) + varint(value.size()) + std::string(value);
}

std::string doubles_field(uint64_t field, const std::vector<double>& values) {
  if (values.empty()) return "";
  std::string packed;
  for (const double value : values) packed += little_endian(std::bit_cast<uint64_t>(value), 8);
  return bytes_field(field, packed);
}

// Event { wall_time = 1; step = 2; summary = 5 { value = 1 } }; a zero step is left out, as
// protocol buffers do.
std::string event(double wall_time, int64_t step, const std::string& value) {
  const std::string steps = step == 0 ? "" : number_field(2, step);
  return double_field(1, wall_time) + steps + bytes_field(5, bytes_field(1, value));
}

}  // namespace

std::string tf_record(std::string_view payload) {
  const std::string length = little_endian(payload.size(), 8);
  return length + little_endian(masked_crc32c(length), 4) + std::string(payload) +
         little_endian(masked_crc32c(payload), 4);
}

std::string version_event(double wall_time) {
  return double_field(1, wall_time) + bytes_field(3, "brain.Event:2");
}

std::string scalar_event(double wall_time, int64_t step, std::string_view tag, float value) {
  return event(wall_time, step, bytes_field(1, tag) + float_field(2, value));
}

// Value { tag = 1; tensor = 8; metadata = 9 { plugin_data = 1 { plugin_name = 1 } } } where
// tensor { dtype = 1; tensor_shape = 2 { dim = 2 { size = 1 } }; string_val = 8 }.
std::string text_event(double wall_time, int64_t step, std::string_view tag,
                       std::string_view text) {
  constexpr int64_t kString = 7;
  const std::string shape = bytes_field(2, number_field(1, 1));
  const std::string tensor =
      number_field(1, kString) + bytes_field(2, shape) + bytes_field(8, text);
  const std::string metadata = bytes_field(1, bytes_field(1, "text"));
  return event(wall_time, step,
               bytes_field(1, tag) + bytes_field(8, tensor) + bytes_field(9, metadata));
}

// HistogramProto { min = 1; max = 2; num = 3; sum = 4; sum_squares = 5; bucket_limit = 6 [packed];
// bucket = 7 [packed] }, field 5 of the value; numbers that are 0 are left out.
std::string histogram_event(double wall_time, int64_t step, std::string_view tag,
                            const Histogram& histogram) {
  const std::array<double, 5> numbers{histogram.minimum, histogram.maximum,
                                      static_cast<double>(histogram.count), histogram.sum,
                                      histogram.sum_of_squares};
  std::string message;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::bit_cast<uint64_t>(numbers[i]) != 0) message += double_field(i + 1, numbers[i]);
  }
  message += doubles_field(6, histogram.bounds) + doubles_field(7, histogram.counts);
  return event(wall_time, step, bytes_field(1, tag) + bytes_field(5, message));
}

// Image { height = 1; width = 2; colorspace = 3; encoded_image_string = 4 }, field 4 of the value.
std::string image_event(double wall_time, int64_t step, std::string_view tag, const Png& image) {
  constexpr int64_t kGrey = 1;
  const std::string message = number_field(1, image.height) + number_field(2, image.width) +
                              number_field(3, kGrey) + bytes_field(4, image.bytes);
  return event(wall_time, step, bytes_field(1, tag) + bytes_field(4, message));
}

}  // namespace rondo
