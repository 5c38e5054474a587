#pragma once

#include <string>
#include <vector>

#include "app/report/markup.h"

// What the program's pages are built of. A page is one file: it loads nothing, runs no script,
// follows the reader's light or dark preference, and says nothing by colour alone.
namespace rondo {

// "-" for a number that could not be measured.
std::string shown_number(double value, int decimals = 4);
// "42 s", "3 min 07 s", "1 h 02 min".
std::string shown_duration(double seconds);

// A number that is to be seen first, with its name above it and a remark below it.
struct Figure {
  std::string name{}, value{}, remark{};  // text
};
std::string to_html(const std::vector<Figure>& figures);

// Cells are markup. The first column and its head are set to the left where `named_rows`.
struct PageTable {
  std::vector<std::string> heads{};
  std::vector<std::vector<std::string>> rows{};
  bool named_rows = true;
  bool tall = false;  // scrolls in its own frame below its heads
};
std::string to_html(const PageTable& table);

// A heading with its content; nothing where there is no content.
std::string section(const std::string& title, const std::string& content);
// Content that shows when its summary is chosen.
std::string unfolding(const std::string& summary, const std::string& content);
// Text in a table's cell that may take several lines.
std::string words(const std::string& text);
// A paragraph in the quieter colour; text.
std::string remark(const std::string& text);
// Drawings side by side, as many in a line as there is room for.
std::string gallery(const std::vector<std::string>& drawings);

struct Page {
  std::string title{};  // text
  std::string body{};   // markup
  std::string style{};  // CSS besides that of all pages
};

// What stands before and after the body, for pages that are written as they grow.
std::string page_head(const Page& page);
std::string page_foot();
std::string to_html(const Page& page);

}  // namespace rondo
