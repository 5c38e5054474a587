#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace rondo {

// 64 bits that tell one text from another, however it is cut into calls of add. Against chance, not
// against malice. Eight bytes a step, multiplied and folded as splitmix64 does.
class ByteHash {
 public:
  void add(std::string_view bytes) {
    length_ += bytes.size();
    while (!bytes.empty() && (filled_ > 0 || bytes.size() < sizeof word_)) {
      word_ |= static_cast<uint64_t>(static_cast<unsigned char>(bytes.front())) << (8 * filled_);
      bytes.remove_prefix(1);
      if (++filled_ == sizeof word_) mix_word();
    }
    for (; bytes.size() >= sizeof word_; bytes.remove_prefix(sizeof word_)) {
      std::memcpy(&word_, bytes.data(), sizeof word_);
      mix_word();
    }
    if (!bytes.empty()) add_rest(bytes);
  }
  void add(uint64_t number) {
    add(std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
  }

  uint64_t value() const { return mixed(mixed(hash_, word_), length_); }

 private:
  static uint64_t mixed(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0xBF58476D1CE4E5B9ULL;
    return hash ^ (hash >> 32);
  }
  void mix_word() {
    hash_ = mixed(hash_, word_);
    word_ = 0;
    filled_ = 0;
  }
  void add_rest(std::string_view bytes) {
    for (const char byte : bytes) {
      word_ |= static_cast<uint64_t>(static_cast<unsigned char>(byte)) << (8 * filled_++);
    }
  }

  uint64_t hash_ = 0x9E3779B97F4A7C15ULL;
  uint64_t word_ = 0;  // of the bytes that do not yet make eight
  uint32_t filled_ = 0;
  uint64_t length_ = 0;
};

}  // namespace rondo
