#pragma once

#include "app/report/heat_map.h"
#include "app/report/run_history.h"

namespace rondo {

// What a sample's translation looked at: a row a written piece, a column a read one, 0 without
// shade and 1 with the full one, so that maps of different sentences compare.
inline HeatMap attention_map(const ValidSample& sample) {
  return {.title = "Attention: each written piece's row says what it looked at",
          .rows = sample.target_pieces,
          .columns = sample.source_pieces,
          .values = sample.attention,
          .full = 1};
}

}  // namespace rondo
