#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/data/options.h"
#include "tokenizers/token_table.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// Which pairs of a parallel text to keep, and how.
struct CorpusOptions {
  int64_t src_max_length = 0;  // tokens without </s>; longer pairs are dropped; 0 = no limit
  int64_t trg_max_length = 0;
  bool drop_empty = true;                // pairs of which a side has no token
  bool keep_text = false;                // the lines themselves, beside their ids
  int64_t num_threads = 0;               // to tokenize with; 0 = all cores
  std::vector<int32_t> source_prefix{};  // ids put before each source; they count in its length
};

// Sentence pairs as ids, without <s> and </s>: source[i] translates to target[i].
struct ParallelCorpus {
  TokenTable source, target;
  std::vector<std::string> source_lines, target_lines;  // empty unless keep_text
  int64_t lines_read = 0;
  int64_t dropped_empty = 0;
  int64_t dropped_long = 0;
  int64_t size() const { return source.size(); }
};

// Two texts line by line. Both sides are read before any is tokenized, so a wrong pair of files is
// told at once. Throws DataError naming file and line: missing, no lines, unequal line counts,
// every pair dropped.
ParallelCorpus load_parallel_corpus(const ParallelFiles& files, const Tokenizer& source_tokenizer,
                                    const Tokenizer& target_tokenizer,
                                    const CorpusOptions& options);

// The lines of both sides, checked as above.
struct ParallelLines {
  std::vector<std::string> source, target;
};
ParallelLines read_parallel_lines(const ParallelFiles& files);

// As many sources as targets, as ids; all of them may be dropped.
ParallelCorpus encode_pairs(ParallelLines lines, const Tokenizer& source_tokenizer,
                            const Tokenizer& target_tokenizer, const CorpusOptions& options);

// How many lines each side has, both beginning at the first: throws DataError as above where they
// are none or not as many.
void check_line_counts(const std::string& source_path, int64_t sources,
                       const std::string& target_path, int64_t targets);

// All pairs were dropped.
[[noreturn]] void report_all_dropped(const ParallelFiles& files, int64_t lines_read,
                                     int64_t dropped_empty, int64_t dropped_long);

}  // namespace rondo
