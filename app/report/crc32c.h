#pragma once

#include <cstdint>
#include <string_view>

namespace rondo {

// CRC-32 with the Castagnoli polynomial (RFC 3720, appendix B.4).
uint32_t crc32c(std::string_view bytes);

// As TFRecord files store it: rotated right by 15 bits, plus a constant, so that the checksum of
// data that holds checksums stays sound.
uint32_t masked_crc32c(std::string_view bytes);

}  // namespace rondo
