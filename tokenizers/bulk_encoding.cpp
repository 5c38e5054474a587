#include "tokenizers/bulk_encoding.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace rondo {
namespace {

// SentencePiece's generator belongs to the thread and takes its seed at its first use there. So the
// lines are always cut into this many parts, each encoded by a thread of its own.
constexpr int64_t kSamplingParts = 16;

using EncodeLine = std::function<std::vector<int32_t>(std::string_view)>;

TokenTable encode_part(const EncodeLine& encode, std::span<const std::string> lines) {
  TokenTable table;
  for (const std::string& line : lines) table.push_back(encode(line));
  return table;
}

TokenTable joined(const std::vector<TokenTable>& parts) {
  TokenTable all;
  for (const TokenTable& part : parts) all.append(part);
  return all;
}

// Each of `parts` contiguous runs of lines on a fresh thread; the first error is thrown here.
TokenTable encode_in_parts(const EncodeLine& encode, std::span<const std::string> lines,
                           int64_t parts) {
  std::vector<TokenTable> tables(parts);
  std::vector<std::exception_ptr> errors(parts);
  {
    std::vector<std::jthread> threads;
    const auto lines_total = static_cast<int64_t>(lines.size());
    for (int64_t part = 0; part < parts; ++part) {
      const int64_t begin = lines_total * part / parts;
      const int64_t end = lines_total * (part + 1) / parts;
      threads.emplace_back([&, part, slice = lines.subspan(begin, end - begin)] {
        try {
          tables[part] = encode_part(encode, slice);
        } catch (...) {
          errors[part] = std::current_exception();
        }
      });
    }
  }
  for (const auto& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  return joined(tables);
}

// Never 0xFFFFFFFF, which SentencePiece takes for "no seed". The mixing is splitmix64's.
uint32_t sampling_seed(uint64_t seed, int64_t epoch) {
  uint64_t mixed = seed + 0x9E3779B97F4A7C15ULL * (static_cast<uint64_t>(epoch) + 1);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<uint32_t>((mixed ^ (mixed >> 31)) >> 33);
}

}  // namespace

TokenTable encode_all(const Tokenizer& tokenizer, std::span<const std::string> lines,
                      int64_t num_threads) {
  constexpr int64_t kLinesWorthAThread = 64;
  if (num_threads <= 0) num_threads = std::thread::hardware_concurrency();
  const int64_t useful = static_cast<int64_t>(lines.size()) / kLinesWorthAThread;
  const auto encode = [&](std::string_view line) { return tokenizer.encode(line); };
  num_threads = std::clamp<int64_t>(useful, 1, std::max<int64_t>(num_threads, 1));
  if (num_threads == 1) return encode_part(encode, lines);
  return encode_in_parts(encode, lines, num_threads);
}

TokenTable encode_all_sampled(const Tokenizer& tokenizer, std::span<const std::string> lines,
                              uint64_t seed, int64_t epoch) {
  static std::mutex one_seed_at_a_time;  // the seed is the process's
  const std::lock_guard lock(one_seed_at_a_time);
  sentencepiece::SetRandomGeneratorSeed(sampling_seed(seed, epoch));
  const auto encode = [&](std::string_view line) { return tokenizer.encode_sampled(line); };
  return encode_in_parts(encode, lines, kSamplingParts);
}

}  // namespace rondo
