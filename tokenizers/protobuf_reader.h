#pragma once

#include <cstdint>
#include <string_view>

namespace rondo {

// The ways in which protobuf's wire format stores a field's value.
enum class WireType { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

// One field of a serialized message.
struct ProtobufField {
  uint64_t number = 0;
  WireType type = WireType::varint;
  uint64_t value = 0;        // unless it is bytes
  std::string_view bytes{};  // a string, bytes or message
};

// A varint from the front of bytes, which loses it; false when it is cut.
bool take_varint(std::string_view& bytes, uint64_t& value);

// The next field from the front of message, which loses it; false at its end and where it is
// damaged, of which only the first leaves it empty.
bool take_field(std::string_view& message, ProtobufField& field);

}  // namespace rondo
