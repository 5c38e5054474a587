#include "app/report/page.h"
#include "app/report/report_sections.h"
#include "app/report/sample_attention.h"
#include "app/report/word_difference.h"

namespace rondo {
namespace {

constexpr std::size_t kMostEarlier = 40;

std::string term(const std::string& name, const std::string& markup) {
  return element("dt", escaped(name)) + element("dd dir=\"auto\"", markup);
}

// What earlier validations made of the same sentence, newest first; of very many some.
std::string earlier_outputs(const std::vector<ValidPoint>& validations, const ValidSample& sample) {
  std::string text;
  const std::size_t stride = 1 + (validations.size() - 1) / kMostEarlier;
  for (std::size_t back = 1; back < validations.size(); back += stride) {
    const ValidPoint& point = validations[validations.size() - 1 - back];
    for (const ValidSample& other : point.samples) {
      if (other.source != sample.source) continue;
      const auto difference = word_difference(sample.reference, other.hypothesis);
      text += term("update " + std::to_string(point.update), marked_right(difference));
      break;
    }
  }
  if (text.empty()) return "";
  return unfolding("earlier outputs", element("dl class=\"sample\"", text));
}

std::string attention(const ValidSample& sample) {
  if (sample.attention.empty()) return "";
  return element("div class=\"scroll map\"", to_svg(attention_map(sample)));
}

std::string to_html(const std::vector<ValidPoint>& validations, const ValidSample& sample) {
  const auto difference = word_difference(sample.reference, sample.hypothesis);
  const std::string terms = term("source", escaped(sample.source)) +
                            term("reference", marked_left(difference)) +
                            term("output", marked_right(difference));
  return element("div class=\"one\"", element("dl class=\"sample\"", terms) + attention(sample) +
                                          earlier_outputs(validations, sample)) +
         "\n";
}

}  // namespace

std::string sample_section(const std::vector<ValidPoint>& validations) {
  if (validations.empty()) return "";
  std::string text;
  for (const ValidSample& sample : validations.back().samples) {
    text += to_html(validations, sample);
  }
  if (text.empty()) return "";
  const std::string legend = element("del", "[struck]") + ": in the reference only; " +
                             element("ins", "{underlined}") + ": in the output only.";
  return section("Samples of the last validation", element("p class=\"soft\"", legend) + text);
}

}  // namespace rondo
