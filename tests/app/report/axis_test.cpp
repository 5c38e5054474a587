#include "app/report/axis.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

std::vector<std::string> texts(const std::vector<double>& ticks) {
  std::vector<std::string> all;
  for (const double tick : ticks) all.push_back(short_number(tick));
  return all;
}

using Texts = std::vector<std::string>;

TEST_CASE("linear ticks are round and lie inside", "[report]") {
  CHECK(texts(linear_ticks(0, 10, 6)) == Texts{"0", "2", "4", "6", "8", "10"});
  CHECK(texts(linear_ticks(-0.3, 0.7, 6)) == Texts{"-0.2", "0", "0.2", "0.4", "0.6"});
  CHECK(texts(linear_ticks(0, 12'345, 4)) == Texts{"0", "5k", "10k"});
  CHECK(linear_ticks(3, 3, 5) == std::vector<double>{3});
}

TEST_CASE("logarithmic ticks take folds of 2 and 5 while there is room", "[report]") {
  CHECK(texts(logarithmic_ticks(0.9, 60, 6)) == Texts{"1", "2", "5", "10", "20", "50"});
  CHECK(texts(logarithmic_ticks(0.5, 5e3, 6)) == Texts{"1", "10", "100", "1k"});
  CHECK(logarithmic_ticks(1e-300, 1e300, 6).size() <= 7);
}

TEST_CASE("numbers are short enough for an axis", "[report]") {
  CHECK(texts({0, -0.0, 0.002, 34.6, 34.625, 1200, 3e6, 2.5e9, 1e-7, -1500}) ==
        Texts{"0", "0", "0.002", "34.6", "34.62", "1.2k", "3M", "2.5G", "1e-7", "-1.5k"});
  CHECK(short_number(std::nan("")) == "?");
}

TEST_CASE("numbers of fixed decimals keep their zeros", "[report]") {
  CHECK(fixed_number(2.5, 3) == "2.500");
  CHECK(fixed_number(3299.6, 0) == "3300");
  CHECK(fixed_number(1e308, 0).size() == 309);
  CHECK(fixed_number(INFINITY, 1) == "?");
}

TEST_CASE("an axis holds every value between its ends", "[report]") {
  for (const Scale scale : {Scale::linear, Scale::logarithmic}) {
    const Axis axis({3, 7, 5}, scale, false);
    CHECK(axis.place(3) > 0);
    CHECK(axis.place(7) < 1);
    CHECK(axis.place(5) > axis.place(3));
  }
}

TEST_CASE("an axis from zero begins there", "[report]") {
  CHECK(Axis({3, 7}, Scale::linear, true).place(0) == 0);
  CHECK(Axis({-3, 7}, Scale::linear, true).place(-3) > 0);
}

TEST_CASE("an axis of one value or none still has a width", "[report]") {
  CHECK(std::isfinite(Axis({5}, Scale::linear, false).place(5)));
  CHECK(std::isfinite(Axis({0}, Scale::linear, true).place(0)));
  CHECK(std::isfinite(Axis({}, Scale::linear, false).place(0)));
  CHECK(std::isfinite(Axis({-1, NAN}, Scale::logarithmic, false).place(1)));
}

TEST_CASE("a logarithmic axis shows only what is above zero", "[report]") {
  const Axis axis({1, 0, -2, NAN, INFINITY}, Scale::logarithmic, false);
  CHECK(axis.shows(1));
  CHECK_FALSE(axis.shows(0));
  CHECK_FALSE(axis.shows(NAN));
  CHECK_FALSE(axis.shows(INFINITY));
}

}  // namespace
}  // namespace rondo
