#pragma once

#include <string>
#include <string_view>
#include <vector>

// Comma-separated values as in RFC 4180.
namespace rondo {

// Whether a record goes on in the next line, since this one ends inside a quoted field; `inside`
// says whether it began inside one.
bool csv_goes_on(std::string_view line, bool inside);

// The fields of one record (a quote inside quotes is doubled). False where quoting is broken:
// `error` then says how.
bool split_csv(const std::string& record, std::vector<std::string>& fields, std::string& error);

// A field as CSV writes it: quoted where it needs to be.
std::string csv_field(const std::string& text);

}  // namespace rondo
