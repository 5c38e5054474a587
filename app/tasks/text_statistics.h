#pragma once

#include <string>
#include <vector>

#include "app/report/dataset_statistics.h"
#include "tokenizers/token_table.h"

namespace rondo {

// Counts sentences, pieces, unknown pieces and lengths, </s> left out.
TextStatistics text_statistics(const std::string& name, const TokenTable& tokens);

// Adds "12 empty" to the list where there are any.
void add_dropped(int64_t lines, const std::string& what, std::vector<std::string>& dropped);

}  // namespace rondo
