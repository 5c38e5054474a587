#include "app/metrics/signature.h"

#include <cstdio>

namespace rondo {
namespace {

// Writes name:value|name:value, the version last.
class SignatureLine {
 public:
  explicit SignatureLine(const SignatureContext& context) {
    add("nrefs", std::to_string(context.references));
    if (!context.bootstrap) return;
    add("bs", std::to_string(context.bootstrap->samples));
    add("seed", std::to_string(context.bootstrap->seed));
  }

  SignatureLine& add(std::string_view name, std::string_view value) {
    line_.append(name).append(":").append(value).append("|");
    return *this;
  }
  SignatureLine& flag(std::string_view name, bool value) { return add(name, value ? "yes" : "no"); }

  std::string finished() const { return line_ + "version:rondo-" RONDO_VERSION; }

 private:
  std::string line_;
};

std::string_view case_name(bool lowercase) { return lowercase ? "lc" : "mixed"; }

std::string smoothing_text(const BleuOptions& options) {
  std::string text(smoothing_name(options.smoothing));
  if (options.smoothing != BleuSmoothing::floor && options.smoothing != BleuSmoothing::add_k) {
    return text;
  }
  char value[32];
  std::snprintf(value, sizeof value, "[%.2f]", smoothing_value(options));
  return text + value;
}

}  // namespace

std::string signature(const BleuOptions& options, const SignatureContext& context) {
  return SignatureLine(context)
      .add("case", case_name(options.lowercase))
      .flag("eff", options.effective_order)
      .add("tok", tokenizer_name(options.tokenizer))
      .add("smooth", smoothing_text(options))
      .finished();
}

std::string signature(const ChrfOptions& options, const SignatureContext& context) {
  return SignatureLine(context)
      .add("case", case_name(options.lowercase))
      .flag("eff", !options.eps_smoothing)
      .add("nc", std::to_string(options.char_order))
      .add("nw", std::to_string(options.word_order))
      .flag("space", options.whitespace)
      .finished();
}

std::string signature(const TerOptions& options, const SignatureContext& context) {
  return SignatureLine(context)
      .add("case", case_name(!options.case_sensitive))
      .add("tok", "tercom")
      .flag("norm", options.normalized)
      .flag("punct", !options.no_punct)
      .flag("asian", options.asian_support)
      .finished();
}

}  // namespace rondo
