#include "app/report/svg.h"

#include "app/report/axis.h"
#include "app/report/markup.h"

namespace rondo {
namespace {

// Colours by class, so that a page or a reader's dark mode may change them.
constexpr const char* kStyle =
    "<style>"
    ".rc{font:12px system-ui,sans-serif;color-scheme:light dark}"
    ".rc text{fill:#333}.rc .t{font-size:14px;font-weight:600;fill:#111}"
    ".rc .g{stroke:#e3e3e3}.rc .x{stroke:#888}"
    ".rc .s{fill:none;stroke-width:1.8;stroke-linejoin:round}"
    ".rc .c0{stroke:#1f5fa8}.rc .c1{stroke:#b3470b}.rc .c2{stroke:#2a7a3b}.rc .c3{stroke:#7a3ba8}"
    ".rc .f{fill:#1f5fa8}.rc .n{fill:#b3470b}.rc .o{fill:none;stroke:#bbb}"
    ".rc .i{stroke:#333}.rc .p{stroke:#fff}"
    ".rc .m{fill:#fff;stroke-width:1.6}.rc .faint{stroke-width:1;opacity:.5}"
    ".rc .d1{stroke-dasharray:7 3}.rc .d2{stroke-dasharray:2 3}.rc .d3{stroke-dasharray:9 3 2 3}"
    "@media(prefers-color-scheme:dark){.rc text{fill:#c8c8c8}.rc .t{fill:#f0f0f0}"
    ".rc .g{stroke:#3a3a3a}.rc .x{stroke:#888}.rc .m{fill:#181a1b}"
    ".rc .i{stroke:#c8c8c8}.rc .p{stroke:#181a1b}"
    ".rc .f{fill:#7db4f0}.rc .n{fill:#f2a367}.rc .o{stroke:#555}"
    ".rc .c0{stroke:#7db4f0}.rc .c1{stroke:#f2a367}.rc .c2{stroke:#7fd08f}.rc .c3{stroke:#c79bf0}}"
    "</style>";

}  // namespace

std::string svg_attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + fixed_number(value, 1) + "\"";
}

std::string svg_text(Spot at, const std::string& text, const std::string& more) {
  return "<text" + svg_attribute("x", at.x) + svg_attribute("y", at.y) + more + ">" +
         escaped(text) + "</text>";
}

std::string svg_line(Spot from, Spot to, const std::string& css) {
  return "<line class=\"" + css + "\"" + svg_attribute("x1", from.x) + svg_attribute("y1", from.y) +
         svg_attribute("x2", to.x) + svg_attribute("y2", to.y) + "/>";
}

std::string svg_box(const Box& box, const std::string& css, const std::string& more,
                    const std::string& tooltip) {
  const std::string start = "<rect class=\"" + css + "\"" + svg_attribute("x", box.x) +
                            svg_attribute("y", box.y) + svg_attribute("width", box.width) +
                            svg_attribute("height", box.height) + more;
  if (tooltip.empty()) return start + "/>";
  return start + ">" + element("title", escaped(tooltip)) + "</rect>";
}

std::string to_svg(const Drawing& drawing) {
  const std::string size = fixed_number(drawing.width, 1) + " " + fixed_number(drawing.height, 1);
  const std::string fixed = drawing.scales ? ""
                                           : svg_attribute("width", drawing.width) +
                                                 svg_attribute("height", drawing.height);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rc\" viewBox=\"0 0 " + size + "\"" +
         fixed + " role=\"img\" aria-label=\"" + escaped(drawing.title) + "\">" + kStyle +
         drawing.content + "</svg>";
}

}  // namespace rondo
