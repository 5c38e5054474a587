#pragma once

#include <string>

// The parts that charts are drawn of.
namespace rondo {

struct Spot {
  double x = 0, y = 0;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

// ` name="12.5"`.
std::string svg_attribute(const char* name, double value);

// Text of any bytes whose baseline begins at the spot; `more` holds further attributes.
std::string svg_text(Spot at, const std::string& text, const std::string& more = "");
std::string svg_line(Spot from, Spot to, const std::string& css);
// `more` holds further attributes; a tooltip is text.
std::string svg_box(const Box& box, const std::string& css, const std::string& more = "",
                    const std::string& tooltip = "");

// One <svg> element that stands alone as a file as well: colours follow the reader's light or dark
// preference. Classes of its parts: t title, g grid, x axis, s line, c0 to c3 and d0 to d3 colours
// and dashes of lines, m marker, f fill, n fill of what is below zero, o outline, i and p
// lines that stand out from a faint and from a deep fill.
struct Drawing {
  std::string title{};  // for readers who cannot see it
  double width = 520, height = 280;
  bool scales = true;  // takes the width it is given; otherwise its own
  std::string content{};
};
std::string to_svg(const Drawing& drawing);

}  // namespace rondo
