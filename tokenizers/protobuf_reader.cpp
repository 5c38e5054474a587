#include "tokenizers/protobuf_reader.h"

#include <cstddef>

namespace rondo {
namespace {

// A little-endian number of `size` bytes.
bool take_fixed(std::string_view& bytes, size_t size, uint64_t& value) {
  if (bytes.size() < size) return false;
  value = 0;
  for (size_t i = 0; i < size; ++i) {
    value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  bytes.remove_prefix(size);
  return true;
}

bool take_bytes(std::string_view& message, std::string_view& bytes) {
  uint64_t length = 0;
  if (!take_varint(message, length) || length > message.size()) return false;
  bytes = message.substr(0, length);
  message.remove_prefix(length);
  return true;
}

}  // namespace

bool take_varint(std::string_view& bytes, uint64_t& value) {
  value = 0;
  for (int shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool take_field(std::string_view& message, ProtobufField& field) {
  std::string_view rest = message;
  uint64_t tag = 0;
  if (!take_varint(rest, tag)) return false;
  field = {.number = tag >> 3, .type = static_cast<WireType>(tag & 7)};
  bool whole = false;
  if (field.type == WireType::varint) whole = take_varint(rest, field.value);
  if (field.type == WireType::fixed64) whole = take_fixed(rest, 8, field.value);
  if (field.type == WireType::bytes) whole = take_bytes(rest, field.bytes);
  if (field.type == WireType::fixed32) whole = take_fixed(rest, 4, field.value);
  if (whole) message = rest;
  return whole;
}

}  // namespace rondo
