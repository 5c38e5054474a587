#include "app/storage/tensor_header.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/errors.h"

namespace rondo {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 4;  // {tensor: {"shape": [ number
constexpr std::size_t kMaxDimensions = 64;
constexpr const char* kMetadata = "__metadata__";

constexpr std::array<std::pair<const char*, uint64_t>, 10> kDtypes{{{"F64", 8},
                                                                    {"F32", 4},
                                                                    {"F16", 2},
                                                                    {"BF16", 2},
                                                                    {"I64", 8},
                                                                    {"I32", 4},
                                                                    {"I16", 2},
                                                                    {"I8", 1},
                                                                    {"U8", 1},
                                                                    {"BOOL", 1}}};

std::string quoted(const std::string& name) { return "tensor '" + name + "'"; }

[[noreturn]] void fail(const std::string& where, const std::string& reason) {
  throw DataError(where + ": " + reason);
}

uint64_t read_length(std::istream& in, const std::string& where) {
  std::array<unsigned char, 8> bytes{};
  in.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
  if (!in) fail(where, "cut short: no header");
  uint64_t length = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) length |= uint64_t{bytes[i]} << (8 * i);
  return length;
}

std::string length_bytes(uint64_t length) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(length >> (8 * i));
  return bytes;
}

json parse(const std::string& text, const std::string& where) {
  const auto shallow = [&](int depth, json::parse_event_t, json&) {
    if (depth > kMaxDepth) fail(where, "not a Rondo file: its header is nested too deeply");
    return true;
  };
  try {
    json header = json::parse(text, shallow);
    if (!header.is_object()) fail(where, "not a Rondo file: its header is no JSON object");
    return header;
  } catch (const json::exception&) {
    fail(where, "not a Rondo file: its header is no JSON");
  }
}

std::map<std::string, std::string> parse_metadata(const json& value, const std::string& where) {
  if (!value.is_object()) fail(where, "damaged header: metadata is no object");
  std::map<std::string, std::string> metadata;
  for (const auto& [key, text] : value.items()) {
    if (!text.is_string()) fail(where, "damaged header: metadata '" + key + "' is no text");
    metadata[key] = text.get<std::string>();
  }
  return metadata;
}

// A list of whole numbers that fit int64.
std::vector<int64_t> parse_numbers(const json& entry, const char* key, const std::string& where) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array()) fail(where, std::string("damaged: no ") + key);
  std::vector<int64_t> numbers;
  for (const json& value : *found) {
    const bool fits = value.is_number_unsigned() &&
                      value.get<uint64_t>() <= uint64_t{std::numeric_limits<int64_t>::max()};
    if (!fits) fail(where, std::string("damaged: bad number in ") + key);
    numbers.push_back(value.get<int64_t>());
  }
  return numbers;
}

TensorEntry parse_entry(const json& value, uint64_t data_size, const std::string& where) {
  if (!value.is_object()) fail(where, "damaged: no description");
  const auto dtype = value.find("dtype");
  if (dtype == value.end() || !dtype->is_string()) fail(where, "damaged: no dtype");
  TensorEntry entry{.dtype = dtype->get<std::string>(),
                    .shape = parse_numbers(value, "shape", where)};
  const std::vector<int64_t> offsets = parse_numbers(value, "data_offsets", where);
  if (offsets.size() != 2 || offsets[0] > offsets[1]) fail(where, "damaged: bad data_offsets");
  entry.begin = static_cast<uint64_t>(offsets[0]);
  entry.end = static_cast<uint64_t>(offsets[1]);
  if (entry.end > data_size) fail(where, "cut short: its data ends after the file does");
  if (tensor_bytes(entry.dtype, entry.shape, where) != entry.bytes()) {
    fail(where, "damaged: its shape and type do not fill its data");
  }
  return entry;
}

// Every byte of data belongs to exactly one tensor, so nothing overlaps, hides or is missing.
void check_tiling(const TensorHeader& header, uint64_t data_size, const std::string& where) {
  std::vector<std::pair<uint64_t, uint64_t>> spans;
  for (const auto& [name, entry] : header.tensors) spans.emplace_back(entry.begin, entry.end);
  std::sort(spans.begin(), spans.end());
  uint64_t at = 0;
  for (const auto& [begin, end] : spans) {
    if (begin != at)
      fail(where, begin < at ? "damaged: tensors overlap" : "damaged: a gap in the data");
    at = end;
  }
  if (at != data_size) fail(where, "damaged: bytes after the last tensor");
}

}  // namespace

uint64_t dtype_size(const std::string& dtype) {
  for (const auto& [name, size] : kDtypes) {
    if (dtype == name) return size;
  }
  return 0;
}

uint64_t tensor_bytes(const std::string& dtype, const std::vector<int64_t>& shape,
                      const std::string& where) {
  uint64_t bytes = dtype_size(dtype);
  if (bytes == 0) fail(where, "unknown dtype '" + dtype + "'");
  if (shape.size() > kMaxDimensions) fail(where, "too many dimensions");
  bool empty = false;
  for (const int64_t length : shape) {  // a zero may not excuse the other lengths
    empty = empty || length == 0;
    const uint64_t factor = static_cast<uint64_t>(std::max<int64_t>(length, 1));
    const bool overflow = __builtin_mul_overflow(bytes, factor, &bytes);
    if (overflow || bytes > uint64_t{std::numeric_limits<int64_t>::max()})
      fail(where, "impossible shape");
  }
  return empty ? 0 : bytes;
}

void lay_out(TensorHeader& header) {
  uint64_t at = 0;
  for (const uint64_t width : {8, 4, 2, 1}) {
    for (auto& [name, entry] : header.tensors) {
      if (dtype_size(entry.dtype) != width) continue;
      entry.begin = at;
      at = entry.end = at + tensor_bytes(entry.dtype, entry.shape, quoted(name));
    }
  }
}

std::string to_bytes(const TensorHeader& header, const std::string& where) {
  json text = json::object();
  if (!header.metadata.empty()) text[kMetadata] = header.metadata;
  for (const auto& [name, entry] : header.tensors) {
    text[name] = {
        {"dtype", entry.dtype}, {"shape", entry.shape}, {"data_offsets", {entry.begin, entry.end}}};
  }
  std::string bytes = text.dump(-1, ' ', false, json::error_handler_t::replace);
  bytes.append((8 - bytes.size() % 8) % 8, ' ');
  if (bytes.size() > kMaxHeaderBytes) fail(where, "header too long to write");
  return length_bytes(bytes.size()) + bytes;
}

bool has_tensor_header(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream in(path, std::ios::binary);
  std::array<unsigned char, 9> bytes{};
  if (!in.read(reinterpret_cast<char*>(bytes.data()), bytes.size())) return false;
  uint64_t length = 0;
  for (std::size_t i = 0; i < 8; ++i) length |= uint64_t{bytes[i]} << (8 * i);
  return length <= kMaxHeaderBytes && bytes[8] == '{';
}

TensorHeader read_tensor_header(std::istream& in, uint64_t file_size, const std::string& where) {
  const uint64_t length = read_length(in, where);
  if (length > kMaxHeaderBytes) fail(where, "not a Rondo file");
  if (length > file_size - 8) fail(where, "cut short, or not a Rondo file");
  std::string text(length, '\0');
  in.read(text.data(), static_cast<std::streamsize>(length));
  if (!in) fail(where, "cut short inside its header");
  const uint64_t data_size = file_size - 8 - length;
  TensorHeader header;
  const json parsed = parse(text, where);
  for (const auto& [name, value] : parsed.items()) {
    if (name == kMetadata) {
      header.metadata = parse_metadata(value, where);
    } else {
      header.tensors[name] = parse_entry(value, data_size, where + ": " + quoted(name));
    }
  }
  check_tiling(header, data_size, where);
  return header;
}

}  // namespace rondo
