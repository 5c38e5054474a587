#include "app/data/text_size.h"

#include "app/data/text_scan.h"

namespace rondo {
namespace {

// Multi30k: 3.9 MB of text, 1.2 MB compressed, take 15 MB while they are loaded.
constexpr int64_t kMemoryOfText = 4;
constexpr int64_t kTextOfCompressed = 3;

int64_t loaded_bytes(const std::string& file) {
  const auto plain = static_cast<int64_t>(size_of_file(file));
  if (file.ends_with(".gz")) return plain * kTextOfCompressed * kMemoryOfText;
  if (plain > 0) return plain * kMemoryOfText;
  return static_cast<int64_t>(size_of_file(file + ".gz")) * kTextOfCompressed * kMemoryOfText;
}

}  // namespace

int64_t loaded_bytes(const ParallelFiles& files) {
  return loaded_bytes(files.source) + loaded_bytes(files.target);
}

bool is_streamed(const DataOptions& data) {
  if (data.streaming != Streaming::automatic) return data.streaming == Streaming::always;
  int64_t bytes = loaded_bytes(data.train);
  for (const ExtraText& extra : data.extra) bytes += loaded_bytes(extra.files);
  return bytes > data.max_memory * 1'000'000;
}

}  // namespace rondo
