#include "app/report/page.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("a page stands alone and follows the reader's preference", "[report]") {
  const std::string page = to_html(Page{.title = "a <b>", .body = "<p>body</p>", .style = ".x{}"});
  CHECK(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
  CHECK(page.ends_with("</head><body>\n<p>body</p></body></html>\n"));
  CHECK(count_of(page, "<title>a &lt;b&gt;</title>") == 1);
  CHECK(count_of(page, ".x{}</style>") == 1);
  CHECK(count_of(page, "color-scheme:light dark") == 1);
  CHECK(count_of(page, "prefers-color-scheme:dark") == 1);
  CHECK(count_of(page, "http") + count_of(page, "<script") + count_of(page, "url(") == 0);
}

TEST_CASE("an element closes the tag without its attributes", "[report]") {
  CHECK(element("p class=\"soft\"", "a") == "<p class=\"soft\">a</p>");
}

TEST_CASE("text of any bytes is valid UTF-8 and no markup on a page", "[report]") {
  CHECK(escaped("<i>\xFF\x01'") == "&lt;i&gt;\xEF\xBF\xBD &#39;");
  CHECK(remark("a&b") == "<p class=\"soft\">a&amp;b</p>");
  CHECK(words("<") == "<div class=\"words\" dir=\"auto\">&lt;</div>");
  CHECK(unfolding("<s>", "<p>") == "<details><summary>&lt;s&gt;</summary><p></details>");
}

TEST_CASE("a table holds its cells as they are, and says what scrolls", "[report]") {
  CHECK(to_html(PageTable{.heads = {"a", "b"}, .rows = {{"1", "<b>2</b>"}}}) ==
        "<div class=\"scroll\"><table class=\"named\"><tr><th>a</th><th>b</th></tr>\n"
        "<tr><td>1</td><td><b>2</b></td></tr>\n</table></div>");
  const std::string tall = to_html(PageTable{.named_rows = false, .tall = true});
  CHECK(tall == "<div class=\"scroll tall\"><table><tr></tr>\n</table></div>");
}

TEST_CASE("a figure has a remark only where it is given one", "[report]") {
  CHECK(to_html(std::vector<Figure>{{"a", "1"}, {"b<", "2", "3 to 4"}}) ==
        "<dl class=\"figures\"><div><dt>a</dt><dd>1</dd></div>"
        "<div><dt>b&lt;</dt><dd>2<small>3 to 4</small></dd></div></dl>");
}

TEST_CASE("a section without content is left out", "[report]") {
  CHECK(section("Title", "").empty());
  CHECK(section("A & B", "x") == "<h2>A &amp; B</h2>x\n");
}

TEST_CASE("durations are as long as they need to be", "[report]") {
  CHECK(shown_duration(41.6) == "42 s");
  CHECK(shown_duration(187) == "3 min 07 s");
  CHECK(shown_duration(3725) == "1 h 02 min");
  CHECK(shown_duration(NAN) == "?");
  CHECK(shown_number(NAN) == "-");
  CHECK(shown_number(0.25) == "0.2500");
}

}  // namespace rondo
