#include "app/storage/tensor_file.h"

#include <array>
#include <bit>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/storage/tensor_header.h"

namespace fs = std::filesystem;

namespace rondo {
namespace {

static_assert(std::endian::native == std::endian::little, "tensor data is written as it lies");

constexpr std::array<std::pair<const char*, torch::ScalarType>, 10> kTypes{
    {{"F64", torch::kFloat64},
     {"F32", torch::kFloat32},
     {"F16", torch::kFloat16},
     {"BF16", torch::kBFloat16},
     {"I64", torch::kInt64},
     {"I32", torch::kInt32},
     {"I16", torch::kInt16},
     {"I8", torch::kInt8},
     {"U8", torch::kUInt8},
     {"BOOL", torch::kBool}}};

std::string dtype_name(torch::ScalarType type, const std::string& where) {
  for (const auto& [name, known] : kTypes) {
    if (known == type) return name;
  }
  throw DataError(where + ": cannot store tensors of type " + c10::toString(type));
}

torch::ScalarType scalar_type(const std::string& dtype) {
  for (const auto& [name, type] : kTypes) {
    if (dtype == name) return type;
  }
  throw DataError("unknown dtype '" + dtype + "'");  // the header's reader has let none pass
}

TensorHeader describe(const TensorFile& file, const std::string& where) {
  TensorHeader header{.metadata = file.metadata};
  for (const auto& [name, tensor] : file.tensors) {
    header.tensors[name] = {
        .dtype = dtype_name(tensor.scalar_type(), where + ": tensor '" + name + "'"),
        .shape = tensor.sizes().vec()};
  }
  lay_out(header);
  return header;
}

// Names in the order of their data.
std::vector<std::string> in_order(const TensorHeader& header) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : header.tensors) names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
    return header.tensors.at(a).begin < header.tensors.at(b).begin;
  });
  return names;
}

torch::Tensor read_tensor(std::istream& in, const TensorEntry& entry, const std::string& where) {
  torch::Tensor tensor = torch::empty(entry.shape, scalar_type(entry.dtype));
  in.read(static_cast<char*>(tensor.data_ptr()), static_cast<std::streamsize>(entry.bytes()));
  if (!in) throw DataError(where + ": cut short while it was read");
  const bool flags = entry.dtype == "BOOL" && tensor.numel() > 0;
  if (flags && tensor.view(torch::kUInt8).max().item<int>() > 1) {
    throw DataError(where + ": damaged: a BOOL tensor holds other bytes than 0 and 1");
  }
  return tensor;
}

}  // namespace

void write_tensor_file(const fs::path& path, const TensorFile& file) {
  const TensorHeader header = describe(file, path.string());
  AtomicFile out(path);
  out.write(to_bytes(header, path.string()));
  for (const std::string& name : in_order(header)) {
    // One tensor at a time leaves its device, so no second copy of the model is ever held.
    const torch::Tensor tensor = file.tensors.at(name).detach().cpu().contiguous();
    out.write(tensor.data_ptr(), tensor.nbytes());
  }
  out.commit();
}

TensorFile read_tensor_file(const fs::path& path) {
  const std::string where = path.string();
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw DataError(where + ": no such file");
  if (!fs::is_regular_file(status)) throw DataError(where + ": not a regular file");
  const uint64_t size = fs::file_size(path, error);
  std::ifstream in(path, std::ios::binary);
  if (!in || error) throw DataError(where + ": cannot be read: permission denied or input error");

  TensorHeader header = read_tensor_header(in, size, where);
  TensorFile file{.metadata = std::move(header.metadata)};
  for (const std::string& name : in_order(header)) {
    file.tensors[name] =
        read_tensor(in, header.tensors.at(name), where + ": tensor '" + name + "'");
  }
  return file;
}

std::string shape_text(const torch::Tensor& tensor) {
  std::ostringstream text;
  text << tensor.sizes();
  return text.str();
}

}  // namespace rondo
