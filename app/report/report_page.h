#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/report/chart.h"
#include "app/report/run_history.h"

namespace rondo {

// The run's curves, in the order of the page: loss, perplexity, BLEU and chrF, learning rate,
// gradient norm, speed.
std::vector<Chart> charts_of(const RunHistory& history);

// One self-contained page: figures, curves, validations, samples, configuration. It loads nothing,
// runs no script, and follows the reader's light or dark preference.
std::string to_html(const RunHistory& history);

// report.html in the run folder, replaced as a whole. Throws DataError.
void write_report(const std::filesystem::path& run_folder, const RunHistory& history);

}  // namespace rondo
