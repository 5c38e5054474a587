#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <map>
#include <string>
#include <vector>

namespace rondo {

// What stands before the data in a file of the safetensors layout. Torch-free.
struct TensorEntry {
  std::string dtype{};           // F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL
  std::vector<int64_t> shape{};  // [] for a scalar
  uint64_t begin = 0, end = 0;   // bytes, counted from the end of the header

  uint64_t bytes() const { return end - begin; }
};

struct TensorHeader {
  std::map<std::string, TensorEntry> tensors{};
  std::map<std::string, std::string> metadata{};
};

// Bytes an element; 0 for a type that Rondo does not know.
uint64_t dtype_size(const std::string& dtype);

// Bytes of a tensor. Throws DataError beginning with `where` on an unknown type or an overflow.
uint64_t tensor_bytes(const std::string& dtype, const std::vector<int64_t>& shape,
                      const std::string& where);

// Sets begin and end of every entry so that the tensors fill the data without a gap, widest
// elements first: each tensor is then aligned to its element.
void lay_out(TensorHeader& header);

// Length word and JSON, padded with spaces to a multiple of 8 bytes. Throws DataError when longer
// than kMaxHeaderBytes.
std::string to_bytes(const TensorHeader& header, const std::string& where);

// Reads what to_bytes wrote; file_size bounds every number in it, so that a damaged file costs no
// memory. Leaves `in` at the first byte of data. Throws DataError beginning with `where`.
TensorHeader read_tensor_header(std::istream& in, uint64_t file_size, const std::string& where);

// Whether a regular file begins as this layout does; no text does. Other files, a pipe above all,
// are not looked into.
bool has_tensor_header(const std::filesystem::path& path);

inline constexpr uint64_t kMaxHeaderBytes = 16 << 20;

}  // namespace rondo
