#include "app/engine/engine.h"

#include "app/engine/average.h"
#include "app/engine/bench.h"
#include "app/engine/classify.h"
#include "app/engine/diagnose.h"
#include "app/engine/doctor.h"
#include "app/engine/evaluate.h"
#include "app/engine/explain.h"
#include "app/engine/export.h"
#include "app/engine/inspect.h"
#include "app/engine/score.h"
#include "app/engine/shortlist.h"
#include "app/engine/train.h"
#include "app/engine/translate.h"

namespace rondo {

const Engine& engine() {
  static constexpr Engine kEngine{
      .average = run_average,
      .bench = run_bench,
      .classify = run_classify,
      .diagnose = run_diagnose,
      .doctor = run_doctor,
      .evaluate = run_evaluate,
      .explain = run_explain,
      .export_model = run_export,
      .inspect = run_inspect,
      .score = run_score,
      .shortlist = run_shortlist,
      .train = run_train,
      .translate = run_translate,
  };
  return kEngine;
}

}  // namespace rondo
