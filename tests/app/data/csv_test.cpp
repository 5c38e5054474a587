#include "app/data/csv.h"

#include "tests/support/catch.h"

namespace rondo {
namespace {

using Fields = std::vector<std::string>;

Fields fields_of(const std::string& record) {
  Fields fields;
  std::string error;
  CHECK(split_csv(record, fields, error));
  CHECK(error.empty());
  return fields;
}

std::string error_of(const std::string& record) {
  Fields fields;
  std::string error;
  CHECK_FALSE(split_csv(record, fields, error));
  return error;
}

TEST_CASE("commas part the fields of CSV, and a field may be empty", "[data]") {
  CHECK(fields_of("") == Fields{""});
  CHECK(fields_of("a") == Fields{"a"});
  CHECK(fields_of("a,b c,") == Fields{"a", "b c", ""});
  CHECK(fields_of(",") == Fields{"", ""});
}

TEST_CASE("a quoted CSV field may hold commas, line ends and doubled quotes", "[data]") {
  CHECK(fields_of(R"("a, b",c)") == Fields{"a, b", "c"});
  CHECK(fields_of("x,\"two\nlines\"") == Fields{"x", "two\nlines"});
  CHECK(fields_of(R"("say ""yes""",c)") == Fields{R"(say "yes")", "c"});
  CHECK(fields_of(R"("","""")") == Fields{"", R"(")"});
}

TEST_CASE("blanks belong to the CSV field that they stand in", "[data]") {
  CHECK(fields_of(" a , b") == Fields{" a ", " b"});
}

TEST_CASE("broken quoting is told with its column", "[data]") {
  CHECK(error_of(R"(pos,a 5" disk)") == "column 2: a quote stands inside a field without quotes");
  CHECK(error_of(R"("a" b,pos)") == "column 1: text follows the closing quote");
  CHECK(error_of(R"(a,b,"c)") == "column 3: the quote is never closed");
}

TEST_CASE("a CSV line goes on in the next one only inside quotes", "[data]") {
  CHECK_FALSE(csv_goes_on("a,b", false));
  CHECK(csv_goes_on("a,\"b", false));
  CHECK(csv_goes_on("no quote at all", true));
  CHECK_FALSE(csv_goes_on("end\",c", true));
  CHECK(csv_goes_on(R"(say ""yes"" and)", true));
  CHECK_FALSE(csv_goes_on(R"("say ""yes""")", false));
}

TEST_CASE("a stray quote inside a field without quotes does not swallow the next line", "[data]") {
  CHECK_FALSE(csv_goes_on("a 5\" disk,pos", false));
}

TEST_CASE("a written CSV field reads back as it was", "[data]") {
  CHECK(csv_field("plain text") == "plain text");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"yes\"") == "\"say \"\"yes\"\"\"");
  for (const std::string text : {"", "a,b", "\"", "\"\"", "two\nlines", "cr\r", ",\",\"", "'"}) {
    CHECK(fields_of(csv_field(text) + "," + csv_field(text)) == Fields{text, text});
  }
}

}  // namespace
}  // namespace rondo
