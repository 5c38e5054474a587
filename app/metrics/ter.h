#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/metrics/references.h"

// Translation edit rate (Snover et al. 2006) as sacreBLEU 2.6 counts it, which follows Tercom.
namespace rondo {

struct TerOptions {
  bool normalized = false;     // put spaces around punctuation, resolve &quot; and the like
  bool no_punct = false;       // drop . , ? : ; ! " ( )
  bool asian_support = false;  // normalized and no_punct act on CJK too
  bool case_sensitive = false;
};

// A sentence's or a corpus's: these add.
struct TerStatistics {
  double edits = 0;
  double reference_length = 0;  // words; the mean over the references
};

struct TerScore {
  double score = 0;  // 100 * edits / reference length; may be above 100
  TerStatistics statistics{};
};

// Against the reference that needs the fewest edits.
TerStatistics ter_statistics(std::string_view hypothesis,
                             std::span<const std::string_view> references,
                             const TerOptions& options = {});

TerScore ter_score(const TerStatistics& statistics);

// Throws DataError when the numbers of lines differ.
TerScore corpus_ter(std::span<const std::string> hypotheses, const References& references,
                    const TerOptions& options = {});

// Tercom's normalisation: what is left is words and spaces.
std::u32string normalize_tercom(std::u32string_view line, const TerOptions& options);

}  // namespace rondo
