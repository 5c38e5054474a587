#pragma once

#include <span>
#include <string>
#include <string_view>

// How names that come out of a file stand in a message, however long or many they are.
namespace rondo {

// The first 40 bytes, no letter cut in two, and "..." where there was more.
std::string shortened(std::string_view name);

// "negative, neutral, positive"; of more than 20 the first ones "and 80 more".
std::string listed(std::span<const std::string> names);

// What a message says after an unknown name of, say, "labels": "; did you mean 'positive'? The
// labels are negative, positive", or "; the labels are negative, positive" where no name is near.
std::string known_instead(std::string_view unknown, const std::string& what,
                          std::span<const std::string> names);

}  // namespace rondo
