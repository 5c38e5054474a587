#include "app/corpora/stable_hash.h"

namespace rondo {

uint64_t stable_hash(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325ULL;
  for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001B3ULL;
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
  return hash ^ (hash >> 33);
}

}  // namespace rondo
