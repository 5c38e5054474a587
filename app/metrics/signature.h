#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/metrics/bleu.h"
#include "app/metrics/bootstrap.h"
#include "app/metrics/chrf.h"
#include "app/metrics/ter.h"

// One line that says all that a score depends on, in sacreBLEU's words and order (Post 2018), with
// Rondo's own version at the end.
namespace rondo {

struct SignatureContext {
  size_t references = 1;  // a line
  std::optional<BootstrapOptions> bootstrap{};
};

std::string signature(const BleuOptions& options, const SignatureContext& context);
std::string signature(const ChrfOptions& options, const SignatureContext& context);
std::string signature(const TerOptions& options, const SignatureContext& context);

}  // namespace rondo
