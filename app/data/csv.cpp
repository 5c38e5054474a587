#include "app/data/csv.h"

namespace rondo {
namespace {

// Where a reader of CSV stands; closed = after a quote that may have ended a quoted field.
enum class Place { field_start, plain, quoted, closed };

Place next_place(Place place, char c) {
  if (place == Place::quoted) return c == '"' ? Place::closed : Place::quoted;
  if (c == ',') return Place::field_start;
  if (c == '"' && place != Place::plain) return Place::quoted;  // opened, or doubled
  return Place::plain;
}

// What is wrong with a character there, or nothing.
const char* wrong_quoting(Place place, char c) {
  if (place == Place::plain && c == '"') return "a quote stands inside a field without quotes";
  if (place == Place::closed && c != '"' && c != ',') return "text follows the closing quote";
  return nullptr;
}

}  // namespace

bool csv_goes_on(std::string_view line, bool inside) {
  if (line.find('"') == std::string_view::npos) return inside;
  Place place = inside ? Place::quoted : Place::field_start;
  for (const char c : line) place = next_place(place, c);
  return place == Place::quoted;
}

bool split_csv(const std::string& record, std::vector<std::string>& fields, std::string& error) {
  fields.assign(1, "");
  Place place = Place::field_start;
  const auto fail = [&](const std::string& reason) {
    error = "column " + std::to_string(fields.size()) + ": " + reason;
    return false;
  };
  for (const char c : record) {
    if (const char* wrong = wrong_quoting(place, c)) return fail(wrong);
    const Place next = next_place(place, c);
    if (next == Place::field_start) {
      fields.emplace_back();
    } else if (c != '"' || place == Place::closed) {
      fields.back() += c;
    }
    place = next;
  }
  return place == Place::quoted ? fail("the quote is never closed") : true;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  field += '"';
  return field;
}

}  // namespace rondo
