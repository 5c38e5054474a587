#include "app/decoding/explain_format.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

ExplainedTranslation small_translation() {
  return {.source = "a <dog>",
          .translation = {.text = "ein Hund",
                          .log_prob = -1.5,
                          .source_pieces = {"▁a", "▁<dog>", "</s>"},
                          .target_pieces = {"▁ein", "</s>"},
                          .token_log_probs = {-0.5f, -1},
                          .attention = {{1, 0, 0}, {0, 0.25f, 0.75f}}}};
}

Explanation explained(ExplainMethod method, const std::vector<double>& weights) {
  return {.method = method,
          .text = "not <bad> at all",
          .label = "pos",
          .probability = 0.75,
          .weights = {.words = {{"not", weights[0]},
                                {"<bad>", weights[1]},
                                {"at", weights[2]},
                                {"all", weights[3]}}}};
}

std::vector<Explanation> two_methods() {
  return {explained(ExplainMethod::gradient, {1, -2, 0, 0.5}),
          explained(ExplainMethod::leave_one_out, {2, -4, 0.5, 1})};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a translation is shown with its attention in blocks", "[decoding]") {
  CHECK(to_terminal(small_translation(), 80) ==
        "source       a <dog>\n"
        "translation  ein Hund\n"
        "             log-probability -1.500, -0.750 a piece\n"
        "\n"
        "     ▁a ▁<dog> </s>\n"
        "▁ein ██\n"
        "</s>    ▒▒▒▒▒▒ ████\n");
}

TEST_CASE("a given translation is called so", "[decoding]") {
  auto given = small_translation();
  given.forced = true;
  CHECK(holds(to_terminal(given, 80), "\ngiven        ein Hund\n"));
  CHECK(holds(to_json_line(given), "\"forced\":true"));
}

TEST_CASE("a translation as JSON holds all that is known", "[decoding]") {
  CHECK(to_json_line(small_translation()) ==
        R"({"source":"a <dog>","translation":"ein Hund","forced":false,"log_prob":-1.5,)"
        R"("source_pieces":["▁a","▁<dog>","</s>"],"target_pieces":["▁ein","</s>"],)"
        R"("token_log_probs":[-0.5,-1.0],"attention":[[1.0,0.0,0.0],[0.0,0.25,0.75]]})"
        "\n");
}

TEST_CASE("no command of a text reaches the terminal from an explanation", "[decoding]") {
  auto odd = small_translation();
  odd.source = "\x1b[2J";
  odd.translation.target_pieces[0] = "\x1b[2J";
  CHECK_FALSE(holds(to_terminal(odd, 80), "\x1b"));
}

TEST_CASE("methods stand beside one another, and how far they agree below", "[decoding]") {
  CHECK(to_terminal(two_methods(), 80) ==
        "text    not <bad> at all\n"
        "answer  pos, probability 0.7500\n"
        "\n"
        "      gradient leave-one-out\n"
        "not     0.50 ▓        0.50 ▓\n"
        "<bad>  -1.00 █       -1.00 █\n"
        "at      0.00          0.12 ░\n"
        "all     0.25 ▒        0.25 ▒\n"
        "\n"
        "rank correlation over 4 words\n"
        "  gradient and leave-one-out      1.00\n"
        "the methods agree closely (mean rank correlation 1.00)\n");
}

TEST_CASE("one method alone is compared with nothing", "[decoding]") {
  const std::vector<Explanation> one = {two_methods()[0]};
  CHECK_FALSE(holds(to_terminal(one, 80), "rank correlation"));
  CHECK(holds(to_json_line(one), R"("agreement":[],"mean_agreement":null})"));
}

TEST_CASE("methods as JSON keep their own weights", "[decoding]") {
  CHECK(to_json_line(two_methods()) ==
        R"({"text":"not <bad> at all","label":"pos","probability":0.75,)"
        R"("words":["not","<bad>","at","all"],)"
        R"("methods":{"gradient":[1.0,-2.0,0.0,0.5],"leave-one-out":[2.0,-4.0,0.5,1.0]},)"
        R"("agreement":[{"methods":["gradient","leave-one-out"],"spearman":1.0}],)"
        R"("mean_agreement":1.0})"
        "\n");
}

TEST_CASE("an explanation's page stands alone and its texts are text", "[decoding]") {
  const std::string parts = to_html(small_translation()) + to_html(two_methods());
  const std::string page = to_html(explain_page("a<b.rondo", parts));
  for (const char* part : {"a &lt;dog&gt;", "&lt;bad&gt;", "a&lt;b.rondo explained</h1>",
                           "prefers-color-scheme:dark", "the methods agree closely", "<svg "}) {
    CHECK(holds(page, part));
  }
  for (const char* part : {"<script", "src=", "url(", "<dog>", "<bad>"}) {
    CHECK_FALSE(holds(page, part));
  }
}

TEST_CASE("drawings are titled by the answer", "[decoding]") {
  CHECK(holds(to_svg(small_translation()), "aria-label=\"ein Hund\""));
  CHECK(holds(to_svg(two_methods()), "aria-label=\"pos, probability 0.7500\""));
}
