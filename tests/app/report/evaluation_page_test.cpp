#include "app/report/evaluation_page.h"

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

EvaluationPage small_page() {
  const ClassPredictions predictions{
      .classes = 2,
      .probabilities = {0.75f, 0.25f, 0.125f, 0.875f, 0.25f, 0.75f, 0.0f, 1.0f},
      .truth = {0, 0, 1, 1}};
  EvaluationPage page =
      page_of(make_report(predictions, {"neg", "<pos>"}, {.bootstrap = {.samples = 50}}));
  page.model = "best & <last>.rondo";
  page.file = "test.tsv";
  page.mistakes = {{.line = 3,
                    .text = "<script>alert('x')</script> \xFF",
                    .label = "neg",
                    .prediction = "<pos>",
                    .confidence = 0.875}};
  return page;
}

}  // namespace

TEST_CASE("an evaluation's page loads nothing and is readable in light and dark", "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html, "<script") == 0);
  CHECK(count_of(html, "src=") + count_of(html, "href=") + count_of(html, "url(") == 0);
  CHECK(count_of(html, "http") == count_of(html, "http://www.w3.org/2000/svg"));
  CHECK(count_of(html, "color-scheme:light dark") >= 1);
  CHECK(count_of(html, "prefers-color-scheme:dark") >= 1);
}

TEST_CASE("texts and names are escaped and valid UTF-8", "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; \xEF\xBF\xBD</p>") == 1);
  CHECK(count_of(html, "<h1>Evaluation of best &amp; &lt;last&gt;.rondo</h1>") == 1);
  CHECK(count_of(html, "<pos>") == 0);
  CHECK(html.find('\xFF') == std::string::npos);
}

TEST_CASE("each metric has its value and interval", "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html, "<dt>accuracy</dt><dd>0.7500<small>") == 1);
  CHECK(count_of(html, "<dt>ROC AUC</dt>") == 1);
  EvaluationPage page = small_page();
  page.metrics = {{.key = "a", .name = "alone", .value = 0.5}};
  CHECK(count_of(to_html(page), "<dt>alone</dt><dd>0.5000</dd>") == 1);
}

TEST_CASE("the confusion matrix says counts and shades by the share of the true class",
          "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html,
                 "<td class=\"right\" style=\"--w:0.28\" title=\"50.0% of neg\">1</td>"
                 "<td style=\"--w:0.28\" title=\"50.0% of neg\">1</td>") == 1);
  CHECK(count_of(html,
                 "<td class=\"right\" style=\"--w:0.55\" title=\"100.0% of &lt;pos&gt;\">2</td>") ==
        1);
}

TEST_CASE("a reliability diagram is drawn with its ideal", "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html, "<svg ") == 1);
  CHECK(count_of(html, ">ideal</text>") == 1);
  CHECK(count_of(html, "<summary>in numbers</summary>") == 1);
}

TEST_CASE("a mistake is shown with line, answer and truth", "[report]") {
  const std::string html = to_html(small_page());
  CHECK(count_of(html, "line 3: said <b>&lt;pos&gt;</b> (0.8750), is <b>neg</b>") == 1);
}

TEST_CASE("what a report does not have is left out", "[report]") {
  const ValuePredictions values{.predicted = {1, 2, 4}, .truth = {1, 3, 4}};
  const std::string html = to_html(page_of(make_report(values, {.bootstrap = {.samples = 0}})));
  CHECK(count_of(html, "<dt>mean absolute error</dt><dd>0.3333</dd>") == 1);
  CHECK(count_of(html, "<h2>") == 0);
  CHECK(count_of(html, "95%") == 0);
}

}  // namespace rondo
