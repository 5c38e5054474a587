#pragma once

#include <cstdint>
#include <map>
#include <ostream>

#include "app/experiments/asha.h"
#include "app/experiments/job_runner.h"
#include "app/experiments/progress_board.h"
#include "app/experiments/run_progress.h"
#include "app/experiments/sweep.h"
#include "app/experiments/sweep_journal.h"

namespace rondo {

// The training that brings a trial to a rung.
TrainingPlan plan_of(const Sweep& sweep, const RungTask& task);

// sweep.tsv, sweep.html and, where there is a best trial, best.yaml. Throws DataError.
void write_outcome(const SweepRequest& request, const Sweep& sweep);

// Runs the trials as the scheduler asks; each result goes into the journal and the sweep. All that
// it is given outlives it.
class SweepSource : public JobSource {
 public:
  // Goes on from the journal in the sweep's folder. Throws ConfigError where it is of another
  // sweep.
  SweepSource(const SweepRequest& request, Sweep& sweep, std::ostream& messages);

  std::optional<Job> next() override;
  void ended(const Job& job, const JobEnd& end) override;
  void look() override;

 private:
  struct AtWork {
    RungTask task{};
    ProgressReader reader;
  };

  void take(const TrialResult& result);
  void record(const TrialResult& result);
  std::string outcome_text(const TrialResult& result) const;

  const SweepRequest& request_;
  Sweep& sweep_;
  ProgressBoard board_;
  Asha asha_;
  SweepJournal journal_;
  std::map<int64_t, AtWork> at_work_{};  // by job
  int64_t next_id_ = 0;
};

}  // namespace rondo
