#pragma once

namespace rondo {

struct AverageArguments;
struct BenchArguments;
struct ClassifyArguments;
struct DiagnoseArguments;
struct EvaluateArguments;
struct ExplainArguments;
struct ExportArguments;
struct InspectArguments;
struct ScoreArguments;
struct ShortlistArguments;
struct TrainArguments;
struct TranslateArguments;

// What the program does with LibTorch, a function a command. LibTorch takes 0.2 s to load, so the
// program itself is linked without it: help, metrics and tokenizers answer at once.
struct Engine {
  void (*average)(const AverageArguments&) = nullptr;
  void (*bench)(const BenchArguments&) = nullptr;
  void (*classify)(const ClassifyArguments&) = nullptr;
  void (*diagnose)(const DiagnoseArguments&) = nullptr;
  void (*doctor)() = nullptr;
  void (*evaluate)(const EvaluateArguments&) = nullptr;
  void (*explain)(const ExplainArguments&) = nullptr;
  void (*export_model)(const ExportArguments&) = nullptr;
  void (*inspect)(const InspectArguments&) = nullptr;
  void (*score)(const ScoreArguments&) = nullptr;
  void (*shortlist)(const ShortlistArguments&) = nullptr;
  void (*train)(const TrainArguments&) = nullptr;
  void (*translate)(const TranslateArguments&) = nullptr;
};

// Linked in, or loaded at the first call: whoever links decides (rondo_engine, or
// engine_library.cpp). Throws std::runtime_error where it cannot be loaded.
const Engine& engine();

}  // namespace rondo
