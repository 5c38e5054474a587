#include "app/corpora/count_table.h"

#include <iomanip>

namespace rondo {

void add_row(std::ostream& table, std::string_view label, int64_t count, std::string_view note) {
  table << "  " << std::left << std::setw(14) << label << std::right << std::setw(9) << count;
  if (!note.empty()) table << "  " << note;
  table << '\n';
}

void add_dropped(std::ostream& table, std::string_view label, int64_t count,
                 std::string_view reason) {
  if (count > 0) add_row(table, label, -count, reason);
}

}  // namespace rondo
