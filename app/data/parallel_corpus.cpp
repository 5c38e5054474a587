#include "app/data/parallel_corpus.h"

#include "app/data/line_reader.h"
#include "app/errors.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

[[noreturn]] void report_unequal(const std::string& shorter, int64_t shorter_lines,
                                 const std::string& longer, int64_t longer_lines) {
  throw DataError(shorter + ":" + std::to_string(shorter_lines) + ": ends here, but " + longer +
                  " goes on: " + std::to_string(shorter_lines) + " lines against " +
                  std::to_string(longer_lines) +
                  "; line i of one must translate line i of the other");
}

bool too_long(int64_t length, int64_t limit) { return limit > 0 && length > limit; }

// Counts a pair that must go; true when it may stay.
bool keep_pair(int64_t source_length, int64_t target_length, const CorpusOptions& options,
               ParallelCorpus& corpus) {
  if (options.drop_empty && (source_length == 0 || target_length == 0)) {
    ++corpus.dropped_empty;
    return false;
  }
  const auto prefix = static_cast<int64_t>(options.source_prefix.size());
  if (too_long(source_length + prefix, options.src_max_length) ||
      too_long(target_length, options.trg_max_length)) {
    ++corpus.dropped_long;
    return false;
  }
  return true;
}

TokenTable with_prefix(const std::vector<int32_t>& prefix, const TokenTable& table) {
  TokenTable prefixed;
  std::vector<int32_t> ids = prefix;
  for (int64_t line = 0; line < table.size(); ++line) {
    ids.resize(prefix.size());
    ids.insert(ids.end(), table[line].begin(), table[line].end());
    prefixed.push_back(ids);
  }
  return prefixed;
}

}  // namespace

void check_line_counts(const std::string& source_path, int64_t sources,
                       const std::string& target_path, int64_t targets) {
  if (sources == 0 && targets == 0) {
    throw DataError(source_path + " and " + target_path + " hold no lines");
  }
  if (sources < targets) report_unequal(source_path, sources, target_path, targets);
  if (targets < sources) report_unequal(target_path, targets, source_path, sources);
}

void report_all_dropped(const ParallelFiles& files, int64_t lines_read, int64_t dropped_empty,
                        int64_t dropped_long) {
  throw DataError(files.source + " and " + files.target + ": no pair is left of " +
                  std::to_string(lines_read) + ": " + std::to_string(dropped_empty) + " empty, " +
                  std::to_string(dropped_long) + " longer than src_max_length or trg_max_length");
}

ParallelLines read_parallel_lines(const ParallelFiles& files) {
  const std::string source_path = existing_text_file(files.source);
  const std::string target_path = existing_text_file(files.target);
  ParallelLines lines{read_lines(source_path), read_lines(target_path)};
  check_line_counts(source_path, static_cast<int64_t>(lines.source.size()), target_path,
                    static_cast<int64_t>(lines.target.size()));
  return lines;
}

ParallelCorpus encode_pairs(ParallelLines lines, const Tokenizer& source_tokenizer,
                            const Tokenizer& target_tokenizer, const CorpusOptions& options) {
  const TokenTable source = encode_all(source_tokenizer, lines.source, options.num_threads);
  const TokenTable target = encode_all(target_tokenizer, lines.target, options.num_threads);
  ParallelCorpus corpus;
  corpus.lines_read = source.size();
  for (int64_t i = 0; i < source.size(); ++i) {
    if (!keep_pair(source.length(i), target.length(i), options, corpus)) continue;
    corpus.source.push_back(source[i]);
    corpus.target.push_back(target[i]);
    if (!options.keep_text) continue;
    corpus.source_lines.push_back(std::move(lines.source[i]));
    corpus.target_lines.push_back(std::move(lines.target[i]));
  }
  if (!options.source_prefix.empty()) {
    corpus.source = with_prefix(options.source_prefix, corpus.source);
  }
  return corpus;
}

ParallelCorpus load_parallel_corpus(const ParallelFiles& files, const Tokenizer& source_tokenizer,
                                    const Tokenizer& target_tokenizer,
                                    const CorpusOptions& options) {
  ParallelCorpus corpus =
      encode_pairs(read_parallel_lines(files), source_tokenizer, target_tokenizer, options);
  if (corpus.size() == 0) {
    report_all_dropped(files, corpus.lines_read, corpus.dropped_empty, corpus.dropped_long);
  }
  return corpus;
}

}  // namespace rondo
