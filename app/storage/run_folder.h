#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace rondo {

// Where the files of one training run lie.
struct RunFolder {
  std::filesystem::path path;

  std::filesystem::path config() const { return path / "config.yaml"; }
  std::filesystem::path best_model() const { return path / "best.rondo"; }
  std::filesystem::path checkpoint() const { return path / "latest.ckpt"; }
  // At the end of cosine's nth part.
  std::filesystem::path snapshot(int64_t n) const {
    return path / ("snapshot-" + std::to_string(n) + ".rondo");
  }
  std::filesystem::path metrics() const { return path / "metrics.jsonl"; }
  std::filesystem::path timings() const { return path / "timings.jsonl"; }
  std::filesystem::path result() const { return path / "result.json"; }
  std::filesystem::path log() const { return path / "train.log"; }
  std::filesystem::path report() const { return path / "report.html"; }
  std::filesystem::path tensorboard() const { return path / "tensorboard"; }
};

}  // namespace rondo
