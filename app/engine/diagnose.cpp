#include "app/engine/diagnose.h"

#include <iostream>

#include "app/storage/atomic_file.h"
#include "app/tasks/diagnosis.h"

namespace rondo {
namespace {}  // namespace

void run_diagnose(const DiagnoseArguments& a) {
  const Diagnosis diagnosis = diagnose(a.request);
  if (!a.html.empty()) write_file_atomically(a.html, to_html(diagnosis));
  std::cout << (a.json ? to_json(diagnosis) + "\n" : to_text(diagnosis));
}

}  // namespace rondo
