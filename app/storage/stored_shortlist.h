#pragma once

#include <memory>
#include <string>

#include "app/alignment/lexical_table.h"
#include "app/storage/tensor_file.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// The lexical table as three tensors: "shortlist.offsets" [source pieces + 2] int64, and of each
// entry "shortlist.targets" int32 and "shortlist.probabilities" float32.
void add_shortlist(const LexicalTable& table, TensorFile& file);

// The opposite; null when there is none. Throws DataError beginning with `where` where it is
// damaged or of another vocabulary.
std::shared_ptr<const LexicalTable> load_shortlist(const TensorFile& file, const Tokenizer& source,
                                                   const Tokenizer& target,
                                                   const std::string& where);

}  // namespace rondo
