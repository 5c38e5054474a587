#pragma once

#include <filesystem>
#include <string>

#include "app/corpora/partition.h"

namespace rondo {

struct CorpusOutput {
  std::filesystem::path folder{};
  std::string src_lang = "src";
  std::string trg_lang = "trg";
};

// Writes train, dev and test as folder/PART.LANG, one segment a line. Nothing in the folder changes
// before all six files are wholly on the disk beside their names. Throws DataError naming the path.
void write_corpus(const Partition& partition, const CorpusOutput& output);

}  // namespace rondo
