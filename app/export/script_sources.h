#pragma once

#include <string_view>

namespace rondo {

// The text of app/export/<name>.py; the build makes this function (cmake/RondoScripts.cmake).
// Throws std::out_of_range naming a script that is not there.
std::string_view export_script(std::string_view name);

}  // namespace rondo
